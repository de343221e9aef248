import { expect, test } from "vitest";
import { ownCalendarId, createId, personIdSchema } from "#contract/ids.ts";
import { draftAtTime, timeOfDraft } from "./draft-time.ts";
import { newDraft, type EventDraft } from "./form/event-draft.ts";

const draft = newDraft({
  start: "2026-11-24T09:00",
  end: "2026-11-24T10:30",
  isAllDay: false,
  zone: "America/Guadeloupe",
  calendarId: ownCalendarId(personIdSchema.parse(createId())),
});

test("a draft takes the time that was found, on the clock of its zone, and its rule follows", () => {
  expect(timeOfDraft(draft)).toEqual({ startMs: Date.parse("2026-11-24T13:00:00Z"), lengthMs: 5_400_000 });
  expect(timeOfDraft({ ...draft, endsAt: draft.startsAt }).lengthMs).toBe(3_600_000);
  const weekly: EventDraft = {
    ...draft,
    recurrence: {
      pattern: { kind: "weekly", weekdays: [2] },
      interval: 1,
      end: { kind: "never" },
    },
  };
  const moved = draftAtTime(weekly, Date.parse("2026-11-26T14:15:00Z"), Date.parse("2026-11-26T15:00:00Z"));
  expect([moved.startsAt, moved.endsAt]).toEqual(["2026-11-26T10:15:00", "2026-11-26T11:00:00"]);
  expect(moved.recurrence).toMatchObject({ pattern: { weekdays: [4] } });
});
