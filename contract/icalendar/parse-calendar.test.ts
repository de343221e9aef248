import { describe, expect, it } from "vitest";
import { textOf } from "./component.ts";
import { readEvent } from "./event.ts";
import { instancesOf } from "./expand.ts";
import { bytesOf } from "./keep-bytes.ts";
import type { ParsedCalendar } from "./parse-calendar.ts";
import { parseCalendar } from "./parse-calendar.ts";
import { readSeries } from "./series.ts";
import { encodeCalendar } from "./text-encoding.ts";
import { utcZone } from "./zones.ts";

function event(lines: string): string {
  return `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\n${lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function read(bytes: Uint8Array): ParsedCalendar {
  const result = parseCalendar(bytes);
  if (!result.ok) throw new Error(result.problem.message);
  return result.calendar;
}

function titleOf(calendar: ParsedCalendar): string | undefined {
  const master = calendar.objects[0]?.master;
  return master === undefined ? undefined : readEvent(master)?.title;
}

const accents = event("DTSTART:20261123T140000Z\r\nSUMMARY:Réunion à l'étage");

describe("encodings", () => {
  it.each(["utf-8", "utf-8-bom", "utf-16le", "utf-16be", "windows-1252"] as const)(
    "reads %s and gives the same bytes back",
    (encoding) => {
      const bytes = encodeCalendar(accents, encoding);
      const calendar = read(bytes);
      expect(titleOf(calendar)).toBe("Réunion à l'étage");
      expect(bytesOf(calendar)).toEqual(bytes);
    },
  );

  it("says that something is not UTF-8", () => {
    const { problems } = read(encodeCalendar(accents, "windows-1252"));
    expect(problems.map(({ code }) => code)).toEqual(["wrongEncoding"]);
  });

  it("keeps bytes that no letter has", () => {
    const bytes = utf8(event("DTSTART:20261123T140000Z\r\nSUMMARY:a?b"));
    bytes[bytes.indexOf(0x3f)] = 0x9d;
    expect(bytesOf(read(bytes))).toEqual(bytes);
  });

  it("joins a character that a fold divides", () => {
    const whole = utf8(event("DTSTART:20261123T140000Z\r\nSUMMARY:Réunion"));
    const at = whole.indexOf(0xc3) + 1;
    const bytes = Uint8Array.from([...whole.slice(0, at), 0x0d, 0x0a, 0x20, ...whole.slice(at)]);
    const calendar = read(bytes);
    expect(titleOf(calendar)).toBe("Réunion");
    expect(calendar.problems.map(({ code }) => code)).toEqual(["foldedInsideCharacter"]);
  });
});

describe("what is refused says what, where and what to do", () => {
  it.each([
    ["nothing", "", "The text is empty; export the calendar again."],
    ["blanks", "\r\n \r\n", "The text is empty; export the calendar again."],
    [
      "a web page",
      "<!doctype html>\n<p>Connexion</p>",
      "Line 1 (<!doctype html>) has no BEGIN:VCALENDAR; choose an iCalendar file (.ics).",
    ],
    [
      "components without end",
      "BEGIN:VCALENDAR\r\n".repeat(100_000),
      "Line 17 has components nested deeper than any calendar has; ask its author for a correct export.",
    ],
  ])("%s", (_, text, message) => {
    const result = parseCalendar(utf8(text));
    expect(result.ok ? "" : result.problem.message).toBe(message);
  });

  it("more bytes than the limit, unread", () => {
    const result = parseCalendar(new Uint8Array(50_000_000));
    expect(result).toMatchObject({ ok: false, problem: { code: "tooBig", line: 0 } });
  });

  it.each(["\n", "A:B\n"])("more lines than memory has room for (%j)", (line) => {
    const text = `BEGIN:VCALENDAR\nBEGIN:VEVENT\n${line.repeat(2_000_000)}`;
    expect(parseCalendar(utf8(text))).toMatchObject({
      ok: false,
      problem: { code: "tooManyLines", line: 1_000_001 },
    });
  });

  it("more components than anybody has", () => {
    const text = `BEGIN:VCALENDAR\r\n${"BEGIN:VEVENT\r\nEND:VEVENT\r\n".repeat(200_001)}`;
    expect(parseCalendar(utf8(text))).toMatchObject({ ok: false, problem: { code: "tooManyComponents" } });
  });
});

describe("what is broken stays readable around it", () => {
  const start = "DTSTART:20261123T140000Z";

  it.each([
    ["a line that is no property", `${start}\r\nSUMMARY:a\r\nand so on`, "a"],
    ["a NUL in a text", `${start}\r\nSUMMARY:a\0b`, "ab"],
    ["lines that end otherwise", `${start}\nSUMMARY:a\n b`, "ab"],
    ["folds of tabs", `${start}\r\nSUMMARY:a\r\n\tb`, "ab"],
    ["names in small letters", `${start}\r\nsummary;language=fr:a`, "a"],
    ["a quote that never ends", `${start}\r\nX-A;B="c:d\r\nSUMMARY:a`, "a"],
    ["an END of something else", `${start}\r\nEND:VALARM\r\nSUMMARY:a`, "a"],
    ["an END that is missing", `${start}\r\nSUMMARY:a\r\nBEGIN:VALARM\r\nACTION:DISPLAY`, "a"],
  ])("%s", (_, lines, title) => {
    const bytes = utf8(event(lines));
    const calendar = read(bytes);
    expect(titleOf(calendar)).toBe(title);
    expect(bytesOf(calendar)).toEqual(bytes);
  });

  it("keeps a line of megabytes", () => {
    const bytes = utf8(
      event(`${start}\r\nSUMMARY:a\r\nATTACH;ENCODING=BASE64;VALUE=BINARY:${"A".repeat(8_000_000)}`),
    );
    expect(textOf(read(bytes).nodes)).toHaveLength(bytes.length);
  });

  it("is not slowed down by a line of parameters, folds or commas", () => {
    for (const lines of [
      `X-A${";B=c".repeat(500_000)}:d`,
      `SUMMARY:${"a\r\n ".repeat(500_000)}`,
      `EXDATE:${"20261123T140000Z,".repeat(200_000)}`,
      `CATEGORIES:${"\\,".repeat(500_000)}`,
      `SUMMARY:${"\r".repeat(2_000_000)}x`,
      `SUMMARY:${" ".repeat(2_000_000)}x`,
      `X-A;B="${'","'.repeat(500_000)}:d`,
      `ATTENDEE;CN="${"^n".repeat(500_000)}":mailto:x@example.org`,
    ]) {
      const calendar = read(utf8(event(`${start}\r\n${lines}`)));
      expect(calendar.objects).toHaveLength(1);
      const [object] = calendar.objects;
      if (object?.master !== undefined) readEvent(object.master);
    }
  });

  it("says where what cannot be read stands", () => {
    const { objects } = read(
      utf8(event("DTSTART;TZID=Mars/Olympus:20261123T140000\r\nDTEND:soon\r\nRRULE:FREQ=SOMETIMES")),
    );
    expect(objects[0]?.problems.map(({ code, line }) => [code, line])).toEqual([
      ["unknownZone", 5],
      ["unreadableValue", 6],
      ["unreadableRule", 7],
    ]);
  });
});

