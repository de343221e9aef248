import type { Attachment, Message } from "#contract/entities/message.ts";
import type { Reaction } from "#contract/entities/reaction.ts";
import { messageIdSchema, reactionId, type MessageId, type PersonId } from "#contract/ids.ts";
import { toIsoTime, type IsoTime } from "#contract/time.ts";
import { timedId } from "../timed-id.ts";
import { emojiNamed } from "./emoji.ts";
import { clean, convertMrkdwn, type Converted } from "./mrkdwn.ts";
import { authorOf } from "./people.ts";
import type { SlackPlace } from "./places.ts";
import type { SlackMessage } from "./slack-schemas.ts";

/** What the first pass found of a thread. */
export interface ThreadTally {
  replies: number;
  lastTs: string;
  /** Slack ids, newest last, five at most. */
  repliers: string[];
  hasRoot: boolean;
}

export interface MessageContext {
  place: SlackPlace;
  personOf: (slackId: string) => PersonId | undefined;
  threads: ReadonlyMap<string, ThreadTally>;
  messageBytes: number;
  note: (what: "empty" | "truncated" | "orphanReplies") => void;
}

const notices: Record<string, NonNullable<Message["notice"]>> = {
  channel_join: "joined",
  group_join: "joined",
  channel_leave: "left",
  group_leave: "left",
  channel_name: "renamed",
  group_name: "renamed",
  channel_topic: "topicChanged",
  group_topic: "topicChanged",
  channel_purpose: "topicChanged",
  group_purpose: "topicChanged",
};

/** Slack's `ts` is seconds and six decimals: the millisecond, and what is left of it. */
export function readTs(ts: string): { epochMs: number; micros: number } {
  const [seconds = "0", fraction = ""] = ts.split(".");
  const micros = Number(fraction.padEnd(6, "0").slice(0, 6));
  return { epochMs: Number(seconds) * 1000 + Math.floor(micros / 1000), micros: micros % 1000 };
}

function timeOfTs(ts: string): IsoTime {
  return toIsoTime(readTs(ts).epochMs);
}

/** The same id for the same message of the same channel, in every run; ids sort as the messages do. */
function idOfTs(place: SlackPlace, ts: string): MessageId {
  const { epochMs, micros } = readTs(ts);
  return messageIdSchema.parse(timedId(epochMs, micros, `${place.conversationId}:${ts}`));
}

/** The message and the reactions on it; undefined when there is nothing in it. */
export function writeMessage(
  source: SlackMessage,
  context: MessageContext,
): { message: Message; reactions: Reaction[] } | undefined {
  const { place } = context;
  const authorId = context.personOf(authorOf(source) ?? "");
  if (authorId === undefined) return undefined;
  const isDeleted = source.subtype === "tombstone" || source.subtype === "message_deleted";
  const sentAt = timeOfTs(source.ts);
  const message: Message = {
    id: idOfTs(place, source.ts),
    conversationId: place.conversationId,
    authorId,
    body: "",
    sentAt,
    version: 1,
  };
  if (isDeleted) message.deletedAt = sentAt;
  else if (!fillMessage(message, source, context)) return undefined;
  placeInThread(message, source, context);
  return { message, reactions: isDeleted ? [] : writeReactions(message, source, context) };
}

function fillMessage(message: Message, source: SlackMessage, context: MessageContext): boolean {
  const { body, mentions } = convertBody(source, context);
  const attachments = writeAttachments(source);
  message.body = cut(body, context);
  const notice = notices[source.subtype ?? ""];
  if (message.body === "" && attachments.length === 0) {
    // a root stays, or its replies would hang from nothing
    if ((context.threads.get(source.ts)?.replies ?? 0) > 0) message.body = "…";
    else context.note("empty");
  }
  if (message.body === "" && attachments.length === 0) {
    return false;
  }
  if (notice !== undefined) message.notice = notice;
  if (mentions.length > 0 && notice === undefined) message.mentions = mentions;
  if (attachments.length > 0) message.attachments = attachments;
  if (source.edited) {
    message.version = 2;
    message.editedAt = /^\d{1,11}(\.\d{1,6})?$/.test(source.edited.ts)
      ? timeOfTs(source.edited.ts)
      : message.sentAt;
  }
  return true;
}

function convertBody(source: SlackMessage, { personOf }: MessageContext): Converted {
  const unfurled = (source.attachments ?? []).map(
    (attachment) => attachment?.text || attachment?.fallback || "",
  );
  const text =
    (source.text ?? "") === "" ? unfurled.filter((part) => part !== "").join("\n") : (source.text ?? "");
  const { body, mentions } = convertMrkdwn(text, personOf);
  const trimmed = body.trim();
  return { body: source.subtype === "me_message" && trimmed !== "" ? `*${trimmed}*` : trimmed, mentions };
}

/** A body longer than the server takes is cut and says so. */
function cut(body: string, { messageBytes, note }: MessageContext): string {
  if (body.length * 3 <= messageBytes || Buffer.byteLength(body) <= messageBytes) return body;
  note("truncated");
  const bytes = Buffer.from(body).subarray(0, messageBytes - 8);
  // the last character may have been cut in two
  return `${bytes.toString("utf8").replace(/\uFFFD+$/, "")} […]`;
}

function writeAttachments({ files }: SlackMessage): Attachment[] {
  const written: Attachment[] = [];
  for (const file of files ?? []) {
    if (file === null || written.length >= 50) continue;
    const attachment: Attachment = {
      name: clean(file.name || file.title || "file")
        .slice(0, 500)
        .toWellFormed(),
    };
    if (file.mimetype) attachment.mediaType = clean(file.mimetype).slice(0, 200);
    if (Number.isSafeInteger(file.size) && (file.size ?? -1) >= 0) attachment.sizeBytes = file.size ?? 0;
    written.push(attachment);
  }
  return written;
}

function placeInThread(message: Message, source: SlackMessage, context: MessageContext): void {
  const { place, threads, personOf } = context;
  const root = source.thread_ts ?? undefined;
  if (root !== undefined && root !== source.ts) {
    if (threads.get(root)?.hasRoot === true) message.threadId = idOfTs(place, root);
    else context.note("orphanReplies");
    return;
  }
  const tally = threads.get(source.ts);
  if (tally === undefined || tally.replies === 0) return;
  message.replyCount = tally.replies;
  message.lastReplyAt = timeOfTs(tally.lastTs);
  message.replyPersonIds = tally.repliers
    .toReversed()
    .map(personOf)
    .filter((personId) => personId !== undefined);
}

function writeReactions(message: Message, source: SlackMessage, { personOf }: MessageContext): Reaction[] {
  const reactions = new Map<string, Reaction>();
  for (const { name, users } of source.reactions ?? []) {
    const emoji = emojiNamed(name) ?? `:${clean(name).slice(0, 62)}:`;
    for (const slackId of users ?? []) {
      const personId = personOf(slackId);
      if (personId === undefined) continue;
      const id = reactionId(message.id, personId, emoji);
      const { id: messageId, conversationId, sentAt: createdAt } = message;
      reactions.set(id, { id, conversationId, messageId, personId, emoji, createdAt });
    }
  }
  return [...reactions.values()];
}
