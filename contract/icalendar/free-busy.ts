import type { WorkingHours } from "../working-hours.ts";
import { DAY_MS, dayOf } from "./calendar-time.ts";
import type { Component } from "./component.ts";
import { readEvent } from "./event.ts";
import { instancesOf } from "./expand.ts";
import type { Range } from "./expand.ts";
import { foldAddress } from "./people.ts";
import { dayNumberAt, weekdayOf } from "./rule-calendar.ts";
import type { Series } from "./series.ts";
import { ianaZone, utcMsOf, utcZone, wallMsAt } from "./zones.ts";

/** When people are taken, and when all of them have time. */

export interface Interval {
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
}

/** What a series takes of somebody's time: nothing when it is free, cancelled, or declined by them. */
export function busyOf(series: Series, range: Range, address?: string): Interval[] {
  const { busy, tentative } = takenOf(series, range, address);
  return merged([...busy, ...tentative]);
}

export interface TakenTimes {
  readonly busy: readonly Interval[];
  /** Not certain, not answered yet, or answered with a maybe. */
  readonly tentative: readonly Interval[];
}

/** The same by how certain it is. What is both is busy. */
export function takenOf(series: Series, range: Range, address?: string): TakenTimes {
  const own = address === undefined ? undefined : foldAddress(address);
  const taken: Record<Weight, Interval[]> = { busy: [], tentative: [], free: [] };
  const weights = new Map<Component, Weight>();
  for (const { component, startMs, endMs } of instancesOf(series, range)) {
    const weight = weights.get(component) ?? weightOf(component, own);
    weights.set(component, weight);
    if (endMs > startMs) taken[weight].push({ fromMs: startMs, toMs: endMs });
  }
  return weighed(taken);
}

type Weight = "busy" | "tentative" | "free";

function weightOf(component: Component, own: string | undefined): Weight {
  const event = readEvent(component);
  if (event === undefined || event.isFree || event.status === "cancelled") return "free";
  const answer = event.attendees.find((each) => foldAddress(each.address) === own)?.status;
  if (answer === "declined") return "free";
  const isOpen = answer === "tentative" || answer === "needs-action" || event.status === "tentative";
  return isOpen ? "tentative" : "busy";
}

/** Both in order and merged; what is busy is not tentative too. */
export function weighed({ busy, tentative }: TakenTimes): TakenTimes {
  const certain = merged(busy);
  return { busy: certain, tentative: without(merged(tentative), certain) };
}

/** @param others both in order and merged */
function without(intervals: readonly Interval[], others: readonly Interval[]): Interval[] {
  const left: Interval[] = [];
  let next = 0;
  for (const { fromMs, toMs } of intervals) {
    let atMs = fromMs;
    while ((others[next]?.toMs ?? Infinity) <= fromMs) next += 1;
    for (let at = next; (others[at]?.fromMs ?? Infinity) < toMs; at += 1) {
      const other = others[at];
      if (other === undefined) break;
      if (other.fromMs > atMs) left.push({ fromMs: atMs, toMs: other.fromMs });
      atMs = other.toMs;
    }
    if (atMs < toMs) left.push({ fromMs: atMs, toMs });
  }
  return left;
}

/** In order, those that touch made one. */
export function merged(intervals: readonly Interval[]): Interval[] {
  const result: { fromMs: number; toMs: number }[] = [];
  for (const { fromMs, toMs } of intervals.toSorted((one, other) => one.fromMs - other.fromMs)) {
    const last = result.at(-1);
    if (last !== undefined && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs);
    else result.push({ fromMs, toMs });
  }
  return result;
}

export interface Participant {
  readonly busy: readonly Interval[];
  /** Absent: at any hour of any day. */
  readonly hours?: WorkingHours;
  /** Good to have, not needed. */
  readonly isOptional?: boolean;
  /** Days off where they are, `2026-07-14` (`holidays.ts`). */
  readonly isHoliday?: (day: string) => boolean;
}

export interface FindTime extends Interval {
  readonly lengthMs: number;
  /** Starts are multiples of it; a quarter of an hour unless said otherwise. */
  readonly stepMs?: number;
  readonly most?: number;
  /** So many that are needed may be taken all the same; 0 unless said otherwise. */
  readonly mostMissing?: number;
}

export interface Slot extends Interval {
  /** Places in the list of participants: needed ones that have no time, and good ones that have none. */
  readonly missing: readonly number[];
  readonly missingOptional: readonly number[];
}

const STEP_MS = 15 * 60_000;
const MOST_STEPS = 40_000;

