import type { Row } from "#contract/collections.ts";
import { mutations } from "#contract/mutations.ts";
import type { ConversationId, PersonId } from "#contract/ids.ts";
import { personScope, type Scope } from "#contract/scope.ts";
import { text } from "./entry.ts";
import { isFailed } from "./message-overlay.ts";
import type { OutboxEntry } from "./outbox.ts";
import type { Reader } from "./reader.ts";

/** What small rows say of a conversation's messages, the reader's waiting writes included. */
export interface MessageMarks {
  readonly pinned: ReadonlySet<string>;
  readonly saved: ReadonlySet<string>;
  /** By root of the thread. */
  readonly follows: ReadonlyMap<string, Row<"follow">>;
}

export interface MarksOptions {
  me: PersonId;
  scope: Scope;
  conversationId: ConversationId;
  /** Entries of the outbox that concern the conversation. */
  pending: readonly OutboxEntry[];
}

/** Read once for a view: three small lists instead of three lookups for each message. */
export async function readMarks(reader: Reader, options: MarksOptions): Promise<MessageMarks> {
  const waiting = options.pending.filter((entry) => !isFailed(entry));
  return {
    pinned: await pinnedIds(reader, options, waiting),
    saved: await savedIds(reader, options.me, waiting),
    follows: await followsOf(reader, options.me, waiting),
  };
}

async function pinnedIds(
  reader: Reader,
  { scope, conversationId }: MarksOptions,
  waiting: readonly OutboxEntry[],
): Promise<Set<string>> {
  const ids = new Set<string>();
  for (const pin of await reader.rows(scope, "pin")) {
    if (pin.conversationId === conversationId) ids.add(pin.messageId);
  }
  for (const { mutation } of waiting) {
    if (mutation.name !== "message.pin") continue;
    const id = text(mutation.args, "messageId");
    if (mutation.args["isPinned"] === true) ids.add(id);
    else ids.delete(id);
  }
  return ids;
}

/** Done ones no longer count as saved. */
async function savedIds(reader: Reader, me: PersonId, waiting: readonly OutboxEntry[]): Promise<Set<string>> {
  const ids = new Set<string>();
  for (const { object, doneAt } of await reader.rows(personScope(me), "savedItem")) {
    if (object.kind === "message" && doneAt === undefined) ids.add(object.messageId);
  }
  for (const { mutation } of waiting) {
    if (mutation.name === "item.save") {
      const parsed = mutations["item.save"].safeParse(mutation.args);
      if (!parsed.success || parsed.data.object.kind !== "message") continue;
      if (parsed.data.isDone === true) ids.delete(parsed.data.object.messageId);
      else ids.add(parsed.data.object.messageId);
    }
    if (mutation.name === "item.remove") {
      const parsed = mutations["item.remove"].safeParse(mutation.args);
      if (parsed.success && parsed.data.object.kind === "message") ids.delete(parsed.data.object.messageId);
    }
  }
  return ids;
}

/** Whoever writes in a thread follows it from then on, as the server will say. */
export async function followsOf(
  reader: Reader,
  me: PersonId,
  waiting: readonly OutboxEntry[],
): Promise<Map<string, Row<"follow">>> {
  const follows = new Map<string, Row<"follow">>();
  for (const row of await reader.rows(personScope(me), "follow")) follows.set(row.threadId, row);
  for (const { mutation } of waiting) {
    if (mutation.name === "message.send") {
      const parsed = mutations["message.send"].safeParse(mutation.args);
      if (!parsed.success || parsed.data.threadId === undefined) continue;
      const { conversationId, threadId } = parsed.data;
      const { scope, madeAt } = mutation;
      const before = follows.get(threadId) ?? {
        id: threadId,
        scope,
        conversationId,
        threadId,
        isFollowed: false,
      };
      // Who chose not to follow does not by writing; who writes has read what was there.
      const isFollowed = before.isFollowed || before.isChosen !== true;
      const readAt = madeAt > (before.readAt ?? "") ? madeAt : before.readAt;
      follows.set(threadId, { ...before, isFollowed, readAt });
    }
    if (mutation.name === "follow.set") laySet(follows, mutation.args);
  }
  return follows;
}

function laySet(follows: Map<string, Row<"follow">>, args: Record<string, unknown>): void {
  const parsed = mutations["follow.set"].safeParse(args);
  if (!parsed.success) return;
  const { scope, conversationId, threadId, isFollowed, readAt } = parsed.data;
  const before = follows.get(threadId) ?? {
    id: threadId,
    scope,
    conversationId,
    threadId,
    isFollowed: false,
  };
  follows.set(threadId, {
    ...before,
    ...(isFollowed === undefined ? {} : { isFollowed, isChosen: true }),
    ...(readAt === undefined || readAt < (before.readAt ?? "") ? {} : { readAt }),
  });
}
