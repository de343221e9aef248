import { DAY_MS } from "#contract/icalendar/calendar-time.ts";
import { dayNumberAt, daysInMonth, weekdayOf, yearMonthDayOf } from "#contract/icalendar/rule-calendar.ts";

/** What people say of a day: where it is in its week, month and year. */
export interface DayPlace {
  readonly month: number;
  readonly day: number;
  /** 1 Monday to 7 Sunday. */
  readonly weekday: number;
  /** The how manieth such weekday of the month, from 1. */
  readonly position: number;
  readonly isLastWeek: boolean;
  readonly isLastDay: boolean;
}

/** @param wall wall clock or day, `2026-11-23T14:00:00` */
export function dayPlaceOf(wall: string): DayPlace {
  const number = dayNumberAt(Date.parse(`${wall.slice(0, 10)}T00:00:00Z`));
  const { year, month, day } = yearMonthDayOf(number);
  const last = daysInMonth(year, month);
  return {
    month,
    day,
    weekday: weekdayOf(number),
    position: Math.ceil(day / 7),
    isLastWeek: day > last - 7,
    isLastDay: day === last,
  };
}

/** A Monday, for names of weekdays. */
const MONDAY_MS = Date.UTC(2026, 0, 5);

/** @param weekday 1 Monday to 7 Sunday */
export function weekdayName(weekday: number, locale: string, width: "long" | "short" = "long"): string {
  const format = new Intl.DateTimeFormat(locale, { weekday: width, timeZone: "UTC" });
  return format.format(MONDAY_MS + (weekday - 1) * DAY_MS);
}
