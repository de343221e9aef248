import type { CalendarDuration, CalendarTime } from "./calendar-time.ts";
import { DAY_MS, parseDuration, wallMsOf } from "./calendar-time.ts";
import { timeOf, timesOf } from "./calendar-value.ts";
import type { Component } from "./component.ts";
import { propertiesOf, propertyOf, valueOf } from "./component.ts";
import { parameterOf } from "./content-line.ts";
import { parseRule } from "./rule.ts";
import type { Rule } from "./rule.ts";
import type { Zone } from "./zones.ts";
import { utcMsOf } from "./zones.ts";
import type { ZoneBook } from "./vtimezone.ts";

/** A component with the exceptions of its series, as `parse-calendar.ts` finds them: one UID. */
export interface CalendarObject {
  readonly kind: "VEVENT" | "VTODO" | "VJOURNAL";
  /** Absent when only exceptions are there (an invitation to one time of a series). */
  readonly master: Component | undefined;
  readonly overrides: readonly Component[];
}

/** Where what is read stands: who looks at it, and what zones the calendar explains. */
export interface Place {
  /** Of whoever looks: whole days and floating times are theirs. */
  readonly zone: Zone;
  readonly zones: ZoneBook;
}

/** From when to when a component is, apart from its series. */
export interface Span {
  readonly start: CalendarTime;
  readonly zone: Zone;
  readonly startMs: number;
  readonly length: Length;
}

/** Of the end of DTEND or DUE: exact. Of DURATION and of whole days: days of the calendar, then the exact rest. */
export type Length = CalendarDuration;

export interface Override {
  readonly component: Component;
  readonly span: Span;
  /** The time of the series that it stands for. */
  readonly originalMs: number;
  /** It counts for all later times too (RANGE=THISANDFUTURE). */
  readonly isForLater: boolean;
}

/** A series made ready to be followed as often as wanted. */
export interface Series {
  readonly object: CalendarObject;
  readonly place: Place;
  readonly master: { readonly component: Component; readonly span: Span } | undefined;
  readonly rules: readonly Rule[];
  /** Wall clocks in the zone of the master, in order, its start first. */
  readonly extraMs: readonly number[];
  /** Moments that are left out. */
  readonly excludedMs: ReadonlySet<number>;
  /** Days that are left out whole (EXDATE of type DATE in a series of times): wall clocks of their midnight. */
  readonly excludedDaysMs: ReadonlySet<number>;
  readonly overrides: readonly Override[];
  /** Where COUNT ends, by the rule, once it was asked. */
  readonly ends: Map<Rule, number>;
}

const MOST_DATES = 20_000;

export function zoneOfTime(time: CalendarTime, place: Place): Zone {
  return (time.kind === "zoned" ? place.zones(time.zone) : undefined) ?? place.zone;
}

export function momentOf(time: CalendarTime, place: Place): number {
  return utcMsOf(zoneOfTime(time, place), wallMsOf(time));
}

/** Undefined without a readable start. A task that is due alone is as long as its end. */
function spanOf(component: Component, place: Place): Span | undefined {
  const endName = component.name === "VTODO" ? "DUE" : "DTEND";
  const end = timeOf(propertyOf(component, endName));
  const start = timeOf(propertyOf(component, "DTSTART")) ?? (component.name === "VTODO" ? end : undefined);
  if (start === undefined) return undefined;
  const zone = zoneOfTime(start, place);
  const startMs = utcMsOf(zone, wallMsOf(start));
  return { start, zone, startMs, length: lengthOf(component, start, startMs, end, place) };
}

function lengthOf(
  component: Component,
  start: CalendarTime,
  startMs: number,
  end: CalendarTime | undefined,
  place: Place,
): Length {
  const isDay = start.kind === "day";
  const least = isDay && component.name !== "VTODO" ? 1 : 0;
  if (end !== undefined && isDay === (end.kind === "day")) {
    if (isDay)
      return { days: Math.max(least, Math.round((wallMsOf(end) - wallMsOf(start)) / DAY_MS)), exactMs: 0 };
    return { days: 0, exactMs: Math.max(0, momentOf(end, place) - startMs) };
  }
  const duration = parseDuration(valueOf(component, "DURATION") ?? "");
  if (duration === undefined || duration.days < 0 || duration.exactMs < 0) return { days: least, exactMs: 0 };
  if (!isDay) return duration;
  return { days: Math.max(least, duration.days + Math.floor(duration.exactMs / DAY_MS)), exactMs: 0 };
}

