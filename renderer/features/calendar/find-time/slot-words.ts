import type { TFunction } from "i18next";
import type { Interval } from "#contract/icalendar/free-busy.ts";
import { localeOf, type Where } from "../calendar-words.ts";

/** `mardi 24 novembre, 14:00 – 15:00`. */
export function slotWords({ fromMs, toMs }: Interval, { language, zone }: Where): string {
  const format = new Intl.DateTimeFormat(localeOf(language), {
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: zone,
  });
  return format.formatRange(fromMs, toMs);
}

export function dayWords(atMs: number, { language, zone }: Where): string {
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: "full", timeZone: zone }).format(atMs);
}

const MOST_NAMED = 3;

/** `Anne, Karim et 4 autres`. */
export function namesWords(t: TFunction, language: string, names: readonly string[]): string {
  const format = new Intl.ListFormat(localeOf(language));
  if (names.length <= MOST_NAMED + 1) return format.format(names);
  const count = names.length - MOST_NAMED;
  return format.format([...names.slice(0, MOST_NAMED), t("calendar.findTime.others", { count })]);
}

/** Who is missing, by name: those that are needed, and those that are not. */
export function missingWords(
  t: TFunction,
  language: string,
  missing: { needed: readonly string[]; optional: readonly string[] },
): string {
  const { needed, optional } = missing;
  if (needed.length === 0 && optional.length === 0) return t("calendar.findTime.everybody");
  if (needed.length > 0)
    return t("calendar.findTime.without", { names: namesWords(t, language, [...needed, ...optional]) });
  return t("calendar.findTime.withoutOptional", { names: namesWords(t, language, optional) });
}
