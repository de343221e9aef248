import { describe, expect, it } from "vitest";
import type { CalendarTime } from "./calendar-time.ts";
import { textOf } from "./component.ts";
import type { EventChanges } from "./event.ts";
import { readEvent } from "./event.ts";
import { instancesOf } from "./expand.ts";
import { newCalendar } from "./keep-bytes.ts";
import { parseCalendarText } from "./parse-calendar.ts";
import type { CalendarObject, Series } from "./series.ts";
import { readSeries } from "./series.ts";
import type { Scope } from "./series-edit.ts";
import { deleteFromSeries, editSeries } from "./series-edit.ts";
import { ianaZone, utcZone } from "./zones.ts";

const options = { nowMs: Date.UTC(2026, 10, 1), newUid: "suite" };
const year = { fromMs: Date.UTC(2026, 0, 1), toMs: Date.UTC(2028, 0, 1), most: 20 };

const weekly =
  "DTSTART;TZID=Romance Standard Time:20261019T090000|DTEND;TZID=Romance Standard Time:20261019T100000|SUMMARY:Point|X-KEPT;A=b:oui|RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=5|EXDATE;TZID=Romance Standard Time:20261102T090000";
const daily = "DTSTART;VALUE=DATE:20261123|SUMMARY:Garde|RRULE:FREQ=DAILY;UNTIL=20261127";

function seriesOf(...events: string[]): Series {
  const components = events.map((each) => `BEGIN:VEVENT|UID:un|${each}|END:VEVENT|`.replaceAll("|", "\r\n"));
  return again(`BEGIN:VCALENDAR\r\n${components.join("")}END:VCALENDAR\r\n`);
}

/** Through its text, as it is kept. */
function again(text: string): Series {
  const parsed = parseCalendarText(text);
  const object = parsed.ok ? parsed.calendar.objects[0] : undefined;
  if (!parsed.ok || object === undefined) throw new Error("no object");
  return readSeries(object, { zone: ianaZone("Europe/Paris") ?? utcZone, zones: parsed.calendar.zones });
}

function textOfObject(object: CalendarObject | undefined): string {
  if (object === undefined) return "";
  return textOf([
    newCalendar([...(object.master === undefined ? [] : [object.master]), ...object.overrides]),
  ]);
}

/** `19 09:00 Point` for each time. */
function shown(object: CalendarObject | undefined): string[] {
  if (object === undefined) return [];
  return [...instancesOf(again(textOfObject(object)), year)].map(({ startWallMs, isAllDay, component }) => {
    const when = new Date(startWallMs).toISOString();
    return `${when.slice(5, 10)}${isAllDay ? "" : ` ${when.slice(11, 16)}`} ${readEvent(component)?.title}`;
  });
}

function nth(series: Series, at: number) {
  const instance = [...instancesOf(series, year)][at];
  if (instance === undefined) throw new Error("no such time");
  return instance;
}

function paris(local: string): CalendarTime {
  return { kind: "zoned", local: `${local}:00`, zone: "Europe/Paris" };
}

function edited(series: Series, at: number, changes: EventChanges, scope: Scope) {
  return editSeries(series, nth(series, at), changes, scope, options);
}

function deleted(series: Series, at: number, scope: Scope) {
  return deleteFromSeries(series, nth(series, at), scope, options).object;
}

