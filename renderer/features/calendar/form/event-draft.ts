import type { CalendarId } from "#contract/ids.ts";
import type { CalendarTime } from "#contract/icalendar/calendar-time.ts";
import { DAY_MS, dayOf, isSameTime, localOf, wallMsOf } from "#contract/icalendar/calendar-time.ts";
import { textOf } from "#contract/icalendar/component.ts";
import type { CalendarEvent, EventChanges, NewComponent } from "#contract/icalendar/event.ts";
import { createEvent } from "#contract/icalendar/event.ts";
import { movedRule } from "#contract/icalendar/moved-rule.ts";
import { newCalendar } from "#contract/icalendar/keep-bytes.ts";
import type { ProgrammeReading } from "#contract/icalendar/programme.ts";
import type { Organizer } from "#contract/icalendar/people.ts";
import type { Recurrence } from "#contract/icalendar/recurrence-words.ts";
import { readRecurrence, writeRecurrence } from "#contract/icalendar/recurrence-words.ts";
import { dayNumberAt } from "#contract/icalendar/rule-calendar.ts";
import type { ZoneBook } from "#contract/icalendar/vtimezone.ts";
import { missingZones } from "#contract/icalendar/write-zone.ts";
import type { Zone } from "#contract/icalendar/zones.ts";
import { ianaZone, utcMsOf, utcZone, wallMsAt } from "#contract/icalendar/zones.ts";
import { keptAlarms, shownAlarms } from "./draft-alarms.ts";
import { keptProgramme } from "../programme-moves.ts";
import type { DraftAttendee, PersonOfAddress } from "./draft-people.ts";
import { draftAttendees, keptAttendees } from "./draft-people.ts";

/** An event as its form has it, while it is written. */
export interface EventDraft {
  readonly title: string;
  readonly isAllDay: boolean;
  /** Wall clock `2026-11-23T14:00:00`; of a whole day the day alone counts. */
  readonly startsAt: string;
  /** The same; of whole days the last one, as people say it. */
  readonly endsAt: string;
  /** IANA name; of start and end both. */
  readonly zone: string;
  /** `other`: a rule that the form cannot show. It is kept as it is. */
  readonly recurrence: Recurrence | null | "other";
  readonly place: string;
  /** Plain text. */
  readonly description: string;
  /** Where one joins by wire; empty: nowhere. */
  readonly url: string;
  readonly calendarId: CalendarId;
  readonly isBusy: boolean;
  readonly isPrivate: boolean;
  /** Minutes before the start; after it when negative (nine o'clock of a whole day: -540). */
  readonly alarms: readonly number[];
  readonly attendees: readonly DraftAttendee[];
  readonly categories: readonly string[];
  /** `unreadable`: there is one that this version does not understand; it is kept as it is. */
  readonly programme: ProgrammeReading;
}

export interface NewDraft {
  /** Wall clock, or a day. */
  readonly start: string;
  readonly end: string;
  readonly isAllDay: boolean;
  readonly zone: string;
  readonly calendarId: CalendarId;
}

export function newDraft({ start, end, isAllDay, zone, calendarId }: NewDraft): EventDraft {
  return {
    title: "",
    isAllDay,
    startsAt: wallOf(start),
    endsAt: wallOf(end),
    zone,
    recurrence: null,
    place: "",
    description: "",
    url: "",
    calendarId,
    isBusy: !isAllDay,
    isPrivate: false,
    alarms: [],
    attendees: [],
    categories: [],
    programme: [],
  };
}

function wallOf(text: string): string {
  return text.length === 10 ? `${text}T00:00:00` : `${text.slice(0, 16)}:00`;
}

/** Where an event stands that is changed. */
export interface DraftPlace {
  /** Of whoever looks, IANA name: floating times and whole days are theirs. */
  readonly zone: string;
  readonly calendarId: CalendarId;
  /** What zones the calendar explains itself; without, those of this machine are known. */
  readonly zones?: ZoneBook;
  readonly personOf?: PersonOfAddress;
  /** Who invites, once somebody is invited to what nobody invited to before. */
  readonly organizer?: Organizer;
}

const nobody: PersonOfAddress = () => undefined;

function zoneNamed(name: string, zones: ZoneBook = ianaZone): Zone {
  return zones(name) ?? ianaZone(name) ?? utcZone;
}

/** An event as the form shows it. What the form does not show is left out here and stays in the event. */
export function draftOf(event: CalendarEvent, place: DraftPlace): EventDraft {
  return {
    title: event.title,
    ...timesOf(event, place),
    recurrence: recurrenceOf(event, place),
    place: event.location ?? "",
    description: event.description ?? "",
    url: linkOf(event).address,
    calendarId: place.calendarId,
    isBusy: !event.isFree,
    isPrivate: event.visibility !== "public",
    alarms: shownAlarms(event.alarms),
    attendees: draftAttendees(event.attendees, event.organizer, place.personOf ?? nobody),
    categories: event.categories,
    programme: event.programme ?? [],
  };
}

