import type { Ask, Notification, NotificationKind } from "./entities/notification.ts";
import type { ConversationId, MessageId } from "./ids.ts";
import type { IsoTime } from "./time.ts";

/**
 * The rules of the inbox, the same on the server (which writes them down) and in the page (which shows what a waiting
 * write will do). Pure functions of rows and times.
 */

const asks: Readonly<Record<NotificationKind, Ask>> = {
  mention: "answer",
  direct: "answer",
  reply: "know",
  comment: "know",
  invitation: "know",
  spaceRequest: "do",
  joinRequest: "do",
  review: "do",
  report: "do",
  decision: "know",
  mustRead: "do",
  reminder: "do",
  share: "know",
  task: "do",
  taskDue: "do",
  taskNews: "know",
  meeting: "answer",
  meetingNews: "know",
  sendFailed: "do",
};

export function askOf(item: Pick<Notification, "kind" | "ask">): Ask {
  return item.ask ?? asks[item.kind];
}

/** Whether it is in the inbox and counted. */
export function isWaiting(item: Pick<Notification, "doneAt" | "snoozedUntil">, now: IsoTime): boolean {
  return item.doneAt === undefined && (item.snoozedUntil === undefined || item.snoozedUntil <= now);
}

/** A place in which messages are read or written: a conversation's own, or one thread of it. */
export interface ReadingPlace {
  conversationId: ConversationId;
  threadId?: MessageId | undefined;
}

/** Reading up to `readAt` settles what only wants to be known, and direct messages. */
export function isSettledByReading(item: Notification, place: ReadingPlace, readAt: IsoTime): boolean {
  if (askOf(item) !== "know" && item.kind !== "direct") return false;
  return isAt(item, place) && (item.happenedAt ?? item.createdAt) <= readAt;
}

/** Writing or reacting in the same place settles what waits for an answer there. */
export function isSettledByAnswer(item: Notification, place: ReadingPlace): boolean {
  return askOf(item) === "answer" && isAt(item, place);
}

/** A mention in a conversation can also be answered in the thread begun on it. */
function isAt(item: Notification, { conversationId, threadId }: ReadingPlace): boolean {
  if (item.messageId === undefined || item.conversationId !== conversationId) return false;
  return item.threadId === threadId || item.messageId === threadId;
}

/** Items of one object are shown as one group. */
export function groupKeyOf(item: Notification): string {
  if (item.object !== undefined) return JSON.stringify(item.object);
  if (item.threadId !== undefined) return `thread ${item.threadId}`;
  return item.conversationId === undefined ? `scope ${item.scope}` : `conversation ${item.conversationId}`;
}
