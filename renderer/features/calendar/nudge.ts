import type { EventInstance } from "#contract/views/calendars.ts";
import type { NewTimes } from "./use-event-deeds.ts";

const QUARTER_MS = 15 * 60_000;
const arrows = {
  ArrowLeft: { days: -1, quarters: 0 },
  ArrowRight: { days: 1, quarters: 0 },
  ArrowUp: { days: 0, quarters: -1 },
  ArrowDown: { days: 0, quarters: 1 },
} as const;

function isArrow(key: string): key is keyof typeof arrows {
  return Object.hasOwn(arrows, key);
}

/**
 * Where an arrow moves an event to: sideways by a day, upwards and downwards by a quarter of an hour, in a month by a week.
 * Undefined for other keys and where the arrow means nothing.
 */
export function nudged(
  { startsAt, endsAt, days }: Pick<EventInstance, "startsAt" | "endsAt" | "days">,
  key: string,
  hasWeeks: boolean,
): NewTimes | undefined {
  if (!isArrow(key)) return undefined;
  const { quarters } = arrows[key];
  const byDays = arrows[key].days + (hasWeeks ? quarters * 7 : 0);
  if (byDays === 0 && (days !== null || quarters === 0)) return undefined;
  if (days !== null) return { startDay: dayLater(days.start, byDays), endDay: dayLater(days.end, byDays) };
  const byMs = hasWeeks ? 0 : quarters * QUARTER_MS;
  const startMs = momentLater(startsAt, byDays) + byMs;
  return { startMs, endMs: startMs + Date.parse(endsAt) - Date.parse(startsAt) };
}

function dayLater(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** At the same hour of the reader's clock. */
function momentLater(iso: string, days: number): number {
  const date = new Date(iso);
  return date.setDate(date.getDate() + days);
}
