import type { PersonId } from "#contract/ids.ts";
import type { PersonView, QueryArgs } from "#contract/worker.ts";
import type { LiveQuery } from "../live-queries.ts";
import { personView } from "../person-view.ts";
import type { Place } from "../places.ts";
import type { QueryContext } from "../query-context.ts";
import type { Reader } from "../reader.ts";

interface Member {
  id: PersonId;
  role: PersonView["role"];
}

/** Everyone who reads a conversation, by name. */
export function createMembersQuery(context: QueryContext, args: QueryArgs<"members">): LiveQuery {
  return {
    async compute(reader) {
      const place = await context.places.find(reader, args.conversationId);
      const items: PersonView[] = [];
      for (const { id, role } of place === undefined ? [] : await members(reader, place)) {
        const view = await personView(reader, id, role);
        if (view !== undefined) items.push(view);
      }
      items.sort((a, b) => (a.sort < b.sort ? -1 : 1));
      return { items, info: {} };
    },
  };
}

async function members(reader: Reader, place: Place): Promise<Member[]> {
  if (place.spaceId === null) return place.memberIds.map((id) => ({ id, role: null }));
  const memberships = await reader.rows(place.scope, "membership");
  return memberships.map(({ personId, role }) => ({ id: personId, role }));
}
