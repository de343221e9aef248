import { z } from "zod";
import { basicOf, dayOf, localTimeSchema, wallMsOf } from "./calendar-time.ts";
import type { CalendarTime } from "./calendar-time.ts";
import { parseRule, weekdayNames } from "./rule.ts";
import type { Rule } from "./rule.ts";
import { yearMonthDayOf, dayNumberAt, weekdayOf } from "./rule-calendar.ts";
import type { Zone } from "./zones.ts";
import { utcMsOf, wallMsAt } from "./zones.ts";

/** A rule in the parts that a form shows and a sentence tells; the words are the interface's. */

const weekdaySchema = z.int().min(1).max(7);
/** From the start, or from the end when negative. */
const positionSchema = z.int().min(-5).max(5);

export const recurrencePatternSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("daily") }),
  z.object({ kind: z.literal("weekly"), weekdays: z.array(weekdaySchema).min(1) }),
  /** On days of the month; -1 is the last. */
  z.object({ kind: z.literal("monthlyByDay"), days: z.array(z.int().min(-31).max(31)).min(1) }),
  /** `weekday` 0: any working day (Monday to Friday). */
  z.object({
    kind: z.literal("monthlyByPosition"),
    position: positionSchema,
    weekday: z.int().min(0).max(7),
  }),
  z.object({ kind: z.literal("yearlyByDay"), month: z.int().min(1).max(12), day: z.int().min(-31).max(31) }),
  z.object({
    kind: z.literal("yearlyByPosition"),
    month: z.int().min(1).max(12),
    position: positionSchema,
    weekday: weekdaySchema,
  }),
]);
export type RecurrencePattern = z.infer<typeof recurrencePatternSchema>;

export const recurrenceSchema = z.object({
  pattern: recurrencePatternSchema,
  interval: z.int().min(1).max(1000),
  end: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("never") }),
    z.object({ kind: z.literal("count"), count: z.int().min(1) }),
    /** The last day on which it may be, where the series is. */
    z.object({ kind: z.literal("until"), day: z.iso.date() }),
  ]),
});
export type Recurrence = z.infer<typeof recurrenceSchema>;

export interface RuleStart {
  readonly start: CalendarTime;
  /** Of the start. */
  readonly zone: Zone;
}

/** Undefined for what the form cannot show: the rule is followed and kept as it is, and said to be a special one. */
export function readRecurrence(text: string, { start, zone }: RuleStart): Recurrence | undefined {
  const rule = parseRule(text);
  if (rule === undefined || rule.interval > 1000) return undefined;
  const isSpecial = [rule.hours, rule.minutes, rule.seconds, rule.yearDays, rule.weeks].some(
    (each) => each.length > 0,
  );
  const pattern = isSpecial ? undefined : patternOf(rule, start);
  return pattern === undefined
    ? undefined
    : { pattern, interval: rule.interval, end: endOf(rule, zone, start) };
}

function endOf({ count, until }: Rule, zone: Zone, start: CalendarTime): Recurrence["end"] {
  if (count !== undefined) return { kind: "count", count };
  if (until === undefined) return { kind: "never" };
  const wallMs = until.isUtc && start.kind === "zoned" ? wallMsAt(zone, until.wallMs) : until.wallMs;
  return { kind: "until", day: dayOf(wallMs) };
}

function patternOf(rule: Rule, start: CalendarTime): RecurrencePattern | undefined {
  const day = dayNumberAt(wallMsOf(start));
  switch (rule.frequency) {
    case "DAILY":
      return hasNone(rule.months, rule.monthDays, rule.days, rule.positions) ? { kind: "daily" } : undefined;
    case "WEEKLY":
      if (!hasNone(rule.months, rule.monthDays, rule.positions)) return undefined;
      // The same weeks for every start of the week, or nothing that could differ.
      if (rule.weekStart !== 1 && rule.interval > 1) return undefined;
      return { kind: "weekly", weekdays: rule.days.length === 0 ? [weekdayOf(day)] : weekdaysOf(rule) };
    case "MONTHLY":
      return hasNone(rule.months) ? monthlyPattern(rule, yearMonthDayOf(day).day) : undefined;
    case "YEARLY":
      return yearlyPattern(rule, day);
    case "HOURLY":
    case "MINUTELY":
    case "SECONDLY":
      return undefined;
  }
}

function hasNone(...lists: readonly (readonly unknown[])[]): boolean {
  return lists.every((list) => list.length === 0);
}

