import type { ConversationId, MessageId } from "#contract/ids.ts";
import type { IsoTime } from "#contract/time.ts";
import type { ConversationSummary, QueryArgs } from "#contract/worker.ts";
import type { WorkerClient } from "#renderer/kit/worker-client.ts";

/** `IsoTime`: the first message from then on. */
export type TimelineStart = "end" | "unread" | MessageId | IsoTime;

const FIRST_COUNT = 50;
/** How long an answer asked for ahead is held for the view that will want it. */
const HELD_MS = 2000;

/** The first window of a conversation or thread: the same words for the same question. */
export function firstWindow(
  conversationId: ConversationId,
  at: TimelineStart,
  threadId?: MessageId,
): QueryArgs<"timeline"> {
  return { conversationId, ...(threadId === undefined ? {} : { threadId }), at, count: FIRST_COUNT };
}

/** Where a conversation opens: at what is new, otherwise at its end. */
export function startOf({ unread }: Pick<ConversationSummary, "unread">): TimelineStart {
  return unread > 0 ? "unread" : "end";
}

/** Asks for a conversation's messages before its view is drawn: they are there when it is, not a frame later. */
export function warmTimeline(
  client: WorkerClient,
  summary: Pick<ConversationSummary, "conversationId" | "unread">,
): void {
  const live = client.query("timeline", firstWindow(summary.conversationId, startOf(summary)));
  const release = live.subscribe(() => undefined);
  setTimeout(release, HELD_MS);
}
