import type { CalendarTime } from "./calendar-time.ts";
import { DAY_MS, atWall, basicOf, wallMsOf } from "./calendar-time.ts";
import type { Component } from "./component.ts";
import type { Rule } from "./rule.ts";
import type { Budget } from "./rule-times.ts";
import { USUAL_BUDGET, ruleTimes } from "./rule-times.ts";
import type { Length, Override, Series, Span } from "./series.ts";
import { longestMs } from "./series.ts";
import { utcMsOf, wallMsAt } from "./zones.ts";

/** One time of a series (or of what happens once). */
export interface Instance {
  /** What describes it: the master or an exception. */
  readonly component: Component;
  readonly startMs: number;
  /** Exclusive. */
  readonly endMs: number;
  /** Wall clocks in the zone of its start: of whole days, midnights. */
  readonly startWallMs: number;
  readonly endWallMs: number;
  readonly isAllDay: boolean;
  /** The time that the series has for it, a moment; what RECURRENCE-ID names. */
  readonly originalMs: number;
  readonly isException: boolean;
}

export interface Range {
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  /** What all series of a view may cost together. */
  readonly budget?: Budget;
  /** Exact wish of times; those after it are left out. */
  readonly most?: number;
}

const MOST_INSTANCES = 10_000;
/** Wall clocks are ahead of UTC or behind it by less. */
const SLACK_MS = 2 * DAY_MS;

/**
 * Times of a series that touch a range, in order of their start, lazily. Only the range is walked, whenever the series
 * began; hostile rules end with the budget.
 */
export function* instancesOf(series: Series, range: Range): Generator<Instance> {
  const most = range.most ?? MOST_INSTANCES;
  const budget = range.budget ?? { left: USUAL_BUDGET };
  const exceptions = exceptionsIn(series, range);
  let next = 0;
  let count = 0;
  for (const instance of regular(series, range, budget)) {
    for (; next < exceptions.length && count < most; next += 1) {
      const exception = exceptions[next];
      if (exception === undefined || exception.startMs > instance.startMs) break;
      count += 1;
      yield exception;
    }
    if (count >= most) return;
    count += 1;
    yield instance;
  }
  for (const exception of exceptions.slice(next, next + Math.max(0, most - count))) yield exception;
}

function touches(instance: Instance, { fromMs, toMs }: Range): boolean {
  if (instance.startMs >= toMs) return false;
  return instance.endMs > fromMs || (instance.endMs === instance.startMs && instance.startMs >= fromMs);
}

function exceptionsIn(series: Series, range: Range): Instance[] {
  return series.overrides
    .filter((override) => !isExcluded(series, override.originalMs))
    .map((override) =>
      instanceAt(override.component, override.span, wallMsOf(override.span.start), override.originalMs, true),
    )
    .filter((instance) => touches(instance, range))
    .toSorted((one, other) => one.startMs - other.startMs);
}

function isExcluded(series: Series, originalMs: number): boolean {
  if (series.excludedMs.has(originalMs)) return true;
  if (series.excludedDaysMs.size === 0 || series.master === undefined) return false;
  const wallMs = wallMsAt(series.master.span.zone, originalMs);
  return series.excludedDaysMs.has(Math.floor(wallMs / DAY_MS) * DAY_MS);
}

function instanceAt(
  component: Component,
  span: Span,
  startWallMs: number,
  originalMs: number,
  isException: boolean,
): Instance {
  const { zone } = span;
  const startMs = utcMsOf(zone, startWallMs);
  const endMs = endMsOf(span, startWallMs, startMs);
  const isAllDay = span.start.kind === "day";
  const endWallMs = isAllDay ? startWallMs + span.length.days * DAY_MS : wallMsAt(zone, endMs);
  return { component, startMs, endMs, startWallMs, endWallMs, isAllDay, originalMs, isException };
}

function endMsOf({ zone, length }: Span, startWallMs: number, startMs: number): number {
  if (length.days === 0) return startMs + length.exactMs;
  return utcMsOf(zone, startWallMs + length.days * DAY_MS) + length.exactMs;
}

/** From an exception that counts for all later times: by how much they move, and what they are. */
interface Shift {
  readonly fromMs: number;
  readonly override: Override;
  readonly byMs: number;
}

function shiftsOf(series: Series, master: Span): Shift[] {
  return series.overrides
    .filter(({ isForLater }) => isForLater)
    .map((override) => ({
      fromMs: override.originalMs,
      override,
      byMs: wallMsOf(override.span.start) - wallMsAt(master.zone, override.originalMs),
    }))
    .toSorted((one, other) => one.fromMs - other.fromMs);
}

