import { z } from "zod";
import {
  blobIdSchema,
  conversationIdSchema,
  groupIdSchema,
  messageIdSchema,
  personIdSchema,
} from "../ids.ts";
import { scopeSchema } from "../scope.ts";
import { isoTimeSchema } from "../time.ts";

export const attachmentSchema = z.looseObject({
  /** Absent when only the name is known (an import without the file). */
  blobId: blobIdSchema.optional(),
  name: z.string().max(500),
  mediaType: z.string().max(200).optional(),
  sizeBytes: z.int().nonnegative().optional(),
  /** Pixels, of images and videos. */
  width: z.int().positive().optional(),
  height: z.int().positive().optional(),
  /** Of sound and video. */
  durationMs: z.int().nonnegative().optional(),
  /** A small picture of it (WebP or JPEG, at most 640 pixels wide), a blob of the same scope. */
  thumbnailId: blobIdSchema.optional(),
  /** Spoken into the composer. */
  isVoice: z.boolean().optional(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

export const mentionSchema = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("person"), personId: personIdSchema }),
  z.looseObject({ kind: z.literal("everyone") }),
  /** Those of the conversation who are active when it is sent. */
  z.looseObject({ kind: z.literal("here") }),
  z.looseObject({ kind: z.literal("group"), groupId: groupIdSchema }),
]);
export type Mention = z.infer<typeof mentionSchema>;

/**
 * Another message carried along, as it was: quoted in an answer, forwarded, or a post shared to another space. A server
 * refuses words that its source does not have (now or in a kept former version) and a source that the sender cannot read.
 */
export const quoteSchema = z.looseObject({
  kind: z.enum(["quote", "forward", "share"]),
  scope: scopeSchema,
  conversationId: conversationIdSchema,
  messageId: messageIdSchema,
  authorId: personIdSchema,
  sentAt: isoTimeSchema,
  title: z.string().max(300).optional(),
  /** Its text or the part quoted. */
  body: z.string().max(20_000),
});
export type Quote = z.infer<typeof quoteSchema>;

/** A question with answers to choose from; who chose what is seen by everyone (`vote` rows). */
export const pollSchema = z.looseObject({
  question: z.string().min(1).max(500),
  options: z
    .array(z.looseObject({ id: z.string().min(1).max(40), text: z.string().min(1).max(200) }))
    .min(2)
    .max(20),
  isMultiple: z.boolean().optional(),
  /** No votes from then on. */
  closesAt: isoTimeSchema.optional(),
});
export type Poll = z.infer<typeof pollSchema>;

/** What makes a message of a wall a post. Its text is the message's `body`, its comments are the message's thread. */
export const postSchema = z.looseObject({
  kind: z.enum(["post", "question", "article", "blog"]),
  title: z.string().max(300).optional(),
  summary: z.string().max(1000).optional(),
  cover: blobIdSchema.optional(),
  /** Sections (headings of the news page) that it is filed under. */
  sections: z.array(z.string().min(1).max(60)).max(10).optional(),
  /** Readers are asked to say that they have read it (`acknowledgement` rows). Animators only. */
  isMustRead: z.boolean().optional(),
  /** The comment that answers a question, as its author or an animator found. */
  answerId: messageIdSchema.optional(),
  archivedAt: isoTimeSchema.optional(),
});
export type Post = z.infer<typeof postSchema>;

/**
 * One message of a channel or conversation. Scope: the conversation's.
 *
 * Timeline order is (`sentAt`, `id`): `sentAt` is given by the server, strictly increasing within a conversation
 * for new messages and taken from the source for imported ones, so a wrong clock on a client cannot disorder it.
 * In `body` (CommonMark with strikethrough and autolinks) a mention is written `<@PERSON_ID>`,
 * `<!everyone>`, `<!here>` or `<!group:GROUP_ID>`, a channel `<#CONVERSATION_ID>`.
 * A post is a message of a space's wall with `post`; a comment is a reply in its thread.
 * A deleted message stays as a trace: `deletedAt` set, `body` empty, nothing attached.
 */
export const messageSchema = z.looseObject({
  id: messageIdSchema,
  conversationId: conversationIdSchema,
  authorId: personIdSchema,
  body: z.string(),
  sentAt: isoTimeSchema,
  /** Counts the texts this message has had, from 1. An edit names the one it was made from. */
  version: z.int().positive(),
  /** Root of the thread that this is a reply in. Replies are not shown in the conversation itself. */
  threadId: messageIdSchema.optional(),
  /** Of a comment: the comment that it answers, in the same thread. One level: a reply to a reply names the first. */
  replyTo: messageIdSchema.optional(),
  quote: quoteSchema.optional(),
  poll: pollSchema.optional(),
  post: postSchema.optional(),
  editedAt: isoTimeSchema.optional(),
  deletedAt: isoTimeSchema.optional(),
  mentions: z.array(mentionSchema).max(1000).optional(),
  attachments: z.array(attachmentSchema).max(50).optional(),
  /** Something that happened rather than something said; `body` then names it in plain words. */
  notice: z.enum(["joined", "left", "renamed", "topicChanged"]).optional(),
  /** On the root of a thread, kept by the server. */
  replyCount: z.int().nonnegative().optional(),
  lastReplyAt: isoTimeSchema.optional(),
  /** The latest repliers, newest first. */
  replyPersonIds: z.array(personIdSchema).max(5).optional(),
});
export type Message = z.infer<typeof messageSchema>;
