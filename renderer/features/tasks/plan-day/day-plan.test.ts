import { describe, expect, test } from "vitest";
import { firstMinutes, freeTimes, minutesWords, planDay } from "./day-plan.ts";

const HOUR = 3_600_000;
const at = (fromHour: number, toHour: number) => ({ fromMs: fromHour * HOUR, toMs: toHour * HOUR });
const hours = (intervals: readonly { fromMs: number; toMs: number }[]) =>
  intervals.map(({ fromMs, toMs }) => [fromMs / HOUR, toMs / HOUR]);

describe("the free times of a day", () => {
  const day = at(0, 24);

  test("worked times without what is taken, also where meetings overlap each other or the ends", () => {
    const busy = [at(8, 9.5), at(11, 12), at(11.5, 12.5), at(17, 19)];
    expect(hours(freeTimes([at(9, 18)], busy, day))).toEqual([
      [9.5, 11],
      [12.5, 17],
    ]);
    expect(freeTimes([at(9, 18)], [at(0, 24)], day)).toEqual([]);
    expect(freeTimes([], [], day)).toEqual([]);
  });

  test("from the next quarter of an hour on; what is shorter is none", () => {
    expect(hours(freeTimes([at(9, 18)], [at(10, 17.9)], { ...day, fromMs: 9.1 * HOUR }))).toEqual([
      [9.25, 10],
    ]);
  });
});

describe("tasks in the free times", () => {
  test("each at the first place in which it fits whole, in their order", () => {
    const wished = [
      { key: "long", lengthMs: 2 * HOUR },
      { key: "short", lengthMs: HOUR },
      { key: "shorter", lengthMs: HOUR / 2 },
    ];
    const plan = planDay(wished, [at(9, 10), at(14, 16.5)]);
    expect(plan.blocks.map(({ key, fromMs }) => [key, fromMs / HOUR])).toEqual([
      ["long", 14],
      ["short", 9],
      ["shorter", 16],
    ]);
    expect(plan.left).toEqual([]);
  });

  test("for what no time is left is said, and what comes after it may still fit", () => {
    const wished = [
      { key: "a", lengthMs: 3 * HOUR },
      { key: "b", lengthMs: HOUR },
    ];
    expect(planDay(wished, [at(9, 11)])).toMatchObject({ blocks: [{ key: "b" }], left: ["a"] });
  });
});

test("a task takes as long as it was estimated at, in quarters of an hour and at most half a day", () => {
  expect([undefined, 1, 20, 60, 10_000].map(firstMinutes)).toEqual([30, 15, 30, 60, 240]);
});

test("lengths as they are written", () => {
  expect([15, 60, 90, 125].map(minutesWords)).toEqual([
    "15\u00A0min",
    "1\u00A0h",
    "1\u00A0h\u00A030",
    "2\u00A0h\u00A005",
  ]);
});
