import { z } from "zod";
import { personIdSchema, rowIdSchema, spaceIdSchema } from "../ids.ts";
import { isoTimeSchema } from "../time.ts";

/** One person in one space. Scope: the space. Id: `membershipId(spaceId, personId)`. */
export const membershipSchema = z.looseObject({
  id: rowIdSchema,
  spaceId: spaceIdSchema,
  personId: personIdSchema,
  role: z.enum(["member", "animator", "guest"]),
  joinedAt: isoTimeSchema,
  /** Of a guest: their access ends then. */
  expiresAt: isoTimeSchema.optional(),
});
export type Membership = z.infer<typeof membershipSchema>;
