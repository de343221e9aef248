import { describe, expect, it } from "vitest";
import { readEvent } from "./event.ts";
import { instanceKey, instancesOf } from "./expand.ts";
import { parseCalendarText } from "./parse-calendar.ts";
import { readSeries } from "./series.ts";
import { ianaZone, utcZone } from "./zones.ts";

interface Asked {
  readonly events: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly zone?: string;
  readonly explained?: string;
}

/** Events by their lines, divided by `|`. */
function expanded({
  events,
  from = "2020-01-01",
  to = "2040-01-01",
  zone = "Europe/Paris",
  explained = "",
}: Asked) {
  const components = events.map(
    (lines) => `BEGIN:VEVENT\nUID:1\n${lines.replaceAll("|", "\n")}\nEND:VEVENT\n`,
  );
  const parsed = parseCalendarText(`BEGIN:VCALENDAR\n${explained}${components.join("")}END:VCALENDAR\n`);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  const [object] = parsed.calendar.objects;
  if (object === undefined) throw new Error("no object");
  const series = readSeries(object, { zone: ianaZone(zone) ?? utcZone, zones: parsed.calendar.zones });
  const range = { fromMs: Date.parse(`${from}Z`), toMs: Date.parse(`${to}Z`), most: 400 };
  return { series, instances: [...instancesOf(series, range)] };
}

function startsOf(asked: Asked, most = 100): string[] {
  const { instances } = expanded(asked);
  return instances
    .slice(0, most)
    .map(({ startMs }) => new Date(startMs).toISOString().slice(0, 16).replace(":00.", ""));
}

function localsOf(asked: Asked, most = 100): string[] {
  const { instances } = expanded(asked);
  return instances
    .slice(0, most)
    .map(({ startWallMs, isAllDay }) => new Date(startWallMs).toISOString().slice(0, isAllDay ? 10 : 16));
}

function hours(events: string[]): number[] {
  return expanded({ events }).instances.map(({ startMs, endMs }) => (endMs - startMs) / 3_600_000);
}

