import { expect, test } from "vitest";
import { scheduleTimes } from "./schedule-times.ts";
import { toFieldTime } from "./wall-clock.ts";

const local = (text: string) => new Date(text).getTime();
const named = (text: string) =>
  scheduleTimes(local(text)).map(({ name, at }) => [name, toFieldTime(Date.parse(at))]);

test("later today is three hours on, at a full hour, and is not offered in the evening", () => {
  expect(named("2026-11-24T10:20")[0]).toEqual(["later", "2026-11-24T14:00"]);
  expect(named("2026-11-24T17:00")[0]).toEqual(["tomorrow", "2026-11-25T09:00"]);
});

test("Monday is offered unless it is tomorrow", () => {
  expect(named("2026-11-26T18:00")).toEqual([
    ["tomorrow", "2026-11-27T09:00"],
    ["monday", "2026-11-30T09:00"],
  ]);
  expect(named("2026-11-29T18:00")).toEqual([["tomorrow", "2026-11-30T09:00"]]);
  expect(named("2026-11-30T18:00")[1]).toEqual(["monday", "2026-12-07T09:00"]);
});
