import { expect, test } from "vitest";
import { answeredText, answerNotesOf, copyText, revisedText, toldByOthers } from "./scheduling.ts";
import { parseCalendarText } from "./parse-calendar.ts";

const NOW = Date.parse("2026-11-23T08:00:00Z");
const head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n";
const asked = "ATTENDEE;X-NOTE=kept;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:MAILTO:Bo@Ville.example\r\n";

function text(...lines: string[]): string {
  const start = "DTSTART;TZID=Europe/Paris:20261201T100000\r\nDURATION:PT1H\r\n";
  const event = `BEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20261101T000000Z\r\n${start}X-ODD:  é\r\n`;
  const own = lines.map((line) => `${line}\r\n`).join("");
  return `${head}${event}ORGANIZER:mailto:ada@ville.example\r\n${asked}${own}END:VEVENT\r\nEND:VCALENDAR\r\n`;
}

const flat = (data: string | undefined) => (data ?? "").replaceAll("\r\n ", "");

const isOurs = () => true;

function read(data: string | undefined) {
  const parsed = parseCalendarText(data ?? "");
  const master = parsed.ok ? parsed.calendar.objects[0]?.master : undefined;
  return master === undefined ? [] : answerNotesOf(master);
}

test("an answer changes the line of whoever answers, and keeps every other letter", () => {
  const data = text();
  const answered = answeredText(data, { address: "bo@ville.example", status: "accepted", nowMs: NOW });
  expect(flat(answered)).toContain("X-NOTE=kept");
  expect(flat(answered)).toContain("PARTSTAT=ACCEPTED");
  expect(flat(answered).replace(/ATTENDEE.*\r\n/, "")).toBe(flat(data).replace(/ATTENDEE.*\r\n/, ""));
  expect(answeredText(data, { address: "cy@ville.example", status: "accepted", nowMs: NOW })).toBeUndefined();
  expect(answeredText("BEGIN:VCALENDAR", { address: "x", status: "accepted", nowMs: NOW })).toBeUndefined();
});

test("what is said with an answer replaces what was said before, and can hold no line of its own", () => {
  const given = { address: "mailto:bo@ville.example", status: "declined", nowMs: NOW } as const;
  const first = answeredText(text(), {
    ...given,
    comment: "Non,\r\nEND:VEVENT; merci",
    proposal: { startMs: NOW, endMs: NOW + 60_000 },
  });
  expect(read(first)).toEqual([
    {
      address: "mailto:bo@ville.example",
      comment: "Non,\nEND:VEVENT; merci",
      proposal: { startMs: NOW, endMs: NOW + 60_000 },
    },
  ]);
  expect(read(answeredText(first ?? "", given))).toEqual([]);
});

test("an exception of a series that only takes another title asks nobody anew; moved, it asks its guests", () => {
  const series = text("RRULE:FREQ=DAILY;COUNT=3");
  const known = answeredText(series, { address: "bo@ville.example", status: "accepted", nowMs: NOW }) ?? "";
  const exception = (start: string) =>
    series.replace(
      "END:VCALENDAR",
      `BEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20261101T000000Z\r\nRECURRENCE-ID;TZID=Europe/Paris:20261202T100000\r\nDTSTART;TZID=Europe/Paris:${start}\r\nORGANIZER:mailto:ada@ville.example\r\n${asked}END:VEVENT\r\nEND:VCALENDAR`,
    );
  const named = revisedText(known, exception("20261202T100000"), isOurs);
  expect(named?.isRescheduled).toBe(false);
  expect(flat(named?.data).match(/PARTSTAT=ACCEPTED/g)).toHaveLength(2);
  const moved = revisedText(known, exception("20261202T140000"), isOurs);
  expect(moved?.isRescheduled).toBe(true);
  expect(flat(moved?.data).match(/PARTSTAT=ACCEPTED/g)).toHaveLength(1);
  expect(flat(moved?.data).match(/PARTSTAT=NEEDS-ACTION/g)).toHaveLength(1);
  // Of those whose answers come by e-mail, what the organizer wrote stands.
  expect(revisedText(known, series, () => false)?.data).toBe(series);
});

test("what guests said by e-mail the organizer writes; what people of the workplace said, nobody else does", () => {
  const noted = answeredText(text(), {
    address: "bo@ville.example",
    status: "declined",
    comment: "En congé",
    nowMs: NOW,
  });
  expect(read(revisedText(text(), noted ?? "", () => false)?.data)).toMatchObject([{ comment: "En congé" }]);
  expect(read(revisedText(text(), noted ?? "", isOurs)?.data)).toEqual([]);
  expect(read(revisedText(noted, text(), isOurs)?.data)).toMatchObject([{ comment: "En congé" }]);
  const moved = (noted ?? "").replace("20261201T100000", "20261201T140000");
  expect(read(revisedText(noted, moved, () => false)?.data)).toEqual([]);
});

test("a copy has reminders of its own; whole days have none at first; others are told by their own program", () => {
  const alarm = ["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT1H", "DESCRIPTION:x", "END:VALARM"];
  const first = copyText(text(...alarm), undefined) ?? "";
  expect(first).toContain("TRIGGER:-PT15M");
  expect(first).not.toContain("TRIGGER:-PT1H");
  const own = first.replace("-PT15M", "-PT5M");
  expect(copyText(text(...alarm, "LOCATION:Salle 2"), own)).toContain("TRIGGER:-PT5M");
  const day = text().replace(
    "DTSTART;TZID=Europe/Paris:20261201T100000\r\nDURATION:PT1H",
    "DTSTART;VALUE=DATE:20261201",
  );
  expect(copyText(day, undefined)).toBe(day);
  expect([...toldByOthers(text().replace("X-NOTE=kept", "SCHEDULE-AGENT=CLIENT"))]).toEqual([
    "mailto:bo@ville.example",
  ]);
});
