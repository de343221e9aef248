import { z } from "zod";
import { blobIdSchema, personIdSchema, spaceIdSchema } from "../ids.ts";
import { isoTimeSchema } from "../time.ts";

/**
 * A community. Scope: directory, so that it can be found; a hidden one only in its own scope.
 * `visibility`: open (anyone may join), onRequest (an animator adds people), hidden.
 */
export const spaceSchema = z.looseObject({
  id: spaceIdSchema,
  name: z.string().min(1).max(200),
  summary: z.string().max(2000).optional(),
  kind: z.enum(["community", "project", "service", "managers", "animators", "event"]),
  visibility: z.enum(["open", "onRequest", "hidden"]),
  organisation: z.string().max(200).optional(),
  /** One emoji shown before the name. */
  emoji: z.string().max(32).optional(),
  cover: blobIdSchema.optional(),
  createdBy: personIdSchema.optional(),
  createdAt: isoTimeSchema,
  archivedAt: isoTimeSchema.optional(),
});
export type Space = z.infer<typeof spaceSchema>;
