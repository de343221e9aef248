import { describe, expect, it } from "vitest";
import { nextDue } from "./next-due.ts";

/** Days by their text; the next one by its text too, with the rule as it goes on. */
function nextDay(rule: string, due: string, after = due) {
  const next = nextDue(rule, { wallMs: Date.parse(due), isDay: true }, Date.parse(after));
  return next === undefined ? undefined : [new Date(next.wallMs).toISOString().slice(0, 10), next.rule];
}

function nextTime(rule: string, due: string, after: string) {
  const next = nextDue(rule, { wallMs: Date.parse(due), isDay: false }, Date.parse(after));
  return next === undefined ? undefined : new Date(next.wallMs).toISOString().slice(0, 16);
}

describe("what recurs", () => {
  it("is due next on the first Monday of the month that follows", () => {
    const rule = "FREQ=MONTHLY;BYDAY=1MO";
    expect(nextDay(rule, "2026-11-02")).toEqual(["2026-12-07", rule]);
    expect(nextDay(rule, "2026-12-07")).toEqual(["2027-01-04", rule]);
  });

  it("is due on a time that the rule means, also after one that it does not mean", () => {
    const rule = "FREQ=WEEKLY;BYDAY=MO";
    expect(nextDay(rule, "2026-11-25")?.[0]).toBe("2026-11-30");
  });

  it("is not due before its due date has passed, however early it is finished", () => {
    expect(nextDay("FREQ=WEEKLY", "2026-11-23", "2026-11-01")?.[0]).toBe("2026-11-30");
  });

  it("is due once and not thirty times when it is a month late", () => {
    expect(nextDay("FREQ=DAILY", "2026-10-20", "2026-11-23")?.[0]).toBe("2026-11-24");
    expect(nextTime("FREQ=DAILY", "2026-10-20T09:00Z", "2026-11-23T08:00Z")).toBe("2026-11-23T09:00");
    expect(nextTime("FREQ=DAILY", "2026-10-20T09:00Z", "2026-11-23T09:00Z")).toBe("2026-11-24T09:00");
  });

  it("counts down and ends with the last", () => {
    expect(nextDay("FREQ=DAILY;COUNT=3", "2026-11-23")).toEqual(["2026-11-24", "FREQ=DAILY;COUNT=2"]);
    expect(nextDay("FREQ=DAILY;COUNT=2", "2026-11-24")).toEqual(["2026-11-25", "FREQ=DAILY;COUNT=1"]);
    expect(nextDay("FREQ=DAILY;COUNT=1", "2026-11-25")).toBeUndefined();
  });

  it("counts those that were missed", () => {
    const rule = "FREQ=DAILY;COUNT=10";
    expect(nextDay(rule, "2026-11-20", "2026-11-23")).toEqual(["2026-11-24", "FREQ=DAILY;COUNT=6"]);
    expect(nextDay(rule, "2026-11-01", "2026-11-23")).toBeUndefined();
  });

  it("ends with its last day, which counts", () => {
    const rule = "FREQ=WEEKLY;UNTIL=20261130";
    expect(nextDay(rule, "2026-11-23")).toEqual(["2026-11-30", rule]);
    expect(nextDay(rule, "2026-11-30")).toBeUndefined();
    expect(nextTime(rule, "2026-11-23T18:00Z", "2026-11-23T18:00Z")).toBe("2026-11-30T18:00");
  });

  it("goes on across a year of 53 weeks", () => {
    expect(nextDay("FREQ=WEEKLY", "2026-12-28")?.[0]).toBe("2027-01-04");
    expect(nextDay("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-12-21")?.[0]).toBe("2027-01-04");
    expect(nextDay("FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO", "2026-12-28")?.[0]).toBe("2032-12-27");
  });

  it("is never due again by a rule that cannot be read, or that means no day", () => {
    expect(nextDay("chaque lundi", "2026-11-23")).toBeUndefined();
    expect(nextDay("FREQ=SOMETIMES", "2026-11-23")).toBeUndefined();
    expect(nextDay("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "2026-11-23")).toBeUndefined();
  });
});
