import { toIsoTime, type IsoTime } from "#contract/time.ts";

/** Moments by the person's own clock: what "tomorrow" and "Monday" mean to whoever puts something off. */

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
/** When work begins again, in the morning and after lunch. */
export const MORNING = 9;
export const AFTERNOON = 14;
const MONDAY = 1;

/** An hour of the wall clock, some days from now. */
export function atHour(nowMs: number, days: number, hour: number): number {
  const date = new Date(nowMs);
  date.setDate(date.getDate() + days);
  date.setHours(hour, 0, 0, 0);
  return date.getTime();
}

/** Days to the next Monday, from 1 (on a Sunday) to 7 (on a Monday). */
export function daysToMonday(nowMs: number): number {
  return (MONDAY - new Date(nowMs).getDay() + 7) % 7 || 7;
}

export function inMinutes(nowMs: number, minutes: number): IsoTime {
  return toIsoTime(nowMs + minutes * MINUTE_MS);
}

export function endOfToday(nowMs: number): IsoTime {
  return toIsoTime(atHour(nowMs, 1, 0));
}

export function tomorrowMorning(nowMs: number): IsoTime {
  return toIsoTime(atHour(nowMs, 1, MORNING));
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** As a field of date and time writes it, in the person's own time: `2026-11-23T09:00`. */
export function toFieldTime(ms: number): string {
  const date = new Date(ms);
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Null for what is no moment. */
export function fromFieldTime(text: string): IsoTime | null {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : toIsoTime(ms);
}
