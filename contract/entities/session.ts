import { z } from "zod";
import { freshIdSchema, personIdSchema } from "../ids.ts";
import { isoTimeSchema } from "../time.ts";

/** What signs in, as it calls itself: shown in the list of one's devices, never trusted for anything. */
export const deviceSchema = z.looseObject({
  /** "Parvis 0.1 · Windows". */
  name: z.string().min(1).max(100),
  /** `electron`, `browser`; others may come. */
  shell: z.string().max(20).optional(),
  /** `win32`, `darwin`, `linux`, `other`; others may come. */
  platform: z.string().max(20).optional(),
});
export type Device = z.infer<typeof deviceSchema>;

/**
 * One sign-in of one person on one device, with all tokens that descend from it. Scope: the person's own. It goes away by
 * itself some time after its end; a sign-out on the device takes it away at once.
 */
export const sessionSchema = z.looseObject({
  id: freshIdSchema,
  personId: personIdSchema,
  /** Absent when it did not say. */
  device: deviceSchema.optional(),
  createdAt: isoTimeSchema,
  /** Renewed once a day at most. */
  lastSeenAt: isoTimeSchema,
  /** Its tokens no longer count. */
  endedAt: isoTimeSchema.optional(),
  /** The device has to forget everything; it is told as soon as it asks for anything (`wipeRequired`). */
  wipeAskedAt: isoTimeSchema.optional(),
  /** It has said that it did. */
  wipedAt: isoTimeSchema.optional(),
});
export type Session = z.infer<typeof sessionSchema>;
