import { withAlarms } from "./alarms.ts";
import { parseWall } from "./calendar-time.ts";
import type { Component } from "./component.ts";
import {
  componentsOf,
  propertiesOf,
  textOf,
  withComponents,
  withProperties,
  withValue,
} from "./component.ts";
import { parameterOf, parametersFrom, writeProperty, type Property } from "./content-line.ts";
import { readEvent, sequenceOf, stamped, utcStamp } from "./event.ts";
import { instanceKey, instancesOf } from "./expand.ts";
import { allComponents, answeredBy, withoutAlarms } from "./itip.ts";
import { withObject } from "./keep-bytes.ts";
import { parseCalendarText, type ParsedCalendar } from "./parse-calendar.ts";
import { attendeesOf, foldAddress, withAttendees, type Attendee } from "./people.ts";
import { readSeries, type CalendarObject } from "./series.ts";
import { asException } from "./series-parts.ts";
import { escapeText, unescapeText } from "./text-value.ts";
import { ianaZone, utcZone } from "./zones.ts";

/**
 * Scheduling of RFC 6638, as texts: the organizer's object is the one that counts, everybody invited has a copy that
 * follows it with reminders of their own. Pure; undefined where a text cannot be read.
 */

export const answerStatuses = ["accepted", "tentative", "declined"] as const;
export type AnswerStatus = (typeof answerStatuses)[number];

/** One time of a series, as a view shows it. */
export interface AnsweredTime {
  /** `instanceKey` */
  readonly instance: string;
  readonly startMs: number;
}

export interface GivenAnswer {
  /** Of their ATTENDEE line, in any spelling. */
  readonly address: string;
  readonly status: AnswerStatus;
  readonly comment?: string | undefined;
  /** Another time that would suit them; moments. */
  readonly proposal?: { readonly startMs: number; readonly endMs: number } | undefined;
  /** Absent: all of it. */
  readonly time?: AnsweredTime | undefined;
  readonly nowMs: number;
}

/** What somebody said beside their answer. */
export interface AnswerNote {
  /** Folded. */
  readonly address: string;
  readonly comment: string | undefined;
  readonly proposal: { readonly startMs: number; readonly endMs: number } | undefined;
}

/** As calendar servers keep what was said with an answer on the organizer's object. */
const COMMENT = "X-CALENDARSERVER-ATTENDEE-COMMENT";
const COMMENT_OF = "X-CALENDARSERVER-ATTENDEE-REF";
const COMMENT_AT = "X-CALENDARSERVER-DTSTAMP";
const PROPOSAL = "X-PARVIS-PROPOSAL";
const PROPOSAL_OF = "X-PARVIS-ATTENDEE";
const MOST_COMMENT = 1000;

interface Opened {
  readonly calendar: ParsedCalendar;
  readonly object: CalendarObject & { readonly uid: string };
}

function open(data: string): Opened | undefined {
  const parsed = parseCalendarText(data);
  const [object] = parsed.ok ? parsed.calendar.objects : [];
  return parsed.ok && object !== undefined ? { calendar: parsed.calendar, object } : undefined;
}

function written({ calendar, object }: Opened, components: readonly Component[]): string {
  return textOf(withObject(calendar.nodes, object.kind, object.uid, components));
}

/** With somebody's answer; undefined for somebody who is not invited, or of a time that the series does not have. */
export function answeredText(data: string, answer: GivenAnswer): string | undefined {
  const opened = open(data);
  if (opened === undefined) return undefined;
  const components = allComponents(opened.object);
  if (answer.time !== undefined && opened.object.master !== undefined) {
    const exception = exceptionAt(opened, answer.time);
    const answered = exception === undefined ? undefined : withAnswer(exception, answer);
    if (answered === undefined) return undefined;
    const others = components.filter((each) => originalOf(each) !== originalOf(answered));
    return written(opened, [...others, answered]);
  }
  let isInvited = false;
  const answered = components.map((each) => {
    const own = withAnswer(each, answer);
    isInvited ||= own !== undefined;
    return own ?? each;
  });
  return isInvited ? written(opened, answered) : undefined;
}

const NEAR_MS = 2 * 86_400_000;

function exceptionAt({ calendar, object }: Opened, time: AnsweredTime): Component | undefined {
  const series = readSeries(object, { zone: ianaZone("UTC") ?? utcZone, zones: calendar.zones });
  const range = { fromMs: time.startMs - NEAR_MS, toMs: time.startMs + NEAR_MS };
  for (const instance of instancesOf(series, range)) {
    if (instanceKey(series, instance) !== time.instance) continue;
    return instance.isException ? instance.component : asException(series, instance);
  }
  return undefined;
}

