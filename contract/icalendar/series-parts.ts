import type { CalendarTime } from "./calendar-time.ts";
import { DAY_MS, atWall, basicOf, wallMsOf } from "./calendar-time.ts";
import { timeOf, timeValue, timesOf, withTime, withTimes } from "./calendar-value.ts";
import type { Component } from "./component.ts";
import { propertiesOf, propertyOf, valueOf, withProperties, withProperty } from "./component.ts";
import { parametersFrom, writeProperty } from "./content-line.ts";
import { readEvent } from "./event.ts";
import type { Instance } from "./expand.ts";
import { instancesOf, originalOf } from "./expand.ts";
import { withMinutes } from "./minutes.ts";
import type { Series } from "./series.ts";
import { originalMoment, zoneOfTime } from "./series.ts";
import { escapeText } from "./text-value.ts";
import { utcMsOf } from "./zones.ts";

/** What edits of a series are made of: an exception, a time left out, an end before a time, a series from it on. */

const recurrenceNames = ["RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID"];

function withoutRecurrence(component: Component): Component {
  let plain = component;
  for (const name of recurrenceNames) plain = withProperties(plain, name, []);
  return plain;
}

/**
 * Whether it is the time that its component names, and not one that follows by the rule: minutes that stand with a series
 * (what happened once, and recurs since) are of its first time.
 */
export function isOwnTime({ master, overrides }: Series, { component, originalMs }: Instance): boolean {
  const override = overrides.find((each) => each.component === component);
  return (override?.originalMs ?? master?.span.startMs) === originalMs;
}

/** What describes the time shown, where and when it is, naming the time of the series that it stands for. */
export function asException(series: Series, instance: Instance): Component {
  const own = isOwnTime(series, instance) ? instance.component : withMinutes(instance.component, undefined);
  const moved = placedAt(withoutRecurrence(own), instance);
  const original = originalOf(series, instance);
  if (original === undefined) return moved;
  const { value, parameters } = timeValue(original);
  return withProperties(moved, "RECURRENCE-ID", [
    writeProperty(
      "RECURRENCE-ID",
      value,
      parametersFrom({ ...parameters, TZID: zoneNameIn(series, original) }),
    ),
  ]);
}

/** The zone under the name that the series has for it. */
function zoneNameIn(series: Series, time: CalendarTime): string | undefined {
  if (time.kind !== "zoned" || time.zone === "UTC") return undefined;
  const start = series.master === undefined ? undefined : propertyOf(series.master.component, "DTSTART");
  return start?.parameters.find(({ name }) => name === "TZID")?.values[0] ?? time.zone;
}

/** A component moved to where an instance of it is; its end follows. */
function placedAt(component: Component, instance: Instance): Component {
  const event = readEvent(component);
  if (event === undefined) return component;
  const start = atWall(event.start, instance.startWallMs);
  const isSameZone =
    JSON.stringify({ ...event.start, local: "", day: "" }) ===
    JSON.stringify({ ...event.end, local: "", day: "" });
  const endWallMs = isSameZone
    ? instance.endWallMs
    : wallMsOf(event.end) + instance.startWallMs - wallMsOf(event.start);
  const started = withTime(component, "DTSTART", start);
  // A length of its own goes on being one.
  if (propertyOf(component, "DTEND") === undefined) return started;
  return withTime(started, "DTEND", atWall(event.end, endWallMs));
}

/** Where the series itself has the instance, exception or not. */
export function originalInstance(series: Series, instance: Instance): Instance {
  const original = originalOf(series, instance);
  if (!instance.isException || original === undefined || series.master === undefined) return instance;
  const { span, component } = series.master;
  const startWallMs = wallMsOf(original);
  const lengthMs = span.length.days * DAY_MS + span.length.exactMs;
  return {
    ...instance,
    component,
    startMs: instance.originalMs,
    startWallMs,
    endWallMs: startWallMs + lengthMs,
  };
}