/** The times that no exception stands for. */
function* regular(series: Series, range: Range, budget: Budget): Generator<Instance> {
  const { master } = series;
  if (master === undefined) return;
  const { span, component } = master;
  const shifts = shiftsOf(series, span);
  const lengths: Length[] = [span.length, ...shifts.map(({ override }) => override.span.length)];
  const movedMs = Math.max(0, ...shifts.map(({ byMs }) => Math.abs(byMs))) + SLACK_MS;
  const firstMs = range.fromMs - Math.max(...lengths.map(longestMs)) - movedMs;
  const lastMs = range.toMs + movedMs;
  const replaced = new Set(series.overrides.map(({ originalMs }) => originalMs));
  let lastStartMs = Number.NaN;
  for (const wallMs of originals(series, span, firstMs, budget)) {
    if (wallMs > lastMs) return;
    const originalMs = utcMsOf(span.zone, wallMs);
    // Hours that the clock skips fall together.
    if (originalMs === lastStartMs || replaced.has(originalMs) || isExcluded(series, originalMs)) continue;
    lastStartMs = originalMs;
    const shift = shifts.findLast(({ fromMs }) => fromMs <= originalMs);
    const instance =
      shift === undefined
        ? instanceAt(component, span, wallMs, originalMs, false)
        : instanceAt(shift.override.component, shift.override.span, wallMs + shift.byMs, originalMs, false);
    if (touches(instance, range)) yield instance;
  }
}

/** Wall clocks of the series in order: its start, its rules, its further dates. */
function* originals(series: Series, span: Span, fromMs: number, budget: Budget): Generator<number> {
  const dates = series.extraMs.filter((wallMs) => wallMs >= fromMs).values();
  const walks = [dates, ...series.rules.map((rule) => bounded(series, span, rule, fromMs, budget))];
  if (walks.length === 1) {
    yield* dates;
    return;
  }
  const heads = walks.map((walk) => walk.next());
  let lastMs = Number.NaN;
  for (;;) {
    let least = -1;
    let leastMs = Number.POSITIVE_INFINITY;
    for (let at = 0; at < heads.length; at += 1) {
      const head = heads[at];
      if (head !== undefined && !head.done && head.value < leastMs) {
        least = at;
        leastMs = head.value;
      }
    }
    const walk = walks[least];
    if (walk === undefined) return;
    if (leastMs !== lastMs) yield leastMs;
    lastMs = leastMs;
    heads[least] = walk.next();
  }
}

/** A rule with its end. */
function* bounded(series: Series, span: Span, rule: Rule, fromMs: number, budget: Budget): Generator<number> {
  const startMs = wallMsOf(span.start);
  const endMs = endOfRule(series, span, rule);
  const start = { rule, startMs, isDay: span.start.kind === "day" };
  for (const wallMs of ruleTimes(start, fromMs, budget)) {
    if (wallMs > endMs) return;
    yield wallMs;
  }
}

/** The last wall clock that a rule may reach. */
function endOfRule(series: Series, span: Span, rule: Rule): number {
  const known = series.ends.get(rule);
  if (known !== undefined) return known;
  const endMs = Math.min(untilWall(span, rule), lastOfCount(span, rule));
  series.ends.set(rule, endMs);
  return endMs;
}

function untilWall(span: Span, { until }: Rule): number {
  if (until === undefined) return Number.POSITIVE_INFINITY;
  if (until.isDay) return until.wallMs + DAY_MS - 1;
  if (!until.isUtc || span.start.kind !== "zoned") return until.wallMs;
  return wallMsAt(span.zone, until.wallMs);
}

const steady = {
  DAILY: DAY_MS,
  WEEKLY: 7 * DAY_MS,
  HOURLY: 3_600_000,
  MINUTELY: 60_000,
  SECONDLY: 1000,
} as const;

/** Followed once from the first time, which counts; a billion of times is beyond every range. */
function lastOfCount(span: Span, rule: Rule): number {
  const { count, frequency } = rule;
  if (count === undefined) return Number.POSITIVE_INFINITY;
  const startMs = wallMsOf(span.start);
  const isPlain = [rule.months, rule.monthDays, rule.yearDays, rule.weeks, rule.days, rule.hours].every(
    isEmpty,
  );
  const isWhole = isPlain && [rule.minutes, rule.seconds, rule.positions].every(isEmpty);
  if (isWhole && frequency !== "YEARLY" && frequency !== "MONTHLY") {
    return startMs + (count - 1) * rule.interval * steady[frequency];
  }
  const start = { rule, startMs, isDay: span.start.kind === "day" };
  let left = count - 1;
  if (left === 0) return startMs;
  for (const wallMs of ruleTimes(start, startMs + 1, { left: USUAL_BUDGET })) {
    left -= 1;
    if (left === 0) return wallMs;
  }
  return Number.POSITIVE_INFINITY;
}

function isEmpty(list: readonly unknown[]): boolean {
  return list.length === 0;
}

/** The time of the series that an instance is, as RECURRENCE-ID has to name it. */
export function originalOf(series: Series, instance: Instance): CalendarTime | undefined {
  const span = series.master?.span ?? series.overrides[0]?.span;
  return span === undefined ? undefined : atWall(span.start, wallMsAt(span.zone, instance.originalMs));
}

/** A name for an instance that lasts as long as its series: `20261123`, `20261123T130000Z`, floating without `Z`. */
export function instanceKey(series: Series, instance: Instance): string {
  const original = originalOf(series, instance);
  if (original === undefined || original.kind === "zoned") return `${basicOf(instance.originalMs, false)}Z`;
  return basicOf(wallMsOf(original), original.kind === "day");
}
