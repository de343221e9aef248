import { z } from "zod";
import { conversationIdSchema, messageIdSchema, personIdSchema, rowIdSchema } from "../ids.ts";
import { isoTimeSchema } from "../time.ts";
import { postSchema } from "./message.ts";

/** Rows that hang on a message and travel with it, as reactions do. Scope: the conversation's. */
const onMessage = { id: rowIdSchema, conversationId: conversationIdSchema, messageId: messageIdSchema };

/** What one person chose in a poll; no row when they took their choice back. Id: `personalMarkId("vote", …)`. */
export const voteSchema = z.looseObject({
  ...onMessage,
  personId: personIdSchema,
  optionIds: z.array(z.string().max(40)).min(1).max(20),
  votedAt: isoTimeSchema,
});
export type Vote = z.infer<typeof voteSchema>;

/** One person says that they have read a must-read. Id: `personalMarkId("acknowledgement", …)`. */
export const acknowledgementSchema = z.looseObject({
  ...onMessage,
  personId: personIdSchema,
  acknowledgedAt: isoTimeSchema,
});
export type Acknowledgement = z.infer<typeof acknowledgementSchema>;

/** A text that a message had before an edit. Removed with the message. Id: `messageVersionId`. */
export const messageVersionSchema = z.looseObject({
  ...onMessage,
  version: z.int().positive(),
  body: z.string(),
  post: postSchema.optional(),
  /** When this text was written. */
  writtenAt: isoTimeSchema,
});
export type MessageVersion = z.infer<typeof messageVersionSchema>;

/** A message put up for everyone in its conversation. Small rows: all are known offline. Id: the message's. */
export const pinSchema = z.looseObject({
  ...onMessage,
  pinnedBy: personIdSchema,
  pinnedAt: isoTimeSchema,
  authorId: personIdSchema,
  sentAt: isoTimeSchema,
  /** Beginning of its text or its title, so that a pin of an old message can be shown. */
  excerpt: z.string().max(300),
});
export type Pin = z.infer<typeof pinSchema>;
