import type { Row } from "#contract/collections.ts";
import type { PersonId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import { text } from "./entry.ts";
import type { Reader } from "./reader.ts";
import { prefixRange, replyStream } from "./streams.ts";

/** Unread replies are counted to this; the interface says "99+". */
const UNREAD_LIMIT = 100;

/** Replies of others after what the reader has read, of a thread that they follow. */
export async function unreadReplies(
  reader: Reader,
  { scope, me, follow }: { scope: Scope; me: PersonId; follow: Row<"follow"> | undefined },
): Promise<number> {
  if (follow?.isFollowed !== true) return 0;
  const { threadId, readAt = "", lastReplyAt } = follow;
  const { upper } = prefixRange(threadId);
  // Behind every id of the same moment: what was read at `readAt` is read.
  const lower = `${threadId}~${readAt}\u007f`;
  const stream = replyStream(scope, follow.conversationId);
  const entries = await reader.entries(stream, { lower, upper, limit: 3 * UNREAD_LIMIT });
  const others = entries.filter(
    ({ data }) => text(data, "authorId") !== me && text(data, "deletedAt") === "",
  ).length;
  // The server knows of a reply that is not cached here.
  const isMissing = others === 0 && entries.length === 0 && lastReplyAt !== undefined && lastReplyAt > readAt;
  return isMissing ? 1 : Math.min(UNREAD_LIMIT, others);
}
