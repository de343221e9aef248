import type { ConversationId, MessageId } from "#contract/ids.ts";
import type { Message } from "./message-overlay.ts";
import { overlay } from "./message-overlay.ts";
import type { QueryContext } from "./query-context.ts";
import type { Reader } from "./reader.ts";
import { messageStream, replyStream } from "./streams.ts";

export interface MessageAddress {
  conversationId: ConversationId;
  messageId: MessageId;
  /** Of a reply: its thread, where it is known. */
  threadId?: MessageId | undefined;
}

/** A message as the reader sees it, if it is cached; the query runs again when it comes or changes. */
export async function findMessage(
  { places, messageKeys }: Pick<QueryContext, "places" | "messageKeys">,
  reader: Reader,
  { conversationId, messageId, threadId }: MessageAddress,
): Promise<Message | undefined> {
  const scope = places.scope(conversationId);
  const isReply = threadId !== undefined && threadId !== messageId;
  const stream = (isReply ? replyStream : messageStream)(scope, conversationId);
  const key = isReply
    ? await messageKeys.findReply(stream, threadId, messageId)
    : await messageKeys.findQuickly(stream, messageId);
  if (key === undefined) {
    reader.watch(stream);
    return undefined;
  }
  const entry = await reader.entry(stream, key);
  const row = entry === undefined ? undefined : reader.parse("message", entry);
  if (row === undefined) return undefined;
  return overlay({ message: row, pending: null }, reader.pending(conversationId)).message;
}
