import { z } from "zod";

/** Days and wall clocks. Inside, a wall clock is a number: milliseconds as if it were UTC (`wallMs`). */

export const localTimeSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/);

/**
 * A moment of a calendar as RFC 5545 has it: a whole day, a time wherever one is (floating), or a time in a zone. `zone`
 * is an IANA name, `UTC`, or a TZID that only the calendar's own VTIMEZONE explains.
 */
export const calendarTimeSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("day"), day: z.iso.date() }),
  z.object({ kind: z.literal("floating"), local: localTimeSchema }),
  z.object({ kind: z.literal("zoned"), local: localTimeSchema, zone: z.string().min(1).max(255) }),
]);
export type CalendarTime = z.infer<typeof calendarTimeSchema>;

export const DAY_MS = 86_400_000;

export function wallMsOf(time: CalendarTime): number {
  return Date.parse(time.kind === "day" ? `${time.day}T00:00:00Z` : `${time.local}Z`);
}

/** `2026-11-23`; years outside 0 to 9999 are brought to the nearest end. */
export function dayOf(wallMs: number): string {
  return localOf(wallMs).slice(0, 10);
}

/** `2026-11-23T14:00:00`. */
export function localOf(wallMs: number): string {
  return new Date(withinYears(wallMs)).toISOString().slice(0, 19);
}

const FIRST_MS = Date.parse("0000-01-01T00:00:00Z");
const LAST_MS = Date.parse("9999-12-31T23:59:59Z");

function withinYears(wallMs: number): number {
  return Math.min(Math.max(wallMs, FIRST_MS), LAST_MS);
}

/** The same kind of time (day, floating, zone) at another wall clock. */
export function atWall(like: CalendarTime, wallMs: number): CalendarTime {
  if (like.kind === "day") return { kind: "day", day: dayOf(wallMs) };
  return { ...like, local: localOf(wallMs) };
}

export function isSameTime(one: CalendarTime | undefined, other: CalendarTime | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  if (one.kind !== other.kind || wallMsOf(one) !== wallMsOf(other)) return false;
  return one.kind !== "zoned" || other.kind !== "zoned" || one.zone === other.zone;
}

const basic =
  /^([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?:[T ]([0-9]{2}):?([0-9]{2})(?::?([0-9]{2})(?:\.[0-9]+)?)?(Z)?)?$/i;

export interface WallValue {
  readonly wallMs: number;
  readonly isDay: boolean;
  readonly isUtc: boolean;
}

/** A value of type DATE or DATE-TIME; the long forms of ISO 8601 are read too. Undefined for what is no time. */
export function parseWall(value: string): WallValue | undefined {
  const found = basic.exec(value.trim());
  if (found === null) return undefined;
  const [year, month, day, hour, minute, second] = found
    .slice(1, 7)
    .map((part: string | undefined) => Number(part ?? 0));
  if (year === undefined || month === undefined || day === undefined) return undefined;
  // 60 is a leap second, which no clock here has.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour ?? 0, minute ?? 0, Math.min(second ?? 0, 59), 0);
  const isReal =
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && (hour ?? 0) < 24 && (minute ?? 0) < 60;
  if (!isReal || (second ?? 0) > 60) return undefined;
  return { wallMs: date.getTime(), isDay: found[4] === undefined, isUtc: found[7] !== undefined };
}

/** Without punctuation, as iCalendar writes it: `20261123` or `20261123T140000`. */
export function basicOf(wallMs: number, isDay: boolean): string {
  const local = localOf(wallMs).replaceAll(/[-:]/g, "");
  return isDay ? local.slice(0, 8) : local;
}

/** A DURATION of RFC 5545 section 3.3.6: days are days of the calendar, the rest is exact. */
export interface CalendarDuration {
  readonly days: number;
  readonly exactMs: number;
}

const duration =
  /^([+-])?P(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?$/i;

export function parseDuration(value: string): CalendarDuration | undefined {
  const found = duration.exec(value.trim());
  if (found === null || !/\d/.test(value)) return undefined;
  const sign = found[1] === "-" ? -1 : 1;
  const part = (at: number) => Number(found[at] ?? 0);
  const exactMs = (part(4) * 3600 + part(5) * 60 + part(6)) * 1000;
  // `+ 0`: no minus zero.
  return { days: sign * (part(2) * 7 + part(3)) + 0, exactMs: sign * exactMs + 0 };
}

export function writeDuration({ days, exactMs }: CalendarDuration): string {
  const sign = days < 0 || exactMs < 0 ? "-" : "";
  const seconds = Math.abs(Math.round(exactMs / 1000));
  const clock = [
    [Math.floor(seconds / 3600), "H"],
    [Math.floor((seconds % 3600) / 60), "M"],
    [seconds % 60, "S"],
  ] as const;
  const time = clock.map(([count, letter]) => (count > 0 ? `${count}${letter}` : "")).join("");
  const day = days === 0 ? "" : `${Math.abs(days)}D`;
  if (day === "" && time === "") return "PT0S";
  return `${sign}P${day}${time === "" ? "" : `T${time}`}`;
}
