import type { Mention } from "#contract/entities/message.ts";
import { messageIdSchema, reactionId, type ConversationId, type PersonId } from "#contract/ids.ts";
import type { Message } from "#contract/entities/message.ts";
import type { Reaction } from "#contract/entities/reaction.ts";
import type { Scope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { RowWrite } from "#server/store/store.ts";
import { timedId } from "../import/timed-id.ts";
import { demoPersonId } from "./people.ts";
import type { Random } from "./random.ts";
import type { RenderedTurn } from "./render.ts";

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;

export interface TimedTurn extends RenderedTurn {
  atMs: number;
}

export interface ConversationPlace {
  scope: Scope;
  conversationId: ConversationId;
  nowMs: number;
  random: Random;
  isPerson: (handle: string) => boolean;
}

export interface ConversationRows {
  messages: Message[];
  reactions: Reaction[];
}

/** Gives each turn of an exchange its time, starting at `startMs`. */
export function timeTurns(turns: readonly RenderedTurn[], startMs: number, random: Random): TimedTurn[] {
  let clock = startMs;
  return turns.map((turn, index) => {
    const isSlow = turn.isReply || random.chance(0.08);
    const pauseMs = isSlow ? random.int(4, 38) * MINUTE_MS : random.int(22, 300) * SECOND_MS;
    const typedMs = Math.min(turn.text.length, 400) * 90;
    clock += (index === 0 ? 0 : pauseMs + typedMs) + random.int(1, 999);
    return { ...turn, atMs: clock };
  });
}

/** The rows of one conversation, oldest first. Turns must come in the order of their times. */
export function writeConversation(turns: readonly TimedTurn[], place: ConversationPlace): ConversationRows {
  const rows: ConversationRows = { messages: [], reactions: [] };
  let root: Message | undefined;
  for (const turn of turns) {
    const message = writeMessage(turn, place);
    if (turn.isReply && root !== undefined) addReply(root, message);
    else root = message;
    rows.messages.push(message);
    for (const { emoji, who } of turn.reactions) {
      for (const handle of who) rows.reactions.push(writeReaction({ message, handle, emoji }, place));
    }
  }
  return rows;
}

function writeMessage(turn: TimedTurn, place: ConversationPlace): Message {
  const { body, mentions } = writeMentions(turn.text, place.isPerson);
  const message: Message = {
    id: messageIdSchema.parse(timedId(turn.atMs, 0, `demo:${place.conversationId}:${turn.atMs}`)),
    conversationId: place.conversationId,
    authorId: demoPersonId(turn.who),
    body,
    sentAt: toIsoTime(turn.atMs),
    version: 1,
  };
  if (mentions.length > 0) message.mentions = mentions;
  if (turn.isEdited || (mentions.length === 0 && place.random.chance(0.012))) {
    message.version = 2;
    message.editedAt = toIsoTime(Math.min(turn.atMs + place.random.int(1, 14) * MINUTE_MS, place.nowMs));
  }
  if (turn.isDeleted) {
    message.body = "";
    message.deletedAt = toIsoTime(Math.min(turn.atMs + 3 * MINUTE_MS, place.nowMs));
    delete message.mentions;
  }
  return message;
}

function writeMentions(
  text: string,
  isPerson: (handle: string) => boolean,
): { body: string; mentions: Mention[] } {
  const mentions: Mention[] = [];
  const named = new Set<PersonId>();
  const body = text.replaceAll(/(?<![\w.])@([a-z]+)\b(?!\.[a-z])/g, (whole, handle: string) => {
    if (handle === "tous") {
      mentions.push({ kind: "everyone" });
      return "<!everyone>";
    }
    if (!isPerson(handle)) return whole;
    const personId = demoPersonId(handle);
    if (!named.has(personId)) mentions.push({ kind: "person", personId });
    named.add(personId);
    return `<@${personId}>`;
  });
  return { body, mentions };
}

function addReply(root: Message, reply: Message): void {
  reply.threadId = root.id;
  root.replyCount = (root.replyCount ?? 0) + 1;
  root.lastReplyAt = reply.sentAt;
  const others = (root.replyPersonIds ?? []).filter((id) => id !== reply.authorId);
  root.replyPersonIds = [reply.authorId, ...others].slice(0, 5);
}

function writeReaction(
  { message, handle, emoji }: { message: Message; handle: string; emoji: string },
  place: ConversationPlace,
): Reaction {
  const personId = demoPersonId(handle);
  const sentMs = Date.parse(message.sentAt);
  return {
    id: reactionId(message.id, personId, emoji),
    conversationId: place.conversationId,
    messageId: message.id,
    personId,
    emoji,
    createdAt: toIsoTime(Math.min(sentMs + place.random.int(15, 900) * SECOND_MS, place.nowMs)),
  };
}

/** Messages before the reactions on them; a person reacts once with the same emoji. */
export function* conversationWrites(rows: ConversationRows, scope: Scope): Generator<RowWrite> {
  for (const data of rows.messages) yield { scope, collection: "message", id: data.id, op: "put", data };
  const seen = new Set<string>();
  for (const data of rows.reactions) {
    if (seen.has(data.id)) continue;
    seen.add(data.id);
    yield { scope, collection: "reaction", id: data.id, op: "put", data };
  }
}
