import { z } from "zod";

/** Mandatory: the person cannot change it. Recommended: the value while the person has chosen none. */
export const policyLevelSchema = z.enum(["mandatory", "recommended"]);
export type PolicyLevel = z.infer<typeof policyLevelSchema>;

export const policyEntrySchema = z.object({
  name: z.string(),
  value: z.union([z.boolean(), z.number(), z.string(), z.array(z.string())]),
  level: policyLevelSchema,
  /** Where it stands: a registry key, a file, a profile. */
  source: z.string(),
});
export type PolicyEntry = z.infer<typeof policyEntrySchema>;

export const policiesStatusSchema = z.object({
  /** Those in force. */
  entries: z.array(policyEntrySchema),
  /** What could not be applied, in words for an administrator; the rest applies. */
  problems: z.array(z.object({ name: z.string().optional(), source: z.string(), message: z.string() })),
  /** Keys of the settings that the person cannot change. */
  managedSettings: z.array(z.string()),
});
export type PoliciesStatus = z.infer<typeof policiesStatusSchema>;
