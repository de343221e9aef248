import { timeOf } from "#contract/icalendar/calendar-value.ts";
import { componentsOf, propertiesOf, propertyOf, type Component } from "#contract/icalendar/component.ts";
import type { Property } from "#contract/icalendar/content-line.ts";
import { instancesOf } from "#contract/icalendar/expand.ts";
import { parseCalendarText, type ParsedCalendar } from "#contract/icalendar/parse-calendar.ts";
import { USUAL_BUDGET, type Budget } from "#contract/icalendar/rule-times.ts";
import { momentOf, readSeries, type Place } from "#contract/icalendar/series.ts";
import { unescapeText } from "#contract/icalendar/text-value.ts";
import { utcZone, type Zone } from "#contract/icalendar/zones.ts";
import type { CalendarObjectRow } from "#contract/entities/calendar.ts";
import type { ComponentFilter, PropertyFilter, TextMatch, TimeRange } from "./calendar-filter.ts";

/** Floating times and days are somewhere within it of UTC, by which the fields of rows have them. */
const SLACK_MS = 2 * 86_400_000;
/** What the rules of all objects of a query may cost together. */
const BUDGET = 20 * USUAL_BUDGET;

export interface Matching {
  filters: readonly ComponentFilter[];
  /** Where whole days and floating times are. */
  zone: Zone;
  budget: Budget;
}

export function matching(filters: readonly ComponentFilter[], zone: Zone = utcZone): Matching {
  return { filters, zone, budget: { left: BUDGET } };
}

/** Whether the object is one that is asked for (RFC 4791 section 9.7.1). What rules hide beyond the budget counts as asked for. */
export function matches(
  row: Pick<CalendarObjectRow, "data" | "kind" | "startsAt" | "endsAt">,
  wanted: Matching,
): boolean {
  if (!wanted.filters.every((filter) => mayMatch(row, filter))) return false;
  const parsed = parseCalendarText(row.data);
  if (!parsed.ok) return false;
  const inside = componentsOf({ children: parsed.calendar.nodes }, "VCALENDAR").flatMap((each) =>
    componentsOf(each),
  );
  return wanted.filters.every((filter) => {
    const found = componentsMatching(filter, inside, wanted, parsed.calendar);
    if (filter.isNotDefined) return !inside.some(({ name }) => name === filter.name);
    return (
      found.length > 0 && (filter.range === undefined || isWithin(filter, found, wanted, parsed.calendar))
    );
  });
}

/** By the fields of the row, without reading its text. */
function mayMatch(
  { kind, startsAt, endsAt }: Pick<CalendarObjectRow, "kind" | "startsAt" | "endsAt">,
  { name, isNotDefined, range }: ComponentFilter,
): boolean {
  if (isNotDefined || name === "VTIMEZONE") return true;
  if (name !== kind) return false;
  if (range === undefined || startsAt === undefined) return true;
  if (endsAt !== undefined && Date.parse(endsAt) + SLACK_MS < range.fromMs) return false;
  return Date.parse(startsAt) - SLACK_MS < range.toMs;
}

function componentsMatching(
  filter: ComponentFilter,
  inside: readonly Component[],
  wanted: Matching,
  calendar: ParsedCalendar,
): Component[] {
  const place = { zone: wanted.zone, zones: calendar.zones };
  return inside.filter(
    (component) =>
      component.name === filter.name &&
      filter.properties.every((each) => hasProperty(component, each, place)) &&
      filter.components.every((inner) => {
        const found = componentsMatching(inner, componentsOf(component), wanted, calendar);
        if (!inner.isNotDefined) return found.length > 0;
        return componentsOf(component, inner.name).length === 0;
      }),
  );
}

/** Whether some time of these components touches the range. */
function isWithin(
  { name, range }: ComponentFilter,
  components: readonly Component[],
  { zone, budget }: Matching,
  { objects, zones }: ParsedCalendar,
): boolean {
  if (range === undefined) return true;
  const place = { zone, zones };
  if (name === "VTODO" && components.some((each) => isTimeless(each) && wasWithin(each, range, place)))
    return true;
  for (const object of objects) {
    if (object.kind !== name) continue;
    for (const { component } of instancesOf(readSeries(object, place), { ...range, budget }))
      if (components.includes(component)) return true;
    if (budget.left <= 0) return true;
  }
  return false;
}

function isTimeless(component: Component): boolean {
  return propertyOf(component, "DTSTART") === undefined && propertyOf(component, "DUE") === undefined;
}

/** Of a task without times: when it was made and done (the table of RFC 4791 section 9.9). */
function wasWithin(component: Component, { fromMs, toMs }: TimeRange, place: Place): boolean {
  const [created, completed] = ["CREATED", "COMPLETED"].map((name) => {
    const time = timeOf(propertyOf(component, name));
    return time === undefined ? undefined : momentOf(time, place);
  });
  if (created === undefined && completed === undefined) return true;
  if (completed === undefined) return toMs > (created ?? 0);
  if (created === undefined) return fromMs <= completed && toMs >= completed;
  return (fromMs <= created || fromMs <= completed) && (toMs >= created || toMs >= completed);
}

function hasProperty(component: Component, filter: PropertyFilter, place: Place): boolean {
  const found = propertiesOf(component, filter.name);
  if (filter.isNotDefined) return found.length === 0;
  return found.some(
    (property) =>
      isTimeWithin(property, filter.range, place) &&
      hasText(unescapeText(property.value), filter.text) &&
      filter.parameters.every(({ name, isNotDefined, text }) => {
        const values = property.parameters
          .filter((each) => each.name === name)
          .flatMap((each) => each.values);
        return isNotDefined ? values.length === 0 : values.some((value) => hasText(value, text));
      }),
  );
}

function isTimeWithin(property: Property, range: TimeRange | undefined, place: Place): boolean {
  if (range === undefined) return true;
  const time = timeOf(property);
  if (time === undefined) return false;
  const ms = momentOf(time, place);
  return range.fromMs <= ms && ms < range.toMs;
}

function hasText(value: string, match: TextMatch | undefined): boolean {
  if (match === undefined) return true;
  const fold = (text: string) =>
    match.isExact ? text : text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
  return fold(value).includes(fold(match.text)) !== match.isNegated;
}
