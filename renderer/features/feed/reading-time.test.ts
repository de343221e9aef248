import { expect, test } from "vitest";
import { readingMinutes } from "./reading-time.ts";

test("a text takes a minute for 220 words, and never less than one", () => {
  expect(readingMinutes("")).toBe(1);
  expect(readingMinutes("mot ".repeat(660))).toBe(3);
  expect(readingMinutes("mot ".repeat(220), "l’eau ".repeat(220), undefined)).toBe(2);
});

test("signs and marks are no words", () => {
  expect(readingMinutes("- ".repeat(2000))).toBe(1);
});
