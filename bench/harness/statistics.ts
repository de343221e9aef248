/** The value below which `share` (0 to 1) of the values lie, by the nearest-rank method. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1));
  return sorted[at] ?? Number.NaN;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? upper) + upper) / 2 : upper;
}

export interface Spread {
  median: number;
  min: number;
  max: number;
}

export function spread(values: readonly number[]): Spread {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

/** Ours against the other, round by round: what disturbs a round then disturbs both sides of it. */
export function ratios(over: readonly number[], under: readonly number[]): number[] {
  const rounds = Math.min(over.length, under.length);
  return Array.from({ length: rounds }, (_, i) => (over[i] ?? Number.NaN) / (under[i] ?? Number.NaN));
}

/** One percentile of each round. */
export function percentileOfRounds(rounds: readonly (readonly number[])[], share: number): Spread {
  return spread(rounds.map((values) => percentile(values, share)));
}
