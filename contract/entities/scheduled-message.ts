import { z } from "zod";
import { conversationIdSchema, messageIdSchema } from "../ids.ts";
import { problemSchema } from "../problem.ts";
import { scopeSchema } from "../scope.ts";
import { isoTimeSchema } from "../time.ts";
import { attachmentSchema, mentionSchema, pollSchema, quoteSchema } from "./message.ts";

/**
 * A message that the server will send later. Scope: the author's own. Its id will be the message's.
 * When it could not be sent, it stays with `problem`.
 */
export const scheduledMessageSchema = z.looseObject({
  id: messageIdSchema,
  /** Where it will be sent. */
  scope: scopeSchema,
  conversationId: conversationIdSchema,
  threadId: messageIdSchema.optional(),
  body: z.string(),
  mentions: z.array(mentionSchema).max(1000).optional(),
  attachments: z.array(attachmentSchema).max(50).optional(),
  quote: quoteSchema.optional(),
  poll: pollSchema.optional(),
  sendAt: isoTimeSchema,
  /** `sendAt` was found by the server from the working hours of the other. */
  isDuringWorkingHours: z.boolean().optional(),
  createdAt: isoTimeSchema,
  problem: problemSchema.optional(),
});
export type ScheduledMessage = z.infer<typeof scheduledMessageSchema>;
