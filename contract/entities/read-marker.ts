import { z } from "zod";
import { conversationIdSchema } from "../ids.ts";
import { isoTimeSchema } from "../time.ts";

/** How far one person has read one conversation. Scope: the person's own. Id: the conversation's. */
export const readMarkerSchema = z.looseObject({
  id: conversationIdSchema,
  conversationId: conversationIdSchema,
  /** `sentAt` of the newest message read. */
  readAt: isoTimeSchema,
});
export type ReadMarker = z.infer<typeof readMarkerSchema>;
