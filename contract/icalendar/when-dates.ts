import { daysInMonth, dayNumberOf, weekdayOf, yearMonthDayOf } from "./rule-calendar.ts";
import {
  DAY_OF_MONTH,
  MONTH,
  NUMBER,
  ORDINAL,
  WEEKDAY,
  monthIn,
  numberIn,
  ordinalIn,
  phrase,
  weekdayIn,
} from "./when-words.ts";

/** Days that words mean, as numbers of `rule-calendar.ts`. */

export interface FoundDays {
  readonly day: number;
  /** Inclusive, of a span of days. */
  readonly lastDay?: number;
}

type Groups = Readonly<Record<string, string | undefined>>;

interface DatePhrase {
  readonly pattern: RegExp;
  /** Undefined when the words mean no day after all. */
  readonly read: (groups: Groups, today: number) => number | FoundDays | undefined;
}

const BEFORE =
  "(?:(?:pour|avant|d'ici|des|a partir de|a partir du|by|before|from|until|due|starting)\\s+)?(?:(?:le|au|on|the|l'|on the)\\s*)?";

function dated(source: string, read: DatePhrase["read"]): DatePhrase {
  return { pattern: phrase(BEFORE + source), read };
}

/** In the order in which they are tried: longer ones first. */
export const datePhrases: readonly DatePhrase[] = [
  dated("(?<year>\\d{4})-(?<month>\\d{2})-(?<day>\\d{2})", ({ year, month, day }) =>
    real(Number(year), Number(month), Number(day)),
  ),
  dated("(?<day>\\d{1,2})[/.](?<month>\\d{1,2})[/.](?<year>\\d{4}|\\d{2})", ({ year, month, day }) =>
    real(fullYear(year), Number(month), Number(day)),
  ),
  dated("(?=\\d{2}/|\\d/\\d{2})(?<day>\\d{1,2})/(?<month>\\d{1,2})", ({ month, day }, today) =>
    coming(Number(month), Number(day), today),
  ),
  dated(
    `(?:du|from|entre le|between)?\\s*(?:the\\s)?(?<first>${DAY_OF_MONTH})\\s*(?:au|to|et le|and|-|–)\\s*(?:the\\s)?(?<last>${DAY_OF_MONTH})(?:\\s+of)?\\s+(?<month>${MONTH})(?:\\s+(?<year>\\d{4}))?`,
    readSpan,
  ),
  dated(
    `(?:(?:${WEEKDAY}),?\\s+(?:the\\s)?)?(?<day>${DAY_OF_MONTH})(?:\\s+of)?\\s+(?<month>${MONTH})(?:,?\\s+(?<year>\\d{4}))?`,
    readMonthDay,
  ),
  dated(
    `(?:(?:${WEEKDAY}),?\\s+)?(?<month>${MONTH})\\s+(?:the\\s)?(?<day>${DAY_OF_MONTH})(?:,?\\s+(?<year>\\d{4}))?`,
    readMonthDay,
  ),
  dated(
    `(?<ordinal>${ORDINAL})\\s+(?<weekday>${WEEKDAY})\\s+(?:du|de|d'|of|in)\\s*(?:the\\s+)?(?<month>mois prochain|mois|next month|this month|month|${MONTH})`,
    readOrdinal,
  ),
  dated("(?:(?:apres|day after)[- ](?:demain|tomorrow)|the day after tomorrow)", (_, today) => today + 2),
  dated("(?:demain|tomorrow|tmrw)", (_, today) => today + 1),
  dated("(?:aujourd'hui|today|ce jour)", (_, today) => today),
  dated(
    `(?:dans|d'ici|sous|in|within)\\s+(?<count>${NUMBER})\\s+(?<unit>jours?|semaines?|mois|ans?|annees?|days?|weeks?|months?|years?)`,
    readRelative,
  ),
  dated(`(?<count>${NUMBER})\\s+(?<unit>days?|weeks?|months?|years?)\\s+from\\s+(?:now|today)`, readRelative),
  dated(
    `(?:la\\s+)?(?<edge>fin|debut|end|beginning|start)\\s+(?:de la|de|of)\\s*(?:la\\s+|the\\s+)?(?<which>semaine prochaine|next week|semaine|week|this week)`,
    readWeekEdge,
  ),
  dated(
    `(?:the\\s+|la\\s+)?(?<edge>fin|debut|mi|milieu|end|beginning|start|mid|middle)(?:\\s+(?:du|de|d'|of)\\s*|[- ])(?:the\\s+|l')?(?<which>mois prochain|next month|this month|mois|month|annee|year|${MONTH})`,
    readMonthEdge,
  ),
  dated(
    `(?:next\\s+(?<en>${WEEKDAY})|(?<fr>${WEEKDAY})\\s+(?:prochain|de la semaine prochaine|next week))`,
    readNextWeekday,
  ),
  dated("(?:la\\s+)?(?:semaine prochaine|next week)", (_, today) => mondayOf(today) + 7),
  dated("(?:mois prochain|next month)", (_, today) => edgeOfMonth(today, 1, "start")),
  dated("(?:(?:l')?annee prochaine|l'an prochain|next year)", (_, today) =>
    dayNumberOf(yearMonthDayOf(today).year + 1, 1, 1),
  ),
  dated(
    "(?:ce |this |le )?week-?end(?<next> prochain)?",
    ({ next }, today) => mondayOf(today) + 5 + (next === undefined ? 0 : 7),
  ),
  dated("next weekend", (_, today) => mondayOf(today) + 12),
  dated(`(?<weekday>${WEEKDAY})\\s+en\\s+(?<count>huit|quinze)`, ({ weekday, count }, today) => {
    const day = comingWeekday(weekday, today);
    return day === undefined ? undefined : day + (count === "huit" ? 7 : 14);
  }),
  dated(`(?:ce|this)\\s+(?<weekday>${WEEKDAY})`, ({ weekday }, today) => comingWeekday(weekday, today - 1)),
  dated(`(?<weekday>${WEEKDAY})`, ({ weekday }, today) => comingWeekday(weekday, today)),
  {
    pattern: phrase(`(?:(?:pour|avant|by|before)\\s+)?(?:le|the|on the)\\s+(?<day>${DAY_OF_MONTH})`),
    read: readDayAlone,
  },
];

