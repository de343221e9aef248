import { z } from "zod";

export const updateStatusSchema = z.object({
  state: z.enum(["off", "idle", "checking", "downloading", "ready", "failed"]),
  /** Of the update that is being fetched or is ready. */
  version: z.string().optional(),
  /** 0–1 while fetching. */
  progress: z.number().min(0).max(1).optional(),
  /** Why it is off or failed: a key of the page's words, and what the help desk wants to know. */
  reason: z
    .enum(["notSet", "policy", "package", "shell", "address", "signature", "network", "disk", "other"])
    .optional(),
  detail: z.string().optional(),
  /** Known, and by policy not taken up before then. */
  dueAt: z.iso.datetime().optional(),
  lastCheckedAt: z.iso.datetime().optional(),
  /** Put off by the person until then. */
  deferredUntil: z.iso.datetime().optional(),
});
export type UpdateStatus = z.infer<typeof updateStatusSchema>;
