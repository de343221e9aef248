import { CLOCK, NUMBER, clockIn, numberIn, phrase } from "./when-words.ts";

/** Times of the day that words mean, in minutes since midnight. */

export interface FoundClock {
  readonly from: number;
  /** After `from`; of the next day when more than 1,440. */
  readonly to?: number;
}

type Groups = Readonly<Record<string, string | undefined>>;

export interface ClockPhrase {
  readonly pattern: RegExp;
  readonly read: (groups: Groups) => FoundClock | undefined;
}

const BARE = "(?:[01]?\\d|2[0-4])";
const BETWEEN = "\\s*(?:-|–|—|a|au|to|until|till|et|and|jusqu'a)\\s*";

function clocked(source: string, read: ClockPhrase["read"]): ClockPhrase {
  return { pattern: phrase(source), read };
}

export const clockPhrases: readonly ClockPhrase[] = [
  clocked(`(?:(?:de|from|entre|between)\\s+)?(?<from>${CLOCK})${BETWEEN}(?<to>${CLOCK})`, readSpan),
  clocked(`(?:(?:de|from|entre|between)\\s+)?(?<from>${BARE})${BETWEEN}(?<to>${CLOCK})`, readSpan),
  clocked(`(?:(?:a|at|vers|des|@|pour|avant|by|around|from|de|before)\\s*)?(?<from>${CLOCK})`, ({ from }) =>
    at(clockIn(from ?? "")),
  ),
  clocked(`(?:at|@)\\s*(?<from>${BARE})`, ({ from }) => at(clockIn(from ?? ""))),
];

/** Parts of a day, where no time is named. */
export const dayPartPhrases: readonly (ClockPhrase & { readonly isToday: boolean })[] = [
  { ...clocked("(?:ce matin|this morning)", () => at(540)), isToday: true },
  { ...clocked("(?:cet apres-midi|cet aprem|this afternoon)", () => at(840)), isToday: true },
  { ...clocked("(?:ce soir|tonight|this evening)", () => at(1080)), isToday: true },
  { ...clocked("(?:(?:le |au |in the )?(?:matin|morning))", () => at(540)), isToday: false },
  { ...clocked("(?:(?:l'|in the )?(?:apres-midi|afternoon))", () => at(840)), isToday: false },
  { ...clocked("(?:(?:le |au |in the )?(?:soir|evening))", () => at(1080)), isToday: false },
];

function at(from: number | undefined): FoundClock | undefined {
  return from === undefined ? undefined : { from };
}

function readSpan({ from, to }: Groups): FoundClock | undefined {
  const end = clockIn(to ?? "");
  // `2-4pm`: both of the afternoon.
  const half = /[ap]m$/.exec(to ?? "")?.[0] ?? "";
  const start = clockIn(/^\d{1,2}$/.test(from ?? "") ? `${from}${half}` : (from ?? ""));
  if (start === undefined || end === undefined) return undefined;
  // `10-2pm`: from the morning into the afternoon.
  const fitting =
    start > end && half === "pm" && start >= 720 && from?.endsWith("m") !== true ? start - 720 : start;
  return { from: fitting, to: end > fitting ? end : end + 1440 };
}

/** `pendant 2h`, `for 30 minutes`. */
export const lengthPhrase = phrase(
  `(?:pendant|durant|for|duree)\\s+(?:(?<hours>\\d{1,2})\\s?h(?<minutes>[0-5]\\d)?|(?<count>${NUMBER})\\s*(?<unit>heures?|hours?|minutes?|mins?|min|h))`,
);

/** `dans 2 heures`, `in 30 minutes`. */
export const laterPhrase = phrase(
  `(?:dans|in)\\s+(?:(?<hours>\\d{1,2})\\s?h(?<minutes>[0-5]\\d)?|(?<half>une demi-heure|half an hour)|(?<count>${NUMBER})\\s*(?<unit>heures?|hours?|minutes?|mins?|min))`,
);

/** Minutes of either of them. */
export function minutesIn({ hours, minutes, half, count, unit }: Groups): number | undefined {
  if (half !== undefined) return 30;
  if (hours !== undefined) return Number(hours) * 60 + Number(minutes ?? 0);
  const number = numberIn(count);
  if (number === undefined || unit === undefined) return undefined;
  return unit.startsWith("h") ? number * 60 : number;
}
