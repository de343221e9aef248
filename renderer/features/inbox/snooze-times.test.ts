import { describe, expect, test } from "vitest";
import { snoozeTimes } from "./snooze-times.ts";

const at = (text: string) => new Date(text).getTime();
const names = (text: string) => snoozeTimes(at(text)).map(({ name }) => name);

describe("times to put something off to", () => {
  test("are in an hour, this afternoon, tomorrow morning and Monday morning", () => {
    expect(snoozeTimes(at("2026-11-24T09:30:00"))).toEqual([
      { name: "inAnHour", atMs: at("2026-11-24T10:30:00") },
      { name: "thisAfternoon", atMs: at("2026-11-24T14:00:00") },
      { name: "tomorrow", atMs: at("2026-11-25T09:00:00") },
      { name: "nextMonday", atMs: at("2026-11-30T09:00:00") },
    ]);
  });

  test("leave the afternoon out once it is near or past", () => {
    expect(names("2026-11-24T13:30:00")).not.toContain("thisAfternoon");
    expect(names("2026-11-24T18:00:00")).toEqual(["inAnHour", "tomorrow", "nextMonday"]);
  });

  test("do not name Monday twice on a Sunday, and name the next one on a Monday", () => {
    expect(names("2026-11-22T10:00:00")).not.toContain("nextMonday");
    expect(snoozeTimes(at("2026-11-23T10:00:00")).at(-1)?.atMs).toBe(at("2026-11-30T09:00:00"));
  });
});
