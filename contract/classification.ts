import { z } from "zod";

/** How far something may travel, from anybody to a few: each level includes those before it. */
export const classificationSchema = z.enum(["public", "internal", "restricted", "confidential"]);
export type Classification = z.infer<typeof classificationSchema>;

/** What is not marked. */
export const UNMARKED: Classification = "internal";

/** Whether something marked so is above a ceiling; what is not marked is `internal`. */
export function isAbove(level: Classification | undefined, ceiling: Classification | null): boolean {
  if (ceiling === null) return false;
  const order = classificationSchema.options;
  return order.indexOf(level ?? UNMARKED) > order.indexOf(ceiling);
}
