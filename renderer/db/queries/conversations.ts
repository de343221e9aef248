import type { ConversationSummary } from "#contract/worker.ts";
import { conversationSummary, createSummaryContext } from "../conversation-summary.ts";
import type { LiveQuery } from "../live-queries.ts";
import type { QueryContext } from "../query-context.ts";
import { SESSION_STREAM } from "../reader.ts";

/** Every conversation of the reader, latest activity first. */
export function createConversationsQuery(context: QueryContext): LiveQuery {
  return {
    isPatient: true,
    async compute(reader) {
      const me = context.me();
      if (me === null) {
        reader.watch(SESSION_STREAM);
        return { items: [], info: { unread: 0, mentions: 0 } };
      }
      const summaryContext = await createSummaryContext(context, reader, me);
      const items: ConversationSummary[] = [];
      for (const place of await context.places.all(reader)) {
        items.push(await conversationSummary(summaryContext, place));
      }
      items.sort((a, b) => (a.sort < b.sort ? -1 : 1));
      const sum = (count: (item: ConversationSummary) => number) =>
        items.reduce((total, item) => total + count(item), 0);
      // Muted ones are not counted, mentions in them are.
      const unread = sum((item) => (item.isMuted ? item.mentions : item.unread));
      return { items, info: { unread, mentions: sum((item) => item.mentions) } };
    },
  };
}
