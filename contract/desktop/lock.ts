import { z } from "zod";

/** Whether Parvis shows anything: locked, the host hands out no cache key and the gateway answers no page. */
export const lockStatusSchema = z.object({
  isLocked: z.boolean(),
  /** Why it is locked. */
  reason: z.enum(["idle", "system", "asked", "start"]).nullable(),
  /** What opens it: a code chosen for that, the passphrase of the secrets, or nothing was chosen yet. */
  method: z.enum(["code", "passphrase", "none"]),
  /** Seconds until another try is allowed, after wrong ones. */
  retryAfter: z.int().min(0),
  /** The organisation wants Parvis to lock, and there is nothing to open it with yet: one is to be chosen first of all. */
  isCodeRequired: z.boolean().optional(),
});
export type LockStatus = z.infer<typeof lockStatusSchema>;

/** At least 6 characters: it guards the key of the cache. */
export const lockCodeSchema = z.string().min(6).max(200);