export function longestMs({ days, exactMs }: Length): number {
  return days * DAY_MS + exactMs;
}

export function readSeries(object: CalendarObject, place: Place): Series {
  const span = object.master === undefined ? undefined : spanOf(object.master, place);
  const master =
    object.master === undefined || span === undefined ? undefined : { component: object.master, span };
  const excluded = master === undefined ? [] : timesOf(master.component, "EXDATE").slice(0, MOST_DATES);
  const isDaySeries = span?.start.kind === "day";
  return {
    object,
    place,
    master,
    rules: master === undefined ? [] : rulesOf(master.component),
    extraMs: master === undefined ? [] : extraWalls(master.component, master.span, place),
    excludedMs: new Set(
      excluded
        .filter((time) => isDaySeries || time.kind !== "day")
        .map((time) => excludedMoment(time, span, place)),
    ),
    excludedDaysMs: new Set(isDaySeries ? [] : excluded.filter(({ kind }) => kind === "day").map(wallMsOf)),
    overrides: object.overrides.flatMap((each) => readOverride(each, span, place) ?? []),
    ends: new Map(),
  };
}

/** In a series of days, hours say nothing; floating exceptions of a series in a zone are meant there. */
function excludedMoment(time: CalendarTime, span: Span | undefined, place: Place): number {
  if (span === undefined) return momentOf(time, place);
  if (span.start.kind === "day") return utcMsOf(span.zone, Math.floor(wallMsOf(time) / DAY_MS) * DAY_MS);
  return time.kind === "zoned" ? momentOf(time, place) : utcMsOf(span.zone, wallMsOf(time));
}

function rulesOf(component: Component): Rule[] {
  return propertiesOf(component, "RRULE")
    .slice(0, 10)
    .flatMap(({ value }) => parseRule(value) ?? []);
}

function extraWalls(component: Component, span: Span, place: Place): number[] {
  const dates = timesOf(component, "RDATE").slice(0, MOST_DATES);
  const walls = dates.map((time) => {
    const isOther = time.kind === "zoned" && (span.start.kind !== "zoned" || time.zone !== span.start.zone);
    if (!isOther) return wallMsOf(time) + (time.kind === "day" ? wallMsOf(span.start) % DAY_MS : 0);
    const utcMs = momentOf(time, place);
    const wallMs = utcMs + span.zone.offsetMsAt(utcMs);
    return span.start.kind === "day" ? Math.floor(wallMs / DAY_MS) * DAY_MS : wallMs;
  });
  return [...new Set([wallMsOf(span.start), ...walls])].toSorted((one, other) => one - other);
}

function readOverride(component: Component, master: Span | undefined, place: Place): Override | undefined {
  const property = propertyOf(component, "RECURRENCE-ID");
  const original = timeOf(property);
  const span =
    spanOf(component, place) ?? (original === undefined ? undefined : instead(component, original, place));
  if (span === undefined || original === undefined || property === undefined) return undefined;
  const isForLater = parameterOf(property, "RANGE")?.toUpperCase() === "THISANDFUTURE";
  return { component, span, originalMs: originalMoment(original, master, place), isForLater };
}

/** An exception without a start of its own is where the series has it. */
function instead(component: Component, original: CalendarTime, place: Place): Span {
  const zone = zoneOfTime(original, place);
  const startMs = utcMsOf(zone, wallMsOf(original));
  return { start: original, zone, startMs, length: lengthOf(component, original, startMs, undefined, place) };
}

/** Some write the day alone where the series has hours: the time of that day is meant. */
export function originalMoment(original: CalendarTime, master: Span | undefined, place: Place): number {
  if (master === undefined) return momentOf(original, place);
  const startMs = wallMsOf(master.start);
  if (master.start.kind === "day") return excludedMoment(original, master, place);
  if (original.kind === "day") return utcMsOf(master.zone, wallMsOf(original) + (startMs % DAY_MS));
  return original.kind === "floating" ? utcMsOf(master.zone, wallMsOf(original)) : momentOf(original, place);
}
