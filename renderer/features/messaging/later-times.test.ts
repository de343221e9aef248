import { describe, expect, test } from "vitest";
import { laterTimes } from "./later-times.ts";

const local = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).getTime();
const named = (nowMs: number) =>
  laterTimes(nowMs).map(({ name, at }) => {
    const date = new Date(at);
    return `${name} ${date.getDate()} ${date.getHours()}:${String(date.getMinutes()).padStart(2, "0")}`;
  });

describe("later", () => {
  test("offers this afternoon in the morning, tomorrow and Monday at nine", () => {
    // Wednesday 25 November 2026.
    expect(named(local(25, 9, 10))).toEqual([
      "in20Minutes 25 9:30",
      "in1Hour 25 10:10",
      "thisAfternoon 25 14:00",
      "tomorrow 26 9:00",
      "monday 30 9:00",
    ]);
  });

  test("leaves out an afternoon that has begun", () => {
    expect(named(local(25, 13, 30)).join()).not.toContain("thisAfternoon");
  });

  test("does not say tomorrow and Monday on a Sunday, and means the next one on a Monday", () => {
    expect(named(local(29, 18)).filter((text) => text.includes("30 9:00"))).toEqual(["tomorrow 30 9:00"]);
    expect(new Date(laterTimes(local(30, 8)).at(-1)?.at ?? 0).getDate()).toBe(7);
  });
});
