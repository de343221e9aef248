import type { Recurrence, RecurrencePattern } from "#contract/icalendar/recurrence-words.ts";
import type { Spoken } from "#renderer/kit/i18n.ts";
import { formatList } from "#renderer/kit/number-words.ts";
import { weekdayName } from "./draft-days.ts";

type Translate = Spoken["t"];

/** « Toutes les 2 semaines, le mardi et le jeudi, jusqu’au 18 déc. 2026 ». `other`: a rule that has no such sentence. */
export function recurrenceSentence(recurrence: Recurrence | "other", t: Translate, locale: string): string {
  if (recurrence === "other") return t("eventForm.repeat.special");
  const { pattern, interval, end } = recurrence;
  const isWorkdays = pattern.kind === "weekly" && isMondayToFriday(pattern.weekdays);
  const often =
    isWorkdays && interval === 1
      ? t("eventForm.repeat.workdays")
      : [everyWords(pattern, interval, t), onWords(pattern, t, locale)]
          .filter((part) => part !== "")
          .join(", ");
  return [often, endWords(end, t, locale)].filter((part) => part !== "").join(", ");
}

function isMondayToFriday(weekdays: readonly number[]): boolean {
  return weekdays.join("") === "12345";
}

function everyWords({ kind }: RecurrencePattern, count: number, t: Translate): string {
  switch (kind) {
    case "daily":
      return t("eventForm.repeat.everyDay", { count });
    case "weekly":
      return t("eventForm.repeat.everyWeek", { count });
    case "monthlyByDay":
    case "monthlyByPosition":
      return t("eventForm.repeat.everyMonth", { count });
    case "yearlyByDay":
    case "yearlyByPosition":
      return t("eventForm.repeat.everyYear", { count });
  }
}

/** On which days: « le 23 », « le dernier vendredi de mai ». Empty for every day. */
export function onWords(pattern: RecurrencePattern, t: Translate, locale: string): string {
  switch (pattern.kind) {
    case "daily":
      return "";
    case "weekly":
      return weekdaysWords(pattern.weekdays, t, locale);
    case "monthlyByDay":
      return formatList(
        pattern.days.map((day) => dayWords(day, t, locale)),
        locale,
      );
    case "monthlyByPosition":
      return positionWords(pattern, t, locale);
    case "yearlyByDay":
      return dayOfMonthWords(pattern, t, locale);
    case "yearlyByPosition":
      return ofMonth(positionWords(pattern, t, locale), pattern.month, t, locale);
  }
}

function weekdaysWords(weekdays: readonly number[], t: Translate, locale: string): string {
  if (isMondayToFriday(weekdays)) return t("eventForm.repeat.mondayToFriday");
  const names = weekdays.map((each) =>
    t("eventForm.repeat.theWeekday", { weekday: weekdayName(each, locale) }),
  );
  return t("eventForm.repeat.onWeekdays", { weekdays: formatList(names, locale) });
}

/** Negative: from the end of the month. */
function dayWords(day: number, t: Translate, locale: string): string {
  if (day === -1) return t("eventForm.repeat.lastDay");
  if (day < 0) return t("eventForm.repeat.dayFromEnd", { day: -day });
  const form = new Intl.PluralRules(locale, { type: "ordinal" }).select(day);
  const known = form === "one" || form === "two" || form === "few" ? form : "other";
  return t(`eventForm.repeat.day.${known}`, { day });
}

const positionNames = {
  1: "first",
  2: "second",
  3: "third",
  4: "fourth",
  5: "fifth",
  [-1]: "last",
  [-2]: "lastButOne",
  [-3]: "lastButTwo",
  [-4]: "lastButThree",
  [-5]: "lastButFour",
} as const;

function positionWords(
  { position, weekday }: { position: number; weekday: number },
  t: Translate,
  locale: string,
): string {
  const day = weekday === 0 ? t("eventForm.repeat.workday") : weekdayName(weekday, locale);
  const name = Object.entries(positionNames).find(([each]) => Number(each) === position)?.[1] ?? "first";
  return t(`eventForm.repeat.position.${name}`, { day });
}

function monthName(month: number, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { month: "long", timeZone: "UTC" });
  return format.format(Date.UTC(2026, month - 1, 1));
}

function dayOfMonthWords(
  { day, month }: { day: number; month: number },
  t: Translate,
  locale: string,
): string {
  const words = dayWords(day, t, locale);
  if (day < 0) return ofMonth(words, month, t, locale);
  return t("eventForm.repeat.dayOfMonth", { day: words, month: monthName(month, locale) });
}

/** French says « d’août » and « de mai ». */
function ofMonth(what: string, number: number, t: Translate, locale: string): string {
  const month = monthName(number, locale);
  const isVowel = /^[aeiouy]/i.test(month);
  return t(isVowel ? "eventForm.repeat.ofMonthVowel" : "eventForm.repeat.ofMonth", { what, month });
}

function endWords(end: Recurrence["end"], t: Translate, locale: string): string {
  switch (end.kind) {
    case "never":
      return "";
    case "count":
      return t("eventForm.repeat.times", { count: end.count });
    case "until":
      return t("eventForm.repeat.until", { date: dateWords(end.day, locale) });
  }
}

/** « 18 déc. 2026 », « 1er janv. 2027 » (Intl writes 1 alone in French) */
function dateWords(day: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
  const parts = format.formatToParts(new Date(`${day}T00:00:00Z`));
  const isFirst = (type: string, value: string) => type === "day" && value === "1" && locale.startsWith("fr");
  return parts.map(({ type, value }) => (isFirst(type, value) ? "1er" : value)).join("");
}
