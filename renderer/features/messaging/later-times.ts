import { toIsoTime, type IsoTime } from "#contract/time.ts";

export type LaterName = "in20Minutes" | "in1Hour" | "thisAfternoon" | "tomorrow" | "monday";

export interface LaterTime {
  name: LaterName;
  at: IsoTime;
}

const MINUTE_MS = 60_000;
const MORNING = 9;
const AFTERNOON = 14;
const MONDAY = 1;

/** An hour of the wall clock, some days from now. */
function atHour(nowMs: number, days: number, hour: number): number {
  const date = new Date(nowMs);
  date.setDate(date.getDate() + days);
  date.setHours(hour, 0, 0, 0);
  return date.getTime();
}

/** Moments that one means when one says "later", soonest first; what is past or the same as another is left out. */
export function laterTimes(nowMs: number): LaterTime[] {
  const weekday = new Date(nowMs).getDay();
  const toMonday = (MONDAY - weekday + 7) % 7 || 7;
  const afternoonMs = atHour(nowMs, 0, AFTERNOON);
  const times: { name: LaterName; ms: number; isMeant: boolean }[] = [
    { name: "in20Minutes", ms: nowMs + 20 * MINUTE_MS, isMeant: true },
    { name: "in1Hour", ms: nowMs + 60 * MINUTE_MS, isMeant: true },
    { name: "thisAfternoon", ms: afternoonMs, isMeant: afternoonMs > nowMs + 60 * MINUTE_MS },
    { name: "tomorrow", ms: atHour(nowMs, 1, MORNING), isMeant: true },
    { name: "monday", ms: atHour(nowMs, toMonday, MORNING), isMeant: toMonday > 1 },
  ];
  return times.filter(({ isMeant }) => isMeant).map(({ name, ms }) => ({ name, at: toIsoTime(ms) }));
}

/** The end of today and the beginning of tomorrow's work: how long something is set aside. */
export function endOfToday(nowMs: number): IsoTime {
  return toIsoTime(atHour(nowMs, 1, 0));
}

export function tomorrowMorning(nowMs: number): IsoTime {
  return toIsoTime(atHour(nowMs, 1, MORNING));
}

export function inMinutes(nowMs: number, minutes: number): IsoTime {
  return toIsoTime(nowMs + minutes * MINUTE_MS);
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** As a field of date and time writes it, in the person's own time: `2026-11-23T09:00`. */
export function toFieldTime(iso: string): string {
  const date = new Date(iso);
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Null for what is no moment. */
export function fromFieldTime(text: string): IsoTime | null {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : toIsoTime(ms);
}
