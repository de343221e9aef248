import { z } from "zod";
import { personIdSchema } from "../ids.ts";
import { isoTimeSchema } from "../time.ts";

export const presenceStateSchema = z.enum(["active", "away", "busy", "offline"]);
export type PresenceState = z.infer<typeof presenceStateSchema>;

/** Whether a person can be reached now. Scope: directory. Id: the person's. */
export const presenceSchema = z.looseObject({
  id: personIdSchema,
  state: presenceStateSchema,
  lastActiveAt: isoTimeSchema.optional(),
});
export type Presence = z.infer<typeof presenceSchema>;
