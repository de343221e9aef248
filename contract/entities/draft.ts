import { z } from "zod";
import { conversationIdSchema, messageIdSchema, rowIdSchema } from "../ids.ts";
import { isoTimeSchema } from "../time.ts";

/** A text begun and not sent. Scope: the person's own. Id: the thread's if there is one, else the conversation's. */
export const draftSchema = z.looseObject({
  id: rowIdSchema,
  conversationId: conversationIdSchema,
  threadId: messageIdSchema.optional(),
  body: z.string(),
  updatedAt: isoTimeSchema,
});
export type Draft = z.infer<typeof draftSchema>;
