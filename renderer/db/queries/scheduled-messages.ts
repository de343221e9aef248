import type { Row } from "#contract/collections.ts";
import { mutations } from "#contract/mutations.ts";
import { personScope } from "#contract/scope.ts";
import type { conversationQueries } from "#contract/views/conversation-parts.ts";
import type { z } from "zod";
import { text } from "../entry.ts";
import type { LiveQuery } from "../live-queries.ts";
import { isFailed, pendingOf } from "../message-overlay.ts";
import type { OutboxEntry } from "../outbox.ts";
import { placeTitle } from "../place-title.ts";
import type { QueryContext } from "../query-context.ts";
import { NOTHING, personalQuery } from "./personal-query.ts";

type ScheduledView = z.infer<(typeof conversationQueries)["scheduledMessages"]["item"]>;
type Scheduled = Pick<ScheduledView, "scheduled" | "pending">;

/** What will be sent later, soonest first. */
export function createScheduledMessagesQuery(context: QueryContext): LiveQuery {
  return personalQuery(context, NOTHING, async (reader, me) => {
    const found = new Map<string, Scheduled>();
    for (const row of await reader.rows(personScope(me), "scheduledMessage"))
      found.set(row.id, { scheduled: row, pending: null });
    for (const entry of reader.allPending()) lay(found, entry);
    const items: ScheduledView[] = [];
    for (const { scheduled, pending } of found.values()) {
      const { id, conversationId, sendAt } = scheduled;
      const place = await placeTitle(context, reader, { conversationId, me });
      items.push({ key: id, sort: `${sendAt}~${id}`, scheduled, place, pending });
    }
    items.sort((a, b) => (a.sort < b.sort ? -1 : 1));
    return { items, info: {} };
  });
}

/** What was refused stays in the list with the reason: a text must not vanish. */
function lay(found: Map<string, Scheduled>, entry: OutboxEntry): void {
  const { name, args, madeAt } = entry.mutation;
  if (name === "scheduledMessage.remove") {
    const id = text(args, "id");
    const before = found.get(id);
    if (!isFailed(entry)) found.delete(id);
    else if (before !== undefined) found.set(id, { ...before, pending: pendingOf(entry) });
  }
  if (name !== "message.schedule") return;
  const parsed = mutations[name].safeParse(args);
  if (!parsed.success) return;
  const before = found.get(parsed.data.id);
  if (before !== undefined && isFailed(entry)) {
    found.set(parsed.data.id, { ...before, pending: pendingOf(entry) });
    return;
  }
  const createdAt = before?.scheduled.createdAt ?? madeAt;
  const scheduled: Row<"scheduledMessage"> = { ...parsed.data, createdAt };
  found.set(parsed.data.id, { scheduled, pending: pendingOf(entry) });
}
