import { toIsoTime, type IsoTime } from "#contract/time.ts";

export type ScheduleName = "later" | "tomorrow" | "monday";

const HOUR_MS = 3_600_000;
const MORNING = 9;
/** "Later today" makes no sense after that. */
const LAST_HOUR = 17;
const LATER_HOURS = 3;
const MONDAY = 1;

/** When a message can be sent that is not sent now, by the person's own clock, soonest first. */
export function scheduleTimes(nowMs: number): { name: ScheduleName; at: IsoTime }[] {
  const now = new Date(nowMs);
  const morningIn = (days: number) => {
    const date = new Date(nowMs);
    date.setDate(date.getDate() + days);
    date.setHours(MORNING, 0, 0, 0);
    return date.getTime();
  };
  const laterMs = Math.ceil((nowMs + LATER_HOURS * HOUR_MS) / HOUR_MS) * HOUR_MS;
  const isLaterToday = now.getHours() < LAST_HOUR && new Date(laterMs).getDate() === now.getDate();
  const toMonday = (MONDAY - now.getDay() + 7) % 7 || 7;
  return [
    ...(isLaterToday ? [{ name: "later" as const, at: toIsoTime(laterMs) }] : []),
    { name: "tomorrow", at: toIsoTime(morningIn(1)) },
    ...(toMonday > 1 ? [{ name: "monday" as const, at: toIsoTime(morningIn(toMonday)) }] : []),
  ];
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
