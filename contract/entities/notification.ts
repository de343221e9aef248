import { z } from "zod";
import { conversationIdSchema, messageIdSchema, personIdSchema, rowIdSchema } from "../ids.ts";
import { scopeSchema } from "../scope.ts";
import { isoTimeSchema } from "../time.ts";

/** Something that concerns one person. Scope: the person's own. Made by the server, marked done by the person. */
export const notificationSchema = z.looseObject({
  id: rowIdSchema,
  kind: z.enum(["mention", "direct", "reply", "invitation"]),
  /** Where it happened. */
  scope: scopeSchema,
  conversationId: conversationIdSchema.optional(),
  messageId: messageIdSchema.optional(),
  threadId: messageIdSchema.optional(),
  actorId: personIdSchema.optional(),
  createdAt: isoTimeSchema,
  doneAt: isoTimeSchema.optional(),
});
export type Notification = z.infer<typeof notificationSchema>;
