import { z } from "zod";
import { blobIdSchema, organisationIdSchema, personIdSchema } from "../ids.ts";
import { workingHoursSchema } from "../working-hours.ts";

/**
 * Someone of the platform, with or without an account. Scope: directory; also a space or conversation that has a guest
 * among its readers, for its members.
 */
export const personSchema = z.looseObject({
  id: personIdSchema,
  displayName: z.string().min(1).max(200),
  givenName: z.string().max(100).optional(),
  familyName: z.string().max(100).optional(),
  email: z.string().max(320).optional(),
  phone: z.string().max(50).optional(),
  jobTitle: z.string().max(200).optional(),
  /** Department or service, as on the door. */
  service: z.string().max(200).optional(),
  /** Its name; `organisationId` when the platform knows it. */
  organisation: z.string().max(200).optional(),
  organisationId: organisationIdSchema.optional(),
  workingHours: workingHoursSchema.optional(),
  photo: blobIdSchema.optional(),
  /** `administrator` may manage accounts and every space. */
  roles: z.array(z.enum(["administrator"])).optional(),
  /** Invited from outside: sees only their spaces and is marked everywhere. */
  isGuest: z.boolean().optional(),
  isDeactivated: z.boolean().optional(),
});
export type Person = z.infer<typeof personSchema>;
