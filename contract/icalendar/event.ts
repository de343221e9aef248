import { z } from "zod";
import { calendarTimeSchema } from "./calendar-time.ts";
import type { CalendarTime } from "./calendar-time.ts";
import { integerOf, textValueOf, timeOf } from "./calendar-value.ts";
import type { Changes } from "./common-fields.ts";
import {
  clip,
  commonFieldsSchema,
  commonListsOf,
  commonTextsOf,
  withCommonChanges,
} from "./common-fields.ts";
import type { Component } from "./component.ts";
import { newComponent, propertiesOf, propertyOf, valueOf, withProperties, withValue } from "./component.ts";
import { writeProperty } from "./content-line.ts";
import { parametersFrom } from "./content-line.ts";
import { minutesOf, withMinutes } from "./minutes.ts";
import { programmeOf, programmeReadingSchema, withProgramme } from "./programme.ts";
import { endOf, withSpan } from "./spans.ts";
import { escapeText } from "./text-value.ts";

/** A VEVENT as the interface has it. */
export const eventSchema = z.looseObject({
  ...commonFieldsSchema.shape,
  start: calendarTimeSchema,
  /** Exclusive: an event of the 23rd alone ends on day 24. */
  end: calendarTimeSchema,
  /** Where one joins by wire (CONFERENCE of RFC 7986, and what others write instead). */
  conference: z.string().max(4000).optional(),
  /** TRANSP: it does not make anybody busy. */
  isFree: z.boolean(),
  status: z.enum(["tentative", "confirmed", "cancelled"]).optional(),
  programme: programmeReadingSchema.optional(),
  /** Markdown; of one time of a series alone (`series-parts.ts`). */
  minutes: z.string().optional(),
});
export type CalendarEvent = z.infer<typeof eventSchema>;
export type EventChanges = Changes<CalendarEvent>;

const conferenceNames = ["X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-ZOOM-MEETING-URL"];

/** Undefined where it has no readable start. */
export function readEvent(component: Component): CalendarEvent | undefined {
  const start = timeOf(propertyOf(component, "DTSTART"));
  if (start === undefined) return undefined;
  return {
    ...commonTextsOf(component),
    ...commonListsOf(component),
    start,
    end: endOf(component, "DTEND") ?? start,
    conference: conferenceOf(component),
    isFree: valueOf(component, "TRANSP")?.trim().toUpperCase() === "TRANSPARENT",
    status: statusOf(component),
    programme: programmeOf(component),
    minutes: minutesOf(component),
  };
}

/** The way into a meeting by wire, as any of the properties in use has it. */
export function conferenceOf(component: Component): string | undefined {
  const all = [
    ...propertiesOf(component, "CONFERENCE"),
    ...conferenceNames.flatMap((name) => propertiesOf(component, name)),
  ];
  return all.map(({ value }) => clip(value.trim(), 4000)).find((value) => value !== undefined);
}

function statusOf(component: Component): CalendarEvent["status"] {
  const written = valueOf(component, "STATUS")?.trim().toLowerCase();
  return (["tentative", "confirmed", "cancelled"] as const).find((each) => each === written);
}

/** Writes what the changes name and nothing else: every other line stays as it came. */
export function withEventChanges(component: Component, changes: EventChanges): Component {
  let edited = withCommonChanges(component, changes);
  if (changes.start !== undefined || changes.end !== undefined) edited = withEventSpan(edited, changes);
  if ("conference" in changes && changes.conference !== conferenceOf(component)) {
    edited = withConference(edited, changes.conference);
  }
  const wasFree = valueOf(component, "TRANSP")?.trim().toUpperCase() === "TRANSPARENT";
  if (changes.isFree !== undefined && changes.isFree !== wasFree) {
    edited = withValue(edited, "TRANSP", changes.isFree ? "TRANSPARENT" : "OPAQUE");
  }
  if ("status" in changes && changes.status !== statusOf(component)) {
    edited = withValue(edited, "STATUS", changes.status?.toUpperCase());
  }
  if ("programme" in changes) edited = withProgramme(edited, changes.programme);
  if ("minutes" in changes) edited = withMinutes(edited, changes.minutes);
  return edited;
}

function withEventSpan(component: Component, changes: EventChanges): Component {
  const start = changes.start ?? timeOf(propertyOf(component, "DTSTART"));
  const end = changes.end ?? endOf(component, "DTEND");
  return withSpan(component, "DTEND", { start, end });
}

function withConference(component: Component, address: string | undefined): Component {
  let edited = component;
  for (const name of conferenceNames) edited = withProperties(edited, name, []);
  const parameters = parametersFrom({ VALUE: "URI", FEATURE: ["AUDIO", "VIDEO"] });
  const lines = address === undefined ? [] : [writeProperty("CONFERENCE", address, parameters)];
  return withProperties(edited, "CONFERENCE", lines);
}

export interface NewComponent {
  readonly uid: string;
  /** The clock. */
  readonly nowMs: number;
}

/** A VEVENT from nothing. */
export function createEvent(
  { uid, nowMs }: NewComponent,
  event: EventChanges & { readonly title: string; readonly start: CalendarTime; readonly end: CalendarTime },
): Component {
  return withEventChanges(emptyComponent("VEVENT", { uid, nowMs }), event);
}

/** Begun with what RFC 5545 asks of every one. */
export function emptyComponent(name: "VEVENT" | "VTODO", { uid, nowMs }: NewComponent): Component {
  const stamp = utcStamp(nowMs);
  return newComponent(name, [
    writeProperty("UID", escapeText(uid)),
    writeProperty("DTSTAMP", stamp),
    writeProperty("CREATED", stamp),
    writeProperty("LAST-MODIFIED", stamp),
    writeProperty("SEQUENCE", "0"),
  ]);
}

export function utcStamp(utcMs: number): string {
  return `${new Date(Math.floor(utcMs / 1000) * 1000).toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
}

/**
 * Marks an edit. `isSignificant`: time, place or rule changed, so that invited people are asked anew (RFC 5546 section
 * 2.1.4).
 */
export function stamped(component: Component, nowMs: number, isSignificant: boolean): Component {
  const stamp = utcStamp(nowMs);
  const dated = withValue(withValue(component, "DTSTAMP", stamp), "LAST-MODIFIED", stamp);
  if (!isSignificant) return dated;
  return withValue(dated, "SEQUENCE", String(Math.max(0, sequenceOf(component)) + 1));
}

export function sequenceOf(component: Component): number {
  return integerOf(component, "SEQUENCE") ?? 0;
}

export function uidOf(component: Component): string | undefined {
  const uid = textValueOf(component, "UID")?.trim();
  return uid === "" ? undefined : uid;
}
