import { expect, it } from "vitest";
import { componentsOf, readTree, textOf, type Component } from "./component.ts";
import { readEvent, withEventChanges } from "./event.ts";
import { instancesOf } from "./expand.ts";
import {
  isDocumentAddress,
  MOST_ITEMS,
  programmeOf,
  programmeSchema,
  withProgramme,
  type ProgrammeItem,
} from "./programme.ts";
import { editSeries } from "./series-edit.ts";
import { readSeries, type CalendarObject } from "./series.ts";
import { utcZone } from "./zones.ts";

function event(...lines: string[]): Component {
  const text = ["BEGIN:VEVENT", "UID:p", "DTSTART:20261201T090000Z", ...lines, "END:VEVENT", ""].join("\r\n");
  const [first] = componentsOf({ children: readTree(text).nodes });
  if (first === undefined) throw new Error("no event");
  return first;
}

const items: ProgrammeItem[] = [
  { id: "a", title: 'Budget ; "reste", à\\voir', minutes: 20, speaker: { name: "Karim Benhaddou" } },
  {
    id: "b",
    title: "Travaux",
    minutes: 40,
    speaker: { name: "Ada", address: "mailto:ada@ville.example" },
    documents: [{ link: "https://plans.example/a,b;c", name: "Plans" }],
  },
];

const place = { zone: utcZone, zones: () => undefined };
const range = { fromMs: Date.parse("2026-11-01"), toMs: Date.parse("2027-01-01") };

/** How many items each time has. */
function countsOf(object: CalendarObject): number[] {
  return [...instancesOf(readSeries(object, place), range)].map(
    ({ component }) => (programmeOf(component) ?? []).length,
  );
}

const BROKEN = [
  'STRUCTURED-DATA;VALUE=TEXT;FMTTYPE=application/json;SCHEMA="urn:x-parvis:programme":{"version":2}',
  'STRUCTURED-DATA;VALUE=TEXT;FMTTYPE=application/json;SCHEMA="urn:x-parvis:programme":{"version":1\\,',
  'STRUCTURED-DATA;VALUE=BINARY;ENCODING=BASE64;SCHEMA="urn:x-parvis:programme":AAAA',
  'STRUCTURED-DATA;VALUE=TEXT;SCHEMA="urn:x-parvis:programme":{"version":1\\,"items":[{"id":"a"\\,"title":"x"\\,"minutes":1\\,"documents":[{"link":"javascript:alert(1)"}]}]}',
];

it("is read as it was written, between lines that stay as they came", () => {
  const other = 'STRUCTURED-DATA;VALUE=TEXT;SCHEMA="https://other.example/x":\\{kept\\}';
  const before = event(
    "X-ODD;A=b:kept\\, as it is",
    other,
    "SUMMARY:Point",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    "END:VALARM",
  );
  const written = withProgramme(before, items);
  expect(programmeOf(written)).toEqual(items);
  const again = componentsOf({ children: readTree(textOf([written])).nodes })[0];
  expect(again === undefined ? undefined : readEvent(again)?.programme).toEqual(items);
  const lines = textOf([written]).replaceAll("\r\n ", "").split("\r\n");
  expect(lines.find((line) => line.includes("programme"))).toMatch(
    /^STRUCTURED-DATA;VALUE=TEXT;FMTTYPE=application\/json;SCHEMA="urn:x-parvis:programme":\{/,
  );
  expect(lines.filter((line) => !line.includes("programme")).join("\r\n")).toBe(textOf([before]));
  expect(textOf([withProgramme(written, undefined)])).toBe(textOf([before]));
  expect(textOf([withProgramme(written, [...items])])).toBe(textOf([written]));
});

it.each(BROKEN)("what is not understood is told, and left alone byte for byte: %s", (line) => {
  const broken = event(line, "SUMMARY:Point");
  expect(programmeOf(broken)).toBe("unreadable");
  expect(textOf([withProgramme(broken, items)])).toBe(textOf([broken]));
  const renamed = withEventChanges(broken, { title: "Autre", programme: undefined });
  expect(textOf([renamed])).toBe(textOf([broken]).replace("SUMMARY:Point", "SUMMARY:Autre"));
});

it("fields of a later version stay when it is edited", () => {
  const line =
    'STRUCTURED-DATA;VALUE=TEXT;FMTTYPE=application/json;SCHEMA="urn:x-parvis:programme":{"version":1\\,"room":"B"\\,"items":[{"id":"a"\\,"title":"x"\\,"minutes":5\\,"kind":"vote"}]}';
  const read = programmeOf(event(line));
  if (read === undefined || read === "unreadable") throw new Error("unreadable");
  const edited = withProgramme(
    event(line),
    read.map((each) => Object.assign({}, each, { minutes: 10 })),
  );
  const text = textOf([edited]).replaceAll("\r\n ", "");
  expect(text).toContain('"room":"B"');
  expect(text).toContain('"kind":"vote"');
  expect(text).toContain('"minutes":10');
});

it("of one time, of it and those after it, and of all is changed as everything else", () => {
  const lines = ["DTEND:20261201T100000Z", "RRULE:FREQ=DAILY;COUNT=3"];
  const master = withProgramme(event(...lines), items);
  const series = readSeries({ kind: "VEVENT", master, overrides: [] }, place);
  const times = [...instancesOf(series, range)];
  const [, second, third] = times;
  if (second === undefined || third === undefined) throw new Error("no times");
  const clock = { nowMs: 0, newUid: "q" };
  const other = { programme: items.slice(0, 1) };
  const one = editSeries(series, second, other, "this", clock).object;
  if (one === undefined) throw new Error("gone");
  expect(countsOf(one)).toEqual([2, 1, 2]);
  const again = readSeries(one, place);
  const all = editSeries(again, third, { programme: [] }, "all", clock).object;
  // What differs at one time stays so.
  expect(all === undefined ? [] : countsOf(all)).toEqual([0, 1, 0]);
  const { object, added } = editSeries(series, second, other, "following", clock);
  expect([object, added?.object].map((each) => (each === undefined ? [] : countsOf(each)))).toEqual([
    [2],
    [1, 1],
  ]);
});

it("has limits, and no address that is not followed", () => {
  const many = Array.from({ length: MOST_ITEMS + 1 }, (_, at) => ({ id: `${at}`, title: "x", minutes: 1 }));
  expect(programmeSchema.safeParse(many).success).toBe(false);
  expect(programmeSchema.safeParse(many.slice(1)).success).toBe(true);
  expect(isDocumentAddress("https://ville.example/doc.pdf")).toBe(true);
  expect(
    isDocumentAddress(
      "parvis://document/space/01a20b29-15eb-7289-8c6d-5bef86f6bab5/01a20b29-15eb-7289-8c6d-5bef86f6bab5",
    ),
  ).toBe(true);
  for (const text of ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "https://", "plan"])
    expect(isDocumentAddress(text)).toBe(false);
});
