import { describe, expect, test } from "vitest";
import { calendarIdSchema, naturalId } from "#contract/ids.ts";
import type { RecurrencePattern } from "#contract/icalendar/recurrence-words.ts";
import {
  frequencyOf,
  isRepetitionChanged,
  offeredPatterns,
  problemsOf,
  withAllDay,
  withFrequency,
  withStart,
  withWeekday,
} from "./draft-moves.ts";
import { quickLine } from "./draft-quick.ts";
import type { EventDraft } from "./event-draft.ts";
import { newDraft } from "./event-draft.ts";

const draft = newDraft({
  start: "2026-11-23T14:00",
  end: "2026-11-23T15:30",
  isAllDay: false,
  zone: "Europe/Paris",
  calendarId: calendarIdSchema.parse(naturalId("test", "calendar")),
});
const repeating = (pattern: RecurrencePattern): EventDraft => ({
  ...draft,
  recurrence: { pattern, interval: 1, end: { kind: "never" } },
});

describe("moving the start", () => {
  test("keeps the length", () => {
    const moved = withStart(draft, "2026-11-24T23:30:00");
    expect([moved.startsAt, moved.endsAt]).toEqual(["2026-11-24T23:30:00", "2026-11-25T01:00:00"]);
  });

  test("leaves an end that was before the start where it is, so that the start can mend it", () => {
    const wrong = { ...draft, endsAt: "2026-11-23T13:00:00" };
    expect(withStart(wrong, "2026-11-23T12:00:00").endsAt).toBe("2026-11-23T13:00:00");
  });

  test.each<[RecurrencePattern, RecurrencePattern]>([
    [
      { kind: "weekly", weekdays: [1] },
      { kind: "weekly", weekdays: [3] },
    ],
    [
      { kind: "weekly", weekdays: [1, 4] },
      { kind: "weekly", weekdays: [1, 4] },
    ],
    [
      { kind: "monthlyByDay", days: [23] },
      { kind: "monthlyByDay", days: [2] },
    ],
    [
      { kind: "monthlyByDay", days: [-1] },
      { kind: "monthlyByDay", days: [-1] },
    ],
    [
      { kind: "monthlyByPosition", position: 4, weekday: 1 },
      { kind: "monthlyByPosition", position: 1, weekday: 3 },
    ],
    [
      { kind: "monthlyByPosition", position: 2, weekday: 1 },
      { kind: "monthlyByPosition", position: 2, weekday: 1 },
    ],
    [
      { kind: "yearlyByDay", month: 11, day: 23 },
      { kind: "yearlyByDay", month: 12, day: 2 },
    ],
    [
      { kind: "yearlyByPosition", month: 11, position: 4, weekday: 1 },
      { kind: "yearlyByPosition", month: 12, position: 1, weekday: 3 },
    ],
  ])("to Wednesday 2 December, %j becomes %j", (before, after) => {
    expect(withStart(repeating(before), "2026-12-02T14:00:00").recurrence).toMatchObject({ pattern: after });
  });

  test("to a fifth weekday: the last of the month, for not every month has a fifth", () => {
    const moved = withStart(
      repeating({ kind: "monthlyByPosition", position: 4, weekday: 1 }),
      "2026-11-30T14:00:00",
    );
    expect(moved.recurrence).toMatchObject({ pattern: { position: -1, weekday: 1 } });
  });
});

test("a repetition that only followed its start was not changed", () => {
  const before = repeating({ kind: "weekly", weekdays: [1] });
  const moved = withStart(before, "2026-11-24T14:00:00");
  expect(isRepetitionChanged(before, moved)).toBe(false);
  expect(isRepetitionChanged(before, { ...moved, recurrence: before.recurrence })).toBe(false);
  expect(isRepetitionChanged(before, withFrequency(moved, "daily"))).toBe(true);
  expect(isRepetitionChanged(before, { ...before, recurrence: null })).toBe(true);
});

describe("whole days", () => {
  test("hours are there again when it is no longer one", () => {
    expect(withAllDay(withAllDay(draft, true), false)).toEqual(draft);
  });

  test("until midnight does not take the day after", () => {
    const late = { ...draft, endsAt: "2026-11-24T00:00:00" };
    expect(withAllDay(late, true).endsAt).toBe("2026-11-23T00:00:00");
  });

  test("that never had hours begin at nine", () => {
    const day = { ...draft, isAllDay: true, startsAt: "2026-11-23T00:00:00", endsAt: "2026-11-23T00:00:00" };
    const timed = withAllDay(day, false);
    expect([timed.startsAt, timed.endsAt]).toEqual(["2026-11-23T09:00:00", "2026-11-23T10:00:00"]);
  });
});

