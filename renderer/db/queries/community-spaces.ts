import { deskScope, spaceScope } from "#contract/scope.ts";
import type { CommunityMember, CommunityView } from "#contract/views/communities.ts";
import type { PersonBrief } from "#contract/views/message-view.ts";
import type { QueryArgs, QueryInfo } from "#contract/worker.ts";
import { scopesWithGuests } from "../conversation-summary.ts";
import { fold } from "../fold.ts";
import type { LiveQuery } from "../live-queries.ts";
import type { QueryContext } from "../query-context.ts";
import type { Reader } from "../reader.ts";
import { deskItems, isWaiting } from "./community-desk.ts";
import { refusedChanges } from "./community-overlay.ts";
import { briefOf, isAdministrator, personOf } from "./community-people.ts";
import {
  allSpaces,
  communityAmongMany,
  communityOf,
  findSpace,
  readerOf,
  type Community,
} from "./community-view.ts";

export function createCommunitiesQuery(context: QueryContext): LiveQuery {
  return {
    isPatient: true,
    async compute(reader) {
      const me = readerOf(context, reader);
      const guestScopes = await scopesWithGuests(context, reader);
      const items: CommunityView[] = [];
      for (const space of (await allSpaces(reader, me)).values()) {
        items.push(await communityAmongMany(reader, space, { me, guestScopes }));
      }
      items.sort((a, b) => (a.sort < b.sort ? -1 : 1));
      return { items, info: {} };
    },
  };
}

export function createCommunityQuery(context: QueryContext, { spaceId }: QueryArgs<"community">): LiveQuery {
  return {
    async compute(reader) {
      const me = readerOf(context, reader);
      const space = await findSpace(reader, spaceId, me);
      const isChief = await isAdministrator(reader, me);
      const nothing: QueryInfo<"community"> = {
        view: null,
        canManage: isChief,
        animators: [],
        refused: [],
        toDecide: 0,
        ...reader.keptness(spaceScope(spaceId)),
      };
      if (space === undefined) return { items: [], info: nothing };
      const community = await communityOf(reader, space, me);
      const info: QueryInfo<"community"> = {
        view: community.view,
        canManage: isChief || community.view.role === "animator",
        animators: await animatorsOf(reader, community),
        refused: refusedChanges(reader.allPending(), "space.update", spaceId),
        toDecide: (await deskItems(reader, deskScope(spaceId), me)).filter(isWaiting).length,
        ...reader.keptness(spaceScope(spaceId)),
      };
      return { items: [], info };
    },
  };
}

async function animatorsOf(reader: Reader, { view, members }: Community): Promise<PersonBrief[]> {
  const found: PersonBrief[] = [];
  for (const [personId, { membership }] of members) {
    if (membership.role === "animator") found.push(await briefOf(reader, view.space.id, personId));
  }
  return found.toSorted((a, b) => (fold(a.displayName) < fold(b.displayName) ? -1 : 1));
}

const RANK = { animator: "0", member: "1", guest: "2" } as const;

export function createCommunityMembersQuery(
  context: QueryContext,
  { spaceId }: QueryArgs<"communityMembers">,
): LiveQuery {
  return {
    async compute(reader) {
      const me = readerOf(context, reader);
      const space = await findSpace(reader, spaceId, me);
      if (space === undefined) return { items: [], info: {} };
      const { members } = await communityOf(reader, space, me);
      const items: CommunityMember[] = [];
      for (const [personId, { membership, pending }] of members) {
        const person = await personOf(reader, spaceId, personId);
        const presence = await reader.presence(personId);
        items.push({
          key: personId,
          sort: `${RANK[membership.role]}~${fold(person?.displayName ?? "")}~${personId}`,
          membership,
          person: person ?? null,
          presence: presence?.state ?? "offline",
          isMe: personId === me,
          pending,
        });
      }
      items.sort((a, b) => (a.sort < b.sort ? -1 : 1));
      return { items, info: {} };
    },
  };
}
