import { DAY_MS } from "./calendar-time.ts";
import type { Frequency, Rule } from "./rule.ts";
import { dayNumberAt, dayNumberOf, daysInMonth, weekStartOf, yearMonthDayOf } from "./rule-calendar.ts";
import type { DayTest } from "./rule-days.ts";
import { completed, dayTest } from "./rule-days.ts";

/** What a walk may cost; what hostile rules are stopped by. Shared by all walks that are given the same one. */
export interface Budget {
  /** Days or times that may still be looked at. */
  left: number;
}

/** A whole century of days, or a day and a half of seconds; some milliseconds. */
export const USUAL_BUDGET = 200_000;

const LAST_DAY = dayNumberOf(9999, 12, 31);

export interface RuleStart {
  readonly rule: Rule;
  /** Wall clock of the first time. */
  readonly startMs: number;
  readonly isDay: boolean;
}

/**
 * Wall clocks that a rule means, in order, none before its start or `fromMs`. COUNT and UNTIL are the caller's. Periods
 * before `fromMs` are jumped over, so that a series of long ago costs no more than a new one. Ends with the budget.
 */
export function ruleTimes(start: RuleStart, fromMs: number, budget: Budget): Generator<number> {
  const rule = completed(start.rule, dayNumberAt(start.startMs));
  const whole = { ...start, rule };
  const walk =
    isSubDaily(rule.frequency) && !start.isDay
      ? subDaily(whole, fromMs, budget)
      : daily(whole, fromMs, budget);
  return walk;
}

function isSubDaily(frequency: Frequency): boolean {
  return frequency === "HOURLY" || frequency === "MINUTELY" || frequency === "SECONDLY";
}

function* daily(start: RuleStart, fromMs: number, budget: Budget): Generator<number> {
  const { rule, startMs } = start;
  const leastMs = Math.max(startMs, fromMs);
  const times = timesOfDay(start);
  const test = dayTest(rule);
  const periods = periodsOf(rule, dayNumberAt(startMs));
  for (let step = periods.stepAt(dayNumberAt(leastMs)); budget.left > 0; step += rule.interval) {
    const ranges = periods.daysOf(step);
    if (ranges === undefined) return;
    const days = passing(ranges, test, budget);
    const all = rule.positions.length > 0 ? placed(days, times, rule.positions) : undefined;
    if (all !== undefined) {
      for (const wallMs of all) if (wallMs >= leastMs) yield wallMs;
      continue;
    }
    for (const day of days) {
      for (const timeMs of times) {
        const wallMs = day * DAY_MS + timeMs;
        if (wallMs >= leastMs) yield wallMs;
      }
    }
  }
}

type DayRange = readonly [first: number, last: number];

interface Periods {
  /** The last step of the rule that begins on the day or before it. */
  readonly stepAt: (day: number) => number;
  /** Undefined when the calendar is over. */
  readonly daysOf: (step: number) => readonly DayRange[] | undefined;
}

function periodsOf(rule: Rule, startDay: number): Periods {
  const start = yearMonthDayOf(startDay);
  const aligned = (steps: number) => Math.max(0, Math.floor(steps / rule.interval) * rule.interval);
  switch (rule.frequency) {
    case "YEARLY":
      return {
        stepAt: (day) => aligned(yearMonthDayOf(day).year - start.year),
        daysOf: (step) => yearRanges(rule, start.year + step),
      };
    case "MONTHLY": {
      const startMonth = start.year * 12 + start.month - 1;
      return {
        stepAt: (day) => {
          const { year, month } = yearMonthDayOf(day);
          return aligned(year * 12 + month - 1 - startMonth);
        },
        daysOf: (step) => monthRange(Math.floor((startMonth + step) / 12), ((startMonth + step) % 12) + 1),
      };
    }
    case "WEEKLY": {
      const first = weekStartOf(startDay, rule.weekStart);
      return {
        stepAt: (day) => aligned((day - first) / 7),
        daysOf: (step) => withinCalendar(first + step * 7, first + step * 7 + 6),
      };
    }
    case "DAILY":
    case "HOURLY":
    case "MINUTELY":
    case "SECONDLY":
      return {
        stepAt: (day) => aligned(day - startDay),
        daysOf: (step) => withinCalendar(startDay + step, startDay + step),
      };
  }
}

function withinCalendar(first: number, last: number): readonly DayRange[] | undefined {
  return first > LAST_DAY ? undefined : [[first, last]];
}

function monthRange(year: number, month: number): readonly DayRange[] | undefined {
  if (year > 9999) return undefined;
  const first = dayNumberOf(year, month, 1);
  return [[first, first + daysInMonth(year, month) - 1]];
}

function yearRanges(rule: Rule, year: number): readonly DayRange[] | undefined {
  if (year > 9999) return undefined;
  if (rule.months.length > 0) return rule.months.flatMap((month) => monthRange(year, month) ?? []);
  return [[dayNumberOf(year, 1, 1), dayNumberOf(year, 12, 31)]];
}

