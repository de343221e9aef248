import { z } from "zod";
import { conversationIdSchema, messageIdSchema } from "../ids.ts";
import { scopeSchema } from "../scope.ts";
import { isoTimeSchema } from "../time.ts";

/**
 * One person's relation to one thread or post: whether its replies concern them and how far they have read them.
 * Scope: the person's own. Id: the root's. Made by the server when they take part or are named in it, or by themselves.
 */
export const followSchema = z.looseObject({
  id: messageIdSchema,
  /** Where the thread is. */
  scope: scopeSchema,
  conversationId: conversationIdSchema,
  threadId: messageIdSchema,
  isFollowed: z.boolean(),
  /** `isFollowed` was set by hand: taking part no longer changes it. */
  isChosen: z.boolean().optional(),
  /** `sentAt` of the newest reply read. */
  readAt: isoTimeSchema.optional(),
  /** Of the newest reply by someone else, kept by the server while it is followed. */
  lastReplyAt: isoTimeSchema.optional(),
});
export type Follow = z.infer<typeof followSchema>;
