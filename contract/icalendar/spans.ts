import type { CalendarDuration, CalendarTime } from "./calendar-time.ts";
import { DAY_MS, atWall, parseDuration, wallMsOf } from "./calendar-time.ts";
import { timeOf, withTime } from "./calendar-value.ts";
import type { Component } from "./component.ts";
import { propertyOf, valueOf, withProperties } from "./component.ts";
import type { Zone } from "./zones.ts";
import { ianaZone, utcMsOf, utcZone, wallMsAt } from "./zones.ts";

/** From when to when: DTSTART with DTEND, DUE or DURATION. */

export type EndName = "DTEND" | "DUE";

/** A zone that only the calendar explains counts as UTC here: lengths come out right but over its clock changes. */
function zoneOf(time: CalendarTime): Zone {
  return (time.kind === "zoned" ? ianaZone(time.zone) : undefined) ?? utcZone;
}

/** Days of the calendar first, then the exact rest. */
function afterDuration(time: CalendarTime, duration: CalendarDuration): CalendarTime {
  const dayMs = wallMsOf(time) + duration.days * DAY_MS;
  if (duration.exactMs === 0) return atWall(time, dayMs);
  if (time.kind === "day") return atWall(time, dayMs + Math.floor(duration.exactMs / DAY_MS) * DAY_MS);
  const zone = zoneOf(time);
  return atWall(time, wallMsAt(zone, utcMsOf(zone, dayMs) + duration.exactMs));
}

/** Exclusive, as RFC 5545 has it. What ends before it starts is as long as its start alone. */
export function endOf(component: Component, endName: EndName): CalendarTime | undefined {
  const start = timeOf(propertyOf(component, "DTSTART"));
  const end = timeOf(propertyOf(component, endName));
  if (start === undefined) return end;
  if (end !== undefined && endName === "DUE") return end;
  if (end !== undefined && (end.kind === "day") === (start.kind === "day")) {
    return momentOf(end) > momentOf(start) ? end : shortest(start);
  }
  const duration = parseDuration(valueOf(component, "DURATION") ?? "");
  if (duration !== undefined && duration.days >= 0 && duration.exactMs >= 0)
    return afterDuration(start, duration);
  return endName === "DUE" ? undefined : shortest(start);
}

function momentOf(time: CalendarTime): number {
  return utcMsOf(zoneOf(time), wallMsOf(time));
}

/** RFC 5545 section 3.6.1: a day lasts a day, a time has no length. */
function shortest(start: CalendarTime): CalendarTime {
  return start.kind === "day" ? atWall(start, wallMsOf(start) + DAY_MS) : start;
}

/** Start and end set; DURATION gives way to an end when either changes. */
export function withSpan(
  component: Component,
  endName: EndName,
  span: { readonly start: CalendarTime | undefined; readonly end: CalendarTime | undefined },
): Component {
  const started = withTime(component, "DTSTART", span.start);
  const isSame =
    started === component && JSON.stringify(endOf(component, endName)) === JSON.stringify(span.end);
  if (isSame) return component;
  return withTime(withProperties(started, "DURATION", []), endName, span.end);
}
