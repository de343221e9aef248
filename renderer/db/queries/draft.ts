import { personScope } from "#contract/scope.ts";
import type { QueryArgs } from "#contract/worker.ts";
import { text } from "../entry.ts";
import type { LiveQuery } from "../live-queries.ts";
import type { QueryContext } from "../query-context.ts";
import { SESSION_STREAM } from "../reader.ts";

/** The text begun in a conversation or thread, the latest write included. */
export function createDraftQuery(
  context: QueryContext,
  { conversationId, threadId }: QueryArgs<"draft">,
): LiveQuery {
  return {
    async compute(reader) {
      const me = context.me();
      if (me === null) {
        reader.watch(SESSION_STREAM);
        return { items: [], info: { body: "" } };
      }
      const row = await reader.row(personScope(me), "draft", threadId ?? conversationId);
      const latest = reader
        .pending(conversationId)
        .findLast(
          ({ mutation }) =>
            mutation.name === "draft.set" && text(mutation.args, "threadId") === (threadId ?? ""),
        );
      return {
        items: [],
        info: { body: latest === undefined ? (row?.body ?? "") : text(latest.mutation.args, "body") },
      };
    },
  };
}