describe("rules (examples of RFC 5545 section 3.8.5.3 and what it leaves to find out)", () => {
  it.each([
    ["FREQ=DAILY;COUNT=3", "19970902", "1997-09-02 1997-09-03 1997-09-04"],
    ["FREQ=DAILY;INTERVAL=10;COUNT=3", "19970902", "1997-09-02 1997-09-12 1997-09-22"],
    [
      "FREQ=WEEKLY;INTERVAL=2;COUNT=4;WKST=MO;BYDAY=TU,SU",
      "19970805",
      "1997-08-05 1997-08-10 1997-08-19 1997-08-24",
    ],
    [
      "FREQ=WEEKLY;INTERVAL=2;COUNT=4;WKST=SU;BYDAY=TU,SU",
      "19970805",
      "1997-08-05 1997-08-17 1997-08-19 1997-08-31",
    ],
    ["FREQ=MONTHLY;COUNT=3;BYDAY=1FR", "19970905", "1997-09-05 1997-10-03 1997-11-07"],
    [
      "FREQ=MONTHLY;INTERVAL=2;COUNT=4;BYDAY=1SU,-1SU",
      "19970907",
      "1997-09-07 1997-09-28 1997-11-02 1997-11-30",
    ],
    ["FREQ=MONTHLY;COUNT=3;BYDAY=-2MO", "19970922", "1997-09-22 1997-10-20 1997-11-17"],
    ["FREQ=MONTHLY;BYMONTHDAY=-3;COUNT=3", "19970928", "1997-09-28 1997-10-29 1997-11-28"],
    ["FREQ=MONTHLY;COUNT=4;BYMONTHDAY=1,-1", "19970930", "1997-09-30 1997-10-01 1997-10-31 1997-11-01"],
    ["FREQ=MONTHLY;COUNT=4", "20260131", "2026-01-31 2026-03-31 2026-05-31 2026-07-31"],
    ["FREQ=YEARLY;COUNT=4;BYMONTH=6,7", "19970610", "1997-06-10 1997-07-10 1998-06-10 1998-07-10"],
    [
      "FREQ=YEARLY;INTERVAL=3;COUNT=4;BYYEARDAY=1,100,200",
      "19970101",
      "1997-01-01 1997-04-10 1997-07-19 2000-01-01",
    ],
    ["FREQ=YEARLY;BYDAY=20MO;COUNT=3", "19970519", "1997-05-19 1998-05-18 1999-05-17"],
    ["FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3", "19970512", "1997-05-12 1998-05-11 1999-05-17"],
    ["FREQ=YEARLY;BYWEEKNO=20;COUNT=3", "19970514", "1997-05-14 1998-05-13 1999-05-19"],
    ["FREQ=YEARLY;BYMONTH=3;BYDAY=TH;COUNT=4", "19970313", "1997-03-13 1997-03-20 1997-03-27 1998-03-05"],
    ["FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=3", "19980213", "1998-02-13 1998-03-13 1998-11-13"],
    [
      "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=3",
      "19961105",
      "1996-11-05 2000-11-07 2004-11-02",
    ],
    ["FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "19970904", "1997-09-04 1997-10-07 1997-11-06"],
    ["FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=3", "19970929", "1997-09-29 1997-10-30 1997-11-27"],
    [
      "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5",
      "20070115",
      "2007-01-15 2007-01-30 2007-02-15 2007-03-15 2007-03-30",
    ],
    ["FREQ=YEARLY;COUNT=3", "20240229", "2024-02-29 2028-02-29 2032-02-29"],
    ["FREQ=YEARLY;BYWEEKNO=53;BYDAY=TH;COUNT=3", "20201231", "2020-12-31 2026-12-31 2032-12-30"],
    ["FREQ=YEARLY;BYWEEKNO=-1;BYDAY=TH;COUNT=3", "20201231", "2020-12-31 2021-12-30 2022-12-29"],
    ["FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO;COUNT=3", "20251229", "2025-12-29 2027-01-04 2028-01-03"],
    ["FREQ=WEEKLY;UNTIL=20261214;BYDAY=MO", "20261123", "2026-11-23 2026-11-30 2026-12-07 2026-12-14"],
    ["FREQ=WEEKLY;COUNT=1", "20261123", "2026-11-23"],
    // The start counts, even where the rule does not mean it.
    ["FREQ=WEEKLY;COUNT=3;BYDAY=FR", "20261123", "2026-11-23 2026-11-27 2026-12-04"],
    ["FREQ=NEVER", "20261123", "2026-11-23"],
  ])("%s from %s", (rule, start, days) => {
    const events = [`DTSTART;VALUE=DATE:${start}|RRULE:${rule}`];
    expect(localsOf({ events, from: "1990-01-01", to: "2040-01-01" })).toEqual(days.split(" "));
  });

  it.each([
    ["FREQ=HOURLY;INTERVAL=3;UNTIL=20261123T170000Z", "T09:00 T12:00 T15:00"],
    ["FREQ=MINUTELY;INTERVAL=90;COUNT=4", "T09:00 T10:30 T12:00 T13:30"],
    ["FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10;COUNT=5", "T09:00 T09:20 T09:40 T10:00 T10:20"],
    ["FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,30;COUNT=4", "T09:00 T09:30 T10:00 T10:30"],
    ["FREQ=HOURLY;BYMINUTE=0,15;COUNT=3", "T09:00 T09:15 T10:00"],
    ["FREQ=SECONDLY;INTERVAL=3600;COUNT=3", "T09:00 T10:00 T11:00"],
  ])("%s within a day", (rule, times) => {
    const starts = startsOf({ events: [`DTSTART:20261123T090000Z|RRULE:${rule}`] });
    expect(starts.map((each) => each.slice(10))).toEqual(times.split(" "));
  });

  it("costs as little long after its start", () => {
    const events = ["DTSTART:19000101T090000Z|RRULE:FREQ=SECONDLY;INTERVAL=7200"];
    expect(startsOf({ events, from: "2099-12-31", to: "2100-01-01" })).toHaveLength(12);
  });

  it("counts from the start, wherever the range is", () => {
    const events = ["DTSTART:20200106T090000Z|RRULE:FREQ=WEEKLY;BYDAY=MO,TH;COUNT=725"];
    expect(startsOf({ events, from: "2026-12-01", to: "2027-02-01" })).toEqual([
      "2026-12-03T09:00",
      "2026-12-07T09:00",
      "2026-12-10T09:00",
      "2026-12-14T09:00",
    ]);
  });
});

describe("clocks that change", () => {
  it.each([
    ["Europe/Paris", "20260328T090000", "DAILY", "2026-03-28T08:00 2026-03-29T07:00 2026-03-30T07:00"],
    ["Europe/Paris", "20261024T090000", "DAILY", "2026-10-24T07:00 2026-10-25T08:00 2026-10-26T08:00"],
    // 02:30 does not exist on the 29th: read with the offset before the gap.
    ["Europe/Paris", "20260328T023000", "DAILY", "2026-03-28T01:30 2026-03-29T01:30 2026-03-30T00:30"],
    // 02:30 comes twice on the 25th: the first is meant.
    ["Europe/Paris", "20261024T023000", "DAILY", "2026-10-24T00:30 2026-10-25T00:30 2026-10-26T01:30"],
    ["America/New_York", "20260307T090000", "DAILY", "2026-03-07T14:00 2026-03-08T13:00 2026-03-09T13:00"],
    ["America/New_York", "20261031T013000", "DAILY", "2026-10-31T05:30 2026-11-01T05:30 2026-11-02T06:30"],
    // Midnight itself is skipped.
    ["America/Sao_Paulo", "20181103T000000", "DAILY", "2018-11-03T03:00 2018-11-04T03:00 2018-11-05T02:00"],
    ["America/Sao_Paulo", "20261103T000000", "DAILY", "2026-11-03T03:00 2026-11-04T03:00 2026-11-05T03:00"],
    ["Asia/Tehran", "20210321T120000", "DAILY", "2021-03-21T08:30 2021-03-22T07:30 2021-03-23T07:30"],
    ["Asia/Tehran", "20260321T120000", "DAILY", "2026-03-21T08:30 2026-03-22T08:30 2026-03-23T08:30"],
    // Half an hour.
    ["Australia/Lord_Howe", "20260404T090000", "DAILY", "2026-04-03T22:00 2026-04-04T22:30 2026-04-05T22:30"],
    ["Asia/Kathmandu", "20260404T090000", "DAILY", "2026-04-04T03:15 2026-04-05T03:15 2026-04-06T03:15"],
    [
      "Romance Standard Time",
      "20260328T090000",
      "DAILY",
      "2026-03-28T08:00 2026-03-29T07:00 2026-03-30T07:00",
    ],
    [
      "/mozilla.org/20050126_1/Europe/Paris",
      "20260328T090000",
      "DAILY",
      "2026-03-28T08:00 2026-03-29T07:00 2026-03-30T07:00",
    ],
  ])("%s from %s", (zone, start, frequency, starts) => {
    const events = [`DTSTART;TZID="${zone}":${start}|RRULE:FREQ=${frequency};COUNT=3`];
    expect(startsOf({ events, from: "2000-01-01" })).toEqual(starts.split(" "));
  });

  it("lasts as long as on other nights when it ends by a time, and until the same hour when it lasts days", () => {
    const night = [
      "DTSTART;TZID=Europe/Paris:20261024T230000|DTEND;TZID=Europe/Paris:20261025T060000|RRULE:FREQ=DAILY;COUNT=2",
    ];
    expect(hours(night)).toEqual([8, 8]);
    expect(
      hours(["DTSTART;TZID=Europe/Paris:20261024T120000|DURATION:P1D|RRULE:FREQ=DAILY;COUNT=2"]),
    ).toEqual([25, 24]);
  });

  it("follows a zone that the calendar explains, whatever it is called", () => {
    const explained = [
      "BEGIN:VTIMEZONE\nTZID:Bureau du coin",
      "BEGIN:DAYLIGHT\nDTSTART:16010325T020000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:DAYLIGHT",
      "BEGIN:STANDARD\nDTSTART:16011028T030000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD",
      "END:VTIMEZONE\n",
    ].join("\n");
    const events = ["DTSTART;TZID=Bureau du coin:20260328T090000|RRULE:FREQ=DAILY;COUNT=3"];
    expect(startsOf({ events, explained, zone: "Asia/Tokyo" })).toEqual([
      "2026-03-28T08:00",
      "2026-03-29T07:00",
      "2026-03-30T07:00",
    ]);
  });

  it("takes floating times and those of unknown zones for the reader's own", () => {
    for (const start of ["DTSTART:20261123T090000", "DTSTART;TZID=Nowhere:20261123T090000"]) {
      expect(startsOf({ events: [start], zone: "America/New_York" })).toEqual(["2026-11-23T14:00"]);
    }
  });
});

describe("ranges", () => {
  const night = "DTSTART:20261123T220000Z|DTEND:20261124T040000Z|RRULE:FREQ=DAILY";

  it("has what began before and goes on, not what ends as it begins", () => {
    expect(startsOf({ events: [night], from: "2026-11-25", to: "2026-11-26" })).toEqual([
      "2026-11-24T22:00",
      "2026-11-25T22:00",
    ]);
    expect(startsOf({ events: [night], from: "2026-11-25T04:00", to: "2026-11-25T22:00" })).toEqual([]);
  });

  it("has whole days of where the reader is", () => {
    const events = ["DTSTART;VALUE=DATE:20261123|RRULE:FREQ=DAILY;COUNT=1"];
    expect(startsOf({ events, zone: "Asia/Tokyo" })).toEqual(["2026-11-22T15:00"]);
    expect(localsOf({ events, from: "2026-11-22T23:00", to: "2026-11-22T23:30" })).toEqual(["2026-11-23"]);
    expect(localsOf({ events, from: "2026-11-23T23:00", to: "2026-11-24T00:00" })).toEqual([]);
  });

  it("goes on without end in 2099", () => {
    const events = ["DTSTART;VALUE=DATE:20261123|RRULE:FREQ=YEARLY"];
    expect(localsOf({ events, from: "2099-01-01", to: "2100-01-01" })).toEqual(["2099-11-23"]);
  });
});

describe("dates apart", () => {
  const daily =
    "DTSTART;TZID=Europe/Paris:20261123T090000|DTEND;TZID=Europe/Paris:20261123T100000|RRULE:FREQ=DAILY;COUNT=4";

  it.each([
    ["EXDATE;TZID=Europe/Paris:20261124T090000", "23 25 26"],
    ["EXDATE:20261124T080000Z,20261125T080000Z", "23 26"],
    ["EXDATE;VALUE=DATE:20261124", "23 25 26"],
    ["EXDATE:20261124T090000", "23 25 26"],
    ["EXDATE;TZID=Europe/Paris:20261124T093000", "23 24 25 26"],
    ["EXDATE;TZID=Europe/Paris:20261123T090000", "24 25 26"],
    ["RDATE;TZID=Europe/Paris:20261128T090000", "23 24 25 26 28"],
    ["RDATE:20261128T080000Z,20261124T080000Z", "23 24 25 26 28"],
    ["RDATE;VALUE=PERIOD:20261128T080000Z/PT1H", "23 24 25 26 28"],
    ["RDATE;VALUE=DATE:20261128|EXDATE;VALUE=DATE:20261128", "23 24 25 26"],
  ])("%s", (lines, days) => {
    expect(localsOf({ events: [`${daily}|${lines}`] }).map((each) => each.slice(8, 10))).toEqual(
      days.split(" "),
    );
  });

  it("puts an exception where it is and not where it was", () => {
    const events = [
      daily,
      "RECURRENCE-ID;TZID=Europe/Paris:20261124T090000|DTSTART:20261127T150000Z|SUMMARY:ailleurs",
    ];
    const { instances, series } = expanded({ events });
    expect(instances.map(({ startWallMs }) => new Date(startWallMs).getUTCDate())).toEqual([23, 25, 26, 27]);
    const exception = instances.find(({ isException }) => isException);
    if (exception === undefined) throw new Error("no exception");
    expect(readEvent(exception.component)?.title).toBe("ailleurs");
    expect(instanceKey(series, exception)).toBe("20261124T080000Z");
  });

  it("finds an exception by its moment, in whatever zone it is named, or by its day", () => {
    for (const id of [
      "RECURRENCE-ID:20261124T080000Z",
      "RECURRENCE-ID;VALUE=DATE:20261124",
      "RECURRENCE-ID;TZID=America/New_York:20261124T030000",
    ]) {
      expect(localsOf({ events: [daily, `${id}|DTSTART:20261224T080000Z`], to: "2026-12-01" })).toHaveLength(
        3,
      );
    }
  });

  it("has an exception that was moved into the range from far away", () => {
    const events = [daily, "RECURRENCE-ID:20261124T080000Z|DTSTART:20300101T080000Z"];
    expect(startsOf({ events, from: "2030-01-01", to: "2030-01-02" })).toEqual(["2030-01-01T08:00"]);
  });

  it("moves all later times by an exception that counts for them", () => {
    const later =
      "RECURRENCE-ID;RANGE=THISANDFUTURE:20261125T080000Z|DTSTART;TZID=Europe/Paris:20261125T140000|DURATION:PT3H|SUMMARY:suite";
    const { instances } = expanded({ events: [daily, later] });
    expect(
      instances.map(({ startWallMs, endWallMs }) =>
        [startWallMs, endWallMs].map((each) => new Date(each).toISOString().slice(8, 13)).join(" "),
      ),
    ).toEqual(["23T09 23T10", "24T09 24T10", "25T14 25T17", "26T14 26T17"]);
  });

  it("shows an exception whose series is not there", () => {
    expect(startsOf({ events: ["RECURRENCE-ID:20261124T080000Z|DTSTART:20261125T080000Z"] })).toEqual([
      "2026-11-25T08:00",
    ]);
  });
});
