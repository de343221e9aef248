import { z } from "zod";
import { classificationSchema } from "../classification.ts";
import { blobIdSchema, organisationIdSchema, personIdSchema, spaceIdSchema } from "../ids.ts";
import { isoTimeSchema } from "../time.ts";

/** Functions of a space that this contract knows; a backend may have others. */
export const spaceFunctions = [
  "wall",
  "news",
  "channels",
  "tasks",
  "calendar",
  "documents",
  "about",
  "members",
] as const;
export type SpaceFunction = (typeof spaceFunctions)[number];

const spaceFunctionSchema = z.looseObject({ name: z.string().min(1).max(40), isOn: z.boolean() });

/** What its animators may change of a space (`space.update`). */
export const spaceSettingsSchema = z.looseObject({
  name: z.string().min(1).max(200),
  summary: z.string().max(2000).optional(),
  kind: z.enum(["community", "project", "service", "managers", "animators", "event"]),
  visibility: z.enum(["open", "onRequest", "hidden"]),
  /** Of everything in it; what stands in the directory is at everybody's level all the same. Absent: internal. */
  classification: classificationSchema.optional(),
  /** One emoji shown before the name. */
  emoji: z.string().max(32).optional(),
  /** A blob of the space's scope. */
  cover: blobIdSchema.optional(),
  topics: z.array(z.string().min(1).max(60)).max(20).optional(),
  /** In the order of its tabs; absent: all, in the order of `spaceFunctions`. */
  functions: z.array(spaceFunctionSchema).max(50).optional(),
  /** Markdown: what a newcomer reads first. */
  welcome: z.string().max(20_000).optional(),
  /** Markdown. */
  rules: z.string().max(20_000).optional(),
  /** Organisations that it belongs to; none: the whole platform. */
  organisationIds: z.array(organisationIdSchema).max(50).optional(),
  /** Headings of its news page. */
  sections: z.array(z.string().min(1).max(60)).max(30).optional(),
});
export type SpaceSettings = z.infer<typeof spaceSettingsSchema>;

/**
 * A community. It stands in its own scope and, unless hidden, in the directory, where it can be found by those outside.
 * `visibility`: open (anyone may join), onRequest (an animator decides), hidden (by invitation).
 */
export const spaceSchema = z.looseObject({
  id: spaceIdSchema,
  ...spaceSettingsSchema.shape,
  /** Name of its organisation, when the platform does not know organisations. */
  organisation: z.string().max(200).optional(),
  /** Kept by the server. */
  memberCount: z.int().nonnegative().optional(),
  createdBy: personIdSchema.optional(),
  createdAt: isoTimeSchema,
  /** Read-only from then on, and still searchable. */
  archivedAt: isoTimeSchema.optional(),
  /** Deleted for ever then, unless it is restored before. */
  deleteAt: isoTimeSchema.optional(),
});
export type Space = z.infer<typeof spaceSchema>;

/** What a new space can begin with. Scope: directory. Administrators write it. */
export const spaceTemplateSchema = z.looseObject({
  id: z.string().min(1).max(200),
  name: z.string().min(1).max(100),
  description: z.string().max(1000).optional(),
  space: spaceSettingsSchema.omit({ name: true, cover: true, organisationIds: true }),
  channels: z
    .array(z.looseObject({ name: z.string().min(1).max(100), topic: z.string().max(1000).optional() }))
    .max(30),
});
export type SpaceTemplate = z.infer<typeof spaceTemplateSchema>;
