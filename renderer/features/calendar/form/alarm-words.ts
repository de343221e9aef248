import type { Spoken } from "#renderer/kit/i18n.ts";

const DAY = 1440;
const units = [
  { unit: "week", minutes: 7 * DAY },
  { unit: "day", minutes: DAY },
  { unit: "hour", minutes: 60 },
  { unit: "minute", minutes: 1 },
] as const;

const timedAlarms = [0, 5, 10, 15, 30, 60, 120, DAY, 2 * DAY, 7 * DAY] as const;
/** Of whole days: nine o'clock, on the day and before. */
const dayAlarms = [-540, DAY - 540, 2 * DAY - 540, 7 * DAY - 540] as const;

/** Minutes before the start. */
export function offeredAlarms(isAllDay: boolean): readonly number[] {
  return isAllDay ? dayAlarms : timedAlarms;
}

interface AlarmWords {
  readonly t: Spoken["t"];
  readonly locale: string;
  readonly isAllDay: boolean;
}

/** « 15 minutes avant », « La veille à 09:00 ». @param minutes before the start */
export function alarmWords(minutes: number, { t, locale, isAllDay }: AlarmWords): string {
  if (isAllDay) return dayAlarmWords(minutes, t, locale);
  if (minutes === 0) return t("eventForm.alarm.atStart");
  const length = lengthWords(Math.abs(minutes), locale);
  return t(minutes > 0 ? "eventForm.alarm.before" : "eventForm.alarm.after", { length });
}

/** In the largest unit that has it whole. */
function lengthWords(minutes: number, locale: string): string {
  const found = units.find((each) => minutes % each.minutes === 0) ?? units[3];
  const style = { style: "unit", unit: found.unit, unitDisplay: "long" } as const;
  return new Intl.NumberFormat(locale, style).format(minutes / found.minutes);
}

function dayAlarmWords(minutes: number, t: Spoken["t"], locale: string): string {
  const days = Math.floor(-minutes / DAY);
  const clockMs = (-minutes - days * DAY) * 60_000;
  const format = new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone: "UTC" });
  const time = format.format(clockMs);
  if (days === 0) return t("eventForm.alarm.sameDay", { time });
  if (days === -1) return t("eventForm.alarm.dayBefore", { time });
  return t(days < 0 ? "eventForm.alarm.daysBefore" : "eventForm.alarm.daysAfter", {
    count: Math.abs(days),
    time,
  });
}
