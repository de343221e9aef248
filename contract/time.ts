import { z } from "zod";

/** ISO 8601 instant in UTC with milliseconds, `2026-11-22T18:00:00.000Z`: sorts as text. */
export const isoTimeSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
  .brand<"IsoTime">();
export type IsoTime = z.infer<typeof isoTimeSchema>;

/** @throws RangeError outside the years 0 to 9999. */
export function toIsoTime(epochMs: number): IsoTime {
  return isoTimeSchema.parse(new Date(epochMs).toISOString());
}
