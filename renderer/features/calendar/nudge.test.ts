import { expect, test } from "vitest";
import { toIsoTime } from "#contract/time.ts";
import { nudged } from "./nudge.ts";

const timed = {
  startsAt: toIsoTime(Date.parse("2026-11-24T13:00:00Z")),
  endsAt: toIsoTime(Date.parse("2026-11-24T14:30:00Z")),
  days: null,
};
const whole = { ...timed, days: { start: "2026-02-27", end: "2026-03-01" } };

test("arrows move by a day, by a quarter of an hour, in a month by a week", () => {
  const startMs = Date.parse("2026-11-24T13:00:00Z");
  const lengthMs = 90 * 60_000;
  const at = (ms: number) => ({ startMs: ms, endMs: ms + lengthMs });
  expect(nudged(timed, "ArrowRight", false)).toEqual(at(startMs + 86_400_000));
  expect(nudged(timed, "ArrowUp", false)).toEqual(at(startMs - 900_000));
  expect(nudged(timed, "ArrowDown", true)).toEqual(at(startMs + 7 * 86_400_000));
  expect(nudged(timed, "Enter", true)).toBeUndefined();
});

test("whole days move by days alone, over the end of a month", () => {
  expect(nudged(whole, "ArrowRight", false)).toEqual({ startDay: "2026-02-28", endDay: "2026-03-02" });
  expect(nudged(whole, "ArrowUp", true)).toEqual({ startDay: "2026-02-20", endDay: "2026-02-22" });
  expect(nudged(whole, "ArrowUp", false)).toBeUndefined();
});
