import type { TFunction } from "i18next";
import { firstCalendarNames } from "#contract/entities/calendar.ts";
import type { Interval } from "#contract/icalendar/free-busy.ts";
import { ownCalendarId, spaceCalendarId, type PersonId } from "#contract/ids.ts";
import type { CalendarSummary, EventInstance } from "#contract/views/calendars.ts";

/** IANA name of where the reader is. */
export function zoneHere(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The first calendar of a place is named by the server in its language: the reader sees it in theirs. */
export function calendarName(t: TFunction, { calendar, space }: CalendarSummary, me: PersonId): string {
  if (calendar.id === ownCalendarId(me) && calendar.name === firstCalendarNames.own)
    return t("calendar.mine");
  if (
    space !== null &&
    calendar.id === spaceCalendarId(space.id) &&
    calendar.name === firstCalendarNames.space
  )
    return t("calendar.ofSpace");
  return calendar.name;
}

export function localeOf(language: string): string {
  return language === "fr" ? "fr-FR" : "en-GB";
}

type Times = Pick<EventInstance, "startsAt" | "endsAt" | "days">;

/** `lundi 23 novembre 2026, 14:00 – 15:00`; of whole days the days alone. */
export function timeSentence({ startsAt, endsAt, days }: Times, language: string): string {
  const locale = localeOf(language);
  if (days !== null) {
    const format = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone: "UTC" });
    const last = new Date(Date.parse(days.end) - 86_400_000);
    return format.formatRange(new Date(days.start), last);
  }
  const format = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short" });
  return format.formatRange(new Date(startsAt), new Date(endsAt));
}

export interface Where {
  readonly language: string;
  /** IANA name. */
  readonly zone: string;
}

/** `14:00 – 15:00`. */
export function clockWords({ fromMs, toMs }: Interval, { language, zone }: Where): string {
  const format = new Intl.DateTimeFormat(localeOf(language), {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: zone,
  });
  return format.formatRange(fromMs, toMs);
}

/** `1 h 30`. */
export function lengthWords(t: TFunction, lengthMs: number): string {
  const minutes = Math.round(lengthMs / 60_000);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return t("calendar.findTime.lengthMinutes", { minutes });
  return rest === 0
    ? t("calendar.findTime.lengthHours", { hours })
    : t("calendar.findTime.lengthHoursMinutes", { hours, minutes: String(rest).padStart(2, "0") });
}