/** Best first: fewest that are needed missing, then fewest others, then earliest. Free slots do not overlap. */
export function findTime(participants: readonly Participant[], asked: FindTime): readonly Slot[] {
  const stepMs = Math.max(asked.stepMs ?? STEP_MS, (asked.toMs - asked.fromMs) / MOST_STEPS);
  const firstMs = Math.ceil(asked.fromMs / stepMs) * stepMs;
  const count = Math.max(0, Math.floor((asked.toMs - asked.lengthMs - firstMs) / stepMs) + 1);
  const grid = { firstMs, stepMs, count, lengthMs: asked.lengthMs };
  const blocked = participants.map((each) => blockedStarts(each, grid));
  const needed = new Uint16Array(count);
  const others = new Uint16Array(count);
  blocked.forEach((starts, at) => {
    const target = participants[at]?.isOptional === true ? others : needed;
    for (let step = 0; step < count; step += 1) target[step] = (target[step] ?? 0) + (starts[step] ?? 0);
  });
  const steps = Array.from({ length: count }, (_, step) => step)
    .filter((step) => (needed[step] ?? 0) <= (asked.mostMissing ?? 0))
    .toSorted((one, other) => rank(needed, one, other) || rank(others, one, other) || one - other);
  return chosen(steps, grid, asked.most ?? 20).map((step) => slotAt(step, grid, participants, blocked));
}

function rank(counts: Uint16Array, one: number, other: number): number {
  return (counts[one] ?? 0) - (counts[other] ?? 0);
}

interface Grid {
  readonly firstMs: number;
  readonly stepMs: number;
  /** Of possible starts. */
  readonly count: number;
  readonly lengthMs: number;
}

/** 1 for each start at which somebody would not have the whole time. */
function blockedStarts({ busy, hours, isHoliday }: Participant, grid: Grid): Uint8Array {
  const starts = new Uint8Array(grid.count);
  const endMs = grid.firstMs + grid.count * grid.stepMs + grid.lengthMs;
  for (const interval of busy) block(starts, grid, interval);
  if (hours === undefined && isHoliday === undefined) return starts;
  const worked = merged(workedTimes({ hours, isHoliday }, { fromMs: grid.firstMs, toMs: endMs }));
  let offMs = grid.firstMs - DAY_MS;
  for (const { fromMs, toMs } of worked) {
    block(starts, grid, { fromMs: offMs, toMs: fromMs });
    offMs = toMs;
  }
  block(starts, grid, { fromMs: offMs, toMs: endMs + DAY_MS });
  return starts;
}

/** All starts from which the time asked would run into the interval. */
function block(
  starts: Uint8Array,
  { firstMs, stepMs, count, lengthMs }: Grid,
  { fromMs, toMs }: Interval,
): void {
  if (toMs <= fromMs) return;
  const first = Math.max(0, Math.floor((fromMs - lengthMs - firstMs) / stepMs) + 1);
  const after = Math.min(count, Math.ceil((toMs - firstMs) / stepMs));
  if (after > first) starts.fill(1, first, after);
}

export interface Work {
  readonly hours: WorkingHours | undefined;
  readonly isHoliday: ((day: string) => boolean) | undefined;
}

/** When somebody works; the first and last of these times may reach out of what was asked. */
export function workedTimes({ hours, isHoliday }: Work, { fromMs, toMs }: Interval): Interval[] {
  const zone = (hours === undefined ? undefined : ianaZone(hours.timeZone)) ?? utcZone;
  const from = hours === undefined ? 0 : minutesOf(hours.from);
  const end = hours === undefined ? 1440 : minutesOf(hours.to);
  // Across midnight: until the next day.
  const to = end > from ? end : end + 1440;
  const times: Interval[] = [];
  const last = dayNumberAt(wallMsAt(zone, toMs));
  for (let day = dayNumberAt(wallMsAt(zone, fromMs)) - 1; day <= last; day += 1) {
    if (hours !== undefined && !hours.days.includes(weekdayOf(day))) continue;
    if (isHoliday?.(dayOf(day * DAY_MS)) === true) continue;
    const at = (minutes: number) => utcMsOf(zone, day * DAY_MS + minutes * 60_000);
    times.push({ fromMs: at(from), toMs: at(to) });
  }
  return times;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** Those that do not overlap a better one. */
function chosen(steps: readonly number[], { stepMs, lengthMs }: Grid, most: number): number[] {
  const apart = Math.ceil(lengthMs / stepMs);
  const found: number[] = [];
  for (const step of steps) {
    if (found.length >= most) break;
    if (found.every((each) => Math.abs(each - step) >= apart)) found.push(step);
  }
  return found;
}

function slotAt(
  step: number,
  { firstMs, stepMs, lengthMs }: Grid,
  participants: readonly Participant[],
  blocked: readonly Uint8Array[],
): Slot {
  const absent = blocked.flatMap((starts, at) => (starts[step] === 1 ? [at] : []));
  const fromMs = firstMs + step * stepMs;
  return {
    fromMs,
    toMs: fromMs + lengthMs,
    missing: absent.filter((at) => participants[at]?.isOptional !== true),
    missingOptional: absent.filter((at) => participants[at]?.isOptional === true),
  };
}