function weekdaysOf(rule: Rule): number[] {
  return [...new Set(rule.days.map(({ weekday }) => weekday))].toSorted((one, other) => one - other);
}

type Monthly = Extract<RecurrencePattern, { kind: "monthlyByDay" | "monthlyByPosition" }>;

function monthlyPattern(rule: Rule, startDay: number): Monthly | undefined {
  if (rule.days.length === 0) {
    if (rule.positions.length > 0) return undefined;
    return { kind: "monthlyByDay", days: rule.monthDays.length === 0 ? [startDay] : [...rule.monthDays] };
  }
  if (rule.monthDays.length > 0 || rule.positions.length > 1) return undefined;
  const [only] = rule.days;
  // `BYDAY=MO;BYSETPOS=1` says the same as `BYDAY=1MO`.
  const position =
    only?.position === 0 ? rule.positions[0] : rule.positions.length === 0 ? only?.position : undefined;
  if (only === undefined || position === undefined || Math.abs(position) > 5) return undefined;
  if (rule.days.length === 1) return { kind: "monthlyByPosition", position, weekday: only.weekday };
  const isWorkdays = weekdaysOf(rule).join("") === "12345" && rule.days.every((each) => each.position === 0);
  return isWorkdays ? { kind: "monthlyByPosition", position, weekday: 0 } : undefined;
}

function yearlyPattern(rule: Rule, day: number): RecurrencePattern | undefined {
  const start = yearMonthDayOf(day);
  const month = rule.months[0] ?? start.month;
  // Without a month, days of the month and weekdays mean all months of the year.
  const isOneMonth = rule.months.length === 1 || hasNone(rule.months, rule.monthDays, rule.days);
  const monthly = isOneMonth ? monthlyPattern(rule, start.day) : undefined;
  if (monthly?.kind === "monthlyByDay") {
    const [only] = monthly.days;
    return only !== undefined && monthly.days.length === 1
      ? { kind: "yearlyByDay", month, day: only }
      : undefined;
  }
  if (monthly === undefined || monthly.weekday === 0) return undefined;
  return { ...monthly, kind: "yearlyByPosition", month };
}

/** The RRULE value of a form. */
export function writeRecurrence({ pattern, interval, end }: Recurrence, { start, zone }: RuleStart): string {
  const parts = [...patternParts(pattern)];
  if (interval > 1) parts.splice(1, 0, `INTERVAL=${interval}`);
  if (end.kind === "count") parts.push(`COUNT=${end.count}`);
  if (end.kind === "until") parts.push(`UNTIL=${untilOf(end.day, start, zone)}`);
  return parts.join(";");
}

/** RFC 5545 section 3.3.10: of the type of the start, in UTC when that has a zone. */
function untilOf(day: string, start: CalendarTime, zone: Zone): string {
  const dayMs = wallMsOf({ kind: "day", day });
  if (start.kind === "day") return basicOf(dayMs, true);
  const local = localTimeSchema.parse(`${day}T23:59:59`);
  const lastMs = wallMsOf({ kind: "floating", local });
  return start.kind === "floating" ? basicOf(lastMs, false) : `${basicOf(utcMsOf(zone, lastMs), false)}Z`;
}

function patternParts(pattern: RecurrencePattern): readonly string[] {
  switch (pattern.kind) {
    case "daily":
      return ["FREQ=DAILY"];
    case "weekly":
      return ["FREQ=WEEKLY", `BYDAY=${pattern.weekdays.map(nameOf).join(",")}`];
    case "monthlyByDay":
      return ["FREQ=MONTHLY", `BYMONTHDAY=${pattern.days.join(",")}`];
    case "monthlyByPosition":
      if (pattern.weekday === 0)
        return ["FREQ=MONTHLY", "BYDAY=MO,TU,WE,TH,FR", `BYSETPOS=${pattern.position}`];
      return ["FREQ=MONTHLY", `BYDAY=${pattern.position}${nameOf(pattern.weekday)}`];
    case "yearlyByDay":
      return ["FREQ=YEARLY", `BYMONTH=${pattern.month}`, `BYMONTHDAY=${pattern.day}`];
    case "yearlyByPosition":
      return [
        "FREQ=YEARLY",
        `BYMONTH=${pattern.month}`,
        `BYDAY=${pattern.position}${nameOf(pattern.weekday)}`,
      ];
  }
}

function nameOf(weekday: number): string {
  return weekdayNames[weekday - 1] ?? "MO";
}