function real(year: number, month: number, day: number): number | undefined {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return dayNumberOf(year, month, day);
}

function fullYear(text: string | undefined): number {
  const year = Number(text);
  return year < 100 ? 2000 + year : year;
}

/** The next such day, today included. */
function coming(month: number, day: number, today: number): number | undefined {
  const { year } = yearMonthDayOf(today);
  // The 29th of February may be eight years away.
  for (let ahead = 0; ahead <= 8; ahead += 1) {
    const found = real(year + ahead, month, day);
    if (found !== undefined && found >= today) return found;
  }
  return undefined;
}

function dayIn(word: string | undefined): number {
  return Number.parseInt(word ?? "", 10);
}

function readMonthDay({ day, month, year }: Groups, today: number): number | undefined {
  const found = monthIn(month ?? "");
  if (found === undefined) return undefined;
  return year === undefined ? coming(found, dayIn(day), today) : real(Number(year), found, dayIn(day));
}

function readSpan({ first, last, month, year }: Groups, today: number): FoundDays | undefined {
  const lastDay = readMonthDay({ day: last, month, year }, today);
  if (lastDay === undefined) return undefined;
  const day = lastDay - dayIn(last) + dayIn(first);
  return day > lastDay ? undefined : { day, lastDay };
}

/** The 12th said on the 20th is the next month's. */
function readDayAlone({ day }: Groups, today: number): number | undefined {
  const { year, month } = yearMonthDayOf(today);
  for (let ahead = 0; ahead <= 2; ahead += 1) {
    const at = month - 1 + ahead;
    const found = real(year + Math.floor(at / 12), (at % 12) + 1, dayIn(day));
    if (found !== undefined && found >= today) return found;
  }
  return undefined;
}

function mondayOf(day: number): number {
  return day - weekdayOf(day) + 1;
}

/** After the day given. */
function comingWeekday(word: string | undefined, after: number): number | undefined {
  const weekday = weekdayIn(word ?? "");
  if (weekday === undefined) return undefined;
  return after + 1 + ((weekday - weekdayOf(after + 1) + 7) % 7);
}

