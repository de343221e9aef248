import type { ConversationSummary } from "#contract/worker.ts";
import { Briefs } from "../briefs.ts";
import { conversationSummary } from "../conversation-summary.ts";
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
      const briefs = new Briefs(reader);
      const items: ConversationSummary[] = [];
      for (const place of await context.places.all(reader)) {
        items.push(await conversationSummary({ context, reader, briefs, me }, place));
      }
      items.sort((a, b) => (a.sort < b.sort ? -1 : 1));
      const sum = (count: (item: ConversationSummary) => number) =>
        items.reduce((total, item) => total + count(item), 0);
      return { items, info: { unread: sum((item) => item.unread), mentions: sum((item) => item.mentions) } };
    },
  };
}