function withAnswer(component: Component, answer: GivenAnswer): Component | undefined {
  const answered = answeredBy(component, answer.address, answer.status);
  if (answered === undefined) return undefined;
  const address = foldAddress(answer.address);
  const comment = answer.comment?.trim().slice(0, MOST_COMMENT) ?? "";
  const { proposal } = answer;
  const lines = {
    [COMMENT]:
      comment === ""
        ? undefined
        : writeProperty(
            COMMENT,
            escapeText(comment),
            parametersFrom({ [COMMENT_OF]: address, [COMMENT_AT]: utcStamp(answer.nowMs) }),
          ),
    [PROPOSAL]:
      proposal === undefined
        ? undefined
        : writeProperty(
            PROPOSAL,
            `${utcStamp(proposal.startMs)}/${utcStamp(proposal.endMs)}`,
            parametersFrom({ VALUE: "PERIOD", [PROPOSAL_OF]: address }),
          ),
  };
  return withNote(withNote(answered, COMMENT, { address, line: lines[COMMENT] }), PROPOSAL, {
    address,
    line: lines[PROPOSAL],
  });
}

function withNote(
  component: Component,
  name: typeof COMMENT | typeof PROPOSAL,
  { address, line }: { address: string; line: Property | undefined },
): Component {
  const former = propertiesOf(component, name);
  const others = former.filter((each) => noteAddress(each) !== address);
  if (line === undefined && others.length === former.length) return component;
  return withProperties(component, name, line === undefined ? others : [...others, line]);
}

function noteAddress(property: Property): string {
  return foldAddress(parameterOf(property, property.name === COMMENT ? COMMENT_OF : PROPOSAL_OF) ?? "");
}

/** What was said with the answers of a component. */
export function answerNotesOf(component: Component): readonly AnswerNote[] {
  const notes = new Map<string, AnswerNote>();
  const of = (address: string) => notes.get(address) ?? { address, comment: undefined, proposal: undefined };
  for (const line of propertiesOf(component, COMMENT)) {
    const address = noteAddress(line);
    notes.set(address, { ...of(address), comment: unescapeText(line.value).slice(0, MOST_COMMENT) });
  }
  for (const line of propertiesOf(component, PROPOSAL)) {
    const address = noteAddress(line);
    const [start, end] = line.value.split("/").map((part) => parseWall(part));
    if (start === undefined || end === undefined || end.wallMs <= start.wallMs) continue;
    notes.set(address, { ...of(address), proposal: { startMs: start.wallMs, endMs: end.wallMs } });
  }
  return [...notes.values()];
}

export interface Revised {
  readonly data: string;
  /** Time or rule changed: whoever is invited is asked anew (RFC 6638 section 3.2.8). */
  readonly isRescheduled: boolean;
}

/**
 * What the organizer wrote, with the answers that are known: an edit of an older text takes none back, another time asks
 * anew.
 *
 * @param isOurs of whose answers the server knows (folded address); those of others are the organizer's to write
 */
export function revisedText(
  former: string | undefined,
  next: string,
  isOurs: (address: string) => boolean,
): Revised | undefined {
  const opened = open(next);
  if (opened === undefined) return undefined;
  const before = former === undefined ? undefined : open(former)?.object;
  let isRescheduled = false;
  let hasChanged = false;
  const components = allComponents(opened.object).map((each) => {
    const twin = twinOf(before, each);
    const isMoved = before !== undefined && isOtherTime(each, twin);
    isRescheduled ||= isMoved;
    const revised = withKnownAnswers(each, twin, { isMoved, isOurs });
    hasChanged ||= revised !== each;
    return revised;
  });
  return { data: hasChanged ? written(opened, components) : next, isRescheduled };
}

function originalOf(component: Component): string {
  return propertiesOf(component, "RECURRENCE-ID")[0]?.value.trim() ?? "";
}

/** The same time before; of an exception that is new, the series. */
function twinOf(before: CalendarObject | undefined, component: Component): Component | undefined {
  if (before === undefined) return undefined;
  const original = originalOf(component);
  if (original === "") return before.master;
  return before.overrides.find((each) => originalOf(each) === original) ?? before.master;
}

const timeNames = ["DTSTART", "DTEND", "DURATION", "RRULE", "RDATE"];

function isOtherTime(component: Component, twin: Component | undefined): boolean {
  if (twin === undefined) return true;
  // An exception that is new stands where the series has it, or has been moved.
  if (originalOf(component) !== originalOf(twin))
    return timeText(component, "DTSTART") !== originalTime(component);
  return timeNames.some((name) => timeText(component, name) !== timeText(twin, name));
}

function timeText(component: Component, name: string): string {
  return propertiesOf(component, name).map(zonedText).join();
}

function originalTime(component: Component): string {
  return propertiesOf(component, "RECURRENCE-ID").map(zonedText).join();
}