describe("what keeps it from being kept", () => {
  const titled = { ...draft, title: "Point" };

  test("no title, unless it had none when it was opened", () => {
    expect(problemsOf({ ...draft, title: " " })).toEqual(["noTitle"]);
    expect(problemsOf(draft, draft)).toEqual([]);
    expect(problemsOf(draft, titled)).toEqual(["noTitle"]);
  });

  test("an end before the start; of one whole day, hours say nothing", () => {
    const wrong = { ...titled, endsAt: "2026-11-23T13:00:00" };
    expect(problemsOf(wrong)).toEqual(["endBeforeStart"]);
    expect(problemsOf({ ...wrong, isAllDay: true })).toEqual([]);
    expect(problemsOf({ ...titled, endsAt: draft.startsAt })).toEqual([]);
  });

  test("a repetition that is over before it begins, a link that is none", () => {
    const over: EventDraft = {
      ...titled,
      url: "visio",
      recurrence: { pattern: { kind: "daily" }, interval: 1, end: { kind: "until", day: "2026-11-22" } },
    };
    expect(problemsOf(over)).toEqual(["lastDayBeforeStart", "noWebAddress"]);
    expect(problemsOf({ ...titled, url: "visio" }, { ...titled, url: "visio" })).toEqual([]);
  });
});

describe("how often", () => {
  test("a frequency begins with what the start means; interval and end stay", () => {
    const weekly = withFrequency(draft, "weekly");
    expect(weekly.recurrence).toEqual({
      pattern: { kind: "weekly", weekdays: [1] },
      interval: 1,
      end: { kind: "never" },
    });
    const ended: EventDraft = {
      ...draft,
      recurrence: { pattern: { kind: "daily" }, interval: 2, end: { kind: "count", count: 5 } },
    };
    expect(withFrequency(ended, "monthly").recurrence).toEqual({
      pattern: { kind: "monthlyByDay", days: [23] },
      interval: 2,
      end: { kind: "count", count: 5 },
    });
    expect(withFrequency(ended, "never").recurrence).toBeNull();
  });

  test("Monday to Friday is told from other weeks", () => {
    expect(frequencyOf(withFrequency(draft, "workdays").recurrence)).toBe("workdays");
    expect(frequencyOf(repeating({ kind: "weekly", weekdays: [1, 2] }).recurrence)).toBe("weekly");
  });

  test("the last day of a month is offered as such, and so is its last weekday", () => {
    expect(offeredPatterns("2026-11-30T14:00:00", "monthly")).toEqual([
      { kind: "monthlyByDay", days: [30] },
      { kind: "monthlyByDay", days: [-1] },
      { kind: "monthlyByPosition", position: -1, weekday: 1 },
    ]);
  });

  test("weekdays are added and taken away, but for the last", () => {
    const recurrence = {
      pattern: { kind: "weekly", weekdays: [3] },
      interval: 1,
      end: { kind: "never" },
    } as const;
    const one = { ...recurrence, pattern: { kind: "weekly" as const, weekdays: [3] } };
    const two = withWeekday(one, 1);
    expect(two.pattern).toEqual({ kind: "weekly", weekdays: [1, 3] });
    expect(withWeekday(two, 3).pattern).toEqual({ kind: "weekly", weekdays: [1] });
    expect(withWeekday(one, 3)).toBe(one);
  });
});

describe("a line that says when", () => {
  const nowMs = Date.UTC(2026, 10, 23, 9);

  test.each([
    [
      "Réunion demain 14h à 15h salle 3",
      "Réunion salle 3",
      { isAllDay: false, startsAt: "2026-11-24T14:00:00", endsAt: "2026-11-24T15:00:00" },
    ],
    [
      "Meeting tomorrow at 4pm",
      "Meeting",
      { isAllDay: false, startsAt: "2026-11-24T16:00:00", endsAt: "2026-11-24T17:30:00" },
    ],
    [
      "Congé vendredi",
      "Congé",
      { isAllDay: true, startsAt: "2026-11-27T00:00:00", endsAt: "2026-11-27T00:00:00" },
    ],
  ])("%s", (line, title, times) => {
    expect(quickLine(line, draft, nowMs)).toEqual({ title, times: { ...times, recurrence: null } });
  });

  test("with a rule", () => {
    expect(quickLine("Ménage tous les lundis à 9h", draft, nowMs).times?.recurrence).toEqual({
      pattern: { kind: "weekly", weekdays: [1] },
      interval: 1,
      end: { kind: "never" },
    });
  });

  test("without a time is the title as it stands", () => {
    expect(quickLine("Réunion ", draft, nowMs)).toEqual({ title: "Réunion ", times: null });
  });
});
