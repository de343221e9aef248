import { describe, expect, it } from "vitest";
import { readRecurrence, recurrenceSchema, writeRecurrence } from "./recurrence-words.ts";
import { ianaZone, utcZone } from "./zones.ts";

const zone = ianaZone("Europe/Paris") ?? utcZone;
const start = { start: { kind: "zoned", local: "2026-11-23T09:00:00", zone: "Europe/Paris" }, zone } as const;
const day = { start: { kind: "day", day: "2026-11-23" }, zone } as const;

describe("a rule that the form shows", () => {
  it.each([
    ["FREQ=DAILY;INTERVAL=3", { kind: "daily" }],
    ["FREQ=WEEKLY;BYDAY=MO,TH", { kind: "weekly", weekdays: [1, 4] }],
    ["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;COUNT=10", { kind: "weekly", weekdays: [1] }],
    ["FREQ=MONTHLY;BYMONTHDAY=-1", { kind: "monthlyByDay", days: [-1] }],
    ["FREQ=MONTHLY;BYDAY=1MO", { kind: "monthlyByPosition", position: 1, weekday: 1 }],
    [
      "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
      { kind: "monthlyByPosition", position: -1, weekday: 0 },
    ],
    ["FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=14", { kind: "yearlyByDay", month: 7, day: 14 }],
    ["FREQ=YEARLY;BYMONTH=5;BYDAY=-1SU", { kind: "yearlyByPosition", month: 5, position: -1, weekday: 7 }],
    ["FREQ=WEEKLY;BYDAY=MO;UNTIL=20261231T225959Z", { kind: "weekly", weekdays: [1] }],
  ])("%s is written as it was read", (rule, pattern) => {
    const read = readRecurrence(rule, start);
    if (read === undefined) throw new Error("not shown");
    expect(recurrenceSchema.parse(read).pattern).toEqual(pattern);
    expect(writeRecurrence(read, start)).toBe(rule);
  });

  it.each([
    ["FREQ=WEEKLY", { kind: "weekly", weekdays: [1] }],
    ["FREQ=MONTHLY", { kind: "monthlyByDay", days: [23] }],
    ["FREQ=YEARLY", { kind: "yearlyByDay", month: 11, day: 23 }],
    ["FREQ=MONTHLY;BYDAY=FR;BYSETPOS=2", { kind: "monthlyByPosition", position: 2, weekday: 5 }],
  ])("%s is told whole, from its start", (rule, pattern) => {
    expect(readRecurrence(rule, start)?.pattern).toEqual(pattern);
  });

  it("ends on the day that it is where the series is", () => {
    expect(readRecurrence("FREQ=DAILY;UNTIL=20261130T230000Z", start)?.end).toEqual({
      kind: "until",
      day: "2026-12-01",
    });
    expect(readRecurrence("FREQ=DAILY;UNTIL=20261130", day)?.end).toEqual({
      kind: "until",
      day: "2026-11-30",
    });
    const recurrence = {
      pattern: { kind: "daily" },
      interval: 1,
      end: { kind: "until", day: "2026-11-30" },
    } as const;
    expect(writeRecurrence(recurrence, day)).toBe("FREQ=DAILY;UNTIL=20261130");
    expect(writeRecurrence(recurrence, start)).toBe("FREQ=DAILY;UNTIL=20261130T225959Z");
  });
});

it.each([
  "FREQ=HOURLY",
  "FREQ=DAILY;BYHOUR=9,10",
  "FREQ=DAILY;BYMONTH=1",
  "FREQ=YEARLY;BYWEEKNO=20",
  "FREQ=YEARLY;BYYEARDAY=100",
  "FREQ=YEARLY;BYMONTHDAY=1",
  "FREQ=YEARLY;BYMONTH=1,6;BYMONTHDAY=1",
  "FREQ=YEARLY;BYDAY=20MO",
  "FREQ=MONTHLY;BYDAY=1MO,3MO",
  "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR",
  "FREQ=MONTHLY;BYDAY=MO",
  "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO",
  "nonsense",
])("%s is more than the form can show", (rule) => {
  expect(readRecurrence(rule, start)).toBeUndefined();
});
