import { weekdayNames } from "./rule.ts";
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

/** Recurrences that words mean, as RRULE values without an end. */

type Groups = Readonly<Record<string, string | undefined>>;

interface RulePhrase {
  readonly pattern: RegExp;
  readonly read: (groups: Groups) => string | undefined;
}

const EACH = "(?:tous les|toutes les|chaque|every|each)";
const OF_MONTH =
  "(?:\\s+(?:du mois|de chaque mois|de tous les mois|of (?:the|every|each) month|each month|every month))";

function ruled(source: string, read: RulePhrase["read"]): RulePhrase {
  return { pattern: phrase(source), read };
}

export const rulePhrases: readonly RulePhrase[] = [
  ruled(`(?:${EACH}\\s+)(?<ordinal>${ORDINAL})\\s+(?<weekday>${WEEKDAY})${OF_MONTH}?`, readPlaced),
  ruled(
    `(?:(?:le|the|on the)\\s+)?(?<ordinal>${ORDINAL})\\s+(?<weekday>${WEEKDAY})(?:\\s+(?:de chaque mois|de tous les mois|of (?:every|each) month|each month|every month))`,
    readPlaced,
  ),
  ruled(
    "(?:(?:le|the|on the)\\s+)?(?:dernier jour|last day)\\s+(?:de chaque mois|de tous les mois|of (?:every|each) month)",
    () => "FREQ=MONTHLY;BYMONTHDAY=-1",
  ),
  ruled(
    "(?:chaque fin de mois|toutes les fins de mois|every end of month|every month end)",
    () => "FREQ=MONTHLY;BYMONTHDAY=-1",
  ),
  ruled(`${EACH}\\s+(?<day>${DAY_OF_MONTH})(?:\\s+of)?\\s+(?<month>${MONTH})`, readYearDay),
  ruled(`every\\s+(?<month>${MONTH})\\s+(?<day>${DAY_OF_MONTH})`, readYearDay),
  ruled(
    `(?:(?:le|the|on the)\\s+)?(?<day>${DAY_OF_MONTH})\\s+(?:de chaque mois|de tous les mois|of (?:every|each) month)`,
    readMonthDay,
  ),
  ruled(`${EACH}\\s+(?<day>${DAY_OF_MONTH})${OF_MONTH}`, readMonthDay),
  ruled("every\\s+(?<day>(?:[12]?\\d|3[01])(?:st|nd|rd|th))", readMonthDay),
  ruled(
    `(?:${EACH})\\s+(?:jours? (?:ouvres?|ouvrables?|de semaine)|weekdays?|working days?|workdays?|business days?)`,
    () => workdays,
  ),
  ruled("(?:du lundi au vendredi|monday to friday|weekdays)", () => workdays),
  ruled(`${EACH}\\s+week-?ends?`, () => "FREQ=WEEKLY;BYDAY=SA"),
  ruled("(?:un|une)\\s+(?<unit>jour|semaine|mois|an)\\s+sur\\s+(?<count>deux|trois|quatre)", readCounted),
  ruled(`un\\s+(?<weekday>${WEEKDAY})\\s+sur\\s+(?<count>deux|trois|quatre)`, readCountedWeekday),
  ruled(`every\\s+(?:other|second)\\s+(?<weekday>${WEEKDAY})`, ({ weekday }) =>
    readCountedWeekday({ weekday, count: "deux" }),
  ),
  ruled("every\\s+(?:other|second)\\s+(?<unit>day|week|month|year)", ({ unit }) =>
    readCounted({ unit, count: "deux" }),
  ),
  ruled(
    `(?:tous les|toutes les|every)\\s+(?<count>${NUMBER})\\s+(?<unit>jours?|semaines?|mois|ans?|annees?|heures?|days?|weeks?|months?|years?|hours?)`,
    readCounted,
  ),
  ruled(
    `${EACH}\\s+(?<first>${WEEKDAY})(?:(?:\\s*,\\s*|\\s+(?:et|and|&)\\s+)(?:les\\s+)?(?<second>${WEEKDAY}))?(?:(?:\\s*,\\s*|\\s+(?:et|and|&)\\s+)(?:les\\s+)?(?<third>${WEEKDAY}))?`,
    readWeekdays,
  ),
  ruled(
    "(?:le|les|on)\\s+(?<first>(?:lun|mar|mercre|jeu|vendre|same)dis|dimanches|(?:mon|tues|wednes|thurs|fri|satur|sun)days)(?:\\s+(?:et|and|&)\\s+(?:les\\s+)?(?<second>(?:lun|mar|mercre|jeu|vendre|same)dis|dimanches|(?:mon|tues|wednes|thurs|fri|satur|sun)days))?",
    readWeekdays,
  ),
  ruled(`(?:${EACH}\\s+(?:jours?|days?)|quotidiennement|daily|everyday)`, () => "FREQ=DAILY"),
  ruled(`(?:${EACH}\\s+(?:semaines?|weeks?)|hebdomadairement|weekly)`, () => "FREQ=WEEKLY"),
  ruled("(?:biweekly|fortnightly|every fortnight)", () => "FREQ=WEEKLY;INTERVAL=2"),
  ruled(`(?:${EACH}\\s+(?:trimestres?|quarters?)|quarterly)`, () => "FREQ=MONTHLY;INTERVAL=3"),
  ruled(`(?:${EACH}\\s+semestres?)`, () => "FREQ=MONTHLY;INTERVAL=6"),
  ruled(`(?:${EACH}\\s+(?:mois|months?)|mensuellement|monthly)`, () => "FREQ=MONTHLY"),
  ruled(`(?:${EACH}\\s+(?:ans?|annees?|years?)|annuellement|yearly|annually)`, () => "FREQ=YEARLY"),
];

