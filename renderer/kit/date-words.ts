/** Dates as people say them, in the language of the interface. The clock and the time zone are parameters. */
export interface DateWords {
  /** `14:05` */
  time: (iso: string) => string;
  /** `Aujourd’hui`, `Hier`, `lundi 23 novembre`, with the year when it is another one. */
  day: (iso: string) => string;
  /** For lists: the time today, `hier`, the weekday this week, otherwise a short date. */
  short: (iso: string) => string;
  /** `lundi 23 novembre 2026 à 14:05`: shown on hover. */
  full: (iso: string) => string;
  /** `il y a 5 min` */
  ago: (iso: string) => string;
  /** Same key, same day on the wall calendar. */
  dayKey: (iso: string) => string;
}

export interface DateWordsOptions {
  locale: string;
  now?: () => number;
  timeZone?: string | undefined;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

function upperFirst(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

export function createDateWords({ locale, now = Date.now, timeZone }: DateWordsOptions): DateWords {
  const make = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...(timeZone === undefined ? {} : { timeZone }), ...options });
  const time = make({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const key = new Intl.DateTimeFormat("en-CA", timeZone === undefined ? {} : { timeZone });
  const weekday = make({ weekday: "short" });
  const longDay = make({ weekday: "long", day: "numeric", month: "long" });
  const longDayYear = make({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const shortDay = make({ day: "numeric", month: "short" });
  const shortDayYear = make({ day: "numeric", month: "short", year: "numeric" });
  const full = make({ dateStyle: "full", timeStyle: "short" });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" });
  const relativeDay = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });

  const dayKey = (iso: string) => key.format(new Date(iso));
  const daysAgo = (iso: string) =>
    Math.round((Date.parse(key.format(now())) - Date.parse(dayKey(iso))) / DAY_MS);
  const isThisYear = (iso: string) => dayKey(iso).slice(0, 4) === key.format(now()).slice(0, 4);

  return {
    dayKey,
    time: (iso) => time.format(new Date(iso)),
    full: (iso) => full.format(new Date(iso)),
    day(iso) {
      const days = daysAgo(iso);
      if (days === 0 || days === 1) return upperFirst(relativeDay.format(-days, "day"));
      return upperFirst((isThisYear(iso) ? longDay : longDayYear).format(new Date(iso)));
    },
    short(iso) {
      const days = daysAgo(iso);
      if (days <= 0) return time.format(new Date(iso));
      if (days === 1) return relativeDay.format(-1, "day");
      if (days < 7) return weekday.format(new Date(iso));
      return (isThisYear(iso) ? shortDay : shortDayYear).format(new Date(iso));
    },
    ago(iso) {
      const elapsedMs = now() - Date.parse(iso);
      if (elapsedMs < MINUTE_MS) return relative.format(0, "second");
      if (elapsedMs < HOUR_MS) return relative.format(-Math.floor(elapsedMs / MINUTE_MS), "minute");
      if (elapsedMs < DAY_MS) return relative.format(-Math.floor(elapsedMs / HOUR_MS), "hour");
      return relative.format(-daysAgo(iso), "day");
    },
  };
}

/** `31 décembre 2036`: in a sentence, for what is far away. */
export function formatDate(iso: string, language: string): string {
  const locale = language === "fr" ? "fr-FR" : "en-GB";
  return new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(new Date(iso));
}
