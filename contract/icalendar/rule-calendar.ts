import { DAY_MS } from "./calendar-time.ts";

/** Arithmetic of days since 1970-01-01, of the proleptic Gregorian calendar. */

export interface YearMonthDay {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
}

/** Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": no Date object, for it is done for every instance. */
export function dayNumberOf(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export function yearMonthDayOf(dayNumber: number): YearMonthDay {
  const shifted = dayNumber + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const part = Math.floor((5 * dayOfYear + 2) / 153);
  const month = part < 10 ? part + 3 : part - 9;
  const day = dayOfYear - Math.floor((153 * part + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** ISO 8601: 1 Monday to 7 Sunday; 1970-01-01 was a Thursday. */
export function weekdayOf(dayNumber: number): number {
  return ((((dayNumber + 3) % 7) + 7) % 7) + 1;
}

export function dayNumberAt(wallMs: number): number {
  return Math.floor(wallMs / DAY_MS);
}

/** The day on which the week of a day begins. */
export function weekStartOf(dayNumber: number, firstWeekday: number): number {
  return dayNumber - ((weekdayOf(dayNumber) - firstWeekday + 7) % 7);
}

/** The day on which week 1 of a year begins: the first week with four days in the year. */
function firstWeekStart(year: number, firstWeekday: number): number {
  return weekStartOf(dayNumberOf(year, 1, 4), firstWeekday);
}

/** The number of a day's week and how many weeks its year of weeks has. */
export function weekOf(dayNumber: number, firstWeekday: number): { week: number; weeks: number } {
  const start = weekStartOf(dayNumber, firstWeekday);
  // Four days of a week are in the year that it belongs to.
  const { year } = yearMonthDayOf(start + 3);
  const first = firstWeekStart(year, firstWeekday);
  const weeks = Math.round((firstWeekStart(year + 1, firstWeekday) - first) / 7);
  return { week: Math.round((start - first) / 7) + 1, weeks };
}
