import { objectIdOf } from "#contract/entities/object-ref.ts";
import type { Notification } from "#contract/entities/notification.ts";
import { isSettledByAnswer, isSettledByReading, type ReadingPlace } from "#contract/inbox.ts";
import { joinRequestId, type ConversationId, type MessageId, type PersonId } from "#contract/ids.ts";
import { mutations } from "#contract/mutations.ts";
import { conversationScope, deskScope, personScope, spaceScope } from "#contract/scope.ts";
import type { IsoTime } from "#contract/time.ts";
import { isFailed } from "./message-overlay.ts";
import type { OutboxEntry } from "./outbox.ts";
import type { QueryContext } from "./query-context.ts";
import type { Reader } from "./reader.ts";
import { messageStream, replyStream } from "./streams.ts";

/** What a waiting write does to one item of the inbox: nothing is left of one that goes. */
type Change = (item: Notification) => Notification | undefined;

type Sources = Pick<QueryContext, "places" | "messageKeys">;

/**
 * The reader's inbox as they see it: its rows, with what their waiting writes settle, wake, put off or take out. It is to
 * be what the server's rows will be once these are carried out, or counts would jump back and forth.
 */
export async function inboxItems(sources: Sources, reader: Reader, me: PersonId): Promise<Notification[]> {
  let items = await reader.rows(personScope(me), "notification");
  for (const entry of reader.allPending()) {
    if (isFailed(entry)) continue;
    const change =
      entry.mutation.name === "reaction.add"
        ? await answeredByReaction(sources, items, entry)
        : changeOf(entry, me);
    if (change !== undefined) items = items.flatMap((item) => change(item) ?? []);
  }
  return items;
}

function changeOf(entry: OutboxEntry, me: PersonId): Change | undefined {
  return changeByMessages(entry) ?? changeByChoice(entry) ?? changeByLeaving(entry, me);
}

function changeByMessages({ mutation: { name, args, madeAt } }: OutboxEntry): Change | undefined {
  switch (name) {
    case "readMarker.set": {
      const parsed = mutations[name].safeParse(args);
      // Whoever marks as unread has not read.
      if (!parsed.success || parsed.data.isUnread === true) return undefined;
      const { conversationId, readAt } = parsed.data;
      return settle(madeAt, (item) => isSettledByReading(item, { conversationId }, readAt));
    }
    case "follow.set": {
      const parsed = mutations[name].safeParse(args);
      const readAt = parsed.data?.readAt;
      if (!parsed.success || readAt === undefined) return undefined;
      return settle(madeAt, (item) => isSettledByReading(item, parsed.data, readAt));
    }
    case "message.send": {
      const parsed = mutations[name].safeParse(args);
      return parsed.success ? settle(madeAt, (item) => isSettledByWriting(item, parsed.data)) : undefined;
    }
    case "post.acknowledge": {
      const parsed = mutations[name].safeParse(args);
      if (!parsed.success) return undefined;
      const { conversationId, messageId } = parsed.data;
      const isMeant = isOf(conversationId, messageId);
      return settle(madeAt, (item) => item.kind === "mustRead" && isMeant(item));
    }
    default:
      return undefined;
  }
}

/** The server takes what is written after all that stands there: it was read. */
function isSettledByWriting(item: Notification, place: ReadingPlace): boolean {
  const happenedAt = item.happenedAt ?? item.createdAt;
  return isSettledByAnswer(item, place) || isSettledByReading(item, place, happenedAt);
}

function changeByChoice({ mutation: { name, args, madeAt } }: OutboxEntry): Change | undefined {
  switch (name) {
    case "notification.set":
      return handled(args, madeAt);
    case "spaceRequest.decide":
    case "report.decide":
    case "article.decide":
      return decided(String(args["id"]), madeAt);
    case "joinRequest.decide": {
      const parsed = mutations[name].safeParse(args);
      return parsed.success
        ? decided(joinRequestId(parsed.data.spaceId, parsed.data.personId), madeAt)
        : undefined;
    }
    case "item.save": {
      const parsed = mutations[name].safeParse(args);
      if (!parsed.success) return undefined;
      const { object, remindAt, isDone } = parsed.data;
      // A reminder whose time is past comes anew.
      const isNow = typeof remindAt === "string" && remindAt <= madeAt;
      if (isNow || (remindAt === undefined && isDone !== true)) return undefined;
      return settle(madeAt, (item) => isAbout(item, "reminder", objectIdOf(object)));
    }
    case "item.remove": {
      const parsed = mutations[name].safeParse(args);
      if (!parsed.success) return undefined;
      const id = objectIdOf(parsed.data.object);
      return drop((item) => isAbout(item, "reminder", id));
    }
    case "message.schedule":
    case "scheduledMessage.remove":
      return drop((item) => isAbout(item, "sendFailed", String(args["id"])));
    default:
      return undefined;
  }
}

