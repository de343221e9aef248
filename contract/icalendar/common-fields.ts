import { z } from "zod";
import type { Alarm } from "./alarms.ts";
import { alarmSchema, alarmsOf, withAlarms } from "./alarms.ts";
import { calendarTimeSchema } from "./calendar-time.ts";
import { integerOf, textValueOf, withInteger, withText } from "./calendar-value.ts";
import type { Component } from "./component.ts";
import { propertiesOf, propertyOf, valueOf, withProperties, withValue } from "./component.ts";
import { writeProperty } from "./content-line.ts";
import {
  MOST_ATTENDEES,
  attendeeSchema,
  attendeesOf,
  organizerOf,
  organizerSchema,
  withAttendees,
  withOrganizer,
} from "./people.ts";
import { escapeText, splitTexts } from "./text-value.ts";

/** What VEVENT and VTODO have alike. */

export const MOST_TITLE = 2000;
export const MOST_TEXT = 100_000;

export const commonFieldsSchema = z.looseObject({
  title: z.string().max(MOST_TITLE),
  /** Plain text. */
  description: z.string().max(MOST_TEXT).optional(),
  location: z.string().max(MOST_TITLE).optional(),
  start: calendarTimeSchema.optional(),
  categories: z.array(z.string().min(1).max(200)).max(100),
  url: z.string().max(4000).optional(),
  /** CLASS. */
  visibility: z.enum(["public", "private", "confidential"]),
  /** 1 the highest, 9 the lowest, 0 none. */
  priority: z.int().min(0).max(9),
  organizer: organizerSchema.optional(),
  attendees: z.array(attendeeSchema).max(MOST_ATTENDEES),
  alarms: z.array(alarmSchema).max(50),
  /** RRULE value; `recurrence-words.ts` has it in parts. */
  rule: z.string().max(2000).optional(),
});
export type CommonFields = z.infer<typeof commonFieldsSchema>;

/** A key that is there is set; with `undefined` it is taken away. */
export type Changes<Fields> = { readonly [Key in keyof Fields]?: Fields[Key] | undefined };

export function clip(text: string | undefined, most: number): string | undefined {
  return text === undefined || text === "" ? undefined : text.slice(0, most);
}

function visibilityOf(component: Component): CommonFields["visibility"] {
  const written = valueOf(component, "CLASS")?.trim().toLowerCase();
  if (written === undefined || written === "" || written === "public") return "public";
  // RFC 5545 section 3.8.1.3: what is not known counts as private.
  return written === "confidential" ? "confidential" : "private";
}

function categoriesOf(component: Component): string[] {
  const all = propertiesOf(component, "CATEGORIES").flatMap(({ value }) => splitTexts(value));
  return [...new Set(all.map((each) => each.slice(0, 200)))].slice(0, 100);
}

export function commonTextsOf(component: Component) {
  return {
    title: textValueOf(component, "SUMMARY")?.slice(0, MOST_TITLE) ?? "",
    description: clip(textValueOf(component, "DESCRIPTION"), MOST_TEXT),
    location: clip(textValueOf(component, "LOCATION"), MOST_TITLE),
    url: clip(valueOf(component, "URL")?.trim(), 4000),
    rule: clip(valueOf(component, "RRULE")?.trim(), 2000),
  };
}

export function commonListsOf(component: Component) {
  return {
    categories: categoriesOf(component),
    visibility: visibilityOf(component),
    priority: Math.min(Math.max(integerOf(component, "PRIORITY") ?? 0, 0), 9),
    organizer: organizerOf(component),
    attendees: attendeesOf(component),
    alarms: alarmsOf(component),
  };
}

/** Properties of the changes alone are written; `start` is left to the caller, who knows what ends it. */
export function withCommonChanges(component: Component, changes: Changes<CommonFields>): Component {
  let edited = component;
  if ("title" in changes) edited = withText(edited, "SUMMARY", changes.title ?? "");
  if ("description" in changes)
    edited = withText(edited, "DESCRIPTION", clip(changes.description, MOST_TEXT));
  if ("location" in changes) edited = withText(edited, "LOCATION", clip(changes.location, MOST_TITLE));
  if ("url" in changes) edited = withUri(edited, "URL", changes.url);
  if ("rule" in changes) edited = withUri(edited, "RRULE", changes.rule);
  if ("categories" in changes) edited = withCategories(edited, changes.categories ?? []);
  if ("visibility" in changes) edited = withVisibility(edited, changes.visibility ?? "public");
  if ("priority" in changes && (changes.priority ?? 0) !== (integerOf(edited, "PRIORITY") ?? 0)) {
    edited = withInteger(edited, "PRIORITY", changes.priority === 0 ? undefined : changes.priority);
  }
  if ("organizer" in changes) edited = withOrganizer(edited, changes.organizer);
  if ("attendees" in changes) edited = withAttendees(edited, changes.attendees ?? []);
  if ("alarms" in changes) edited = withNewAlarms(edited, changes.alarms ?? []);
  return edited;
}

function withUri(component: Component, name: string, value: string | undefined): Component {
  const written = clip(value?.trim(), 4000);
  if (propertyOf(component, name)?.value.trim() === written) return component;
  return withValue(component, name, written);
}

function withCategories(component: Component, categories: readonly string[]): Component {
  if (categoriesOf(component).join("\0") === categories.join("\0")) return component;
  if (categories.length === 0) return withProperties(component, "CATEGORIES", []);
  const line = writeProperty("CATEGORIES", categories.map(escapeText).join(","));
  return withProperties(component, "CATEGORIES", [line]);
}

function withVisibility(component: Component, visibility: CommonFields["visibility"]): Component {
  if (visibilityOf(component) === visibility) return component;
  return withValue(component, "CLASS", visibility === "public" ? undefined : visibility.toUpperCase());
}

function withNewAlarms(component: Component, alarms: readonly Alarm[]): Component {
  return withAlarms(component, alarms, textValueOf(component, "SUMMARY") ?? "");
}