export function withUid(component: Component, uid: string): Component {
  return withProperty(component, "UID", escapeText(uid));
}

export function begunAt(series: Series, first: Instance, uid: string): Component {
  const component = series.master?.component ?? first.component;
  const dates = (name: string, isLater: boolean) =>
    timesOf(component, name).filter(
      (time) => originalMoment(time, series.master?.span, series.place) >= first.originalMs === isLater,
    );
  let begun = placedAt(withMinutes(withUid(component, uid), undefined), { ...first, component });
  begun = withTimes(begun, "EXDATE", dates("EXDATE", true));
  begun = withTimes(begun, "RDATE", dates("RDATE", true));
  begun = withRemainingCount(series, first, begun);
  begun = withProperty(begun, "SEQUENCE", "0");
  const before = valueOf(component, "UID") ?? "";
  const related = propertiesOf(begun, "RELATED-TO");
  return withProperties(begun, "RELATED-TO", [
    ...related,
    writeProperty("RELATED-TO", before, [{ name: "RELTYPE", values: ["SIBLING"] }]),
  ]);
}

function withRemainingCount(series: Series, first: Instance, component: Component): Component {
  const total = series.rules[0]?.count;
  const rule = valueOf(component, "RRULE");
  if (total === undefined || rule === undefined) return component;
  // Left out times count, exceptions too; further dates do not.
  const start = series.extraMs[0];
  const counted = {
    ...series,
    excludedMs: new Set<number>(),
    excludedDaysMs: new Set<number>(),
    overrides: [],
    extraMs: start === undefined ? [] : [start],
  };
  const range = { fromMs: Number.MIN_SAFE_INTEGER / 2, toMs: first.originalMs, most: total };
  const past = [...instancesOf(counted, range)].filter(
    ({ originalMs }) => originalMs < first.originalMs,
  ).length;
  return withProperty(component, "RRULE", rule.replace(/COUNT=\d+/i, `COUNT=${Math.max(1, total - past)}`));
}

/** Its rule ends with the last time before the instance, in the form that the start asks for. */
export function endedBefore(series: Series, instance: Instance, component: Component): Component {
  const original = originalOf(series, instance);
  const start = timeOf(propertyOf(component, "DTSTART"));
  if (original === undefined || start === undefined) return component;
  const until = untilBefore(series, original);
  const rules = propertiesOf(component, "RRULE").map((property) => {
    const parts = property.value
      .split(";")
      .filter((part) => part !== "" && !/^\s*(?:UNTIL|COUNT)=/i.test(part));
    return writeProperty("RRULE", [...parts, `UNTIL=${until}`].join(";"), property.parameters);
  });
  let ended = withProperties(component, "RRULE", rules);
  for (const name of ["RDATE", "EXDATE"]) {
    const earlier = timesOf(ended, name).filter(
      (time) => originalMoment(time, series.master?.span, series.place) < instance.originalMs,
    );
    ended = withTimes(ended, name, earlier);
  }
  return ended;
}

function untilBefore(series: Series, original: CalendarTime): string {
  const wallMs = wallMsOf(original);
  if (original.kind === "day") return basicOf(wallMs - DAY_MS, true);
  if (original.kind === "floating") return basicOf(wallMs - 1000, false);
  return `${basicOf(utcMsOf(zoneOfTime(original, series.place), wallMs) - 1000, false)}Z`;
}

/** One time left out: EXDATE in the form of the start. */
export function without(series: Series, instance: Instance, component: Component): Component {
  const original = originalOf(series, instance);
  if (original === undefined) return component;
  const { value, parameters } = timeValue(original);
  const line = writeProperty(
    "EXDATE",
    value,
    parametersFrom({ ...parameters, TZID: zoneNameIn(series, original) }),
  );
  return withProperties(component, "EXDATE", [...propertiesOf(component, "EXDATE"), line]);
}
