import { toIsoTime, type IsoTime } from "#contract/time.ts";
import { atHour, daysToMonday, HOUR_MS, MORNING, tomorrowMorning } from "./wall-clock.ts";

export type ScheduleName = "later" | "tomorrow" | "monday";

/** "Later today" makes no sense after that. */
const LAST_HOUR = 17;
const LATER_HOURS = 3;

/** When a message can be sent that is not sent now, by the person's own clock, soonest first. */
export function scheduleTimes(nowMs: number): { name: ScheduleName; at: IsoTime }[] {
  const now = new Date(nowMs);
  const laterMs = Math.ceil((nowMs + LATER_HOURS * HOUR_MS) / HOUR_MS) * HOUR_MS;
  const isLaterToday = now.getHours() < LAST_HOUR && new Date(laterMs).getDate() === now.getDate();
  const toMonday = daysToMonday(nowMs);
  return [
    ...(isLaterToday ? [{ name: "later" as const, at: toIsoTime(laterMs) }] : []),
    { name: "tomorrow", at: tomorrowMorning(nowMs) },
    ...(toMonday > 1 ? [{ name: "monday" as const, at: toIsoTime(atHour(nowMs, toMonday, MORNING)) }] : []),
  ];
}
