import type { CalendarTime } from "./calendar-time.ts";
import { withText } from "./calendar-value.ts";
import type { Component, Node } from "./component.ts";
import {
  componentsOf,
  propertiesOf,
  textOf,
  valueOf,
  withChildren,
  withComponents,
  withProperties,
  withValue,
} from "./component.ts";
import { stamped, withEventChanges } from "./event.ts";
import { newCalendar, zonesNamed } from "./keep-bytes.ts";
import { withMinutes } from "./minutes.ts";
import type { ParticipationStatus } from "./people.ts";
import { attendeesOf, foldAddress, withAttendees } from "./people.ts";
import type { CalendarObject } from "./series.ts";

/** Messages of RFC 5546 as e-mail carries them (RFC 6047), made here and read in `itip-received.ts`. Words of the e-mail are the sender's. */

export const itipMethods = [
  "REQUEST",
  "REPLY",
  "CANCEL",
  "COUNTER",
  "DECLINECOUNTER",
  "ADD",
  "REFRESH",
  "PUBLISH",
] as const;
export type ItipMethod = (typeof itipMethods)[number];

export interface ItipMessage {
  readonly method: ItipMethod;
  /** `Content-Type` of the part that holds it. */
  readonly contentType: string;
  readonly text: string;
}

function message(
  method: ItipMethod,
  components: readonly Component[],
  zones: readonly Component[],
): ItipMessage {
  const named = new Set(components.flatMap(zonesNamed));
  const used = zones.filter((each) => named.has(valueOf(each, "TZID") ?? ""));
  return {
    method,
    contentType: `text/calendar; charset=UTF-8; method=${method}`,
    text: textOf([newCalendar([...used, ...components], method)]),
  };
}

export function allComponents(object: CalendarObject): readonly Component[] {
  return object.master === undefined ? object.overrides : [object.master, ...object.overrides];
}

/** Reminders are one's own. */
export function withoutAlarms(component: Component): Component {
  return withComponents(component, "VALARM", []);
}

/** Reminders are one's own; minutes are for those who find the event in the workplace. */
function forMail(component: Component): Component {
  return withMinutes(withoutAlarms(component), undefined);
}

/** Invites to an object, or tells those who are invited already that it changed. @param zones its VTIMEZONE components */
export function requestMessage(object: CalendarObject, zones: readonly Component[] = []): ItipMessage {
  return message("REQUEST", allComponents(object).map(forMail), zones);
}

/** Calls off an object, or those of its times that are given as exceptions. */
export function cancelMessage(
  object: CalendarObject,
  nowMs: number,
  zones: readonly Component[] = [],
): ItipMessage {
  const called = allComponents(object).map((each) =>
    stamped(withValue(forMail(each), "STATUS", "CANCELLED"), nowMs, true),
  );
  return message("CANCEL", called, zones);
}

export interface Answer {
  /** Who answers. */
  readonly address: string;
  readonly status: ParticipationStatus;
  readonly comment?: string;
  readonly nowMs: number;
}

/** What names a component, for those who have it. */
const replyNames = new Set([
  "UID",
  "DTSTAMP",
  "SEQUENCE",
  "RECURRENCE-ID",
  "DTSTART",
  "DTEND",
  "DURATION",
  "DUE",
  "SUMMARY",
  "ORGANIZER",
  "ATTENDEE",
]);

/** Answers for the components given: the whole series, or exceptions alone. Undefined for somebody who is not invited. */
export function replyMessage(
  components: readonly Component[],
  answer: Answer,
  zones: readonly Component[] = [],
): ItipMessage | undefined {
  const replies = components.flatMap((each) => {
    const answered = answeredBy(each, answer.address, answer.status);
    if (answered === undefined) return [];
    return [withAnswer(onlyAttendee(bare(answered), answer.address), answer)];
  });
  return replies.length === 0 ? undefined : message("REPLY", replies, zones);
}

/** Proposes another time to the organizer. Undefined for somebody who is not invited. */
export function counterMessage(
  component: Component,
  proposed: { readonly start: CalendarTime; readonly end: CalendarTime },
  answer: Omit<Answer, "status">,
  zones: readonly Component[] = [],
): ItipMessage | undefined {
  const tentative = answeredBy(withoutAlarms(component), answer.address, "tentative");
  if (tentative === undefined) return undefined;
  return message("COUNTER", [withAnswer(withEventChanges(tentative, proposed), answer)], zones);
}

/** Tells somebody that the time stays as it is. */
export function declineCounterMessage(
  component: Component,
  address: string,
  nowMs: number,
  zones: readonly Component[] = [],
): ItipMessage {
  return message("DECLINECOUNTER", [stampedOnly(onlyAttendee(bare(component), address), nowMs)], zones);
}

function bare(component: Component): Component {
  return withChildren(
    component,
    component.children.filter((node) => node.kind === "property" && replyNames.has(node.name)),
  );
}

function onlyAttendee(component: Component, address: string): Component {
  const own = propertiesOf(component, "ATTENDEE").filter(
    ({ value }) => foldAddress(value) === foldAddress(address),
  );
  return withProperties(component, "ATTENDEE", own);
}

function withAnswer(component: Component, { comment, nowMs }: Pick<Answer, "comment" | "nowMs">): Component {
  return stampedOnly(comment === undefined ? component : withText(component, "COMMENT", comment), nowMs);
}

/** DTSTAMP alone: who answers does not revise (RFC 5546 section 2.1.4). */
function stampedOnly(component: Component, nowMs: number): Component {
  return withValue(component, "DTSTAMP", valueOf(stamped(component, nowMs, false), "DTSTAMP"));
}

/** The component with somebody's answer; undefined where they are not invited. */
export function answeredBy(
  component: Component,
  address: string,
  status: ParticipationStatus,
): Component | undefined {
  const attendees = attendeesOf(component);
  const at = attendees.findIndex((each) => foldAddress(each.address) === foldAddress(address));
  const own = attendees[at];
  if (own === undefined) return undefined;
  return withAttendees(component, attendees.with(at, { ...own, status, isAskedToAnswer: false }));
}

/** VTIMEZONE components of a calendar, for messages made of its objects. */
export function zoneComponentsOf(nodes: readonly Node[]): readonly Component[] {
  return componentsOf({ children: nodes }, "VCALENDAR").flatMap((each) => componentsOf(each, "VTIMEZONE"));
}
