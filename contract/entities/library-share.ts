import { z } from "zod";
import { classificationSchema } from "../classification.ts";
import { libraryItemIdSchema, libraryShareIdSchema, personIdSchema } from "../ids.ts";
import { scopeSchema } from "../scope.ts";
import { isoTimeSchema } from "../time.ts";

/** `read`: look, download, copy to one's own. `write`: also check out and write new versions. */
export const shareRightSchema = z.enum(["read", "write"]);
export type ShareRight = z.infer<typeof shareRightSchema>;

/**
 * A file or folder of a library, given to people who do not read that library. It stands in the library's scope and in
 * `share:<id>`, which they read: there are the shared `libraryItem`s with what lies in them, and the `libraryVersion` of each
 * one's present content, under their own ids. The shared item itself lies at the top of that scope.
 */
export const libraryShareSchema = z.looseObject({
  id: libraryShareIdSchema,
  itemId: libraryItemIdSchema,
  /** Of the library. */
  sourceScope: scopeSchema,
  personIds: z.array(personIdSchema).min(1).max(100),
  right: shareRightSchema,
  /** From then on nobody has it any more. Absent: until it is ended. */
  expiresAt: isoTimeSchema.optional(),
  note: z.string().max(500).optional(),
  /** As the library is marked: of what has no mark of its own. */
  classification: classificationSchema.optional(),
  sharedBy: personIdSchema,
  sharedAt: isoTimeSchema,
});
export type LibraryShare = z.infer<typeof libraryShareSchema>;
