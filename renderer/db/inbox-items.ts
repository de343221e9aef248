import type { Notification } from "#contract/entities/notification.ts";
import { isSettledByAnswer, isSettledByReading } from "#contract/inbox.ts";
import { joinRequestId, type PersonId } from "#contract/ids.ts";
import { mutations } from "#contract/mutations.ts";
import { personScope } from "#contract/scope.ts";
import type { IsoTime } from "#contract/time.ts";
import { isFailed } from "./message-overlay.ts";
import type { OutboxEntry } from "./outbox.ts";
import type { Reader } from "./reader.ts";

/** What a waiting write does to one item of the inbox. */
type Change = (item: Notification) => Notification;

/** The reader's inbox as they see it: its rows, with what their waiting writes settle, wake or put off. */
export async function inboxItems(reader: Reader, me: PersonId): Promise<Notification[]> {
  const rows = await reader.rows(personScope(me), "notification");
  const changes = reader.allPending().flatMap((entry) => (isFailed(entry) ? [] : changesOf(entry)));
  if (changes.length === 0) return rows;
  return rows.map((row) => changes.reduce((item, change) => change(item), row));
}

function changesOf({ mutation: { name, args, madeAt } }: OutboxEntry): Change[] {
  switch (name) {
    case "notification.set":
      return handled(args, madeAt);
    case "readMarker.set": {
      const parsed = mutations[name].safeParse(args);
      if (!parsed.success) return [];
      const { conversationId, readAt } = parsed.data;
      return [settle(madeAt, (item) => isSettledByReading(item, { conversationId }, readAt))];
    }
    case "follow.set": {
      const parsed = mutations[name].safeParse(args);
      const readAt = parsed.data?.readAt;
      if (!parsed.success || readAt === undefined) return [];
      return [settle(madeAt, (item) => isSettledByReading(item, parsed.data, readAt))];
    }
    case "message.send": {
      const parsed = mutations[name].safeParse(args);
      return parsed.success ? [settle(madeAt, (item) => isSettledByAnswer(item, parsed.data))] : [];
    }
    case "reaction.add":
    case "post.acknowledge":
      return answered(name, args, madeAt);
    case "spaceRequest.decide":
    case "report.decide":
    case "article.decide":
      return decided(String(args["id"]), madeAt);
    case "joinRequest.decide": {
      const parsed = mutations[name].safeParse(args);
      return parsed.success ? decided(joinRequestId(parsed.data.spaceId, parsed.data.personId), madeAt) : [];
    }
    default:
      return [];
  }
}

function settle(at: IsoTime, isSettled: (item: Notification) => boolean): Change {
  return (item) => (item.doneAt === undefined && isSettled(item) ? { ...item, doneAt: at } : item);
}

function handled(args: unknown, at: IsoTime): Change[] {
  const parsed = mutations["notification.set"].safeParse(args);
  if (!parsed.success) return [];
  const { isDone, snoozedUntil } = parsed.data;
  const ids = new Set(parsed.data.ids);
  return [
    (item) => {
      if (!ids.has(item.id)) return item;
      const { doneAt, snoozedUntil: before, ...rest } = item;
      const isNowDone = isDone ?? doneAt !== undefined;
      const until = snoozedUntil === undefined ? before : (snoozedUntil ?? undefined);
      return {
        ...rest,
        ...(isNowDone ? { doneAt: doneAt ?? at } : {}),
        ...(until === undefined ? {} : { snoozedUntil: until }),
      };
    },
  ];
}

/** A reaction answers what its message asked; a confirmation, the must-read. */
function answered(name: "reaction.add" | "post.acknowledge", args: unknown, at: IsoTime): Change[] {
  const parsed = mutations["post.acknowledge"].safeParse(args);
  if (!parsed.success) return [];
  const { messageId } = parsed.data;
  const kinds = name === "reaction.add" ? ["mention", "direct"] : ["mustRead"];
  return [settle(at, (item) => item.messageId === messageId && kinds.includes(item.kind))];
}

function decided(id: string, at: IsoTime): Change[] {
  const kinds = new Set(["spaceRequest", "joinRequest", "review", "report"]);
  return [
    settle(at, ({ kind, object }) => kinds.has(kind) && object?.kind === "row" && object.id === id),
  ];
}
