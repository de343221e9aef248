import type { CalendarObjectRow } from "#contract/entities/calendar.ts";
import { textValueOf } from "#contract/icalendar/calendar-value.ts";
import type { Component } from "#contract/icalendar/component.ts";
import { readEvent } from "#contract/icalendar/event.ts";
import { instanceKey, instancesOf, type Instance, type Range } from "#contract/icalendar/expand.ts";
import { parseCalendarText } from "#contract/icalendar/parse-calendar.ts";
import { attendeesOf, foldAddress } from "#contract/icalendar/people.ts";
import { readSeries, type Series } from "#contract/icalendar/series.ts";
import { ianaZone, utcZone, type Zone } from "#contract/icalendar/zones.ts";
import type { EventInstance } from "#contract/views/calendars.ts";

/** What is drawn of a time, from its component. */
export interface EventFacts {
  title: string;
  place: string | null;
  status: "tentative" | "confirmed" | "cancelled";
  isFree: boolean;
  conference: string | null;
}

interface Reading {
  zone: Zone;
  series: Series | undefined;
}

/** Rows do not change: what was read of one holds as long as it is there. */
const readings = new WeakMap<CalendarObjectRow, Reading>();
const facts = new WeakMap<Component, EventFacts>();

export function zoneNamed(name: string): Zone {
  return ianaZone(name) ?? utcZone;
}

/** Undefined for what no longer can be read. */
export function seriesOf(object: CalendarObjectRow, zone: Zone): Series | undefined {
  const known = readings.get(object);
  if (known?.zone === zone) return known.series;
  const parsed = parseCalendarText(object.data);
  const [first] = parsed.ok ? parsed.calendar.objects : [];
  const zones = parsed.ok ? parsed.calendar.zones : () => undefined;
  const series = first === undefined ? undefined : readSeries(first, { zone, zones });
  readings.set(object, { zone, series });
  return series;
}

export function factsOf(component: Component): EventFacts {
  const known = facts.get(component);
  if (known !== undefined) return known;
  const event = readEvent(component);
  const read: EventFacts = {
    title: textValueOf(component, "SUMMARY")?.trim() ?? "",
    place: textValueOf(component, "LOCATION")?.trim() || null,
    status: event?.status ?? "confirmed",
    isFree: event?.isFree ?? false,
    conference: event?.conference ?? null,
  };
  facts.set(component, read);
  return read;
}

/** What somebody answered; null for somebody who is not asked, nor of this time. */
export function answerOf(component: Component, address: string | null): EventInstance["answer"] {
  if (address === null) return null;
  const own = foldAddress(address);
  return attendeesOf(component).find((each) => foldAddress(each.address) === own)?.status ?? null;
}

/** Wall clocks of floating times and days are of where the reader is, at most this far from UTC. */
const SLACK_MS = 2 * 86_400_000;

/** By the times of the row alone: false means that none of its times touches the range. */
export function mayTouch({ startsAt, endsAt }: CalendarObjectRow, { fromMs, toMs }: Range): boolean {
  if (startsAt !== undefined && Date.parse(startsAt) > toMs + SLACK_MS) return false;
  return endsAt === undefined || Date.parse(endsAt) >= fromMs - SLACK_MS;
}

export function* timesOf(series: Series, range: Range): Generator<{ instance: Instance; key: string }> {
  for (const instance of instancesOf(series, range)) yield { instance, key: instanceKey(series, instance) };
}
