import { z } from "zod";
import { accountIdSchema } from "../account.ts";

/** One thing that the self-test looked at; the page has words for every check and outcome. */
export const selfTestSchema = z.object({
  check: z.enum([
    "server",
    "signIn",
    "proxy",
    "certificate",
    "clock",
    "secrets",
    "disk",
    "notifications",
    "policies",
    "updates",
    "drives",
  ]),
  accountId: accountIdSchema.optional(),
  state: z.enum(["ok", "warning", "failed", "skipped"]),
  /** Which of the check's outcomes: a key of the page's words. */
  outcome: z.string().max(60),
  /** What the words need, and what the help desk wants to read. */
  facts: z.record(z.string(), z.string()),
});
export type SelfTest = z.infer<typeof selfTestSchema>;

/** What would leave the machine: shown before it does. Secrets and content are not in it. */
export const diagnosticsSchema = z.object({
  /** To be copied into a message to the help desk. */
  summary: z.string(),
  files: z.array(z.object({ name: z.string(), bytes: z.int().min(0), text: z.string() })),
});
export type Diagnostics = z.infer<typeof diagnosticsSchema>;
