import { z } from "zod";
import { personIdSchema } from "../ids.ts";
import { isoTimeSchema } from "../time.ts";

export const presenceStateSchema = z.enum(["active", "away", "busy", "inMeeting", "offline"]);
export type PresenceState = z.infer<typeof presenceStateSchema>;

/** A line about oneself, gone by itself at `expiresAt`. */
export const statusSchema = z.looseObject({
  emoji: z.string().max(32).optional(),
  text: z.string().max(140),
  expiresAt: isoTimeSchema.optional(),
});
export type Status = z.infer<typeof statusSchema>;

/**
 * Whether a person can be reached now. Scope: directory. Id: the person's. `state` is kept by the server: `offline`
 * without a living connection, otherwise the one chosen by hand, otherwise whether they are at a window.
 */
export const presenceSchema = z.looseObject({
  id: personIdSchema,
  state: presenceStateSchema,
  /** Chosen by hand, until then or until taken back. `offline`: shown as absent. */
  chosen: z.looseObject({ state: presenceStateSchema, until: isoTimeSchema.optional() }).optional(),
  status: statusSchema.optional(),
  lastActiveAt: isoTimeSchema.optional(),
});
export type Presence = z.infer<typeof presenceSchema>;
