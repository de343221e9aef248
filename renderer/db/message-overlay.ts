import type { Row } from "#contract/collections.ts";
import { mutations } from "#contract/mutations.ts";
import type { MessageId, PersonId } from "#contract/ids.ts";
import type { Pending } from "#contract/views/message-view.ts";
import { text } from "./entry.ts";
import type { OutboxEntry } from "./outbox.ts";

export type Message = Row<"message">;

/** A message as the person sees it: the server's row with their own waiting writes on top. */
export interface Overlaid {
  message: Message;
  pending: Pending | null;
}

export function isFailed(entry: OutboxEntry): boolean {
  return entry.status === "conflict" || entry.status === "rejected";
}

export function pendingOf(entry: OutboxEntry): Pending {
  return { mutationId: entry.mutation.id, status: entry.status, problem: entry.problem };
}

/** Messages that are not on the server yet, in the order they were written. */
export function pendingSends(entries: readonly OutboxEntry[], me: PersonId): Overlaid[] {
  const made: Overlaid[] = [];
  for (const entry of entries) {
    if (entry.mutation.name !== "message.send") continue;
    const parsed = mutations["message.send"].safeParse(entry.mutation.args);
    if (!parsed.success) continue;
    const message: Message = {
      ...parsed.data,
      authorId: me,
      sentAt: entry.mutation.madeAt,
      version: 1,
    };
    made.push({ message, pending: pendingOf(entry) });
  }
  return made;
}

/** Lays waiting edits, deletions and replies over a message. A refused one leaves the text alone and is only marked. */
export function overlay(base: Overlaid, entries: readonly OutboxEntry[]): Overlaid {
  let { message, pending } = base;
  for (const entry of entries) {
    const { name, args, madeAt } = entry.mutation;
    if (name === "message.send") {
      if (text(args, "threadId") === message.id && !isFailed(entry)) message = withReply(message, madeAt);
      continue;
    }
    if (name === "post.archive" || name === "post.answer") {
      if (text(args, "messageId") === message.id && !isFailed(entry)) message = withPost(message, entry);
      continue;
    }
    if ((name !== "message.edit" && name !== "message.delete") || text(args, "id") !== message.id) continue;
    pending = moreUrgent(pending, pendingOf(entry));
    if (isFailed(entry)) continue;
    message = name === "message.edit" ? edited(message, entry) : deleted(message, entry);
  }
  return { message, pending };
}

function moreUrgent(before: Pending | null, next: Pending): Pending {
  return before !== null && (before.status === "conflict" || before.status === "rejected") ? before : next;
}

function edited(message: Message, entry: OutboxEntry): Message {
  const parsed = mutations["message.edit"].safeParse(entry.mutation.args);
  if (!parsed.success) return message;
  const { body, mentions, attachments, poll, post, baseVersion } = parsed.data;
  const { mentions: _old, ...rest } = message;
  // The next edit is made from the text that this one will leave on the server.
  const version = Math.max(message.version, baseVersion) + 1;
  return {
    ...rest,
    body,
    version,
    editedAt: entry.mutation.madeAt,
    ...(mentions === undefined ? {} : { mentions }),
    ...(attachments === undefined ? {} : { attachments }),
    ...(poll === undefined ? {} : { poll }),
    ...(post === undefined ? {} : { post: { ...message.post, ...post } }),
  };
}

/** A post that is archived or taken out again, or whose question has found its answer. */
function withPost(message: Message, { mutation }: OutboxEntry): Message {
  if (message.post === undefined) return message;
  if (mutation.name === "post.archive") {
    const { archivedAt: _before, ...post } = message.post;
    const isArchived = mutation.args["isArchived"] === true;
    return { ...message, post: isArchived ? { ...post, archivedAt: mutation.madeAt } : post };
  }
  const parsed = mutations["post.answer"].safeParse(mutation.args);
  if (!parsed.success) return message;
  const { answerId: _before, ...post } = message.post;
  const { answerId } = parsed.data;
  return { ...message, post: answerId === null ? post : { ...post, answerId } };
}

function deleted(message: Message, entry: OutboxEntry): Message {
  const { mentions: _mentions, attachments: _attachments, quote: _quote, poll: _poll, ...rest } = message;
  return { ...rest, body: "", deletedAt: entry.mutation.madeAt };
}

function withReply(message: Message, at: Message["sentAt"]): Message {
  return { ...message, replyCount: (message.replyCount ?? 0) + 1, lastReplyAt: at };
}

/** Waiting reactions of the reader on one message: emoji → whether it is there in the end. */
export function pendingReactions(
  entries: readonly OutboxEntry[],
  messageId: MessageId,
): Map<string, boolean> {
  const wanted = new Map<string, boolean>();
  for (const entry of entries) {
    const { name, args } = entry.mutation;
    if (isFailed(entry) || text(args, "messageId") !== messageId) continue;
    if (name === "reaction.add") wanted.set(text(args, "emoji"), true);
    if (name === "reaction.remove") wanted.set(text(args, "emoji"), false);
  }
  return wanted;
}
