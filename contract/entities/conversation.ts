import { z } from "zod";
import { conversationIdSchema, personIdSchema } from "../ids.ts";
import { isoTimeSchema } from "../time.ts";

/**
 * A conversation outside spaces. Scope: `conversation:<id>`, read by its members.
 * A direct one has one or two members for ever and the id `directConversationId(a, b)`.
 */
export const conversationSchema = z.looseObject({
  id: conversationIdSchema,
  kind: z.enum(["direct", "group"]),
  memberIds: z.array(personIdSchema).min(1).max(100),
  name: z.string().max(200).optional(),
  createdBy: personIdSchema.optional(),
  createdAt: isoTimeSchema,
});
export type Conversation = z.infer<typeof conversationSchema>;
