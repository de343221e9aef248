import { DAY_MS } from "./calendar-time.ts";
import { parseRule, weekdayNames } from "./rule.ts";
import { weekdayOf, yearMonthDayOf } from "./rule-calendar.ts";

/**
 * A rule whose first time moves by some days: weekdays move along, a single day of the month becomes the new one. What
 * cannot follow (the second Friday, moved by a day) takes the place of the new day.
 */
export function movedRule(text: string | undefined, startWallMs: number, days: number): string | undefined {
  const rule = text === undefined ? undefined : parseRule(text);
  if (text === undefined || rule === undefined || days === 0) return text;
  const before = Math.floor(startWallMs / DAY_MS);
  const to = yearMonthDayOf(before + days);
  const from = yearMonthDayOf(before);
  const replacements: Record<string, string | undefined> = {};
  const isPlain = rule.days.every(({ position }) => position === 0) && rule.positions.length === 0;
  if (rule.days.length > 0 && isPlain) {
    replacements["BYDAY"] = rule.days
      .map(({ weekday }) => weekdayNames[(((weekday - 1 + days) % 7) + 7) % 7])
      .join(",");
  } else if (rule.days.length === 1 && rule.positions.length === 0) {
    const [only] = rule.days;
    const isLast = only !== undefined && only.position < 0;
    const position = isLast ? only.position : Math.ceil(to.day / 7);
    replacements["BYDAY"] = `${position}${weekdayNames[weekdayOf(before + days) - 1]}`;
  }
  if (rule.monthDays.length === 1 && rule.monthDays[0] === from.day)
    replacements["BYMONTHDAY"] = String(to.day);
  if (rule.months.length === 1 && rule.months[0] === from.month) replacements["BYMONTH"] = String(to.month);
  return text
    .split(";")
    .map((part) => {
      const name = part.slice(0, part.indexOf("=")).trim().toUpperCase();
      const value = replacements[name];
      return value === undefined ? part : `${name}=${value}`;
    })
    .join(";");
}