function zonedText(property: Property): string {
  return `${parameterOf(property, "TZID") ?? ""}:${property.value.trim()}`;
}

const unanswered = { status: "needs-action", isAskedToAnswer: true } as const;

function withKnownAnswers(
  component: Component,
  twin: Component | undefined,
  { isMoved, isOurs }: { isMoved: boolean; isOurs: (address: string) => boolean },
): Component {
  const organizer = propertiesOf(component, "ORGANIZER")[0]?.value ?? "";
  const known = new Map(
    (twin === undefined ? [] : attendeesOf(twin)).map((each) => [foldAddress(each.address), each]),
  );
  const answerOf = (each: Attendee): Pick<Attendee, "status" | "isAskedToAnswer"> => {
    const address = foldAddress(each.address);
    if (address === foldAddress(organizer)) return each;
    if (isMoved) return unanswered;
    return isOurs(address) ? (known.get(address) ?? unanswered) : each;
  };
  const attendees: Attendee[] = [];
  for (const each of attendeesOf(component)) {
    const { status, isAskedToAnswer } = answerOf(each);
    attendees.push({ ...each, status, isAskedToAnswer });
  }
  const answered = withAttendees(component, attendees);
  let noted = isSameLines(answered, component, "ATTENDEE") ? component : answered;
  for (const name of [COMMENT, PROPOSAL]) {
    const ours =
      twin === undefined ? [] : propertiesOf(twin, name).filter((line) => isOurs(noteAddress(line)));
    const others = propertiesOf(component, name).filter((line) => !isOurs(noteAddress(line)));
    const kept = (isMoved ? [] : [...ours, ...others]).filter((line) =>
      attendees.some((each) => foldAddress(each.address) === noteAddress(line)),
    );
    if (textOf(kept) !== textOf(propertiesOf(noted, name))) noted = withProperties(noted, name, kept);
  }
  return noted;
}

function isSameLines(one: Component, other: Component, name: string): boolean {
  return textOf(propertiesOf(one, name)) === textOf(propertiesOf(other, name));
}

/** A quarter of an hour before, for those who have chosen nothing yet. */
const FIRST_ALARM_MS = -15 * 60_000;

/** An invited person's copy of the organizer's text: reminders are their own. @param own what stood there before */
export function copyText(organizerData: string, own: string | undefined): string | undefined {
  const opened = open(organizerData);
  if (opened === undefined) return undefined;
  const before = own === undefined ? undefined : open(own)?.object;
  const components = allComponents(opened.object).map((each) => {
    if (before === undefined) return withFirstAlarm(withoutAlarms(each));
    const twin = twinOf(before, each);
    return withComponents(each, "VALARM", twin === undefined ? [] : componentsOf(twin, "VALARM"));
  });
  return written(opened, components);
}

function withFirstAlarm(component: Component): Component {
  const event = readEvent(component);
  if (event === undefined || event.start.kind === "day") return component;
  const trigger = { kind: "relative", to: "start", days: 0, exactMs: FIRST_ALARM_MS } as const;
  return withAlarms(component, [{ action: "display", trigger }], event.title);
}

/** A copy of what was called off. */
export function calledOffText(copy: string, nowMs: number): string | undefined {
  const opened = open(copy);
  if (opened === undefined) return undefined;
  const components = allComponents(opened.object).map((each) =>
    stamped(withValue(each, "STATUS", "CANCELLED"), nowMs, true),
  );
  return written(opened, components);
}

/** What somebody answered in a text that they wrote themselves (a CalDAV client); undefined where it is not one of ours. */
export function ownAnswer(data: string, address: string): Attendee["status"] | undefined {
  const object = open(data)?.object;
  const component = object === undefined ? undefined : allComponents(object)[0];
  if (component === undefined) return undefined;
  const own = foldAddress(address);
  return attendeesOf(component).find((each) => foldAddress(each.address) === own)?.status;
}

/** Of the revision of which it is (RFC 5546 section 2.1.4). */
export function sequenceOfText(data: string): number {
  const object = open(data)?.object;
  return object === undefined ? 0 : Math.max(0, ...allComponents(object).map(sequenceOf));
}

/** Those whom their own program tells (SCHEDULE-AGENT of RFC 6638 section 7.1), folded. */
export function toldByOthers(data: string): ReadonlySet<string> {
  const object = open(data)?.object;
  const lines = (object === undefined ? [] : allComponents(object)).flatMap((each) =>
    propertiesOf(each, "ATTENDEE"),
  );
  const told = lines.filter((line) => {
    const agent = parameterOf(line, "SCHEDULE-AGENT")?.toUpperCase();
    return agent === "CLIENT" || agent === "NONE";
  });
  return new Set(told.map(({ value }) => foldAddress(value)));
}
