import type { CalendarTime } from "./calendar-time.ts";
import { basicOf, isSameTime, localOf, parseWall, dayOf, wallMsOf } from "./calendar-time.ts";
import type { Component } from "./component.ts";
import { propertiesOf, propertyOf, withProperties, withValue } from "./component.ts";
import type { ParameterValues, Property } from "./content-line.ts";
import { parameterOf, parametersFrom, writeProperty } from "./content-line.ts";
import { unescapeText, escapeText } from "./text-value.ts";
import { ianaNameOf } from "./zones.ts";

/** Reading and writing the values of properties that several components share. */

/** The name of a zone as `CalendarTime` has it: IANA where the TZID means one. */
function zoneNameOf(tzid: string): string {
  return ianaNameOf(tzid) ?? tzid.slice(0, 255);
}

function timeFrom(value: string, tzid: string | undefined): CalendarTime | undefined {
  const wall = parseWall(value);
  if (wall === undefined) return undefined;
  if (wall.isDay) return { kind: "day", day: dayOf(wall.wallMs) };
  const local = localOf(wall.wallMs);
  if (wall.isUtc) return { kind: "zoned", local, zone: "UTC" };
  if (tzid === undefined || tzid.trim() === "") return { kind: "floating", local };
  return { kind: "zoned", local, zone: zoneNameOf(tzid) };
}

/** Undefined where it cannot be read. */
export function timeOf(property: Property | undefined): CalendarTime | undefined {
  if (property === undefined) return undefined;
  return timeFrom(property.value, parameterOf(property, "TZID"));
}

/** All times of properties that may come several times with several values each (RDATE, EXDATE); periods by their start. */
export function timesOf(component: Component, name: string): CalendarTime[] {
  return propertiesOf(component, name).flatMap((property) =>
    property.value.split(",").flatMap((value) => {
      const time = timeFrom(value.split("/")[0] ?? "", parameterOf(property, "TZID"));
      return time === undefined ? [] : [time];
    }),
  );
}

export function timeValue(time: CalendarTime): { value: string; parameters: ParameterValues } {
  const basic = basicOf(wallMsOf(time), time.kind === "day");
  if (time.kind === "day") return { value: basic, parameters: { VALUE: "DATE", TZID: undefined } };
  if (time.kind === "floating") return { value: basic, parameters: { VALUE: undefined, TZID: undefined } };
  if (time.zone === "UTC") return { value: `${basic}Z`, parameters: { VALUE: undefined, TZID: undefined } };
  return { value: basic, parameters: { VALUE: undefined, TZID: time.zone } };
}

/** A time set: the same one keeps its text, another one in the same zone keeps the name that the calendar has for it. */
export function withTime(component: Component, name: string, time: CalendarTime | undefined): Component {
  const former = propertyOf(component, name);
  if (isSameTime(timeOf(former), time)) return component;
  if (time === undefined) return withProperties(component, name, []);
  const { value, parameters } = timeValue(time);
  const tzid = former === undefined ? undefined : parameterOf(former, "TZID");
  const isSameZone = tzid !== undefined && time.kind === "zoned" && zoneNameOf(tzid) === time.zone;
  return withValue(component, name, value, isSameZone ? { ...parameters, TZID: tzid } : parameters);
}

/** Times of a list property, one property each: those that are there already keep their text. */
export function withTimes(component: Component, name: string, times: readonly CalendarTime[]): Component {
  const kept = propertiesOf(component, name).flatMap((property) => {
    const values = property.value.split(",");
    const left = values.filter((value) => {
      const time = timeFrom(value.split("/")[0] ?? "", parameterOf(property, "TZID"));
      return time === undefined || times.some((each) => isSameTime(each, time));
    });
    if (left.length === values.length) return [property];
    return left.length === 0 ? [] : [writeProperty(name, left.join(","), property.parameters)];
  });
  const there = timesOf(component, name);
  const added = times.filter((time) => !there.some((each) => isSameTime(each, time)));
  const written = added.map((time) => {
    const { value, parameters } = timeValue(time);
    return writeProperty(name, value, parametersFrom(parameters));
  });
  return withProperties(component, name, [...kept, ...written]);
}

export function textValueOf(component: Component, name: string): string | undefined {
  const property = propertyOf(component, name);
  return property === undefined ? undefined : unescapeText(property.value);
}

/** A text set; the same one keeps its text, however it was escaped. */
export function withText(component: Component, name: string, text: string | undefined): Component {
  if (textValueOf(component, name) === text) return component;
  return withValue(component, name, text === undefined ? undefined : escapeText(text));
}

export function integerOf(component: Component, name: string): number | undefined {
  const value = propertyOf(component, name)?.value.trim() ?? "";
  return /^[+-]?\d{1,9}$/.test(value) ? Number(value) : undefined;
}

export function withInteger(component: Component, name: string, value: number | undefined): Component {
  if (integerOf(component, name) === value) return component;
  return withValue(component, name, value === undefined ? undefined : String(value));
}
