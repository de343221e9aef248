import { instanceKey, instancesOf } from "#contract/icalendar/expand.ts";
import { parseCalendarText } from "#contract/icalendar/parse-calendar.ts";
import { readSeries } from "#contract/icalendar/series.ts";
import { ianaZone, utcZone } from "#contract/icalendar/zones.ts";
import type { ShownTime } from "./event-edits.ts";

const YEARS_MS = 5 * 366 * 86_400_000;

/** The time of an event that is on or comes next; of one that is over, its last within the years before. */
export function nextTime(data: string, nowMs: number, zone: string): ShownTime | null {
  const parsed = parseCalendarText(data);
  const [object] = parsed.ok ? parsed.calendar.objects : [];
  if (!parsed.ok || object === undefined) return null;
  const series = readSeries(object, { zone: ianaZone(zone) ?? utcZone, zones: parsed.calendar.zones });
  const shown = (instance: Parameters<typeof instanceKey>[1]): ShownTime => ({
    instance: instanceKey(series, instance),
    startMs: instance.startMs,
  });
  for (const next of instancesOf(series, { fromMs: nowMs, toMs: nowMs + YEARS_MS, most: 1 }))
    return shown(next);
  const past = [...instancesOf(series, { fromMs: nowMs - YEARS_MS, toMs: nowMs })].at(-1);
  if (past !== undefined) return shown(past);
  // What was long ago, or is far away.
  for (const any of instancesOf(series, { fromMs: FIRST_MS, toMs: LAST_MS, most: 1 })) return shown(any);
  return null;
}

const FIRST_MS = Date.parse("0001-01-01T00:00:00Z");
const LAST_MS = Date.parse("9999-12-31T00:00:00Z");
