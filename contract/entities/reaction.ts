import { z } from "zod";
import { conversationIdSchema, messageIdSchema, personIdSchema, rowIdSchema } from "../ids.ts";
import { isoTimeSchema } from "../time.ts";

/** One person's emoji on one message. Scope: the conversation's. Id: `reactionId(messageId, personId, emoji)`. */
export const reactionSchema = z.looseObject({
  id: rowIdSchema,
  conversationId: conversationIdSchema,
  messageId: messageIdSchema,
  personId: personIdSchema,
  emoji: z.string().min(1).max(64),
  createdAt: isoTimeSchema,
});
export type Reaction = z.infer<typeof reactionSchema>;