/** Whoever leaves a place is no longer concerned by what happened there. */
function changeByLeaving({ mutation: { name, args } }: OutboxEntry, me: PersonId): Change | undefined {
  switch (name) {
    case "space.leave": {
      const parsed = mutations[name].safeParse(args);
      if (!parsed.success) return undefined;
      const places = new Set([spaceScope(parsed.data.spaceId), deskScope(parsed.data.spaceId)]);
      return drop((item) => places.has(item.scope));
    }
    case "conversation.update": {
      const parsed = mutations[name].safeParse(args);
      if (parsed.data?.removeIds?.includes(me) !== true) return undefined;
      const place = conversationScope(parsed.data.id);
      return drop((item) => item.scope === place);
    }
    default:
      return undefined;
  }
}

/** A reaction answers what waits for an answer where its message stands. */
async function answeredByReaction(
  sources: Sources,
  items: readonly Notification[],
  { mutation: { args, madeAt } }: OutboxEntry,
): Promise<Change | undefined> {
  const parsed = mutations["reaction.add"].safeParse(args);
  if (!parsed.success) return undefined;
  const { conversationId, messageId } = parsed.data;
  const there = items.filter((item) => item.conversationId === conversationId && item.doneAt === undefined);
  if (there.length === 0) return undefined;
  const place = await placeOf(sources, there, { conversationId, messageId });
  return place && settle(madeAt, (item) => isSettledByAnswer(item, place));
}

/** Where a message stands: an item says so, or the cache. Only threads that items are about matter. */
async function placeOf(
  { places, messageKeys }: Sources,
  items: readonly Notification[],
  { conversationId, messageId }: { conversationId: ConversationId; messageId: MessageId },
): Promise<ReadingPlace | undefined> {
  const named = items.find((item) => item.messageId === messageId);
  if (named !== undefined) return { conversationId, threadId: named.threadId };
  const scope = places.scope(conversationId);
  const top = await messageKeys.findQuickly(messageStream(scope, conversationId), messageId);
  if (top !== undefined) return { conversationId };
  const threads = new Set(items.flatMap((item) => [item.threadId, item.messageId]));
  for (const threadId of threads) {
    if (threadId === undefined) continue;
    const stream = replyStream(scope, conversationId);
    const key = await messageKeys.findReply(stream, threadId, messageId);
    if (key?.startsWith(`${threadId}~`) === true) return { conversationId, threadId };
  }
  return undefined;
}

function settle(at: IsoTime, isSettled: (item: Notification) => boolean): Change {
  return (item) => (item.doneAt === undefined && isSettled(item) ? { ...item, doneAt: at } : item);
}

function drop(isGone: (item: Notification) => boolean): Change {
  return (item) => (isGone(item) ? undefined : item);
}

function isOf(conversationId: ConversationId, messageId: MessageId): (item: Notification) => boolean {
  return (item) => item.messageId === messageId && item.conversationId === conversationId;
}

function isAbout(item: Notification, kind: Notification["kind"], id: string): boolean {
  return item.kind === kind && item.object !== undefined && objectIdOf(item.object) === id;
}

function handled(args: unknown, at: IsoTime): Change | undefined {
  const parsed = mutations["notification.set"].safeParse(args);
  if (!parsed.success) return undefined;
  const { isDone, snoozedUntil } = parsed.data;
  const ids = new Set(parsed.data.ids);
  return (item) => {
    if (!ids.has(item.id)) return item;
    const { doneAt, snoozedUntil: before, ...rest } = item;
    const isNowDone = isDone ?? doneAt !== undefined;
    const until = snoozedUntil === undefined ? before : (snoozedUntil ?? undefined);
    return {
      ...rest,
      ...(isNowDone ? { doneAt: doneAt ?? at } : {}),
      ...(until === undefined ? {} : { snoozedUntil: until }),
    };
  };
}

function decided(id: string, at: IsoTime): Change {
  const kinds = new Set(["spaceRequest", "joinRequest", "review", "report"]);
  return settle(at, ({ kind, object }) => kinds.has(kind) && object?.kind === "row" && object.id === id);
}
