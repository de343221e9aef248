import { describe, expect, test } from "vitest";
import { MOST_OBJECT_BYTES, readObjectResource } from "./object-resource.ts";

const event = (...lines: string[]) =>
  [
    "BEGIN:VEVENT",
    "UID:u1",
    "DTSTART:20261123T090000Z",
    "DTEND:20261123T100000Z",
    ...lines,
    "END:VEVENT",
  ].join("\r\n");
const calendar = (...parts: string[]) =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", ...parts, "END:VCALENDAR", ""].join("\r\n");

function facts(text: string) {
  const reading = readObjectResource(text);
  if (!reading.ok) throw new Error(reading.message);
  return reading.facts;
}

describe("one object as a resource", () => {
  test("its facts are found", () => {
    const found = facts(
      calendar(
        event(
          "SUMMARY:Conseil",
          "ORGANIZER:MAILTO:Ada@Ville.example",
          "ATTENDEE:mailto:BO@ville.example",
          "RRULE:FREQ=DAILY;COUNT=3",
        ),
      ),
    );
    expect(found).toEqual({
      uid: "u1",
      kind: "VEVENT",
      summary: "Conseil",
      startsMs: Date.UTC(2026, 10, 23, 9),
      endsMs: Date.UTC(2026, 10, 25, 10),
      hasRecurrence: true,
      organizer: "mailto:ada@ville.example",
      attendees: ["mailto:bo@ville.example"],
    });
  });

  test("what never ends, or ends a billion times later, has no end", () => {
    for (const rule of ["FREQ=DAILY", "FREQ=SECONDLY;COUNT=1000000000", "FREQ=DAILY;COUNT=1000000000"])
      expect(facts(calendar(event(`RRULE:${rule}`)))).toMatchObject({
        endsMs: undefined,
        hasRecurrence: true,
      });
  });

  test("unknown zones and broken folds are taken", () => {
    const broken = "SUMMARY:a\r\nb without a blank";
    expect(facts(calendar(event(broken)).replace("DTSTART:", "DTSTART;TZID=Mars/Base:")).uid).toBe("u1");
  });

  test.each([
    ["two UIDs", calendar(event(), event().replace("u1", "u2")), /each UID by itself/],
    ["no UID", calendar(event().replace("UID:u1\r\n", "")), /^Line 3.*no UID/],
    ["METHOD", calendar("METHOD:REQUEST", event()), /METHOD/],
    ["cut short", calendar(event()).slice(0, 90), /no END/],
    ["not a calendar", "hello", /BEGIN:VCALENDAR/],
    ["501 kB", calendar(event(`X-A:${"a".repeat(MOST_OBJECT_BYTES + 1000)}`)), /at most 500000/],
  ])("refused with its reason: %s", (_name, text, message) => {
    expect(readObjectResource(text)).toMatchObject({ ok: false, message: expect.stringMatching(message) });
  });
});
