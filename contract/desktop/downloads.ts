import { z } from "zod";

export const downloadSchema = z.object({
  id: z.string().max(64),
  name: z.string(),
  receivedBytes: z.int().min(0),
  /** Unknown: null. */
  totalBytes: z.int().min(0).nullable(),
  state: z.enum(["progressing", "paused", "interrupted", "completed", "cancelled"]),
  /** Why it does not go on by itself. `metered`: it is large and the connection is paid by volume; `resume` goes on anyway. */
  reason: z.enum(["network", "disk", "metered", "missing", "other"]).optional(),
  /** Name of the folder that it lies in, when done. */
  folder: z.string().optional(),
  /** Never opened from here: it could run. It can be shown in its folder. */
  isRisky: z.boolean().default(false),
});
export type Download = z.infer<typeof downloadSchema>;

export const downloadActionSchema = z.enum(["pause", "resume", "cancel", "open", "show", "forget"]);
export type DownloadAction = z.infer<typeof downloadActionSchema>;
