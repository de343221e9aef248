import { z } from "zod";

export const downloadSchema = z.object({
  id: z.string().max(64),
  name: z.string(),
  receivedBytes: z.int().min(0),
  /** Unknown: null. */
  totalBytes: z.int().min(0).nullable(),
  state: z.enum(["progressing", "paused", "interrupted", "completed", "cancelled"]),
  /** Name of the folder that it lies in, when done. */
  folder: z.string().optional(),
});
export type Download = z.infer<typeof downloadSchema>;

export const downloadActionSchema = z.enum(["pause", "resume", "cancel", "open", "show", "forget"]);
export type DownloadAction = z.infer<typeof downloadActionSchema>;
