import { expect, test } from "vitest";
import { readObjectResource } from "#contract/icalendar/object-resource.ts";
import { readEvent } from "#contract/icalendar/event.ts";
import { parseCalendarText } from "#contract/icalendar/parse-calendar.ts";
import { calendarIdSchema, createId } from "#contract/ids.ts";
import {
  changesBetween,
  draftOf,
  newDraft,
  objectTextOf,
  problemsOf,
  withStart,
  type EventDraft,
} from "./event-draft.ts";

const PARIS = "Europe/Paris";
const calendarId = calendarIdSchema.parse(createId());
const begun = {
  startMs: Date.UTC(2026, 10, 24, 13),
  endMs: Date.UTC(2026, 10, 24, 14, 30),
  isAllDay: false,
  calendarId,
};
const draft: EventDraft = { ...newDraft(begun, PARIS), title: "Point projet" };

function readBack(text: string) {
  const parsed = parseCalendarText(text);
  const master = parsed.ok ? parsed.calendar.objects[0]?.master : undefined;
  const event = master === undefined ? undefined : readEvent(master);
  if (event === undefined) throw new Error("cannot be read back");
  return event;
}

test("what the form says is what is read back, with the zone explained", () => {
  const full: EventDraft = {
    ...draft,
    location: "Salle ; du, conseil",
    conference: "https://visio.example/x",
    description: "Une ligne\net une autre",
    isFree: true,
    isPrivate: true,
    alarms: [15, 1440],
    recurrence: {
      pattern: { kind: "weekly", weekdays: [2, 4] },
      interval: 2,
      end: { kind: "until", day: "2026-12-18" },
    },
  };
  const text = objectTextOf(full, { uid: "u", nowMs: Date.UTC(2026, 10, 23) });
  expect(text).toContain("TZID:Europe/Paris");
  expect(readObjectResource(text)).toMatchObject({
    ok: true,
    facts: { startsMs: Date.UTC(2026, 10, 24, 13) },
  });
  expect(draftOf(readBack(text), calendarId, PARIS)).toEqual(full);
});

test("whole days: the last day is said inclusive and written exclusive", () => {
  const days = { ...draft, isAllDay: true, startDay: "2026-12-24", endDay: "2026-12-26", alarms: [] };
  const text = objectTextOf(days, { uid: "u", nowMs: 0 });
  expect(text).toContain("DTSTART;VALUE=DATE:20261224");
  expect(text).toContain("DTEND;VALUE=DATE:20261227");
  expect(draftOf(readBack(text), calendarId, PARIS)).toMatchObject({ isAllDay: true, endDay: "2026-12-26" });
});

test("a field that was not touched is not written; times go together; reminders of others stay", () => {
  const written = objectTextOf(draft, { uid: "u", nowMs: 0 });
  const alarm = "BEGIN:VALARM\r\nACTION:EMAIL\r\nTRIGGER:-PT1H\r\nEND:VALARM\r\n";
  const event = readBack(written.replace("END:VEVENT", `${alarm}END:VEVENT`));
  const before = draftOf(event, calendarId, PARIS);
  expect(changesBetween(before, before, event)).toEqual({});
  expect(changesBetween(before, { ...before, location: "Ici" }, event)).toEqual({ location: "Ici" });
  const later = changesBetween(before, { ...before, endClock: "16:00" }, event);
  expect(Object.keys(later).toSorted()).toEqual(["end", "start"]);
  expect(changesBetween(before, { ...before, alarms: [] }, event)).toEqual({ alarms: [event.alarms[1]] });
});

test("an event moves with its start and stays as long as it was, over midnight too", () => {
  expect(withStart(draft, { startClock: "23:00" })).toMatchObject({
    endDay: "2026-11-25",
    endClock: "00:30",
  });
  expect(withStart(draft, { startDay: "2026-12-01" })).toMatchObject({
    endDay: "2026-12-01",
    endClock: "15:30",
  });
});

test.each<[Partial<EventDraft>, string]>([
  [{ title: "  " }, "noTitle"],
  [{ startDay: "" }, "noStart"],
  [{ endClock: "25:00" }, "noEnd"],
  [{ endClock: "13:00" }, "endBeforeStart"],
  [{ conference: "javascript:alert(1)" }, "badAddress"],
  [{ calendarId: null }, "noCalendar"],
  [
    { recurrence: { pattern: { kind: "daily" }, interval: 1, end: { kind: "until", day: "2026-01-01" } } },
    "noDays",
  ],
])("%o is said to be %s", (changes, problem) => {
  expect(problemsOf({ ...draft, ...changes })).toContain(problem);
  expect(problemsOf(draft)).toEqual([]);
});

test("a rule that the form cannot show is left as it is", () => {
  const text = objectTextOf(draft, { uid: "u", nowMs: 0 }).replace(
    "SEQUENCE:0",
    "SEQUENCE:0\r\nRRULE:FREQ=YEARLY;BYWEEKNO=53",
  );
  const event = readBack(text);
  const before = draftOf(event, calendarId, PARIS);
  expect(before.recurrence).toBe("special");
  expect(changesBetween(before, { ...before, title: "Autre" }, event)).toEqual({ title: "Autre" });
});
