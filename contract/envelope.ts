import { z } from "zod";
import { rowIdSchema } from "./ids.ts";
import { scopeSchema } from "./scope.ts";

/**
 * One change of one row, the unit of sync and of live events.
 *
 * - `seq`: place of the row's latest change in its scope's stream, from 1, increasing, with gaps
 * - `rev`: counts the row's changes from 1; a receiver keeps the highest and may see the same one again
 * - `op`: `put` carries the whole row in `data`; `delete` carries its key fields
 *   (for a message: conversationId, sentAt and threadId; for what hangs on a message: conversationId, messageId and what else makes its id;
 *   otherwise at least `id`)
 */
export const envelopeSchema = z.looseObject({
  scope: scopeSchema,
  seq: z.int().positive(),
  collection: z.string().min(1).max(64),
  id: rowIdSchema,
  rev: z.int().positive(),
  op: z.enum(["put", "delete"]),
  data: z.looseObject({}),
});
export type Envelope = z.infer<typeof envelopeSchema>;
