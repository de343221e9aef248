import { personIdSchema, type PersonId } from "#contract/ids.ts";
import type { PersonView, QueryArgs } from "#contract/worker.ts";
import type { LiveQuery } from "../live-queries.ts";
import { personView } from "../person-view.ts";
import type { Place } from "../places.ts";
import type { QueryContext } from "../query-context.ts";
import type { Reader } from "../reader.ts";

/** Everyone who reads a conversation, by name. */
export function createMembersQuery(context: QueryContext, args: QueryArgs<"members">): LiveQuery {
  return {
    async compute(reader) {
      const place = await context.places.find(reader, args.conversationId);
      const items: PersonView[] = [];
      for (const id of place === undefined ? [] : await memberIds(reader, place)) {
        const view = await personView(reader, id);
        if (view !== undefined) items.push(view);
      }
      items.sort((a, b) => (a.sort < b.sort ? -1 : 1));
      return { items, info: {} };
    },
  };
}

async function memberIds(reader: Reader, place: Place): Promise<readonly PersonId[]> {
  if (place.spaceId === null) return place.memberIds;
  const memberships = await reader.rows(place.scope, "membership");
  return memberships.map((membership) => personIdSchema.parse(membership.personId));
}
