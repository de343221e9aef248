import { z } from "zod";

const clockTime = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/);

/** When somebody works, in their own time zone: the same hours on each of the days named. */
export const workingHoursSchema = z.looseObject({
  /** IANA name, e.g. `Europe/Paris`. */
  timeZone: z.string().min(1).max(64),
  /** ISO 8601: 1 Monday to 7 Sunday. */
  days: z.array(z.int().min(1).max(7)).max(7),
  from: clockTime,
  /** Later than `from`, or earlier for those who work across midnight. */
  to: clockTime,
});
export type WorkingHours = z.infer<typeof workingHoursSchema>;

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
/** Two weeks by quarters of an hour: whoever works at all works within it. */
const LONGEST_SEARCH_MINUTES = 14 * DAY_MINUTES;
const STEP_MINUTES = 15;

/** Weekday (ISO 8601) and minute of the day in a time zone. @throws RangeError for an unknown zone */
function localTime(timeZone: string, atMs: number): { day: number; minute: number } {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(atMs);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  const day = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(part("weekday")) + 1;
  return { day, minute: Number(part("hour")) * 60 + Number(part("minute")) };
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** Whether somebody with these hours works at that moment. Unknown time zones count as UTC. */
export function isWorking(hours: WorkingHours, atMs: number): boolean {
  const { day, minute } = localTime(knownZone(hours.timeZone), atMs);
  const from = minuteOf(hours.from);
  const to = minuteOf(hours.to);
  if (from <= to) return hours.days.includes(day) && minute >= from && minute < to;
  // Across midnight: the hours after it belong to the day before.
  const dayBefore = day === 1 ? 7 : day - 1;
  return (hours.days.includes(day) && minute >= from) || (hours.days.includes(dayBefore) && minute < to);
}

/** The moment itself when it is worked, else the next that is, to the quarter of an hour; null for no hours at all. */
export function nextWorkingMs(hours: WorkingHours, atMs: number): number | null {
  if (isWorking(hours, atMs)) return atMs;
  const quarterMs = STEP_MINUTES * MINUTE_MS;
  const startMs = Math.ceil(atMs / quarterMs) * quarterMs;
  for (let minutes = 0; minutes <= LONGEST_SEARCH_MINUTES; minutes += STEP_MINUTES) {
    const candidateMs = startMs + minutes * MINUTE_MS;
    if (isWorking(hours, candidateMs)) return candidateMs;
  }
  return null;
}

function knownZone(timeZone: string): string {
  try {
    Intl.DateTimeFormat("en-GB", { timeZone });
    return timeZone;
  } catch {
    return "UTC";
  }
}