type Times = Pick<EventDraft, "isAllDay" | "startsAt" | "endsAt" | "zone">;

function timesOf({ start, end }: CalendarEvent, { zone: viewer, zones }: DraftPlace): Times {
  const zone = start.kind === "zoned" ? start.zone : viewer;
  const startMs = wallMsOf(start);
  if (start.kind === "day") {
    const lastMs = Math.max(wallMsOf(end) - DAY_MS, startMs);
    return { isAllDay: true, startsAt: localOf(startMs), endsAt: localOf(lastMs), zone };
  }
  const isElsewhere = end.kind === "zoned" && end.zone !== zone;
  const endMs = isElsewhere
    ? wallMsAt(zoneNamed(zone, zones), utcMsOf(zoneNamed(end.zone, zones), wallMsOf(end)))
    : wallMsOf(end);
  return { isAllDay: false, startsAt: localOf(startMs), endsAt: localOf(endMs), zone };
}

function recurrenceOf(
  { rule, start }: Pick<CalendarEvent, "rule" | "start">,
  place: DraftPlace,
): EventDraft["recurrence"] {
  if (rule === undefined) return null;
  const name = start.kind === "zoned" ? start.zone : place.zone;
  return readRecurrence(rule, { start, zone: zoneNamed(name, place.zones) }) ?? "other";
}

/** Other programs write the link as URL alone: it is shown from there and goes back there. */
function linkOf({ conference, url }: CalendarEvent): { field: "conference" | "url"; address: string } {
  if (conference !== undefined) {
    return { field: "conference", address: isWebAddress(conference) ? conference : "" };
  }
  const isShown = url !== undefined && isWebAddress(url);
  return isShown ? { field: "url", address: url } : { field: "conference", address: "" };
}

/** `https://…` or `http://…` with a host. */
export function isWebAddress(text: string): boolean {
  const url = URL.parse(text.trim());
  return url !== null && /^https?:$/.test(url.protocol) && url.hostname !== "" && !/\s/.test(text.trim());
}

/** For `withEventChanges`: only what differs from the event as the form showed it, so that the rest stays as it came. */
export function changesOf(draft: EventDraft, event: CalendarEvent, place: DraftPlace): EventChanges {
  const before = draftOf(event, place);
  return {
    ...(draft.title === before.title ? {} : { title: draft.title.trim() }),
    ...timeChanges(draft, before, event, place),
    ...textChanges(draft, before, event),
    ...(draft.isBusy === before.isBusy ? {} : { isFree: !draft.isBusy }),
    ...(draft.isPrivate === before.isPrivate
      ? {}
      : { visibility: draft.isPrivate ? ("private" as const) : ("public" as const) }),
    ...(isSame(draft.alarms, before.alarms) ? {} : { alarms: keptAlarms(event.alarms, draft.alarms) }),
    ...guestChanges(draft, before, event, place),
    ...(isSame(draft.categories, before.categories) ? {} : { categories: [...draft.categories] }),
    ...(isSame(draft.programme, before.programme) ? {} : { programme: keptProgramme(draft.programme) }),
  };
}

/** The parts are plain data whose keys are always written in one order. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function timeChanges(
  draft: EventDraft,
  before: EventDraft,
  event: CalendarEvent,
  place: DraftPlace,
): EventChanges {
  const isMoved =
    draft.isAllDay !== before.isAllDay ||
    draft.zone !== before.zone ||
    draft.startsAt !== before.startsAt ||
    draft.endsAt !== before.endsAt;
  const isFloating = event.start.kind === "floating" && draft.zone === before.zone;
  const { start, end } = isMoved ? calendarTimesOf(draft, isFloating) : event;
  const isSameSpan = isSameTime(start, event.start) && isSameTime(end, event.end);
  return {
    // Both, for a series takes its length from them (`series-edit.ts`).
    ...(isSameSpan ? {} : { start, end }),
    ...ruleChange(draft, before, { event, start, place }),
  };
}

interface Moved {
  readonly event: CalendarEvent;
  readonly start: CalendarTime;
  readonly place: DraftPlace;
}

/** None where an edit of the series brings the rule there by itself: exceptions stay for a rule that is not given anew. */
function ruleChange(draft: EventDraft, before: EventDraft, moved: Moved): EventChanges {
  const { event, start, place } = moved;
  if (draft.recurrence === "other") return {};
  // The end of a rule is of the type of its start (RFC 5545 section 3.3.10), so that it changes with that.
  const isOtherKind = start.kind !== event.start.kind || draft.zone !== before.zone;
  const isEndRewritten = isOtherKind && hasLastDay(draft);
  if (isSame(draft.recurrence, followedRecurrence(moved)) && !isEndRewritten) return {};
  const isAsBefore = isSame(draft.recurrence, before.recurrence) && !isEndRewritten;
  return { rule: isAsBefore ? event.rule : ruleOf(draft, start, place) };
}

