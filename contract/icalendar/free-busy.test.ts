import { describe, expect, it } from "vitest";
import { busyOf, findTime, merged, takenOf, weighed } from "./free-busy.ts";
import { isHoliday } from "./holidays.ts";
import { parseCalendarText } from "./parse-calendar.ts";
import { readSeries } from "./series.ts";
import { utcZone } from "./zones.ts";

const hours = { timeZone: "Europe/Paris", days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" };
const HOUR_MS = 3_600_000;

function at(text: string): number {
  return Date.parse(`${text}:00Z`);
}

function interval(from: string, to: string) {
  return { fromMs: at(from), toMs: at(to) };
}

function starts(slots: readonly { readonly fromMs: number }[]): string[] {
  return slots.map(({ fromMs }) => new Date(fromMs).toISOString().slice(0, 16));
}

function seriesOf(lines: string) {
  const text = `BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20261123T090000Z\nDTEND:20261123T100000Z\n${lines}\nEND:VEVENT\nEND:VCALENDAR\n`;
  const parsed = parseCalendarText(text);
  const object = parsed.ok ? parsed.calendar.objects[0] : undefined;
  if (!parsed.ok || object === undefined) throw new Error("no object");
  return readSeries(object, { zone: utcZone, zones: parsed.calendar.zones });
}

const threeDays = interval("2026-11-23T00:00", "2026-11-26T00:00");

function busy(lines: string, address?: string) {
  return busyOf(seriesOf(lines), threeDays, address).length;
}

describe("findTime", () => {
  const monday = interval("2026-11-23T00:00", "2026-11-24T00:00");

  it("finds the earliest times that all have, within everybody's hours", () => {
    const participants = [
      { hours, busy: [interval("2026-11-23T08:00", "2026-11-23T09:30")] },
      { hours: { ...hours, timeZone: "America/New_York" }, busy: [] },
    ];
    // New York works from 14:00 UTC on, Paris until 16:00.
    expect(starts(findTime(participants, { ...monday, lengthMs: HOUR_MS }))).toEqual([
      "2026-11-23T14:00",
      "2026-11-23T15:00",
    ]);
  });

  it("fits exactly between two meetings, and not in less", () => {
    const participants = [
      {
        hours,
        busy: [
          interval("2026-11-23T07:00", "2026-11-23T10:00"),
          interval("2026-11-23T11:00", "2026-11-23T17:00"),
        ],
      },
    ];
    expect(starts(findTime(participants, { ...monday, lengthMs: HOUR_MS }))).toEqual(["2026-11-23T10:00"]);
    expect(findTime(participants, { ...monday, lengthMs: HOUR_MS + 1 })).toEqual([]);
  });

  it("prefers times that those have too who are good to have", () => {
    const participants = [
      { hours, busy: [] },
      { isOptional: true, busy: [interval("2026-11-23T08:00", "2026-11-23T14:00")] },
    ];
    const slots = findTime(participants, { ...monday, lengthMs: HOUR_MS, most: 3 });
    expect(starts(slots)).toEqual(["2026-11-23T14:00", "2026-11-23T15:00", "2026-11-23T08:00"]);
    expect(slots.map(({ missingOptional }) => missingOptional)).toEqual([[], [], [1]]);
  });

  it("says who is missing where that is allowed", () => {
    const participants = [{ busy: [monday] }, { busy: [] }];
    expect(findTime(participants, { ...monday, lengthMs: HOUR_MS })).toEqual([]);
    const [first] = findTime(participants, { ...monday, lengthMs: HOUR_MS, mostMissing: 1 });
    expect(first?.missing).toEqual([0]);
  });

  it("leaves out days off, and has nights of those who work them", () => {
    const bastille = interval("2026-07-14T00:00", "2026-07-15T00:00");
    const off = [{ hours, busy: [], isHoliday: (day: string) => isHoliday(day) }];
    expect(findTime(off, { ...bastille, lengthMs: HOUR_MS })).toEqual([]);
    const night = [{ hours: { ...hours, timeZone: "UTC", days: [1], from: "22:00", to: "02:00" }, busy: [] }];
    const range = interval("2026-11-23T12:00", "2026-11-24T12:00");
    expect(starts(findTime(night, { ...range, lengthMs: 4 * HOUR_MS }))).toEqual(["2026-11-23T22:00"]);
  });

  it("finds nothing in a range that is shorter than the time asked", () => {
    expect(findTime([{ busy: [] }], { fromMs: 0, toMs: HOUR_MS, lengthMs: 2 * HOUR_MS })).toEqual([]);
  });
});

describe("busyOf", () => {
  it.each([
    ["RRULE:FREQ=DAILY", 3],
    ["TRANSP:TRANSPARENT", 0],
    ["STATUS:CANCELLED", 0],
    ["ATTENDEE;PARTSTAT=DECLINED:MAILTO:Ali@example.org", 0],
    ["ATTENDEE;PARTSTAT=TENTATIVE:mailto:ali@example.org", 1],
    ["ATTENDEE;PARTSTAT=DECLINED:mailto:jeanne@example.org", 1],
  ])("%s takes %i", (lines, count) => {
    expect(busy(lines, "mailto:ali@example.org")).toBe(count);
  });
});

it("makes one of times that touch", () => {
  const all = [
    interval("2026-11-23T10:00", "2026-11-23T12:00"),
    interval("2026-11-23T09:00", "2026-11-23T10:00"),
    interval("2026-11-23T13:00", "2026-11-23T14:00"),
  ];
  expect(merged(all)).toEqual([
    interval("2026-11-23T09:00", "2026-11-23T12:00"),
    interval("2026-11-23T13:00", "2026-11-23T14:00"),
  ]);
});

function answered(answer: string): string {
  return `ATTENDEE;PARTSTAT=${answer}:MAILTO:Anne@ville.example`;
}

function span(start: number, end: number) {
  return { fromMs: start, toMs: end };
}

function weightOf(lines: string, address = "mailto:anne@ville.example") {
  const { busy: certain, tentative } = takenOf(seriesOf(lines), threeDays, address);
  return [certain.length, tentative.length];
}

describe("takenOf", () => {
  it("holds back where a time is not certain, not answered, or answered with a maybe", () => {
    expect(weightOf("STATUS:CONFIRMED")).toEqual([1, 0]);
    expect(weightOf("STATUS:TENTATIVE")).toEqual([0, 1]);
    expect(weightOf(answered("NEEDS-ACTION"))).toEqual([0, 1]);
    expect(weightOf(answered("TENTATIVE"))).toEqual([0, 1]);
    expect(weightOf(answered("ACCEPTED"))).toEqual([1, 0]);
    expect(weightOf(answered("DECLINED"))).toEqual([0, 0]);
    expect(weightOf(answered("TENTATIVE"), "mailto:karim@ville.example")).toEqual([1, 0]);
  });

  it("does not count as tentative what is busy too", () => {
    const [nine, ten, eleven, noon, one, two] = [9, 10, 11, 12, 13, 14];
    expect(
      weighed({
        busy: [span(one, two), span(ten, eleven)],
        tentative: [span(nine, noon), span(eleven, one), span(one, two)],
      }),
    ).toEqual({ busy: [span(ten, eleven), span(one, two)], tentative: [span(nine, ten), span(eleven, one)] });
  });
});
