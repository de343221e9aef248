import { z } from "zod";
import { rowIdSchema } from "../ids.ts";
import { isoTimeSchema } from "../time.ts";
import { objectRefSchema } from "./object-ref.ts";

/** Something kept for later, with or without a reminder. Scope: the person's own. Id: `savedItemId`. */
export const savedItemSchema = z.looseObject({
  id: rowIdSchema,
  object: objectRefSchema,
  /** Title or beginning of the text when it was saved. */
  excerpt: z.string().max(300).optional(),
  note: z.string().max(1000).optional(),
  /** Then a `reminder` comes into the inbox. */
  remindAt: isoTimeSchema.optional(),
  remindedAt: isoTimeSchema.optional(),
  createdAt: isoTimeSchema,
  doneAt: isoTimeSchema.optional(),
});
export type SavedItem = z.infer<typeof savedItemSchema>;