const workdays = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR";

function nameOf(word: string | undefined): string | undefined {
  const weekday = word === undefined ? undefined : weekdayIn(word);
  return weekday === undefined ? undefined : weekdayNames[weekday - 1];
}

function readPlaced({ ordinal, weekday }: Groups): string | undefined {
  const position = ordinalIn(ordinal);
  const day = nameOf(weekday);
  return position === undefined || day === undefined ? undefined : `FREQ=MONTHLY;BYDAY=${position}${day}`;
}

function readYearDay({ day, month }: Groups): string | undefined {
  const found = monthIn(month ?? "");
  return found === undefined
    ? undefined
    : `FREQ=YEARLY;BYMONTH=${found};BYMONTHDAY=${Number.parseInt(day ?? "", 10)}`;
}

function readMonthDay({ day }: Groups): string {
  return `FREQ=MONTHLY;BYMONTHDAY=${Number.parseInt(day ?? "", 10)}`;
}

function readWeekdays({ first, second, third }: Groups): string | undefined {
  const days = new Set([first, second, third].map(nameOf));
  const ordered = weekdayNames.filter((name) => days.has(name));
  return ordered.length === 0 ? undefined : `FREQ=WEEKLY;BYDAY=${ordered.join(",")}`;
}

function readCountedWeekday({ weekday, count }: Groups): string | undefined {
  const day = nameOf(weekday);
  const interval = numberIn(count);
  return day === undefined || interval === undefined
    ? undefined
    : `FREQ=WEEKLY;INTERVAL=${interval};BYDAY=${day}`;
}

function readCounted({ count, unit }: Groups): string | undefined {
  const interval = numberIn(count);
  if (interval === undefined || interval < 1 || unit === undefined) return undefined;
  const frequency = frequencyIn(unit);
  // In French, fifteen days are two weeks.
  if (frequency === "DAILY" && (interval === 15 || interval === 14)) return "FREQ=WEEKLY;INTERVAL=2";
  if (frequency === "DAILY" && interval === 8) return "FREQ=WEEKLY";
  return interval === 1 ? `FREQ=${frequency}` : `FREQ=${frequency};INTERVAL=${interval}`;
}

function frequencyIn(unit: string): string {
  if (/^(?:jour|day)/.test(unit)) return "DAILY";
  if (/^(?:semaine|week)/.test(unit)) return "WEEKLY";
  if (/^(?:mois|month)/.test(unit)) return "MONTHLY";
  return /^(?:heure|hour)/.test(unit) ? "HOURLY" : "YEARLY";
}
