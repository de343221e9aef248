import type { Mention, Message, Poll } from "#contract/entities/message.ts";
import {
  messageIdSchema,
  naturalId,
  personalMarkId,
  reactionId,
  wallId,
  type ConversationId,
  type MessageId,
} from "#contract/ids.ts";
import { spaceScope, type Scope } from "#contract/scope.ts";
import { toIsoTime, type IsoTime } from "#contract/time.ts";
import type { RowWrite } from "#server/store/store.ts";
import { timedId } from "../import/timed-id.ts";
import { demoCoverId } from "./cover-ids.ts";
import { demoPersonId } from "./people.ts";
import { demoPosts, type DemoComment, type DemoPost } from "./posts-data.ts";
import { putRow } from "./put-row.ts";
import { demoSpaceId, type DemoSetting } from "./workplace.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const LIKE = "👍";
const EXCERPT_LENGTH = 140;

interface Wall {
  scope: Scope;
  conversationId: ConversationId;
  setting: DemoSetting;
}

/** A post as the rest of the demonstration needs to know it. */
export interface WrittenPost {
  post: DemoPost;
  scope: Scope;
  conversationId: ConversationId;
  messageId: MessageId;
  sentAt: IsoTime;
}

/** What stands on the walls: posts, their comments and what hangs on them. A message comes before what hangs on it. */
export function createPosts(setting: DemoSetting): { rows: RowWrite[]; posts: WrittenPost[] } {
  const messages: { scope: Scope; message: Message }[] = [];
  const parts: RowWrite[] = [];
  const posts: WrittenPost[] = [];
  for (const [index, post] of demoPosts.entries()) {
    const spaceId = demoSpaceId(post.space);
    const wall = { scope: spaceScope(spaceId), conversationId: wallId(spaceId), setting };
    const sentMs = setting.nowMs - post.hoursAgo * HOUR_MS - index * 7 * MINUTE_MS;
    const id = messageIdSchema.parse(timedId(sentMs, index, `post:${post.space}:${index}`));
    const comments = writeComments(post, { id, sentMs, wall });
    const message = writePost(post, { id, sentMs, wall, comments });
    for (const each of [message, ...comments]) messages.push({ scope: wall.scope, message: each });
    parts.push(...partsOf(post, message, comments, wall));
    posts.push({ post, ...wall, messageId: id, sentAt: message.sentAt });
  }
  messages.sort((a, b) => (a.message.sentAt < b.message.sentAt ? -1 : 1));
  const rows = messages.map(({ scope, message }) => putRow(scope, "message", message));
  return { rows: [...rows, ...parts], posts };
}

interface Making {
  id: MessageId;
  sentMs: number;
  wall: Wall;
}

function writePost(
  post: DemoPost,
  { id, sentMs, wall, comments }: Making & { comments: readonly Message[] },
): Message {
  const { body, mentions } = written(post.text, wall.setting);
  const answerId = post.answer === undefined ? undefined : comments[post.answer]?.id;
  const repliers = [...new Set(comments.map(({ authorId }) => authorId).toReversed())].slice(0, 5);
  return {
    id,
    conversationId: wall.conversationId,
    authorId: demoPersonId(post.who),
    body,
    sentAt: toIsoTime(sentMs),
    version: 1,
    ...(mentions.length === 0 ? {} : { mentions }),
    ...(post.poll === undefined ? {} : { poll: pollOf(post.poll) }),
    post: {
      kind: post.kind,
      ...(post.title === undefined ? {} : { title: post.title }),
      ...(post.summary === undefined ? {} : { summary: post.summary }),
      ...(post.cover === undefined ? {} : { cover: demoCoverId(post.cover) }),
      ...(post.sections === undefined ? {} : { sections: post.sections }),
      ...(post.isMustRead === undefined ? {} : { isMustRead: post.isMustRead }),
      ...(answerId === undefined ? {} : { answerId }),
    },
    ...(comments.length === 0
      ? {}
      : { replyCount: comments.length, lastReplyAt: newest(comments), replyPersonIds: repliers }),
  };
}

function newest(comments: readonly Message[]): IsoTime {
  const [latest] = comments
    .map(({ sentAt }) => sentAt)
    .toSorted()
    .toReversed();
  if (latest === undefined) throw new Error("no comment");
  return latest;
}

