import type { Alarm } from "#contract/icalendar/alarms.ts";
import { dayOf, localOf, wallMsOf, type CalendarTime } from "#contract/icalendar/calendar-time.ts";
import { textOf } from "#contract/icalendar/component.ts";
import { createEvent, type CalendarEvent, type EventChanges } from "#contract/icalendar/event.ts";
import { readRecurrence, writeRecurrence, type Recurrence } from "#contract/icalendar/recurrence-words.ts";
import { ianaZone, utcMsOf, utcZone, wallMsAt } from "#contract/icalendar/zones.ts";
import type { CalendarId } from "#contract/ids.ts";
import { ownCalendar } from "#renderer/parts/event-edits.ts";

/** An event as the form has it. Times are wall clocks in `zone`. */
export interface EventDraft {
  title: string;
  isAllDay: boolean;
  /** `2026-11-23`, and the last day as people say it: of one day the same. */
  startDay: string;
  endDay: string;
  /** `14:00`; kept while the event is of whole days. */
  startClock: string;
  endClock: string;
  /** IANA name, or one that only the calendar explains. */
  zone: string;
  /** `special`: a rule that the form cannot show; it is kept as it is. */
  recurrence: Recurrence | "special" | null;
  location: string;
  conference: string;
  description: string;
  isFree: boolean;
  isPrivate: boolean;
  /** Minutes before the start. */
  alarms: readonly number[];
  calendarId: CalendarId | null;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export function newDraft(
  {
    startMs,
    endMs,
    isAllDay,
    calendarId,
  }: { startMs: number; endMs: number; isAllDay: boolean; calendarId: CalendarId | null },
  zone: string,
): EventDraft {
  const at = (ms: number) => localOf(wallMsAt(ianaZone(zone) ?? utcZone, ms));
  const [start, end] = [at(startMs), at(isAllDay ? endMs - DAY_MS : endMs)];
  return {
    title: "",
    isAllDay,
    startDay: start.slice(0, 10),
    endDay: end.slice(0, 10),
    startClock: isAllDay ? "09:00" : start.slice(11, 16),
    endClock: isAllDay ? "10:00" : end.slice(11, 16),
    zone,
    recurrence: null,
    location: "",
    conference: "",
    description: "",
    isFree: false,
    isPrivate: false,
    alarms: isAllDay ? [] : [15],
    calendarId,
  };
}

/** @param here IANA name of where the reader is, for floating times and what begins to have times */
export function draftOf(event: CalendarEvent, calendarId: CalendarId, here: string): EventDraft {
  const isAllDay = event.start.kind === "day";
  const [startMs, endMs] = [wallMsOf(event.start), wallMsOf(event.end)];
  const lastMs = isAllDay ? Math.max(startMs, endMs - DAY_MS) : endMs;
  const zone = event.start.kind === "zoned" ? event.start.zone : here;
  return {
    title: event.title,
    isAllDay,
    startDay: dayOf(startMs),
    endDay: dayOf(lastMs),
    startClock: isAllDay ? "09:00" : localOf(startMs).slice(11, 16),
    endClock: isAllDay ? "10:00" : localOf(lastMs).slice(11, 16),
    zone,
    recurrence: recurrenceOf(event, zone),
    location: event.location ?? "",
    conference: event.conference ?? "",
    description: event.description ?? "",
    isFree: event.isFree,
    isPrivate: event.visibility !== "public",
    alarms: event.alarms.flatMap((alarm) => minutesOf(alarm) ?? []),
    calendarId,
  };
}

function recurrenceOf({ rule, start }: CalendarEvent, zone: string): EventDraft["recurrence"] {
  if (rule === undefined) return null;
  return readRecurrence(rule, { start, zone: ianaZone(zone) ?? utcZone }) ?? "special";
}

function minutesOf({ action, trigger }: Alarm): number | undefined {
  const isOurs = action === "display" && trigger.kind === "relative" && trigger.to === "start";
  if (!isOurs) return undefined;
  const minutes = -(trigger.days * 1440 + trigger.exactMs / 60_000);
  return Number.isInteger(minutes) && minutes >= 0 ? minutes : undefined;
}

export type DraftProblem =
  | "noTitle"
  | "noStart"
  | "noEnd"
  | "endBeforeStart"
  | "badAddress"
  | "noDays"
  | "noCalendar";

/** What keeps it from being saved, by the field. */
export function problemsOf(draft: EventDraft): readonly DraftProblem[] {
  const problems: DraftProblem[] = [];
  if (draft.title.trim() === "") problems.push("noTitle");
  const [start, end] = [startOf(draft), endOf(draft)];
  if (start === undefined) problems.push("noStart");
  if (end === undefined) problems.push("noEnd");
  if (start !== undefined && end !== undefined && wallMsOf(end) < wallMsOf(start))
    problems.push("endBeforeStart");
  if (draft.conference.trim() !== "" && !isWebAddress(draft.conference)) problems.push("badAddress");
  const { recurrence } = draft;
  if (recurrence !== null && recurrence !== "special" && recurrence.end.kind === "until")
    if (recurrence.end.day < draft.startDay) problems.push("noDays");
  if (draft.calendarId === null) problems.push("noCalendar");
  return problems;
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text.trim()) && /^https?:\/\//i.test(text.trim());
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(Date.parse(text));
}

