import {
  componentsOf,
  newComponent,
  propertiesOf,
  textOf,
  valueOf,
  withChildren,
  type Component,
} from "#contract/icalendar/component.ts";
import { writeProperty, type Property } from "#contract/icalendar/content-line.ts";
import { newCalendar } from "#contract/icalendar/keep-bytes.ts";
import { withMinutes } from "#contract/icalendar/minutes.ts";
import { parseCalendarText, type ParsedObject } from "#contract/icalendar/parse-calendar.ts";
import { parseRule } from "#contract/icalendar/rule.ts";
import { escapeText } from "#contract/icalendar/text-value.ts";
import type { CalendarObjectRow } from "#contract/entities/calendar.ts";

/** When something is, and nothing of what it is. */
const TIMES = new Set([
  "DTSTAMP",
  "DTSTART",
  "DTEND",
  "DURATION",
  "RRULE",
  "RDATE",
  "EXDATE",
  "RECURRENCE-ID",
]);
const MORE = new Set(["SEQUENCE", "TRANSP", "STATUS"]);
const CLOCK = ["DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"];
const PARAMETERS = new Set(["TZID", "VALUE", "RANGE"]);

/** A calendar as one text of iCalendar that anybody may read who knows its address. Alarms are their owners' own. */
export function feedText(name: string, rows: readonly Pick<CalendarObjectRow, "id" | "data">[]): string {
  const zones = new Map<string, Component>();
  const components: Component[] = [];
  for (const { id, data } of rows) {
    const parsed = parseCalendarText(data);
    if (!parsed.ok) continue;
    const { nodes, objects } = parsed.calendar;
    const isSecret = objects.some(hasSecret);
    for (const zone of componentsOf({ children: nodes }, "VCALENDAR").flatMap((each) =>
      componentsOf(each, "VTIMEZONE"),
    )) {
      const known = valueOf(zone, "TZID") ?? "";
      if (!zones.has(known)) zones.set(known, isSecret ? bareZone(zone) : zone);
    }
    components.push(...objects.flatMap((object) => published(object, id)));
  }
  const calendar = newCalendar([
    writeProperty("NAME", escapeText(name)),
    writeProperty("X-WR-CALNAME", escapeText(name)),
    writeProperty("REFRESH-INTERVAL", "PT1H", [{ name: "VALUE", values: ["DURATION"] }]),
    ...zones.values(),
    ...components,
  ]);
  return textOf([calendar]).replaceAll(/\r?\n|\r/g, "\r\n");
}

function hasSecret(object: ParsedObject): boolean {
  return componentsIn(object).some(isPrivate);
}

function componentsIn({ master, overrides }: ParsedObject): Component[] {
  return master === undefined ? [...overrides] : [master, ...overrides];
}

function published(object: ParsedObject, id: string): Component[] {
  const all = componentsIn(object);
  // Alarms are one's own, minutes of those who may see the event: neither is for whoever knows an address.
  if (!hasSecret(object)) return all.map((each) => withMinutes(withoutAlarms(each), undefined));
  // A private task takes nobody's time.
  return object.kind === "VEVENT" ? all.map((each) => busyAlone(each, id)) : [];
}

/** What it does not know is private, too (RFC 5545 section 3.8.1.3). */
function isPrivate(component: Component): boolean {
  return (valueOf(component, "CLASS")?.trim().toUpperCase() ?? "PUBLIC") !== "PUBLIC";
}

function withoutAlarms(component: Component): Component {
  const { children } = component;
  return withChildren(
    component,
    children.filter((node) => node.kind === "property" || node.name !== "VALARM"),
  );
}

/** @param id instead of the UID, which others may have made of anything */
function busyAlone(component: Component, id: string): Component {
  return newComponent("VEVENT", [
    writeProperty("UID", id),
    ...[...TIMES].flatMap((name) => propertiesOf(component, name)).flatMap(bare),
    ...[...MORE]
      .flatMap((name) => propertiesOf(component, name))
      .filter(isWord)
      .flatMap(bare),
    writeProperty("SUMMARY", "Occupé"),
    writeProperty("CLASS", "PRIVATE"),
  ]);
}

/** A value of a time or rule, without what else its line says; nothing of what is neither. */
function bare({ name, value, parameters }: Property): Property[] {
  const isKnown = name === "RRULE" ? parseRule(value) !== undefined : /^[0-9TZPWDHMS:+\-/,]*$/.test(value);
  if (!isKnown) return [];
  const kept = parameters.filter((each) => PARAMETERS.has(each.name));
  return [writeProperty(name, value, kept)];
}

/** Its clock alone. */
function bareZone(zone: Component): Component {
  const observances = componentsOf(zone).filter(({ name }) => name === "STANDARD" || name === "DAYLIGHT");
  return newComponent("VTIMEZONE", [
    writeProperty("TZID", valueOf(zone, "TZID") ?? ""),
    ...observances.map((each) =>
      newComponent(each.name, CLOCK.flatMap((name) => propertiesOf(each, name)).flatMap(bare)),
    ),
  ]);
}

function isWord({ value }: Property): boolean {
  return /^[A-Z0-9]{1,20}$/i.test(value.trim());
}
