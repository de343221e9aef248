import type { TFunction } from "i18next";
import type { Alarm } from "#contract/icalendar/alarms.ts";
import type { CalendarTime } from "#contract/icalendar/calendar-time.ts";
import type { Attendee } from "#contract/icalendar/people.ts";
import { readRecurrence, type Recurrence } from "#contract/icalendar/recurrence-words.ts";
import { zoneOfTime, type Place } from "#contract/icalendar/series.ts";
import { localeOf } from "./calendar-words.ts";

/** A rule in words; one that the form cannot show is said to be a special one. */
export function ruleSentence(
  rule: string,
  start: CalendarTime,
  place: Place,
  t: TFunction,
  language: string,
): string {
  const recurrence = readRecurrence(rule, { start, zone: zoneOfTime(start, place) });
  return recurrence === undefined ? t("calendar.rule.special") : recurrenceSentence(recurrence, t, language);
}

/** « Toutes les 2 semaines, le mardi et le jeudi, jusqu’au 18 décembre 2026 ». */
export function recurrenceSentence(
  { pattern, interval, end }: Recurrence,
  t: TFunction,
  language: string,
): string {
  const locale = localeOf(language);
  const list = new Intl.ListFormat(locale, { type: "conjunction" });
  const parts = [everyWord(pattern.kind, interval, t)];
  switch (pattern.kind) {
    case "daily":
      break;
    case "weekly":
      parts.push(
        t("calendar.rule.on", { days: list.format(pattern.weekdays.map((day) => weekdayWord(day, locale))) }),
      );
      break;
    case "monthlyByDay":
      parts.push(
        t("calendar.rule.onDays", { days: list.format(pattern.days.map((day) => dayWord(day, t))) }),
      );
      break;
    case "monthlyByPosition":
      parts.push(positionWord(pattern.position, pattern.weekday, t, locale));
      break;
    case "yearlyByDay":
      parts.push(
        t("calendar.rule.onDate", { day: dayWord(pattern.day, t), month: monthWord(pattern.month, locale) }),
      );
      break;
    case "yearlyByPosition":
      parts.push(
        `${positionWord(pattern.position, pattern.weekday, t, locale)} ${t("calendar.rule.inMonth", { month: monthWord(pattern.month, locale) })}`,
      );
      break;
  }
  if (end.kind === "count") parts.push(t("calendar.rule.times", { count: end.count }));
  if (end.kind === "until")
    parts.push(
      t("calendar.rule.until", {
        day: new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(
          new Date(end.day),
        ),
      }),
    );
  return parts.join(", ");
}

function everyWord(kind: Recurrence["pattern"]["kind"], count: number, t: TFunction): string {
  switch (kind) {
    case "daily":
      return t("calendar.rule.everyDay", { count });
    case "weekly":
      return t("calendar.rule.everyWeek", { count });
    case "monthlyByDay":
    case "monthlyByPosition":
      return t("calendar.rule.everyMonth", { count });
    case "yearlyByDay":
    case "yearlyByPosition":
      return t("calendar.rule.everyYear", { count });
  }
}

/** 1 Monday to 7 Sunday. The 5th of January 1970 was a Monday. */
export function weekdayWord(day: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" }).format(
    Date.UTC(1970, 0, 4 + day),
  );
}

function monthWord(month: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { month: "long", timeZone: "UTC" }).format(
    Date.UTC(1970, month - 1, 1),
  );
}

function dayWord(day: number, t: TFunction): string {
  return day === -1 ? t("calendar.rule.lastDay") : String(day);
}

export function positionWord(position: number, weekday: number, t: TFunction, locale: string): string {
  const place = ([-1, 1, 2, 3, 4, 5] as const).find((each) => each === position);
  const day = weekday === 0 ? t("calendar.rule.workingDay") : weekdayWord(weekday, locale);
  return t(`calendar.rule.position.${place === undefined ? "other" : place === -1 ? "last" : place}`, {
    day,
  });
}

export function alarmWord({ trigger }: Alarm, t: TFunction): string {
  if (trigger.kind === "at") return t("calendar.alarm.at");
  const minutes = -(trigger.days * 1440 + Math.round(trigger.exactMs / 60_000));
  return minutesWord(minutes, t);
}

export function minutesWord(minutes: number, t: TFunction): string {
  if (minutes === 0) return t("calendar.alarm.start");
  if (minutes < 0) return t("calendar.alarm.after", { count: -minutes });
  if (minutes % 1440 === 0) return t("calendar.alarm.days", { count: minutes / 1440 });
  if (minutes % 60 === 0) return t("calendar.alarm.hours", { count: minutes / 60 });
  return t("calendar.alarm.minutes", { count: minutes });
}

export function attendeeWord({ name, address, status }: Attendee, t: TFunction): string {
  const who = name ?? address.replace(/^mailto:/i, "");
  const known = (["accepted", "declined", "tentative"] as const).find((each) => each === status);
  return known === undefined ? who : `${who} (${t(`calendar.answer.${known}`)})`;
}
