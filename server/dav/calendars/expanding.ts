import { basicOf, dayOf, localOf, type CalendarTime } from "#contract/icalendar/calendar-time.ts";
import { withTime } from "#contract/icalendar/calendar-value.ts";
import { propertyOf, textOf, withProperties, type Component } from "#contract/icalendar/component.ts";
import { writeProperty } from "#contract/icalendar/content-line.ts";
import { instancesOf, type Instance } from "#contract/icalendar/expand.ts";
import { newCalendar } from "#contract/icalendar/keep-bytes.ts";
import { parseCalendarText } from "#contract/icalendar/parse-calendar.ts";
import type { Budget } from "#contract/icalendar/rule-times.ts";
import { readSeries } from "#contract/icalendar/series.ts";
import { wallMsAt, type Zone } from "#contract/icalendar/zones.ts";
import { DavError } from "../dav-error.ts";
import type { TimeRange } from "./calendar-filter.ts";

const MOST_TIMES = 2000;
/** Of all times of one object together: each repeats all that the object says. */
const MOST_LETTERS = 8 * 1024 * 1024;

/**
 * An object as its times in a range, each an event of its own in UTC (`expand`, RFC 4791 section 9.6.5). All of them or
 * none. @throws DavError 507
 */
export function expanded(
  data: string,
  range: TimeRange,
  { zone, budget }: { zone: Zone; budget: Budget },
): string {
  const parsed = parseCalendarText(data);
  if (!parsed.ok) return data;
  const { objects, zones } = parsed.calendar;
  const most = Math.max(1, Math.min(MOST_TIMES, Math.floor(MOST_LETTERS / data.length)));
  const times = objects.flatMap((object) => {
    const series = readSeries(object, { zone, zones });
    const isSeries = series.rules.length > 0 || series.extraMs.length > 1 || object.overrides.length > 0;
    const originals = series.master?.span ?? series.overrides[0]?.span;
    const instances = [...instancesOf(series, { ...range, budget, most: most + 1 })];
    if (instances.length > most || budget.left <= 0)
      throw new DavError(507, "Ask for a shorter time.", "number-of-matches-within-limits");
    return instances.map((instance) => {
      const wall = wallMsAt(originals?.zone ?? zone, instance.originalMs);
      const isDay = originals?.start.kind === "day";
      return single(
        instance,
        isSeries ? (isDay ? basicOf(wall, true) : utc(instance.originalMs)) : undefined,
      );
    });
  });
  return textOf([newCalendar(times)]);
}

function utc(ms: number): string {
  return `${basicOf(ms, false)}Z`;
}

/** @param original what RECURRENCE-ID names; undefined for what happens once */
function single({ component, ...times }: Instance, original: string | undefined): Component {
  const { isAllDay, startMs, endMs, startWallMs, endWallMs } = times;
  const at = (ms: number, wallMs: number): CalendarTime =>
    isAllDay ? { kind: "day", day: dayOf(wallMs) } : { kind: "zoned", local: localOf(ms), zone: "UTC" };
  let alone = component;
  for (const name of ["RRULE", "RDATE", "EXDATE", "EXRULE", "DURATION", "RECURRENCE-ID"])
    alone = withProperties(alone, name, []);
  const endName = component.name === "VTODO" ? "DUE" : "DTEND";
  const hasEnd = [endName, "DURATION"].some((name) => propertyOf(component, name) !== undefined);
  const hasStart = propertyOf(component, "DTSTART") !== undefined;
  if (hasStart) alone = withTime(alone, "DTSTART", at(startMs, startWallMs));
  if (hasEnd) alone = withTime(alone, endName, at(endMs, endWallMs));
  if (original === undefined) return alone;
  const isDay = original.length === 8;
  const line = writeProperty("RECURRENCE-ID", original, isDay ? [{ name: "VALUE", values: ["DATE"] }] : []);
  return withProperties(alone, "RECURRENCE-ID", [line]);
}
