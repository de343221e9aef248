import { expect, test } from "vitest";
import { daysToMonday, endOfToday, fromFieldTime, toFieldTime, tomorrowMorning } from "./wall-clock.ts";

const local = (text: string) => new Date(text).getTime();

test("a field of date and time comes back as it was; nonsense is no moment", () => {
  expect(toFieldTime(Date.parse(fromFieldTime("2026-03-29T09:05") ?? ""))).toBe("2026-03-29T09:05");
  expect(fromFieldTime("")).toBeNull();
});

test("the next Monday is one day from a Sunday and seven from a Monday", () => {
  expect(daysToMonday(local("2026-11-29T18:00"))).toBe(1);
  expect(daysToMonday(local("2026-11-30T08:00"))).toBe(7);
});

test("today ends at midnight and tomorrow begins at nine, across the end of a month", () => {
  expect(toFieldTime(Date.parse(endOfToday(local("2026-11-30T18:20"))))).toBe("2026-12-01T00:00");
  expect(toFieldTime(Date.parse(tomorrowMorning(local("2026-11-30T18:20"))))).toBe("2026-12-01T09:00");
});