function pollOf({ question, options, isMultiple }: NonNullable<DemoPost["poll"]>): Poll {
  return {
    question,
    options: options.map((text, index) => ({ id: String(index + 1), text })),
    ...(isMultiple === undefined ? {} : { isMultiple }),
  };
}

function writeComments(post: DemoPost, { id, sentMs, wall }: Making): Message[] {
  const comments: Message[] = [];
  for (const [index, comment] of (post.comments ?? []).entries()) {
    const answered = comment.replyTo === undefined ? undefined : comments[comment.replyTo];
    const fromMs = answered === undefined ? sentMs : Date.parse(answered.sentAt);
    const atMs = Math.min(fromMs + comment.minutesAfter * MINUTE_MS, wall.setting.nowMs - MINUTE_MS);
    comments.push(writeComment(comment, { id, sentMs: atMs, wall }, { index, answered }));
  }
  return comments;
}

function writeComment(
  comment: DemoComment,
  { id: threadId, sentMs, wall }: Making,
  { index, answered }: { index: number; answered: Message | undefined },
): Message {
  const { body, mentions } = written(comment.text, wall.setting);
  return {
    id: messageIdSchema.parse(timedId(sentMs, index, `comment:${threadId}:${index}`)),
    conversationId: wall.conversationId,
    authorId: demoPersonId(comment.who),
    body,
    sentAt: toIsoTime(sentMs),
    version: 1,
    threadId,
    ...(answered === undefined ? {} : { replyTo: answered.replyTo ?? answered.id }),
    ...(mentions.length === 0 ? {} : { mentions }),
  };
}

/** `@handle` becomes a mention. */
function written(text: string, { people }: DemoSetting): { body: string; mentions: Mention[] } {
  const mentions: Mention[] = [];
  const body = text.replaceAll(/@([a-z]+)/g, (typed, handle: string) => {
    if (!people.has(handle)) return typed;
    const personId = demoPersonId(handle);
    mentions.push({ kind: "person", personId });
    return `<@${personId}>`;
  });
  return { body, mentions };
}

function partsOf(post: DemoPost, message: Message, comments: readonly Message[], wall: Wall): RowWrite[] {
  const rows = (post.likes ?? []).map((handle) => like(message, handle, wall));
  for (const [index, comment] of comments.entries()) {
    rows.push(...(post.comments?.[index]?.likes ?? []).map((handle) => like(comment, handle, wall)));
  }
  for (const [handle, chosen] of Object.entries(post.poll?.votes ?? {})) {
    const optionIds = chosen.map((index) => String(index + 1));
    rows.push(mark("vote", message, handle, wall, { optionIds, votedAt: message.sentAt }));
  }
  for (const handle of post.acknowledgedBy ?? []) {
    rows.push(mark("acknowledgement", message, handle, wall, { acknowledgedAt: message.sentAt }));
  }
  if (post.isPinned === true) rows.push(pin(message, wall));
  return rows;
}

function like({ id: messageId, sentAt }: Message, handle: string, { scope, conversationId }: Wall): RowWrite {
  const personId = demoPersonId(handle);
  const id = reactionId(messageId, personId, LIKE);
  const data = { id, conversationId, messageId, personId, emoji: LIKE, createdAt: sentAt };
  return putRow(scope, "reaction", data);
}

function mark(
  collection: "vote" | "acknowledgement",
  { id: messageId }: Message,
  handle: string,
  { scope, conversationId }: Wall,
  more: object,
): RowWrite {
  const personId = demoPersonId(handle);
  const id = personalMarkId(collection, messageId, personId);
  return putRow(scope, collection, { id, conversationId, messageId, personId, ...more });
}

function pin({ id, authorId, sentAt, body, post }: Message, { scope, conversationId }: Wall): RowWrite {
  const excerpt = (post?.title ?? body).slice(0, EXCERPT_LENGTH);
  const data = {
    id,
    conversationId,
    messageId: id,
    pinnedBy: authorId,
    pinnedAt: sentAt,
    authorId,
    sentAt,
    excerpt,
  };
  return putRow(scope, "pin", data);
}

/** Fixed for ever, so that the same notification is the same row however often the demonstration is made. */
export function demoNotificationId(...parts: string[]): string {
  return naturalId("demo", "notification", ...parts);
}
