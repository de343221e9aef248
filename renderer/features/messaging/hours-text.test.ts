import { expect, test } from "vitest";
import { describeDays, localClock } from "./hours-text.ts";

test("working days are said as a range where they follow each other", () => {
  expect(describeDays([1, 2, 3, 4, 5], "en")).toBe("Mon–Fri");
  expect(describeDays([2, 4], "fr")).toBe("mar., jeu.");
  expect(describeDays([7, 1, 2, 3], "en")).toBe("Mon–Wed, Sun");
});

test("the time of day is that of the place, and an unknown place does not break anything", () => {
  const atMs = Date.parse("2026-11-22T12:00:00.000Z");
  expect(localClock("Indian/Reunion", atMs, "fr")).toBe("16:00");
  expect(localClock("Nowhere/Else", atMs, "fr")).toMatch(/^\d\d:00$/);
});