describe("objects", () => {
  it("gathers a series with its exceptions, whatever their order", () => {
    const text = `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nRECURRENCE-ID:20261124T140000Z\r\nDTSTART:20261124T150000Z\r\nEND:VEVENT\r\nBEGIN:VTODO\r\nUID:a\r\nEND:VTODO\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20261123T140000Z\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
    const { objects } = read(utf8(text));
    expect(objects.map(({ kind, uid, overrides }) => [kind, uid, overrides.length])).toEqual([
      ["VEVENT", "a", 1],
      ["VTODO", "a", 0],
    ]);
  });

  it("takes the later revision of two", () => {
    const one = "BEGIN:VEVENT\r\nUID:a\r\nSEQUENCE:3\r\nDTSTART:20261123\r\nSUMMARY:new\r\nEND:VEVENT\r\n";
    const other = one.replace("3", "2").replace("new", "old");
    expect(titleOf(read(utf8(`BEGIN:VCALENDAR\r\n${one}${other}END:VCALENDAR\r\n`)))).toBe("new");
  });

  it("gives what has no UID the same one each time", () => {
    const bytes = utf8(
      "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20261123\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    );
    const uids = [read(bytes), read(bytes)].map(({ objects }) => objects[0]?.uid);
    expect(uids[0]).toMatch(/^without-uid-/);
    expect(uids[0]).toBe(uids[1]);
  });
});

describe("rules that never end", () => {
  it.each([
    ["FREQ=SECONDLY", 10_000],
    ["FREQ=SECONDLY;COUNT=1000000000", 10_000],
    ["FREQ=SECONDLY;COUNT=1000000000;BYDAY=MO,TU", 10_000],
    ["FREQ=DAILY;COUNT=999999999999999", 366],
    ["FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", 1],
    ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", 1],
    ["FREQ=MINUTELY;INTERVAL=1999999999", 1],
    ["FREQ=SECONDLY;BYSECOND=1;BYMINUTE=1;BYHOUR=1;BYYEARDAY=366;BYDAY=MO", 1],
    ["FREQ=DAILY;BYHOUR=0,1,2,3;BYMINUTE=0,1,2,3;BYSECOND=0,1,2,3;BYSETPOS=-1", 366],
  ])("%s is shown within bounds", (rule, most) => {
    const calendar = read(utf8(event(`DTSTART:20260101T000000Z\r\nRRULE:${rule}`)));
    const [object] = calendar.objects;
    if (object === undefined) throw new Error("no object");
    const series = readSeries(object, { zone: utcZone, zones: calendar.zones });
    const range = { fromMs: Date.UTC(2026, 0, 1), toMs: Date.UTC(2027, 0, 1) };
    const found = [...instancesOf(series, range)].length;
    expect(found).toBeGreaterThan(0);
    expect(found).toBeLessThanOrEqual(most);
  });
});
