import { localOf } from "#contract/icalendar/calendar-time.ts";
import type { Recurrence, RecurrencePattern } from "#contract/icalendar/recurrence-words.ts";
import { hasUntitledItem } from "../programme-moves.ts";
import { dayPlaceOf } from "./draft-days.ts";
import type { EventDraft } from "./event-draft.ts";
import { isWebAddress } from "./event-draft.ts";

/** What follows in a draft when one thing of it is changed. */

function msOf(wall: string): number {
  return Date.parse(`${wall}Z`);
}

/** Whether it ends before it starts; of whole days the day alone counts. */
function isBackwards({ isAllDay, startsAt, endsAt }: EventDraft): boolean {
  const length = isAllDay ? 10 : 19;
  return endsAt.slice(0, length) < startsAt.slice(0, length);
}

/** The length stays, and a rule that named the former day names the new one. An end that was wrong already stays. */
export function withStart(draft: EventDraft, startsAt: string): EventDraft {
  const shiftMs = msOf(startsAt) - msOf(draft.startsAt);
  const endsAt = isBackwards(draft) ? draft.endsAt : localOf(msOf(draft.endsAt) + shiftMs);
  return { ...draft, startsAt, endsAt, recurrence: followed(draft.recurrence, draft.startsAt, startsAt) };
}

function isMidnight(wall: string): boolean {
  return wall.slice(11) === "00:00:00";
}

/** Hours are kept for when it is no longer a whole day; those that were never given begin at nine. */
export function withAllDay(draft: EventDraft, isAllDay: boolean): EventDraft {
  const { startsAt, endsAt } = draft;
  if (isAllDay) {
    // Until midnight: the day after is none of its days.
    const isOver = isMidnight(endsAt) && endsAt > startsAt;
    return { ...draft, isAllDay, endsAt: isOver ? localOf(msOf(endsAt) - 86_400_000) : endsAt };
  }
  const hasHours = !isMidnight(startsAt) || !isMidnight(endsAt);
  const timed = { ...draft, isAllDay };
  if (hasHours && !isBackwards(timed)) return timed;
  return {
    ...timed,
    startsAt: `${startsAt.slice(0, 10)}T09:00:00`,
    endsAt: `${endsAt.slice(0, 10)}T10:00:00`,
  };
}

function followed(
  recurrence: EventDraft["recurrence"],
  before: string,
  after: string,
): EventDraft["recurrence"] {
  if (recurrence === null || recurrence === "other" || before.slice(0, 10) === after.slice(0, 10))
    return recurrence;
  return { ...recurrence, pattern: followedPattern(recurrence.pattern, before, after) };
}

/** Whether it was asked to come back otherwise; a rule that only followed its start was not. For the question which times are meant. */
export function isRepetitionChanged(before: EventDraft, after: EventDraft): boolean {
  const alone = followed(before.recurrence, before.startsAt, after.startsAt);
  const is = (one: EventDraft["recurrence"]) => JSON.stringify(one) === JSON.stringify(after.recurrence);
  return !is(before.recurrence) && !is(alone);
}

function followedPattern(pattern: RecurrencePattern, before: string, after: string): RecurrencePattern {
  const from = dayPlaceOf(before);
  const to = dayPlaceOf(after);
  switch (pattern.kind) {
    case "daily":
      return pattern;
    case "weekly":
      return pattern.weekdays.join("") === String(from.weekday)
        ? { ...pattern, weekdays: [to.weekday] }
        : pattern;
    case "monthlyByDay":
      return pattern.days.join(",") === String(from.day) ? { ...pattern, days: [to.day] } : pattern;
    case "yearlyByDay":
      return pattern.month === from.month && pattern.day === from.day
        ? { ...pattern, month: to.month, day: to.day }
        : pattern;
    case "monthlyByPosition":
      return isAtPosition(pattern, from) ? { ...pattern, ...positionOf(pattern.position, to) } : pattern;
    case "yearlyByPosition":
      return pattern.month === from.month && isAtPosition(pattern, from)
        ? { ...pattern, ...positionOf(pattern.position, to), month: to.month }
        : pattern;
  }
}

type Positioned = { readonly position: number; readonly weekday: number };

function isAtPosition({ position, weekday }: Positioned, from: ReturnType<typeof dayPlaceOf>): boolean {
  return weekday === from.weekday && (position === from.position || (position === -1 && from.isLastWeek));
}

