import type { CalendarTime } from "./calendar-time.ts";
import { timeOf } from "./calendar-value.ts";
import type { Component } from "./component.ts";
import { componentsOf, propertyOf, valueOf, withComponents, withValue } from "./component.ts";
import { sequenceOf } from "./event.ts";
import type { ItipMethod } from "./itip.ts";
import { allComponents, answeredBy, itipMethods, withoutAlarms } from "./itip.ts";
import type { ParsedCalendar } from "./parse-calendar.ts";
import type { ParticipationStatus } from "./people.ts";
import { attendeesOf } from "./people.ts";
import type { CalendarObject } from "./series.ts";
import { unescapeText } from "./text-value.ts";

/** What messages of RFC 5546 say, and what becomes of an object by them. */

export function methodOf({ method }: Pick<ParsedCalendar, "method">): ItipMethod | undefined {
  return itipMethods.find((each) => each === method);
}

export interface ReadAnswer {
  readonly address: string;
  readonly name: string | undefined;
  readonly status: ParticipationStatus;
  readonly comment: string | undefined;
  /** The time of a series that it is about; undefined: all of it. */
  readonly original: CalendarTime | undefined;
  /** Of a COUNTER. */
  readonly proposed: { readonly start: CalendarTime | undefined; readonly end: CalendarTime | undefined };
  /** Of the revision that was answered. */
  readonly sequence: number;
}

/** What a REPLY or COUNTER says: one answer a component, of the one attendee that it may name. */
export function answersOf(object: CalendarObject): readonly ReadAnswer[] {
  return allComponents(object).flatMap((component) => {
    const [attendee, ...others] = attendeesOf(component);
    // A counter names everybody: whoever sent it is known by the e-mail alone.
    if (attendee === undefined || others.length > 0) return [];
    const comment = propertyOf(component, "COMMENT");
    return [
      {
        address: attendee.address,
        name: attendee.name,
        status: attendee.status,
        comment: comment === undefined ? undefined : unescapeText(comment.value).slice(0, 10_000),
        original: timeOf(propertyOf(component, "RECURRENCE-ID")),
        proposed: {
          start: timeOf(propertyOf(component, "DTSTART")),
          end: timeOf(propertyOf(component, "DTEND")),
        },
        sequence: sequenceOf(component),
      },
    ];
  });
}

export type Applied = "applied" | "outdated" | "unknownAttendee" | "unknownTime";

/**
 * The organizer's object with an answer that came. An answer to one time needs an exception for it: `exceptionFor` makes it
 * (`series-edit.ts`), where the series has that time.
 */
export function applyReply(
  object: CalendarObject,
  answer: ReadAnswer,
  exceptionFor: (original: CalendarTime) => Component | undefined,
): { readonly object: CalendarObject; readonly result: Applied } {
  const target = answer.original === undefined ? object.master : exceptionFor(answer.original);
  if (target === undefined) return { object, result: "unknownTime" };
  if (answer.sequence < sequenceOf(target)) return { object, result: "outdated" };
  const answered = answeredBy(target, answer.address, answer.status);
  if (answered === undefined) return { object, result: "unknownAttendee" };
  if (answer.original === undefined) return { object: { ...object, master: answered }, result: "applied" };
  const id = originalKey(answered);
  const others = object.overrides.filter((each) => originalKey(each) !== id);
  return { object: { ...object, overrides: [...others, answered] }, result: "applied" };
}

function originalKey(component: Component): string {
  return JSON.stringify(timeOf(propertyOf(component, "RECURRENCE-ID")) ?? "");
}

/**
 * An invited person's object after a REQUEST or CANCEL from the organizer: a newer revision replaces, with their own
 * reminders kept. The series replaces its exceptions too; an exception alone is put beside the others.
 */
export function applyFromOrganizer(
  existing: CalendarObject | undefined,
  incoming: CalendarObject,
  method: "REQUEST" | "CANCEL",
): { readonly object: CalendarObject | undefined; readonly result: Applied } {
  if (existing === undefined) {
    const object = method === "CANCEL" ? undefined : incoming;
    return { object, result: object === undefined ? "unknownTime" : "applied" };
  }
  const received = method === "CANCEL" ? cancelledBy(existing, incoming) : incoming;
  const { master } = received;
  if (master !== undefined) {
    if (isOlder(master, existing.master)) return { object: existing, result: "outdated" };
    return { object: { ...received, master: withOwn(master, existing.master) }, result: "applied" };
  }
  let { overrides } = existing;
  let hasNew = false;
  for (const each of received.overrides) {
    const former = overrides.find((other) => originalKey(other) === originalKey(each));
    if (isOlder(each, former)) continue;
    hasNew = true;
    overrides = [...overrides.filter((other) => other !== former), withOwn(each, former ?? existing.master)];
  }
  return { object: { ...existing, overrides }, result: hasNew ? "applied" : "outdated" };
}

/** A cancellation may name no more than the UID: what is known of the object stays. */
function cancelledBy(existing: CalendarObject, incoming: CalendarObject): CalendarObject {
  const { master } = incoming;
  if (master === undefined) {
    const overrides = incoming.overrides.map((each) => {
      const former = existing.overrides.find((other) => originalKey(other) === originalKey(each));
      return former === undefined ? call(each, each) : withStampOf(call(former, each), each);
    });
    return { ...incoming, overrides };
  }
  return {
    ...incoming,
    master: withStampOf(call(existing.master ?? master, master), master),
    overrides: existing.overrides.map((each) => call(each, master)),
  };
}

function call(component: Component, by: Component): Component {
  return withValue(withValue(component, "STATUS", "CANCELLED"), "SEQUENCE", String(sequenceOf(by)));
}

function withStampOf(component: Component, from: Component): Component {
  return withValue(component, "DTSTAMP", valueOf(from, "DTSTAMP"));
}

/** RFC 5546 section 2.1.5: by SEQUENCE, then by DTSTAMP. */
function isOlder(component: Component, than: Component | undefined): boolean {
  if (than === undefined) return false;
  const difference = sequenceOf(component) - sequenceOf(than);
  if (difference !== 0) return difference < 0;
  return stampOf(component) < stampOf(than);
}

function stampOf(component: Component): string {
  return valueOf(component, "DTSTAMP")?.trim() ?? "";
}

function withOwn(component: Component, former: Component | undefined): Component {
  if (former === undefined) return withoutAlarms(component);
  return withComponents(component, "VALARM", componentsOf(former, "VALARM"));
}
