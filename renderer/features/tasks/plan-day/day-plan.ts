import { merged, type Interval } from "#contract/icalendar/free-busy.ts";

/** Tasks put into the free times of one day. Pure. */

export const STEP_MS = 15 * 60_000;

/** Somebody wants to work on it for so long. */
export interface Wished {
  readonly key: string;
  readonly lengthMs: number;
}

export interface Block extends Interval {
  readonly key: string;
}

export interface DayPlan {
  readonly blocks: readonly Block[];
  /** Those for which no time is left. */
  readonly left: readonly string[];
}

/** What is left of the worked times, from quarter to quarter of an hour. */
export function freeTimes(
  worked: readonly Interval[],
  busy: readonly Interval[],
  within: Interval,
): Interval[] {
  const taken = merged(busy);
  const free: Interval[] = [];
  for (const { fromMs, toMs } of merged(worked)) {
    const lastMs = Math.min(toMs, within.toMs);
    let atMs = Math.max(fromMs, within.fromMs);
    for (const other of taken) {
      if (other.toMs <= atMs || other.fromMs >= lastMs) continue;
      free.push({ fromMs: atMs, toMs: other.fromMs });
      atMs = other.toMs;
    }
    free.push({ fromMs: atMs, toMs: lastMs });
  }
  return free
    .map((each) => ({ fromMs: Math.ceil(each.fromMs / STEP_MS) * STEP_MS, toMs: each.toMs }))
    .filter((each) => each.toMs - each.fromMs >= STEP_MS);
}

/** Each at the first time in which it fits whole, in the order in which they are wished. */
export function planDay(wished: readonly Wished[], free: readonly Interval[]): DayPlan {
  let rest = free.toSorted((one, other) => one.fromMs - other.fromMs);
  const blocks: Block[] = [];
  const left: string[] = [];
  for (const { key, lengthMs } of wished) {
    const place = rest.find(({ fromMs, toMs }) => toMs - fromMs >= lengthMs);
    if (place === undefined) {
      left.push(key);
      continue;
    }
    const toMs = place.fromMs + lengthMs;
    blocks.push({ key, fromMs: place.fromMs, toMs });
    rest = rest.map((each) => (each === place ? { fromMs: toMs, toMs: each.toMs } : each));
  }
  return { blocks, left };
}

const SHORTEST = 15;
const LONGEST = 240;
const USUAL = 30;

/** How long it is taken for at first: as estimated, in quarters of an hour, at most half a day at once. */
export function firstMinutes(estimateMinutes: number | undefined): number {
  if (estimateMinutes === undefined) return USUAL;
  return Math.min(LONGEST, Math.max(SHORTEST, Math.ceil(estimateMinutes / 15) * 15));
}

/** `30 min`, `1 h`, `1 h 30`. */
export function minutesWords(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? "" : ` ${String(rest).padStart(2, "0")}`}`;
}