/** Of the week that comes, as both languages are mostly understood. */
function readNextWeekday({ en, fr }: Groups, today: number): number | undefined {
  const weekday = weekdayIn(en ?? fr ?? "");
  return weekday === undefined ? undefined : mondayOf(today) + 6 + weekday;
}

function readRelative({ count, unit }: Groups, today: number): number | undefined {
  const number = numberIn(count);
  if (number === undefined || unit === undefined) return undefined;
  if (/^(?:jour|day)/.test(unit)) return today + number;
  if (/^(?:semaine|week)/.test(unit)) return today + number * 7;
  return monthsLater(today, /^(?:mois|month)/.test(unit) ? number : number * 12);
}

/** A month that has no such day gives its last one. */
function monthsLater(today: number, count: number): number {
  const { year, month, day } = yearMonthDayOf(today);
  const at = year * 12 + month - 1 + count;
  const there = { year: Math.floor(at / 12), month: (at % 12) + 1 };
  return dayNumberOf(there.year, there.month, Math.min(day, daysInMonth(there.year, there.month)));
}

type Edge = "start" | "middle" | "end";

function edgeIn(word: string | undefined): Edge {
  if (word === "fin" || word === "end") return "end";
  return word === "mi" || word === "milieu" || word === "mid" || word === "middle" ? "middle" : "start";
}

function edgeOfMonth(today: number, ahead: number, edge: Edge): number {
  const { year, month } = yearMonthDayOf(monthsLater(today - yearMonthDayOf(today).day + 1, ahead));
  return dayNumberOf(year, month, edge === "start" ? 1 : edge === "middle" ? 15 : daysInMonth(year, month));
}

/** Working weeks: they end on Friday. */
function readWeekEdge({ edge, which }: Groups, today: number): number {
  const monday =
    mondayOf(today) + (which?.includes("next") === true || which?.includes("prochaine") === true ? 7 : 0);
  return edgeIn(edge) === "end" ? monday + 4 : monday;
}

function readMonthEdge({ edge, which }: Groups, today: number): number | undefined {
  const word = which ?? "";
  const place = edgeIn(edge);
  if (word === "annee" || word === "year") {
    const { year } = yearMonthDayOf(today);
    return place === "end"
      ? dayNumberOf(year, 12, 31)
      : place === "middle"
        ? dayNumberOf(year, 7, 1)
        : dayNumberOf(year + 1, 1, 1);
  }
  if (word === "mois prochain" || word === "next month") return edgeOfMonth(today, 1, place);
  const month = monthIn(word);
  if (month === undefined)
    return place === "start" ? edgeOfMonth(today, 1, "start") : edgeOfMonth(today, 0, place);
  const { year } = yearMonthDayOf(today);
  const inYear = (each: number) =>
    dayNumberOf(each, month, place === "start" ? 1 : place === "middle" ? 15 : daysInMonth(each, month));
  return inYear(year) >= today ? inYear(year) : inYear(year + 1);
}

/** `premier lundi du mois`, `last Friday of March`: the next one that is not over. */
function readOrdinal({ ordinal, weekday, month }: Groups, today: number): number | undefined {
  const position = ordinalIn(ordinal);
  const day = weekdayIn(weekday ?? "");
  if (position === undefined || day === undefined) return undefined;
  const date = yearMonthDayOf(today);
  const named = monthIn(month ?? "");
  const isNext = month === "mois prochain" || month === "next month";
  const first =
    named === undefined ? date.year * 12 + date.month - 1 + (isNext ? 1 : 0) : date.year * 12 + named - 1;
  const found = weekdayInMonth(first, day, position);
  return found >= today ? found : weekdayInMonth(first + (named === undefined ? 1 : 12), day, position);
}

/** @param month counted from year 0 */
function weekdayInMonth(month: number, weekday: number, position: number): number {
  const start = dayNumberOf(Math.floor(month / 12), (month % 12) + 1, 1);
  if (position > 0) return start + ((weekday - weekdayOf(start) + 7) % 7) + (position - 1) * 7;
  const last = start + daysInMonth(Math.floor(month / 12), (month % 12) + 1) - 1;
  return last - ((weekdayOf(last) - weekday + 7) % 7);
}