function passing(ranges: readonly DayRange[], test: DayTest | undefined, budget: Budget): number[] {
  const days: number[] = [];
  for (const [first, last] of ranges) {
    budget.left -= last - first + 1;
    let date = yearMonthDayOf(first);
    let length = daysInMonth(date.year, date.month);
    for (let day = first; day <= last; day += 1) {
      if (test === undefined || test(day, date)) days.push(day);
      if (date.day < length) date = { year: date.year, month: date.month, day: date.day + 1 };
      else {
        date = yearMonthDayOf(day + 1);
        length = daysInMonth(date.year, date.month);
      }
    }
  }
  return days;
}

/** BYSETPOS: the which of all times of the period. */
function placed(days: readonly number[], times: readonly number[], positions: readonly number[]): number[] {
  const total = days.length * times.length;
  const places = positions.map((position) => (position > 0 ? position - 1 : total + position));
  const within = [...new Set(places)].filter((place) => place >= 0 && place < total);
  return within
    .toSorted((one, other) => one - other)
    .map(
      (place) => (days[Math.floor(place / times.length)] ?? 0) * DAY_MS + (times[place % times.length] ?? 0),
    );
}

/** Milliseconds of the day at which something is, in order. */
function timesOfDay({ rule, startMs, isDay }: RuleStart): number[] {
  if (isDay) return [0];
  const seconds = Math.floor((startMs - dayNumberAt(startMs) * DAY_MS) / 1000);
  const hours = rule.hours.length > 0 ? rule.hours : [Math.floor(seconds / 3600)];
  return hours.flatMap((hour) =>
    minutesOf(rule, Math.floor(seconds / 60) % 60, seconds % 60).map((restMs) => hour * 3_600_000 + restMs),
  );
}

function minutesOf(rule: Rule, minute: number, second: number): number[] {
  const minutes = rule.minutes.length > 0 ? rule.minutes : [minute];
  const seconds = rule.seconds.length > 0 ? rule.seconds : [second];
  return minutes.flatMap((each) => seconds.map((rest) => each * 60_000 + rest * 1000));
}

const unitMs = { HOURLY: 3_600_000, MINUTELY: 60_000, SECONDLY: 1000 } as const;

function* subDaily(start: RuleStart, fromMs: number, budget: Budget): Generator<number> {
  const { rule, startMs } = start;
  const unit =
    unitMs[rule.frequency === "HOURLY" || rule.frequency === "MINUTELY" ? rule.frequency : "SECONDLY"];
  const test = dayTest(rule);
  const baseMs = Math.floor(startMs / unit) * unit;
  const stepMs = unit * rule.interval;
  const leastMs = Math.max(startMs, fromMs);
  const inner = innerTimes(rule, startMs, unit);
  // Rounded down: the period that `fromMs` is in counts.
  let step = Math.max(0, Math.floor((leastMs - baseMs) / stepMs));
  while (budget.left > 0) {
    budget.left -= 1;
    const periodMs = baseMs + step * stepMs;
    const day = dayNumberAt(periodMs);
    if (day > LAST_DAY) return;
    const skipMs = skipTo(rule, test, periodMs, day, unit);
    if (skipMs > 0) {
      step = Math.max(step + 1, Math.ceil((skipMs - baseMs) / stepMs));
      continue;
    }
    for (const innerMs of inner) if (periodMs + innerMs >= leastMs) yield periodMs + innerMs;
    step += 1;
  }
}

/** Where the next period can be that passes, 0 when this one does. */
function skipTo(rule: Rule, test: DayTest | undefined, periodMs: number, day: number, unit: number): number {
  if (test !== undefined && !test(day, yearMonthDayOf(day))) return (day + 1) * DAY_MS;
  const seconds = Math.floor((periodMs - day * DAY_MS) / 1000);
  const hour = Math.floor(seconds / 3600);
  if (rule.hours.length > 0 && !rule.hours.includes(hour)) return day * DAY_MS + (hour + 1) * 3_600_000;
  if (unit === unitMs.HOURLY) return 0;
  const minute = Math.floor(seconds / 60) % 60;
  if (rule.minutes.length > 0 && !rule.minutes.includes(minute)) {
    return Math.floor(periodMs / 60_000) * 60_000 + 60_000;
  }
  if (unit === unitMs.MINUTELY || rule.seconds.length === 0) return 0;
  return rule.seconds.includes(seconds % 60) ? 0 : periodMs + 1000;
}

/** Times within a period: what the rule names below its frequency, BYSETPOS applied. */
function innerTimes(rule: Rule, startMs: number, unit: number): number[] {
  const seconds = Math.floor((startMs - dayNumberAt(startMs) * DAY_MS) / 1000);
  const all =
    unit === unitMs.HOURLY
      ? minutesOf(rule, Math.floor(seconds / 60) % 60, seconds % 60)
      : unit === unitMs.MINUTELY
        ? minutesOf({ ...rule, minutes: [] }, 0, seconds % 60)
        : [0];
  return rule.positions.length > 0 ? placed([0], all, rule.positions) : all;
}
