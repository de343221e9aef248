import { parseWall } from "./calendar-time.ts";
import type { WallValue } from "./calendar-time.ts";

/** RRULE of RFC 5545 section 3.3.10 in parts. Lists are sorted and hold what can occur alone. */

export const frequencies = [
  "YEARLY",
  "MONTHLY",
  "WEEKLY",
  "DAILY",
  "HOURLY",
  "MINUTELY",
  "SECONDLY",
] as const;
export type Frequency = (typeof frequencies)[number];

export interface RuleDay {
  /** ISO 8601: 1 Monday to 7 Sunday. */
  readonly weekday: number;
  /** The which of the month or year, from its end when negative; 0: each. */
  readonly position: number;
}

export interface Rule {
  readonly frequency: Frequency;
  readonly interval: number;
  readonly count: number | undefined;
  /** Inclusive. */
  readonly until: WallValue | undefined;
  readonly months: readonly number[];
  readonly monthDays: readonly number[];
  readonly yearDays: readonly number[];
  readonly weeks: readonly number[];
  readonly days: readonly RuleDay[];
  readonly hours: readonly number[];
  readonly minutes: readonly number[];
  readonly seconds: readonly number[];
  readonly positions: readonly number[];
  /** ISO 8601 weekday on which weeks begin. */
  readonly weekStart: number;
}

export const weekdayNames = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
const MOST_CHARACTERS = 4000;
const MOST_COUNT = 2_000_000_000;

/** Undefined for what cannot be followed: the series then has its first time alone. */
export function parseRule(text: string): Rule | undefined {
  if (text.length > MOST_CHARACTERS) return undefined;
  const parts = new Map<string, string>();
  for (const part of text.split(";")) {
    const equals = part.indexOf("=");
    if (equals > 0)
      parts.set(
        part.slice(0, equals).trim().toUpperCase(),
        part
          .slice(equals + 1)
          .trim()
          .toUpperCase(),
      );
  }
  const frequency = frequencies.find((each) => each === parts.get("FREQ"));
  const scale = parts.get("RSCALE") ?? "GREGORIAN";
  if (frequency === undefined || scale !== "GREGORIAN") return undefined;
  try {
    return rule(frequency, parts);
  } catch (error) {
    if (error instanceof UnreadableRule) return undefined;
    throw error;
  }
}

class UnreadableRule extends Error {}

function rule(frequency: Frequency, parts: ReadonlyMap<string, string>): Rule {
  const count = whole(parts.get("COUNT"), 1, MOST_COUNT);
  const until = parts.has("UNTIL") ? parseWall(parts.get("UNTIL") ?? "") : undefined;
  if (parts.has("UNTIL") && until === undefined) throw new UnreadableRule();
  return {
    frequency,
    interval: whole(parts.get("INTERVAL"), 1, MOST_COUNT) ?? 1,
    count,
    until,
    months: list(parts.get("BYMONTH"), 1, 12),
    monthDays: signedList(parts.get("BYMONTHDAY"), 31),
    yearDays: signedList(parts.get("BYYEARDAY"), 366),
    weeks: signedList(parts.get("BYWEEKNO"), 53),
    days: ruleDays(parts.get("BYDAY")),
    hours: list(parts.get("BYHOUR"), 0, 23),
    minutes: list(parts.get("BYMINUTE"), 0, 59),
    seconds: list(parts.get("BYSECOND"), 0, 60).map((second) => Math.min(second, 59)),
    positions: signedList(parts.get("BYSETPOS"), 366),
    weekStart: weekdayOf(parts.get("WKST") ?? "MO"),
  };
}

function whole(text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined || text === "") return undefined;
  if (!/^\d{1,15}$/.test(text) || Number(text) < least) throw new UnreadableRule();
  return Math.min(Number(text), most);
}

function list(text: string | undefined, least: number, most: number): number[] {
  const numbers = (text ?? "").split(",").filter((part) => part.trim() !== "");
  const read = numbers.map((part) => {
    const value = /^\s*[+-]?\d{1,5}\s*$/.test(part) ? Number(part) : Number.NaN;
    if (!(value >= least && value <= most)) throw new UnreadableRule();
    return value;
  });
  return [...new Set(read)].toSorted((one, other) => one - other);
}

function signedList(text: string | undefined, most: number): number[] {
  const read = list(text, -most, most);
  if (read.includes(0)) throw new UnreadableRule();
  return read;
}

function weekdayOf(name: string): number {
  const at = weekdayNames.findIndex((each) => each === name.trim());
  if (at < 0) throw new UnreadableRule();
  return at + 1;
}

function ruleDays(text: string | undefined): RuleDay[] {
  const days = (text ?? "").split(",").filter((part) => part.trim() !== "");
  return days.slice(0, 400).map((part) => {
    const found = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(part.trim());
    if (found === null) throw new UnreadableRule();
    const position = Number(found[1] ?? 0);
    if (Math.abs(position) > 53) throw new UnreadableRule();
    return { weekday: weekdayOf(found[2] ?? ""), position };
  });
}
