import { z } from "zod";
import { blobIdSchema, personIdSchema } from "../ids.ts";

/** Someone of the platform, with or without an account. Scope: directory. */
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
  organisation: z.string().max(200).optional(),
  photo: blobIdSchema.optional(),
  /** `administrator` may manage accounts and every space. */
  roles: z.array(z.enum(["administrator"])).optional(),
  /** Invited from outside: sees only their spaces and is marked everywhere. */
  isGuest: z.boolean().optional(),
  isDeactivated: z.boolean().optional(),
});
export type Person = z.infer<typeof personSchema>;
