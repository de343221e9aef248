import type { Rule } from "./rule.ts";
import type { YearMonthDay } from "./rule-calendar.ts";
import { dayNumberOf, daysInMonth, isLeapYear, weekOf, weekdayOf, yearMonthDayOf } from "./rule-calendar.ts";

/** Which days of a period a rule means: all that pass every one of its BY parts. */

/** Parts that the rule does not name follow from the first time (RFC 5545 section 3.3.10). */
export function completed(rule: Rule, startDay: number): Rule {
  const { monthDays, yearDays, weeks, days, months, frequency } = rule;
  const namesDays = monthDays.length > 0 || yearDays.length > 0 || days.length > 0;
  if (namesDays) return rule;
  const start = yearMonthDayOf(startDay);
  const weekday = [{ weekday: weekdayOf(startDay), position: 0 }];
  if (frequency === "WEEKLY") return { ...rule, days: weekday };
  if (frequency === "MONTHLY") return { ...rule, monthDays: [start.day] };
  if (frequency !== "YEARLY") return rule;
  if (weeks.length > 0) return { ...rule, days: weekday };
  return { ...rule, months: months.length > 0 ? months : [start.month], monthDays: [start.day] };
}

export type DayTest = (dayNumber: number, date: YearMonthDay) => boolean;

/** Undefined when every day passes. @param rule completed */
export function dayTest(rule: Rule): DayTest | undefined {
  const tests: DayTest[] = [];
  if (rule.months.length > 0) tests.push((_, { month }) => rule.months.includes(month));
  if (rule.monthDays.length > 0) tests.push(monthDayTest(rule.monthDays));
  if (rule.yearDays.length > 0) tests.push(yearDayTest(rule.yearDays));
  if (rule.days.length > 0) tests.push(weekdayTest(rule));
  if (rule.weeks.length > 0) tests.push(weekTest(rule));
  if (tests.length === 0) return undefined;
  const [only] = tests;
  if (tests.length === 1 && only !== undefined) return only;
  return (dayNumber, date) => tests.every((test) => test(dayNumber, date));
}

function monthDayTest(monthDays: readonly number[]): DayTest {
  const hasNegative = monthDays.some((day) => day < 0);
  return (_, { year, month, day }) =>
    monthDays.includes(day) || (hasNegative && monthDays.includes(day - daysInMonth(year, month) - 1));
}

function yearDayTest(yearDays: readonly number[]): DayTest {
  return (dayNumber, { year }) => {
    const day = dayNumber - dayNumberOf(year, 1, 1) + 1;
    return yearDays.includes(day) || yearDays.includes(day - (isLeapYear(year) ? 366 : 365) - 1);
  };
}

function weekTest({ weeks, weekStart }: Rule): DayTest {
  return (dayNumber) => {
    const found = weekOf(dayNumber, weekStart);
    return weeks.includes(found.week) || weeks.includes(found.week - found.weeks - 1);
  };
}

function weekdayTest(rule: Rule): DayTest {
  const plain = new Set(rule.days.filter(({ position }) => position === 0).map(({ weekday }) => weekday));
  const isOfMonth = rule.frequency === "MONTHLY" || rule.months.length > 0;
  const hasPositions =
    rule.frequency === "MONTHLY" || (rule.frequency === "YEARLY" && rule.weeks.length === 0);
  const placed = hasPositions ? rule.days.filter(({ position }) => position !== 0) : [];
  // Positions mean nothing in other frequencies: the weekday alone counts.
  if (!hasPositions) for (const { weekday } of rule.days) plain.add(weekday);
  return (dayNumber, date) => {
    const weekday = weekdayOf(dayNumber);
    if (plain.has(weekday)) return true;
    if (placed.length === 0) return false;
    const length = isOfMonth ? daysInMonth(date.year, date.month) : isLeapYear(date.year) ? 366 : 365;
    const place = isOfMonth ? date.day : dayNumber - dayNumberOf(date.year, 1, 1) + 1;
    const fromStart = Math.ceil(place / 7);
    const fromEnd = -Math.ceil((length - place + 1) / 7);
    return placed.some(
      (each) => each.weekday === weekday && (each.position === fromStart || each.position === fromEnd),
    );
  };
}
