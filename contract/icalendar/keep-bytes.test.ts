import { describe, expect, it } from "vitest";
import { textOf } from "./component.ts";
import { withEventChanges } from "./event.ts";
import { bytesOf, objectNodes, withObject } from "./keep-bytes.ts";
import type { ParsedCalendar } from "./parse-calendar.ts";
import { parseCalendarText } from "./parse-calendar.ts";

/** Everything that programs do: odd order, odd folds, names of their own, lines that nobody knows. */
const received = [
  "begin:VCALENDAR",
  "X-WR-CALNAME:Équipe",
  "BEGIN:VTIMEZONE",
  "TZID:Bureau",
  "BEGIN:STANDARD",
  "DTSTART:16010101T000000",
  "TZOFFSETFROM:+0100",
  "TZOFFSETTO:+0100",
  "END:STANDARD",
  "END:VTIMEZONE",
  "",
  "BEGIN:VEVENT",
  'SUMMARY;LANGUAGE=fr;X-A="b;c":Po',
  " int ",
  "\thebdo",
  "X-APPLE-TRAVEL:1",
  "DTSTART;TZID=Bureau:20261123T140000",
  "UID:un",
  "x-unknown;P=1,2:kept",
  "no property at all",
  "RRULE:FREQ=WEEKLY",
  "END:VEVENT",
  "BEGIN:VEVENT",
  "UID:deux",
  "DTSTART:20261124",
  "SUMMARY:Autre",
  "END:VEVENT",
  "BEGIN:VEVENT",
  "RECURRENCE-ID;TZID=Bureau:20261130T140000",
  "UID:un",
  "DTSTART;TZID=Bureau:20261130T160000",
  "END:VEVENT",
  "END:VCALENDAR",
  "",
].join("\r\n");

function read(text: string): ParsedCalendar {
  const result = parseCalendarText(text);
  if (!result.ok) throw new Error(result.problem.message);
  return result.calendar;
}

function objectOf(calendar: ParsedCalendar, uid: string) {
  const object = calendar.objects.find((each) => each.uid === uid);
  if (object?.master === undefined) throw new Error(`no ${uid}`);
  return { ...object, master: object.master };
}

describe("a calendar that was received", () => {
  it("goes back byte for byte", () => {
    expect(new TextDecoder().decode(bytesOf(read(received)))).toBe(received);
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])("goes back byte for byte when broken (seed %i)", (seed) => {
    let state = seed * 7919 + 17;
    const next = (most: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state % most;
    };
    let text = received;
    for (let round = 0; round < 40; round += 1) {
      const at = next(text.length);
      const put =
        ["\r", "\n", " ", '"', ";", ":", "\0", "END:VEVENT\r\n", "BEGIN:X\r\n", "\\"][next(10)] ?? "";
      text = text.slice(0, at) + put + text.slice(at + next(4));
    }
    const result = parseCalendarText(text);
    // What is refused went through no hands.
    expect(result.ok ? textOf(result.calendar.nodes) : text).toBe(text);
  });

  it("changes by the edited line alone", () => {
    const calendar = read(received);
    const { master, overrides } = objectOf(calendar, "un");
    const edited = withEventChanges(master, { title: "Point mensuel" });
    const nodes = withObject(calendar.nodes, "VEVENT", "un", [edited, ...overrides]);
    expect(textOf(nodes)).toBe(received.replace(":Po\r\n int \r\n\thebdo", ":Point mensuel"));
  });

  it("gives up an object with its exceptions and nothing else", () => {
    const calendar = read(received);
    const text = textOf(withObject(calendar.nodes, "VEVENT", "un", []));
    expect(text).not.toContain("UID:un");
    expect(text).toContain("X-WR-CALNAME:Équipe\r\nBEGIN:VTIMEZONE");
    expect(text).toContain(
      "UID:deux\r\nDTSTART:20261124\r\nSUMMARY:Autre\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    );
  });

  it("takes a new exception beside the others of its series", () => {
    const calendar = read(received);
    const { master, overrides } = objectOf(calendar, "deux");
    const { master: other } = objectOf(calendar, "un");
    const nodes = withObject(calendar.nodes, "VEVENT", "deux", [master, ...overrides, other]);
    expect(textOf(nodes)).toContain("SUMMARY:Autre\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY;LANGUAGE=fr");
  });

  it("gives an object as a resource of its own with the zones that it names", () => {
    const calendar = read(received);
    const text = textOf(objectNodes(calendar, objectOf(calendar, "un")));
    expect(text).toContain("TZID:Bureau\r\nBEGIN:STANDARD");
    expect(text).not.toContain("UID:deux");
    expect(textOf(objectNodes(calendar, objectOf(calendar, "deux")))).not.toContain("VTIMEZONE");
  });
});
