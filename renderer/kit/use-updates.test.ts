import { expect, test } from "vitest";
import { deferrals } from "./use-updates.ts";

const at = (hour: number): number => new Date(2026, 10, 23, hour, 30).getTime();
const hours = (nowMs: number): [string, number, number][] =>
  deferrals(nowMs).map(({ id, until }) => [id, new Date(until).getDate(), new Date(until).getHours()]);

test("an update is put off to this evening or tomorrow, by the person's own clock", () => {
  expect(hours(at(10))).toEqual([
    ["evening", 23, 18],
    ["tomorrow", 24, 9],
  ]);
});

test("when the evening has come or nearly so, tomorrow is what remains", () => {
  expect(hours(at(17))).toEqual([["tomorrow", 24, 9]]);
  expect(hours(at(22))).toEqual([["tomorrow", 24, 9]]);
});
