import type { QueryArgs } from "#contract/worker.ts";
import { Briefs } from "../briefs.ts";
import type { LiveQuery } from "../live-queries.ts";
import type { QueryContext } from "../query-context.ts";
import { newestFirst } from "../sort-keys.ts";
import { NOTHING, personalQuery } from "./personal-query.ts";

/** How far the others have read a direct or small group conversation, whoever read furthest first. */
export function createReceiptsQuery(
  context: QueryContext,
  { conversationId }: QueryArgs<"receipts">,
): LiveQuery {
  return personalQuery(context, NOTHING, async (reader, me) => {
    const briefs = new Briefs(reader);
    const items = [];
    for (const receipt of await reader.rows(context.places.scope(conversationId), "receipt")) {
      if (receipt.conversationId !== conversationId || receipt.personId === me) continue;
      const { id, personId, readAt } = receipt;
      const sort = `${newestFirst(readAt)}~${personId}`;
      items.push({ key: id, sort, person: await briefs.get(personId), readAt });
    }
    items.sort((a, b) => (a.sort < b.sort ? -1 : 1));
    return { items, info: {} };
  });
}
