import type { TFunction } from "i18next";
import type { Alarm } from "#contract/icalendar/alarms.ts";
import type { CalendarTime } from "#contract/icalendar/calendar-time.ts";
import { readRecurrence } from "#contract/icalendar/recurrence-words.ts";
import { zoneOfTime, type Place } from "#contract/icalendar/series.ts";
import { localeOf } from "./calendar-words.ts";
import { alarmWords } from "./form/alarm-words.ts";
import { recurrenceSentence } from "./form/recurrence-sentence.ts";

/** A rule in words; one that the form cannot show is said to be a special one. */
export function ruleSentence(
  rule: string,
  start: CalendarTime,
  place: Place,
  { t, language }: { t: TFunction; language: string },
): string {
  const recurrence = readRecurrence(rule, { start, zone: zoneOfTime(start, place) });
  return recurrenceSentence(recurrence ?? "other", t, localeOf(language));
}

/** When one is told, before or after the start; at a moment of its own it is only said so. */
export function alarmWord(
  { trigger }: Alarm,
  { t, language, isAllDay }: { t: TFunction; language: string; isAllDay: boolean },
): string {
  if (trigger.kind === "at") return t("calendar.alarm.at");
  const minutes = -(trigger.days * 1440 + Math.round(trigger.exactMs / 60_000));
  return alarmWords(minutes, { t, locale: localeOf(language), isAllDay });
}
