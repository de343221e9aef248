import { toIsoTime, type IsoTime } from "#contract/time.ts";
import { AFTERNOON, atHour, daysToMonday, MINUTE_MS, MORNING } from "#renderer/kit/wall-clock.ts";

export type LaterName = "in20Minutes" | "in1Hour" | "thisAfternoon" | "tomorrow" | "monday";

export interface LaterTime {
  name: LaterName;
  at: IsoTime;
}

/** Moments that one means when one says "later", soonest first; what is past or the same as another is left out. */
export function laterTimes(nowMs: number): LaterTime[] {
  const toMonday = daysToMonday(nowMs);
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