/** What `editSeries` makes of the rule when its start moves by days. */
function followedRecurrence({ event, start, place }: Moved): EventDraft["recurrence"] {
  const days = dayNumberAt(wallMsOf(start)) - dayNumberAt(wallMsOf(event.start));
  const rule = movedRule(event.rule, wallMsOf(event.start), days);
  return recurrenceOf({ rule, start }, place);
}

function hasLastDay({ recurrence }: EventDraft): boolean {
  return recurrence !== null && recurrence !== "other" && recurrence.end.kind === "until";
}

function ruleOf(
  { recurrence }: EventDraft,
  start: CalendarTime,
  { zone, zones }: Pick<DraftPlace, "zone" | "zones">,
): string | undefined {
  if (recurrence === null || recurrence === "other") return undefined;
  const name = start.kind === "zoned" ? start.zone : zone;
  return writeRecurrence(recurrence, { start, zone: zoneNamed(name, zones) });
}

/** As the calendar has them: the end is exclusive. */
function calendarTimesOf(
  { isAllDay, startsAt, endsAt, zone }: Times,
  isFloating = false,
): { start: CalendarTime; end: CalendarTime } {
  if (isAllDay) {
    const endMs = wallMsOf({ kind: "day", day: endsAt.slice(0, 10) }) + DAY_MS;
    return { start: { kind: "day", day: startsAt.slice(0, 10) }, end: { kind: "day", day: dayOf(endMs) } };
  }
  if (isFloating)
    return { start: { kind: "floating", local: startsAt }, end: { kind: "floating", local: endsAt } };
  return { start: { kind: "zoned", local: startsAt, zone }, end: { kind: "zoned", local: endsAt, zone } };
}

function orNone(text: string): string | undefined {
  return text.trim() === "" ? undefined : text.trim();
}

function textChanges(draft: EventDraft, before: EventDraft, event: CalendarEvent): EventChanges {
  return {
    ...(draft.place === before.place ? {} : { location: orNone(draft.place) }),
    ...(draft.description === before.description ? {} : { description: orNone(draft.description) }),
    ...(draft.url === before.url ? {} : { [linkOf(event).field]: orNone(draft.url) }),
  };
}

function guestChanges(
  draft: EventDraft,
  before: EventDraft,
  event: CalendarEvent,
  place: DraftPlace,
): EventChanges {
  if (isSame(draft.attendees, before.attendees)) return {};
  const organizer = event.organizer ?? (draft.attendees.length === 0 ? undefined : place.organizer);
  const isNew = event.organizer === undefined && organizer !== undefined;
  return {
    attendees: keptAttendees(event.attendees, organizer, draft.attendees),
    ...(isNew ? { organizer } : {}),
  };
}

export interface NewObject extends NewComponent {
  /** Who invites: written once there are guests (RFC 5545 section 3.8.4.3). */
  readonly organizer?: Organizer;
  /** Of the calendar of which the draft was copied, where there is one. */
  readonly zones?: ZoneBook;
}

/** A zone that only another calendar explains is not written: times are moments then. */
function inKnownZone(draft: EventDraft, zones: ZoneBook | undefined): EventDraft {
  if (draft.isAllDay || ianaZone(draft.zone) !== undefined) return draft;
  const zone = zoneNamed(draft.zone, zones);
  const inUtc = (wall: string) => localOf(utcMsOf(zone, wallMsOf({ kind: "floating", local: wall })));
  return { ...draft, zone: "UTC", startsAt: inUtc(draft.startsAt), endsAt: inUtc(draft.endsAt) };
}

/** VCALENDAR text of a new object with the zones that it names: an object resource of RFC 4791 section 4.1. */
export function objectTextOf(written: EventDraft, { uid, nowMs, organizer, zones }: NewObject): string {
  const draft = inKnownZone(written, zones);
  const { start, end } = calendarTimesOf(draft);
  const guests = keptAttendees([], organizer, draft.attendees);
  const component = createEvent(
    { uid, nowMs },
    {
      title: draft.title.trim(),
      start,
      end,
      rule: ruleOf(draft, start, { zone: draft.zone }),
      location: orNone(draft.place),
      description: orNone(draft.description),
      conference: orNone(draft.url),
      isFree: !draft.isBusy,
      visibility: draft.isPrivate ? "private" : "public",
      categories: [...draft.categories],
      programme: keptProgramme(draft.programme),
      attendees: guests,
      ...(guests.length > 0 && organizer !== undefined ? { organizer } : {}),
      alarms: keptAlarms([], draft.alarms),
    },
  );
  const startMs = utcMsOf(zoneNamed(draft.zone), wallMsOf(start));
  return textOf([newCalendar([...missingZones([component], [], startMs), component])]);
}
