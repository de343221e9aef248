import type { Row } from "#contract/collections.ts";
import { withoutMarks } from "#contract/plain-words.ts";
import { mutations } from "#contract/mutations.ts";
import type { conversationQueries } from "#contract/views/conversation-parts.ts";
import type { QueryArgs } from "#contract/worker.ts";
import type { z } from "zod";
import { Briefs } from "../briefs.ts";
import { oneLine } from "../excerpt.ts";
import { findMessage } from "../find-message.ts";
import { isFailed } from "../message-overlay.ts";
import type { LiveQuery } from "../live-queries.ts";
import type { QueryContext } from "../query-context.ts";
import type { Reader } from "../reader.ts";
import { newestFirst } from "../sort-keys.ts";
import { NOTHING, personalQuery } from "./personal-query.ts";

type PinView = z.infer<(typeof conversationQueries)["pins"]["item"]>;

/** Pinned messages of a conversation, newest pin first, waiting pins included. */
export function createPinsQuery(context: QueryContext, args: QueryArgs<"pins">): LiveQuery {
  return personalQuery(context, NOTHING, async (reader, me) => {
    const { conversationId } = args;
    const scope = context.places.scope(conversationId);
    const pins = new Map<string, Row<"pin">>();
    for (const pin of await reader.rows(scope, "pin")) {
      if (pin.conversationId === conversationId) pins.set(pin.messageId, pin);
    }
    for (const entry of reader.pending(conversationId)) {
      const parsed =
        entry.mutation.name === "message.pin" && !isFailed(entry)
          ? mutations["message.pin"].safeParse(entry.mutation.args)
          : undefined;
      if (parsed?.success !== true) continue;
      const { messageId, isPinned } = parsed.data;
      if (!isPinned) pins.delete(messageId);
      else if (!pins.has(messageId)) {
        const pin = { pinnedBy: me, pinnedAt: entry.mutation.madeAt };
        const made = await waitingPin(context, reader, { ...parsed.data, ...pin });
        if (made !== undefined) pins.set(messageId, made);
      }
    }
    const briefs = new Briefs(reader);
    const items: PinView[] = [];
    for (const pin of pins.values()) {
      const author = await briefs.get(pin.authorId);
      items.push({ key: pin.id, sort: `${newestFirst(pin.pinnedAt)}~${pin.id}`, pin, author });
    }
    items.sort((a, b) => (a.sort < b.sort ? -1 : 1));
    return { items, info: {} };
  });
}

/** The row that the server will write, as far as the message is cached. */
async function waitingPin(
  context: QueryContext,
  reader: Reader,
  pin: Pick<Row<"pin">, "conversationId" | "messageId" | "pinnedBy" | "pinnedAt">,
): Promise<Row<"pin"> | undefined> {
  const { conversationId, messageId, pinnedBy, pinnedAt } = pin;
  const message = await findMessage(context, reader, { conversationId, messageId });
  if (message === undefined) return undefined;
  const { authorId, sentAt, post, body } = message;
  const excerpt = oneLine(post?.title ?? withoutMarks(body));
  return { id: messageId, conversationId, messageId, pinnedBy, pinnedAt, authorId, sentAt, excerpt };
}
