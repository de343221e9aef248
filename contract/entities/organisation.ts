import { z } from "zod";
import { groupIdSchema, organisationIdSchema, personIdSchema, spaceIdSchema } from "../ids.ts";
import { isoTimeSchema } from "../time.ts";
import { workingHoursSchema } from "../working-hours.ts";

/** One of the bodies that share the platform. Scope: directory. Administrators write it. */
export const organisationSchema = z.looseObject({
  id: organisationIdSchema,
  name: z.string().min(1).max(200),
  /** Modules that its people see; absent: all that the workplace has. */
  modules: z.array(z.string().min(1).max(64)).max(50).optional(),
  /** Who may open a space: anyone, or anyone may ask and an administrator decides. Absent: everyone. */
  spaceCreation: z.enum(["everyone", "onRequest"]).optional(),
  workingHours: workingHoursSchema.optional(),
  /** Nothing is announced to its people outside `workingHours`, whatever they chose. */
  isQuietImposed: z.boolean().optional(),
  createdAt: isoTimeSchema,
});
export type Organisation = z.infer<typeof organisationSchema>;

/**
 * People who can be named together (`<!group:ID>`). Scope: directory (written by administrators) or a space (by its
 * animators).
 */
export const groupSchema = z.looseObject({
  id: groupIdSchema,
  spaceId: spaceIdSchema.optional(),
  name: z.string().min(1).max(100),
  memberIds: z.array(personIdSchema).max(2000),
});
export type Group = z.infer<typeof groupSchema>;
