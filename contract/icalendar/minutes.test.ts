import { expect, it } from "vitest";
import { componentsOf, readTree, textOf } from "./component.ts";
import { readEvent, withEventChanges } from "./event.ts";
import { instancesOf, type Instance } from "./expand.ts";
import { minutesOf } from "./minutes.ts";
import { parseCalendarText } from "./parse-calendar.ts";
import { editSeries } from "./series-edit.ts";
import { asException, isOwnTime } from "./series-parts.ts";
import { readSeries, type Series } from "./series.ts";
import { utcZone } from "./zones.ts";

const MINUTES =
  'STRUCTURED-DATA;VALUE=TEXT;FMTTYPE=text/markdown;SCHEMA="urn:x-parvis:minutes":# Décidé\\n\\n- [ ] Écrire\\, vite';

function seriesOf(...lines: string[]): Series {
  const parsed = parseCalendarText(
    [
      "BEGIN:VCALENDAR",
      "BEGIN:VEVENT",
      "UID:m",
      "DTSTART:20261201T090000Z",
      "DTEND:20261201T100000Z",
      "RRULE:FREQ=DAILY;COUNT=4",
      ...lines,
      "END:VEVENT",
      "END:VCALENDAR",
      "",
    ].join("\r\n"),
  );
  const object = parsed.ok ? parsed.calendar.objects[0] : undefined;
  if (object === undefined) throw new Error("no event");
  return readSeries(object, { zone: utcZone, zones: () => undefined });
}

function timesOf(series: Series): Instance[] {
  return [...instancesOf(series, { fromMs: Date.parse("2026-11-01"), toMs: Date.parse("2027-01-01") })];
}

function minutesShown(series: Series): (string | undefined)[] {
  return timesOf(series).map((each) => (isOwnTime(series, each) ? minutesOf(each.component) : undefined));
}

const clock = { nowMs: 0, newUid: "new" };

it("are read and written as Markdown, and leave every other line as it came", () => {
  const [component] = componentsOf({
    children: readTree(
      `BEGIN:VEVENT\r\nUID:m\r\nDTSTART:20261201T090000Z\r\n${MINUTES}\r\nX-ODD:a\\,b\r\nEND:VEVENT\r\n`,
    ).nodes,
  });
  if (component === undefined) throw new Error("no event");
  expect(readEvent(component)?.minutes).toBe("# Décidé\n\n- [ ] Écrire, vite");
  const edited = withEventChanges(component, { minutes: "Rien ; rien" });
  expect(readEvent(edited)?.minutes).toBe("Rien ; rien");
  const gone = textOf([withEventChanges(edited, { minutes: undefined })]);
  expect(gone).toBe("BEGIN:VEVENT\r\nUID:m\r\nDTSTART:20261201T090000Z\r\nX-ODD:a\\,b\r\nEND:VEVENT\r\n");
  expect(textOf([withEventChanges(component, { minutes: "# Décidé\n\n- [ ] Écrire, vite" })])).toBe(
    textOf([component]),
  );
});

it("belong to one time of a series: those beside it have none, nor has what is made of them", () => {
  const series = seriesOf();
  const [, second] = timesOf(series);
  if (second === undefined) throw new Error("no second time");
  const { object } = editSeries(series, second, { minutes: "Fait" }, "this", clock);
  if (object === undefined) throw new Error("gone");
  expect(minutesShown(readSeries(object, series.place))).toEqual([undefined, "Fait", undefined, undefined]);
});

it("of what happened once and recurs since are those of its first time", () => {
  const series = seriesOf(MINUTES);
  expect(minutesShown(series).map((each) => each !== undefined)).toEqual([true, false, false, false]);
  const [first, second, third] = timesOf(series);
  if (first === undefined || second === undefined || third === undefined) throw new Error("no times");
  expect(minutesOf(asException(series, first))).toBeDefined();
  expect(minutesOf(asException(series, second))).toBeUndefined();
  const { object, added } = editSeries(series, third, { title: "Suite" }, "following", clock);
  if (object === undefined || added === undefined) throw new Error("not divided");
  expect(minutesShown(readSeries(object, series.place)).map((each) => each !== undefined)).toEqual([
    true,
    false,
  ]);
  expect(minutesShown(readSeries(added.object, series.place))).toEqual([undefined, undefined]);
});