describe("editing", () => {
  it("one time makes an exception and leaves the series as it came", () => {
    const series = seriesOf(weekly);
    const { object, added } = edited(series, 1, { title: "Point court" }, "this");
    expect(added).toBeUndefined();
    expect(object?.master).toBe(series.object.master);
    expect(shown(object)).toEqual([
      "10-19 09:00 Point",
      "10-26 09:00 Point court",
      "11-09 09:00 Point",
      "11-16 09:00 Point",
    ]);
    expect(textOfObject(object)).toContain("RECURRENCE-ID;TZID=Romance Standard Time:20261026T090000\r\n");
    expect(textOfObject(object).match(/RRULE|EXDATE/g)).toHaveLength(2);
    expect(textOfObject(object).match(/X-KEPT;A=b:oui/g)).toHaveLength(2);
  });

  it("one time twice has one exception, wherever it was moved", () => {
    const series = seriesOf(weekly);
    const first = edited(
      series,
      1,
      { start: paris("2026-10-28T15:00"), end: paris("2026-10-28T16:00") },
      "this",
    );
    const moved = again(textOfObject(first.object));
    const second = edited(moved, 1, { title: "Ailleurs" }, "this");
    expect(shown(second.object)).toEqual([
      "10-19 09:00 Point",
      "10-28 15:00 Ailleurs",
      "11-09 09:00 Point",
      "11-16 09:00 Point",
    ]);
    expect(second.object?.overrides).toHaveLength(1);
  });

  it("all from a later time moves the first by as much, clock changes and left out times included", () => {
    const changes = { start: paris("2026-11-10T14:00"), end: paris("2026-11-10T16:00") };
    const { object } = edited(seriesOf(weekly), 2, changes, "all");
    expect(shown(object)).toEqual([
      "10-20 14:00 Point",
      "10-27 14:00 Point",
      "11-10 14:00 Point",
      "11-17 14:00 Point",
    ]);
    const text = textOfObject(object);
    expect(text).toContain("DTEND;TZID=Romance Standard Time:20261020T160000");
    expect(text).toContain("EXDATE;TZID=Europe/Paris:20261103T140000");
    expect(text).toContain("RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=5");
  });

  it("all leaves an exception what it says otherwise", () => {
    const exception =
      "RECURRENCE-ID:20261026T080000Z|DTSTART;TZID=Europe/Paris:20261026T110000|DTEND;TZID=Europe/Paris:20261026T120000|SUMMARY:Autre|LOCATION:Ici";
    const { object } = edited(
      seriesOf(`${weekly}|LOCATION:Ici`, exception),
      0,
      { title: "Point bis", location: "Là" },
      "all",
    );
    expect(shown(object)).toEqual([
      "10-19 09:00 Point bis",
      "10-26 11:00 Autre",
      "11-09 09:00 Point bis",
      "11-16 09:00 Point bis",
    ]);
    expect(textOfObject(object).match(/LOCATION:Là/g)).toHaveLength(2);
  });

  it("all to whole days leaves no hours anywhere", () => {
    const changes = {
      start: { kind: "day", day: "2026-10-19" },
      end: { kind: "day", day: "2026-10-20" },
    } as const;
    const { object } = edited(seriesOf(weekly), 0, changes, "all");
    expect(shown(object)).toEqual(["10-19 Point", "10-26 Point", "11-09 Point", "11-16 Point"]);
    expect(textOfObject(object)).not.toMatch(/T090000/);
  });

  it("this and following ends one series and begins another, which counts what is left", () => {
    const { object, added } = edited(
      seriesOf(weekly),
      2,
      { title: "Nouveau", start: paris("2026-11-09T14:00"), end: paris("2026-11-09T15:00") },
      "following",
    );
    expect(shown(object)).toEqual(["10-19 09:00 Point", "10-26 09:00 Point"]);
    expect(textOfObject(object)).toContain("RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20261109T075959Z");
    expect(shown(added?.object)).toEqual(["11-09 14:00 Nouveau", "11-16 14:00 Nouveau"]);
    const text = textOfObject(added?.object);
    expect(text).toContain("UID:suite\r\n");
    expect(text).toContain("RELATED-TO;RELTYPE=SIBLING:un\r\n");
    expect(text).toContain("X-KEPT;A=b:oui\r\n");
    expect(text).toContain("COUNT=2");
  });

  it("this and following of whole days ends the day before", () => {
    const { object, added } = edited(seriesOf(daily), 2, { title: "Autre garde" }, "following");
    expect(shown(object)).toEqual(["11-23 Garde", "11-24 Garde"]);
    expect(textOfObject(object)).toContain("RRULE:FREQ=DAILY;UNTIL=20261124\r\n");
    expect(shown(added?.object)).toEqual(["11-25 Autre garde", "11-26 Autre garde", "11-27 Autre garde"]);
  });

  it("this and following takes later exceptions along, each to its own time", () => {
    const exception =
      "RECURRENCE-ID:20261116T080000Z|DTSTART:20261117T080000Z|DTEND:20261117T090000Z|SUMMARY:Mardi";
    const { object, added } = edited(seriesOf(weekly, exception), 2, { location: "Là" }, "following");
    expect(shown(object)).toEqual(["10-19 09:00 Point", "10-26 09:00 Point"]);
    expect(shown(added?.object)).toEqual(["11-09 09:00 Point", "11-17 08:00 Mardi"]);
  });

  it("this and following from the first time is all", () => {
    const { object, added } = edited(seriesOf(weekly), 0, { title: "Tous" }, "following");
    expect(added).toBeUndefined();
    expect(shown(object)[3]).toBe("11-16 09:00 Tous");
  });

  it("what happens once is edited as it is, whatever the scope", () => {
    const once = "DTSTART:20261123T080000Z|DTEND:20261123T090000Z|SUMMARY:Seul";
    for (const scope of ["this", "following", "all"] as const) {
      expect(shown(edited(seriesOf(once), 0, { title: "Changé" }, scope).object)).toEqual([
        "11-23 08:00 Changé",
      ]);
    }
  });

  it("another rule does away with exceptions of times that are no more", () => {
    const exception = "RECURRENCE-ID;VALUE=DATE:20261124|DTSTART;VALUE=DATE:20261124|SUMMARY:Autre";
    const { object } = edited(seriesOf(daily, exception), 0, { rule: "FREQ=WEEKLY;COUNT=2" }, "all");
    expect(shown(object)).toEqual(["11-23 Garde", "11-30 Garde"]);
  });
});

describe("deleting", () => {
  it("one time leaves it out, in the form of the start", () => {
    const object = deleted(seriesOf(weekly), 1, "this");
    expect(shown(object)).toEqual(["10-19 09:00 Point", "11-09 09:00 Point", "11-16 09:00 Point"]);
    expect(textOfObject(object)).toContain("EXDATE;TZID=Romance Standard Time:20261026T090000\r\n");
    expect(textOfObject(deleted(seriesOf(daily), 1, "this"))).toContain("EXDATE;VALUE=DATE:20261124\r\n");
  });

  it("an exception leaves its time out too", () => {
    const exception = "RECURRENCE-ID:20261116T080000Z|DTSTART:20261117T080000Z|SUMMARY:Mardi";
    expect(shown(deleted(seriesOf(weekly, exception), 3, "this"))).toEqual([
      "10-19 09:00 Point",
      "10-26 09:00 Point",
      "11-09 09:00 Point",
    ]);
  });

  it("this and following ends the series", () => {
    expect(shown(deleted(seriesOf(weekly), 2, "following"))).toEqual([
      "10-19 09:00 Point",
      "10-26 09:00 Point",
    ]);
  });

  it.each([
    [0, "following"],
    [2, "all"],
  ] as const)("time %i with %s leaves nothing", (at, scope) => {
    expect(deleted(seriesOf(weekly), at, scope)).toBeUndefined();
  });

  it("the last time that was left leaves nothing", () => {
    const series = seriesOf(
      "DTSTART;VALUE=DATE:20261123|RRULE:FREQ=DAILY;COUNT=2|EXDATE;VALUE=DATE:20261124",
    );
    expect(deleted(series, 0, "this")).toBeUndefined();
  });
});