function isClock(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

function startOf({ isAllDay, startDay, startClock, zone }: EventDraft): CalendarTime | undefined {
  if (!isDay(startDay)) return undefined;
  if (isAllDay) return { kind: "day", day: startDay };
  return isClock(startClock) ? { kind: "zoned", local: `${startDay}T${startClock}:00`, zone } : undefined;
}

/** Exclusive. */
function endOf({ isAllDay, endDay, endClock, zone }: EventDraft): CalendarTime | undefined {
  if (!isDay(endDay)) return undefined;
  if (isAllDay) return { kind: "day", day: dayOf(Date.parse(endDay) + DAY_MS) };
  return isClock(endClock) ? { kind: "zoned", local: `${endDay}T${endClock}:00`, zone } : undefined;
}

/** The same draft with another start: it stays as long as it was. */
export function withStart(
  draft: EventDraft,
  changes: Partial<Pick<EventDraft, "startDay" | "startClock">>,
): EventDraft {
  const moved = { ...draft, ...changes };
  const [before, after, end] = [startOf(draft), startOf(moved), endOf(draft)];
  if (before === undefined || after === undefined || end === undefined) return moved;
  const length = wallMsOf(end) - wallMsOf(before);
  const last = localOf(wallMsOf(after) + length - (draft.isAllDay ? DAY_MS : 0));
  return draft.isAllDay
    ? { ...moved, endDay: last.slice(0, 10) }
    : { ...moved, endDay: last.slice(0, 10), endClock: last.slice(11, 16) };
}

/** Every field, as an event has it. @throws never: only for drafts without problems */
function fieldsOf(draft: EventDraft): EventChanges & Pick<CalendarEvent, "title" | "start" | "end"> {
  const fallback: CalendarTime = { kind: "day", day: "2000-01-01" };
  const start = startOf(draft) ?? fallback;
  const { recurrence } = draft;
  const zone = ianaZone(draft.zone) ?? utcZone;
  return {
    title: draft.title.trim(),
    start,
    end: endOf(draft) ?? start,
    location: textOrNone(draft.location),
    conference: textOrNone(draft.conference),
    description: textOrNone(draft.description),
    isFree: draft.isFree,
    visibility: draft.isPrivate ? "private" : "public",
    alarms: draft.alarms.map(alarmBefore),
    ...(recurrence === "special"
      ? {}
      : { rule: recurrence === null ? undefined : writeRecurrence(recurrence, { start, zone }) }),
  };
}

function textOrNone(text: string): string | undefined {
  return text.trim() === "" ? undefined : text.trim();
}

function alarmBefore(minutes: number): Alarm {
  const days = minutes % 1440 === 0 ? minutes / 1440 : 0;
  const exactMs = days === 0 ? minutes * 60_000 : 0;
  return {
    action: "display",
    trigger: { kind: "relative", to: "start", days: 0 - days, exactMs: 0 - exactMs },
  };
}

/** What differs between two drafts, and nothing else: a field that was not touched is not written. */
export function changesBetween(before: EventDraft, after: EventDraft, event: CalendarEvent): EventChanges {
  const [old, next] = [fieldsOf(before), fieldsOf(after)];
  const changed = Object.fromEntries(
    Object.entries(next).filter(
      ([field, value]) => JSON.stringify(Reflect.get(old, field)) !== JSON.stringify(value),
    ),
  );
  // Reminders that the form does not show stay.
  if ("alarms" in changed)
    changed["alarms"] = [
      ...(next.alarms ?? []),
      ...event.alarms.filter((alarm) => minutesOf(alarm) === undefined),
    ];
  if ("start" in changed || "end" in changed) return { ...changed, start: next.start, end: next.end };
  return changed;
}

/** A new object resource. */
export function objectTextOf(draft: EventDraft, { uid, nowMs }: { uid: string; nowMs: number }): string {
  const fields = fieldsOf(draft);
  const zone = ianaZone(draft.zone) ?? utcZone;
  const fromMs = utcMsOf(zone, wallMsOf(fields.start)) - HOUR_MS;
  return textOf([ownCalendar([createEvent({ uid, nowMs }, fields)], [], fromMs)]);
}
