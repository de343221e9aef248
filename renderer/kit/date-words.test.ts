import { describe, expect, test } from "vitest";
import { createDateWords } from "./date-words.ts";

const now = () => Date.parse("2026-11-23T13:00:00.000Z");
const french = createDateWords({ locale: "fr-FR", now, timeZone: "Europe/Paris" });
const english = createDateWords({ locale: "en-GB", now, timeZone: "Europe/Paris" });

describe("dates in words", () => {
  test("are said as people say them, in both languages", () => {
    expect(french.time("2026-11-23T08:05:00.000Z")).toBe("09:05");
    expect(french.day("2026-11-23T08:05:00.000Z")).toBe("Aujourd’hui");
    expect(english.day("2026-11-22T08:05:00.000Z")).toBe("Yesterday");
    expect(french.day("2026-11-20T08:05:00.000Z")).toBe("Vendredi 20 novembre");
    expect(french.day("2025-11-20T08:05:00.000Z")).toBe("Jeudi 20 novembre 2025");
    expect(french.ago("2026-11-23T12:55:00.000Z")).toMatch(/^il y a 5\smin$/u);
    expect(english.ago("2026-11-23T10:00:00.000Z")).toMatch(/^3\shr?s?\.? ago$/u);
  });

  test("change day at midnight of the wall clock, not of UTC", () => {
    expect(french.dayKey("2026-11-22T23:30:00.000Z")).toBe("2026-11-23");
    expect(french.day("2026-11-22T23:30:00.000Z")).toBe("Aujourd’hui");
  });

  test("are short in lists: the time today, yesterday, the weekday, the date", () => {
    expect(french.short("2026-11-23T08:05:00.000Z")).toBe("09:05");
    expect(french.short("2026-11-22T08:05:00.000Z")).toBe("hier");
    expect(french.short("2026-11-19T08:05:00.000Z")).toBe("jeu.");
    expect(french.short("2026-10-19T08:05:00.000Z")).toBe("19 oct.");
  });

  test("say now rather than the future when another machine's clock is ahead", () => {
    expect(french.ago("2026-11-23T13:05:00.000Z")).toBe("maintenant");
  });
});
