import { describe, expect, it } from "vitest";
import { DAY_MS, dayOf } from "./calendar-time.ts";
import { easterOf, holidayRegions, holidaysOf, isHoliday, isWorkingDay } from "./holidays.ts";

describe("holidays of France", () => {
  it.each([
    [1961, "1961-04-02"],
    [2000, "2000-04-23"],
    [2008, "2008-03-23"],
    [2011, "2011-04-24"],
    [2018, "2018-04-01"],
    [2019, "2019-04-21"],
    [2024, "2024-03-31"],
    [2025, "2025-04-20"],
    [2026, "2026-04-05"],
    [2027, "2027-03-28"],
    [2038, "2038-04-25"],
    [2099, "2099-04-12"],
  ])("Easter of %i is on %s", (year, day) => {
    expect(dayOf(easterOf(year) * DAY_MS)).toBe(day);
  });

  it("are eleven in 2026", () => {
    expect(holidaysOf(2026).map(({ day }) => day)).toEqual([
      "2026-01-01",
      "2026-04-06",
      "2026-05-01",
      "2026-05-08",
      "2026-05-14",
      "2026-05-25",
      "2026-07-14",
      "2026-08-15",
      "2026-11-01",
      "2026-11-11",
      "2026-12-25",
    ]);
  });

  it("are both when two fall on one day", () => {
    expect(holidaysOf(2008).filter(({ day }) => day === "2008-05-01")).toHaveLength(2);
  });

  it.each([
    ["alsaceMoselle", "2026-04-03"],
    ["alsaceMoselle", "2026-12-26"],
    ["guadeloupe", "2026-05-27"],
    ["martinique", "2026-05-22"],
    ["guyane", "2026-06-10"],
    ["reunion", "2026-12-20"],
    ["mayotte", "2026-04-27"],
    ["nouvelleCaledonie", "2026-09-24"],
  ] as const)("%s has %s too, the mainland has not", (region, day) => {
    expect(isHoliday(day, region)).toBe(true);
    expect(isHoliday(day)).toBe(false);
  });

  it("are in the order of the year everywhere", () => {
    for (const region of holidayRegions) {
      const days = holidaysOf(2030, region).map(({ day }) => day);
      expect(days).toEqual(days.toSorted());
    }
  });

  it("and weekends are no working days", () => {
    const days = ["2026-07-13", "2026-07-14", "2026-07-18", "2026-07-19", "2026-12-26"];
    expect(days.map((day) => isWorkingDay(day))).toEqual([true, false, false, false, false]);
    expect(isWorkingDay("2025-12-26")).toBe(true);
    expect(isWorkingDay("2025-12-26", "alsaceMoselle")).toBe(false);
  });
});
