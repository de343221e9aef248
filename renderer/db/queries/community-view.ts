import { joinRequestId, membershipId, type PersonId, type SpaceId } from "#contract/ids.ts";
import { DIRECTORY, personScope, spaceScope } from "#contract/scope.ts";
import type { CommunityView } from "#contract/views/communities.ts";
import { text } from "../entry.ts";
import { fold } from "../fold.ts";
import { isFailed } from "../message-overlay.ts";
import type { OutboxEntry } from "../outbox.ts";
import type { QueryContext } from "../query-context.ts";
import { SESSION_STREAM, type Reader } from "../reader.ts";
import {
  madeSpace,
  mostUrgent,
  overlaidDecision,
  overlaidMembers,
  overlaidSpace,
  writesOf,
  type OverlaidMember,
  type Space,
} from "./community-overlay.ts";

export interface Community {
  view: CommunityView;
  members: Map<PersonId, OverlaidMember>;
}

/** Who reads, watched until it is known. */
export function readerOf(context: QueryContext, reader: Reader): PersonId | null {
  const me = context.me();
  if (me === null) reader.watch(SESSION_STREAM);
  return me;
}

/** Spaces that the reader may find, each once, with those that are still to be made. */
export async function allSpaces(reader: Reader, me: PersonId | null): Promise<Map<SpaceId, Space>> {
  const spaces = new Map<SpaceId, Space>();
  for (const { scope, row } of await reader.everywhere("space")) {
    // The copy in the space's own scope is what its members are told first.
    if (!spaces.has(row.id) || scope !== DIRECTORY) spaces.set(row.id, row);
  }
  for (const entry of reader.allPending()) {
    const made = isFailed(entry) ? undefined : madeSpace(entry, me);
    if (made !== undefined && !spaces.has(made.id)) spaces.set(made.id, made);
  }
  return spaces;
}

export async function findSpace(
  reader: Reader,
  spaceId: SpaceId,
  me: PersonId | null,
): Promise<Space | undefined> {
  const row =
    (await reader.row(spaceScope(spaceId), "space", spaceId)) ??
    (await reader.row(DIRECTORY, "space", spaceId));
  if (row !== undefined) return row;
  for (const entry of reader.allPending()) {
    const made = madeSpace(entry, me);
    if (made?.id === spaceId) return made;
  }
  return undefined;
}

export async function communityOf(reader: Reader, space: Space, me: PersonId | null): Promise<Community> {
  const rows = await reader.rows(spaceScope(space.id), "membership");
  const members = overlaidMembers(rows, reader.allPending(), { spaceId: space.id, me });
  const role = roleIn(members, me);
  const view = await viewOf(reader, space, me, {
    role,
    memberCount: role === null ? (space.memberCount ?? null) : members.size,
    hasGuests: hasGuests(members),
  });
  return { view, members };
}

/**
 * A space as one of many: of its members only the reader's own belonging is read, for there may be hundreds of spaces
 * with thousands of members.
 */
export async function communityAmongMany(
  reader: Reader,
  space: Space,
  { me, guestScopes }: { me: PersonId | null; guestScopes: ReadonlySet<string> },
): Promise<CommunityView> {
  const scope = spaceScope(space.id);
  const id = me === null ? null : membershipId(space.id, me);
  const row = id === null ? undefined : await reader.row(scope, "membership", id);
  const own = row === undefined ? [] : [row];
  const role = roleIn(overlaidMembers(own, reader.allPending(), { spaceId: space.id, me }), me);
  const change = Number(role !== null) - own.length;
  return await viewOf(reader, space, me, {
    role,
    memberCount: space.memberCount === undefined ? null : Math.max(0, space.memberCount + change),
    hasGuests: role !== null && guestScopes.has(scope),
  });
}

function roleIn(members: ReadonlyMap<PersonId, OverlaidMember>, me: PersonId | null): CommunityView["role"] {
  return me === null ? null : (members.get(me)?.membership.role ?? null);
}

async function viewOf(
  reader: Reader,
  space: Space,
  me: PersonId | null,
  people: Pick<CommunityView, "role" | "memberCount" | "hasGuests">,
): Promise<CommunityView> {
  const entries = reader.allPending();
  const writes = writesOf(entries, space.id);
  const shown = overlaidSpace(space, writes);
  return {
    key: space.id,
    sort: `${fold(shown.name)}~${space.id}`,
    space: shown,
    organisations: await organisationsOf(reader, shown),
    joinRequest: me === null ? null : await ownJoinRequest(reader, space.id, me, entries),
    pending: mostUrgent(writes),
    ...reader.keptness(spaceScope(space.id)),
    ...people,
  };
}

async function organisationsOf(reader: Reader, space: Space): Promise<CommunityView["organisations"]> {
  const found: CommunityView["organisations"] = [];
  for (const id of space.organisationIds ?? []) {
    const row = await reader.row(DIRECTORY, "organisation", id);
    if (row !== undefined) found.push({ id, name: row.name });
  }
  return found;
}

function hasGuests(members: ReadonlyMap<PersonId, OverlaidMember>): boolean {
  for (const { membership } of members.values()) if (membership.role === "guest") return true;
  return false;
}

async function ownJoinRequest(
  reader: Reader,
  spaceId: SpaceId,
  me: PersonId,
  entries: readonly OutboxEntry[],
): Promise<CommunityView["joinRequest"]> {
  const id = joinRequestId(spaceId, me);
  const ours = entries.filter(
    ({ mutation }) =>
      (mutation.name === "joinRequest.make" || mutation.name === "joinRequest.withdraw") &&
      text(mutation.args, "spaceId") === spaceId,
  );
  const row = await reader.row(personScope(me), "joinRequest", id);
  const made = ours.findLast(({ mutation }) => mutation.name === "joinRequest.make");
  const note = made === undefined ? "" : text(made.mutation.args, "note");
  const base =
    made === undefined || isFailed(made)
      ? row
      : {
          id,
          spaceId,
          personId: me,
          createdAt: made.mutation.madeAt,
          state: "waiting" as const,
          ...(note === "" ? {} : { note }),
        };
  if (base === undefined) return null;
  const withdrawn = ours.filter(
    (entry) => entry.mutation.name === "joinRequest.withdraw" && entry.order > (made?.order ?? -1),
  );
  return overlaidDecision(base, withdrawn, me).row;
}
