import type { Spread } from "./statistics.ts";

/** One line of the table: a figure, what it may be, and whether it is. */
export interface Verdict {
  /** Number of the goal in the table of goals. */
  goal: number;
  what: string;
  unit: "×" | "ms" | "%" | "kB" | "MB" | "frames" | "rows/s";
  value: Spread;
  limit: number;
  isAtMost: boolean;
  note?: string;
}

/** Something measured that no goal speaks of, but that one needs to understand the verdicts. */
export interface Figure {
  what: string;
  unit: string;
  value: Spread;
}

export interface BenchResult {
  verdicts: Verdict[];
  figures: Figure[];
  /** Measurements that could not be made here, and why. */
  skipped: string[];
}

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
