import type { Envelope } from "#contract/envelope.ts";
import type { Message } from "#contract/entities/message.ts";
import type { PersonId } from "#contract/ids.ts";
import { personScope } from "#contract/scope.ts";
import { toIsoTime, type IsoTime } from "#contract/time.ts";
import type { Place } from "../rules/conversations.ts";
import type { RowWrite } from "../store/store.ts";
import { concernsOfSend, readWishes, wantedConcerns } from "./audience.ts";
import type { MutationContext } from "./context.ts";
import { followRowsOfReply, followsOf, participantsOf, willFollow } from "./follow.ts";
import { itemRows } from "./message-items.ts";
import { readingRows } from "./read-marker.ts";
import { settledItems } from "./settle.ts";

/** By the server's clock, but always after what is there: a clock set back cannot disorder a conversation. */
export async function nextSentAt(context: MutationContext): Promise<IsoTime> {
  const newest = await context.tx.newestSentAt(context.scope);
  const after = newest === undefined ? 0 : Date.parse(newest) + 1;
  return toIsoTime(Math.max(context.nowMs, after));
}

export interface Delivery {
  place: Place;
  message: Message;
  /** Of the thread that it is a reply in. */
  root?: Message | undefined;
  /** Written in the same step. */
  beside?: readonly RowWrite[];
}

/**
 * Puts a message that was checked into its place, in the name of its author: the thread it belongs to, what its author
 * has thereby read and answered, and whom it concerns. One write; the scope is to be locked before.
 */
export async function deliver(context: MutationContext, delivery: Delivery): Promise<Envelope[]> {
  const { tx, scope, personId } = context;
  const { place, message, root, beside = [] } = delivery;
  const wishes = await readWishes(context, place);
  const thread = root === undefined ? undefined : await readThread(context, root, message);
  const followers = thread?.followers ?? [];
  const concerns = await concernsOfSend(context, { place, message, followers }, wishes);
  const concerned = await wantedConcerns(context, concerns, wishes);
  const people = new Set([personId, ...concerned.keys(), ...(thread?.people ?? [])]);
  await tx.lockRows([scope, ...[...people].map(personScope)]);

  const rows: RowWrite[] = [messageRow(context, message)];
  if (root !== undefined && thread !== undefined) {
    rows.push(messageRow(context, withReply(root, message)));
    rows.push(...(await followRowsOfReply(context, root, message, thread.participants)));
  } else {
    rows.push(...(await readingRows(context, message.conversationId, message.sentAt)));
  }
  rows.push(...(await settledBy(context, message)));
  rows.push(...(await itemRows(context, place, message, concerned)));
  return tx.write([...rows, ...beside]);
}

interface Thread {
  participants: Set<PersonId>;
  followers: PersonId[];
  /** All whose rows may change. */
  people: Set<PersonId>;
}

async function readThread(context: MutationContext, root: Message, reply: Message): Promise<Thread> {
  const participants = await participantsOf(context, root, reply);
  const follows = await followsOf(context, root.id);
  const people = new Set([...follows.keys(), ...participants]);
  const followers = [...people].filter((personId) =>
    willFollow(follows.get(personId), participants.has(personId)),
  );
  return { participants, followers, people };
}

/** Who writes somewhere has read what was there, and answers it. */
function settledBy(context: MutationContext, message: Message): Promise<RowWrite[]> {
  const { conversationId, threadId, sentAt } = message;
  return settledItems(context, { place: { conversationId, threadId }, readAt: sentAt, isAnswer: true });
}

export function messageRow({ scope }: MutationContext, message: Message): RowWrite {
  return { scope, collection: "message", id: message.id, op: "put", data: message };
}

function withReply(root: Message, reply: Message): Message {
  const others = (root.replyPersonIds ?? []).filter((personId) => personId !== reply.authorId);
  return {
    ...root,
    replyCount: (root.replyCount ?? 0) + 1,
    lastReplyAt: reply.sentAt,
    replyPersonIds: [reply.authorId, ...others].slice(0, 5),
  };
}
