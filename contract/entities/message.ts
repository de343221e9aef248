import { z } from "zod";
import { blobIdSchema, conversationIdSchema, messageIdSchema, personIdSchema } from "../ids.ts";
import { isoTimeSchema } from "../time.ts";

export const attachmentSchema = z.looseObject({
  /** Absent when only the name is known (an import without the file). */
  blobId: blobIdSchema.optional(),
  name: z.string().max(500),
  mediaType: z.string().max(200).optional(),
  sizeBytes: z.int().nonnegative().optional(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

export const mentionSchema = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("person"), personId: personIdSchema }),
  z.looseObject({ kind: z.literal("everyone") }),
]);
export type Mention = z.infer<typeof mentionSchema>;

/**
 * One message of a channel or conversation. Scope: the conversation's.
 *
 * Timeline order is (`sentAt`, `id`): `sentAt` is given by the server, strictly increasing within a conversation
 * for new messages and taken from the source for imported ones, so a wrong clock on a client cannot disorder it.
 * In `body` (CommonMark with strikethrough and autolinks) a mention is written `<@PERSON_ID>` or `<!everyone>`.
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
