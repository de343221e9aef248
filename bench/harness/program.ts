import { z } from "zod";

const spreadSchema = z.object({ median: z.number(), min: z.number(), max: z.number() });

/** One line of the table: a figure, what it may be, and whether it is. */
export const verdictSchema = z.object({
  /** Number of the goal in the table of goals. */
  goal: z.int(),
  what: z.string(),
  unit: z.enum(["×", "ms", "%", "kB", "MB", "frames"]),
  value: spreadSchema,
  limit: z.number(),
  isAtMost: z.boolean(),
  note: z.string().optional(),
});
export type Verdict = z.infer<typeof verdictSchema>;

export const resultSchema = z.object({
  verdicts: z.array(verdictSchema),
  /** What no goal speaks of but what one needs to understand the verdicts. */
  figures: z.array(z.object({ what: z.string(), unit: z.string(), value: spreadSchema })),
  /** Measurements that could not be made here, and why. */
  skipped: z.array(z.string()),
});
export type BenchResult = z.infer<typeof resultSchema>;

export interface BenchOptions {
  /** Fewer and smaller rounds: to try a change, not to publish. */
  isQuick: boolean;
  print: (line: string) => void;
}

export interface BenchProgram {
  name: string;
  run: (options: BenchOptions) => Promise<BenchResult>;
}

export function isMet(verdict: Verdict): boolean {
  const { value, limit, isAtMost } = verdict;
  return isAtMost ? value.median <= limit : value.median >= limit;
}
