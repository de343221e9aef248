import { expect, test } from "vitest";
import { readObjectResource } from "#contract/icalendar/object-resource.ts";
import { editedTexts, openTime, removedTexts, type OpenTime } from "./event-edits.ts";

const PARIS = "Europe/Paris";

/** As another program wrote it: an unknown property, folds, a zone of its own spelling. */
const weekly = [
  "BEGIN:VCALENDAR",
  "VERSION:2.0",
  "PRODID:-//Other//EN",
  "BEGIN:VEVENT",
  "UID:weekly@other",
  "DTSTAMP:20261101T000000Z",
  "DTSTART;TZID=Europe/Paris:20261103T140000",
  "DTEND;TZID=Europe/Paris:20261103T150000",
  "RRULE:FREQ=WEEKLY;COUNT=6",
  "SUMMARY:Point",
  "X-ODD;X-P=1:kept as",
  "  it came",
  "END:VEVENT",
  "END:VCALENDAR",
  "",
].join("\r\n");
const object = { uid: "weekly@other", kind: "VEVENT" } as const;
const clock = { nowMs: Date.UTC(2026, 10, 23), newUid: "new" };

function at(data: string, instance: string, startMs: number): OpenTime {
  const open = openTime(data, { instance, startMs }, PARIS);
  if (open === undefined) throw new Error("not there");
  return open;
}

/** The third: 17 November, 14:00 in Paris. */
const third = () => at(weekly, "20261117T130000Z", Date.UTC(2026, 10, 17, 13));

test("a time of a series shows its own start, and what is not there is not found", () => {
  expect(third().event.start).toEqual({ kind: "zoned", local: "2026-11-17T14:00:00", zone: PARIS });
  expect(
    openTime(weekly, { instance: "20261118T130000Z", startMs: Date.UTC(2026, 10, 18) }, PARIS),
  ).toBeUndefined();
  expect(openTime("no calendar", { instance: "x", startMs: 0 }, PARIS)).toBeUndefined();
});

test("this one alone: an exception is added, every other letter stays", () => {
  const { data, added } = editedTexts(third(), object, { location: "Salle 2" }, "this", clock);
  expect(added).toBeNull();
  expect(data).toContain("X-ODD;X-P=1:kept as\r\n  it came");
  expect(data).toContain("RECURRENCE-ID;TZID=Europe/Paris:20261117T140000");
  expect(data).toContain("LOCATION:Salle 2");
  expect(readObjectResource(data ?? "")).toMatchObject({ ok: true, facts: { uid: "weekly@other" } });
});

test("this and the following: the series ends, another begins with its zone explained", () => {
  const { data, added } = editedTexts(third(), object, { title: "Point élargi" }, "following", clock);
  expect(data).toContain("RRULE:FREQ=WEEKLY;UNTIL=20261117T125959Z");
  expect(added?.uid).toBe("new");
  expect(added?.data).toContain("BEGIN:VTIMEZONE");
  expect(added?.data).toContain("SUMMARY:Point élargi");
  expect(added?.data).toContain("COUNT=4");
  expect(readObjectResource(added?.data ?? "")).toMatchObject({ ok: true, facts: { uid: "new" } });
});

test("a zone that an edit brings in is explained where the event stands", () => {
  const start = { kind: "zoned", local: "2026-11-17T09:00:00", zone: "America/New_York" } as const;
  const end = { ...start, local: "2026-11-17T10:00:00" };
  const { data } = editedTexts(third(), object, { start, end }, "this", clock);
  expect(data).toContain("TZID:America/New_York");
  expect(readObjectResource(data ?? "").ok).toBe(true);
});

test("removal: of one time it is left out, of all nothing is left", () => {
  expect(removedTexts(third(), object, "this", clock).data).toContain(
    "EXDATE;TZID=Europe/Paris:20261117T140000",
  );
  expect(removedTexts(third(), object, "following", clock).data).toContain("UNTIL=20261117T125959Z");
  expect(removedTexts(third(), object, "all", clock).data).toBeNull();
});
