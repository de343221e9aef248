import { z } from "zod";
import { conversationIdSchema, personIdSchema, rowIdSchema } from "../ids.ts";
import { isoTimeSchema } from "../time.ts";

/** A conversation of more people than this has no read receipts. */
export const MOST_RECEIPTS = 20;

/**
 * How far a member of a direct or group conversation has read it, shown to the others. Scope: the conversation's.
 * Id: `receiptId`. Written by the server with the read marker, unless the person turned it off (preferences).
 */
export const receiptSchema = z.looseObject({
  id: rowIdSchema,
  conversationId: conversationIdSchema,
  personId: personIdSchema,
  readAt: isoTimeSchema,
});
export type Receipt = z.infer<typeof receiptSchema>;
