import { dayOf, DAY_MS } from "./calendar-time.ts";
import { dayNumberOf, weekdayOf } from "./rule-calendar.ts";

/** Public holidays of France (Code du travail, article L. 3133-1), with those of Alsace-Moselle and overseas. */

export const holidayRegions = [
  "metropole",
  "alsaceMoselle",
  "guadeloupe",
  "martinique",
  "guyane",
  "reunion",
  "mayotte",
  "saintBarthelemy",
  "saintMartin",
  "saintPierreEtMiquelon",
  "nouvelleCaledonie",
  "wallisEtFutuna",
] as const;
export type HolidayRegion = (typeof holidayRegions)[number];

export const holidayNames = [
  "newYear",
  "goodFriday",
  "easterMonday",
  "labourDay",
  "victory1945",
  "ascension",
  "whitMonday",
  "nationalDay",
  "assumption",
  "allSaints",
  "armistice1918",
  "christmas",
  "secondChristmasDay",
  "abolitionOfSlavery",
  "citizenship",
  "saintPeterChanel",
  "territory",
] as const;
export type HolidayName = (typeof holidayNames)[number];

export interface Holiday {
  /** `2026-07-14`. */
  readonly day: string;
  /** The interface has its words. */
  readonly name: HolidayName;
}

/** Easter Sunday as a number of days since 1970: the algorithm of Meeus, Jones and Butcher for the Gregorian calendar. */
export function easterOf(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  return dayNumberOf(year, month, ((h + l - 7 * m + 114) % 31) + 1);
}

type Fixed = readonly [month: number, day: number, name: HolidayName];

const everywhere: readonly Fixed[] = [
  [1, 1, "newYear"],
  [5, 1, "labourDay"],
  [5, 8, "victory1945"],
  [7, 14, "nationalDay"],
  [8, 15, "assumption"],
  [11, 1, "allSaints"],
  [11, 11, "armistice1918"],
  [12, 25, "christmas"],
];

/** Days of the abolition: decree 83-1003 of 23 November 1983, as amended. */
const own: Readonly<Partial<Record<HolidayRegion, readonly Fixed[]>>> = {
  alsaceMoselle: [[12, 26, "secondChristmasDay"]],
  guadeloupe: [[5, 27, "abolitionOfSlavery"]],
  martinique: [[5, 22, "abolitionOfSlavery"]],
  guyane: [[6, 10, "abolitionOfSlavery"]],
  reunion: [[12, 20, "abolitionOfSlavery"]],
  mayotte: [[4, 27, "abolitionOfSlavery"]],
  saintBarthelemy: [[10, 9, "abolitionOfSlavery"]],
  saintMartin: [[5, 28, "abolitionOfSlavery"]],
  nouvelleCaledonie: [[9, 24, "citizenship"]],
  wallisEtFutuna: [
    [4, 28, "saintPeterChanel"],
    [7, 29, "territory"],
  ],
};

/** Where Good Friday is one: by the local law of Alsace-Moselle. */
const withGoodFriday: ReadonlySet<HolidayRegion> = new Set(["alsaceMoselle"]);

/** In the order of the year. */
export function holidaysOf(year: number, region: HolidayRegion = "metropole"): readonly Holiday[] {
  const easter = easterOf(year);
  const moving: [number, HolidayName][] = [
    [easter + 1, "easterMonday"],
    [easter + 39, "ascension"],
    [easter + 50, "whitMonday"],
  ];
  if (withGoodFriday.has(region)) moving.push([easter - 2, "goodFriday"]);
  const fixed = [...everywhere, ...(own[region] ?? [])].map(([month, day, name]): [number, HolidayName] => [
    dayNumberOf(year, month, day),
    name,
  ]);
  return [...moving, ...fixed]
    .toSorted(([one], [other]) => one - other)
    .map(([day, name]) => ({ day: dayOf(day * DAY_MS), name }));
}

const known = new Map<string, ReadonlySet<string>>();

/** @param day `2026-07-14` */
export function isHoliday(day: string, region: HolidayRegion = "metropole"): boolean {
  const key = `${region} ${day.slice(0, 4)}`;
  let days = known.get(key);
  if (days === undefined) {
    days = new Set(holidaysOf(Number(day.slice(0, 4)), region).map((holiday) => holiday.day));
    known.set(key, days);
  }
  return days.has(day);
}

/** Monday to Friday, and no holiday. */
export function isWorkingDay(day: string, region: HolidayRegion = "metropole"): boolean {
  return weekdayOf(Math.floor(Date.parse(day) / DAY_MS)) <= 5 && !isHoliday(day, region);
}