/** Not every month has a fifth: it is said as the last. */
function positionOf(former: number, to: ReturnType<typeof dayPlaceOf>): Positioned {
  const isLast = to.position === 5 || (former === -1 && to.isLastWeek);
  return { position: isLast ? -1 : to.position, weekday: to.weekday };
}

/** How often, as the form's first question has it. */
export type Frequency = "never" | "daily" | "workdays" | "weekly" | "monthly" | "yearly" | "other";

export function frequencyOf(recurrence: EventDraft["recurrence"]): Frequency {
  if (recurrence === null) return "never";
  if (recurrence === "other") return "other";
  switch (recurrence.pattern.kind) {
    case "daily":
      return "daily";
    case "weekly":
      return recurrence.interval === 1 && recurrence.pattern.weekdays.join("") === "12345"
        ? "workdays"
        : "weekly";
    case "monthlyByDay":
    case "monthlyByPosition":
      return "monthly";
    case "yearlyByDay":
    case "yearlyByPosition":
      return "yearly";
  }
}

/** The interval and the end stay when another frequency is chosen. */
export function withFrequency(draft: EventDraft, frequency: Frequency): EventDraft {
  if (frequency === "other" || frequency === frequencyOf(draft.recurrence)) return draft;
  if (frequency === "never") return { ...draft, recurrence: null };
  const before = draft.recurrence === "other" ? null : draft.recurrence;
  const [pattern] = offeredPatterns(draft.startsAt, frequency);
  if (pattern === undefined) return draft;
  const interval = frequency === "workdays" ? 1 : (before?.interval ?? 1);
  return { ...draft, recurrence: { pattern, interval, end: before?.end ?? { kind: "never" } } };
}

/** What a frequency can mean for a start: the usual meaning first. */
export function offeredPatterns(
  startsAt: string,
  frequency: Exclude<Frequency, "never" | "other">,
): RecurrencePattern[] {
  const { month, day, weekday, position, isLastWeek, isLastDay } = dayPlaceOf(startsAt);
  const positions = [...(position < 5 ? [position] : []), ...(isLastWeek ? [-1] : [])];
  switch (frequency) {
    case "daily":
      return [{ kind: "daily" }];
    case "workdays":
      return [{ kind: "weekly", weekdays: [1, 2, 3, 4, 5] }];
    case "weekly":
      return [{ kind: "weekly", weekdays: [weekday] }];
    case "monthly":
      return [
        { kind: "monthlyByDay", days: [day] },
        ...(isLastDay ? [{ kind: "monthlyByDay" as const, days: [-1] }] : []),
        ...positions.map((each) => ({ kind: "monthlyByPosition" as const, position: each, weekday })),
      ];
    case "yearly":
      return [
        { kind: "yearlyByDay", month, day },
        ...positions.map((each) => ({ kind: "yearlyByPosition" as const, month, position: each, weekday })),
      ];
  }
}

/** One weekday at least stays. */
export function withWeekday(recurrence: Recurrence, weekday: number): Recurrence {
  if (recurrence.pattern.kind !== "weekly") return recurrence;
  const { weekdays } = recurrence.pattern;
  const next = weekdays.includes(weekday)
    ? weekdays.filter((each) => each !== weekday)
    : [...weekdays, weekday].toSorted((one, other) => one - other);
  return next.length === 0 ? recurrence : { ...recurrence, pattern: { kind: "weekly", weekdays: next } };
}

/** What keeps an event from being kept; each is said at its field. */
export type DraftProblem =
  | "noTitle"
  | "endBeforeStart"
  | "lastDayBeforeStart"
  | "noWebAddress"
  | "noItemTitle";

/** @param before the draft as it was opened: what was wrong in it already and was not touched is let be */
export function problemsOf(draft: EventDraft, before?: EventDraft): DraftProblem[] {
  const { recurrence, startsAt } = draft;
  const end = recurrence === null || recurrence === "other" ? undefined : recurrence.end;
  const isLastTooEarly = end?.kind === "until" && end.day < startsAt.slice(0, 10);
  const isLinkWrong = draft.url.trim() !== "" && draft.url !== before?.url && !isWebAddress(draft.url);
  const isTitleMissing = draft.title.trim() === "" && draft.title !== before?.title;
  return [
    ...(isTitleMissing ? (["noTitle"] as const) : []),
    ...(isBackwards(draft) ? (["endBeforeStart"] as const) : []),
    ...(isLastTooEarly ? (["lastDayBeforeStart"] as const) : []),
    ...(isLinkWrong ? (["noWebAddress"] as const) : []),
    ...(hasUntitledItem(draft.programme) ? (["noItemTitle"] as const) : []),
  ];
}
