/** Words of days, months and numbers, French and English, without accents and in small letters. */

const weekdayWords = [
  ["lundi", "monday"],
  ["mardi", "tuesday"],
  ["mercredi", "wednesday"],
  ["jeudi", "thursday"],
  ["vendredi", "friday"],
  ["samedi", "saturday"],
  ["dimanche", "sunday"],
] as const;

const monthWords = [
  ["janvier", "janv", "january", "jan"],
  ["fevrier", "fevr", "fev", "february", "feb"],
  ["mars", "march", "mar"],
  ["avril", "avr", "april", "apr"],
  ["mai", "may"],
  ["juin", "june", "jun"],
  ["juillet", "juil", "july", "jul"],
  ["aout", "august", "aug"],
  ["septembre", "september", "sept", "sep"],
  ["octobre", "october", "oct"],
  ["novembre", "november", "nov"],
  ["decembre", "december", "dec"],
] as const;

const numberWords: Readonly<Record<string, number>> = {
  un: 1,
  une: 1,
  a: 1,
  an: 1,
  one: 1,
  deux: 2,
  two: 2,
  trois: 3,
  three: 3,
  quatre: 4,
  four: 4,
  cinq: 5,
  five: 5,
  six: 6,
  sept: 7,
  seven: 7,
  huit: 8,
  eight: 8,
  neuf: 9,
  nine: 9,
  dix: 10,
  ten: 10,
  douze: 12,
  twelve: 12,
  quinze: 15,
  vingt: 20,
};

const ordinalWords: Readonly<Record<string, number>> = {
  premier: 1,
  premiers: 1,
  premiere: 1,
  premieres: 1,
  "1er": 1,
  "1ers": 1,
  "1st": 1,
  first: 1,
  deuxieme: 2,
  deuxiemes: 2,
  second: 2,
  seconds: 2,
  "2e": 2,
  "2eme": 2,
  "2nd": 2,
  troisieme: 3,
  troisiemes: 3,
  "3e": 3,
  "3eme": 3,
  third: 3,
  "3rd": 3,
  quatrieme: 4,
  quatriemes: 4,
  "4e": 4,
  "4eme": 4,
  fourth: 4,
  "4th": 4,
  dernier: -1,
  derniers: -1,
  derniere: -1,
  last: -1,
};

function longestFirst(words: readonly string[]): string {
  return words.toSorted((one, other) => other.length - one.length).join("|");
}

/** Parts of patterns. */
export const WEEKDAY = `(?:${longestFirst(weekdayWords.flat())})s?`;
export const MONTH = `(?:${longestFirst(monthWords.flat())})\\.?`;
export const NUMBER = `(?:\\d{1,3}|${longestFirst(Object.keys(numberWords))})`;
export const ORDINAL = `(?:${longestFirst(Object.keys(ordinalWords))})`;
export const CLOCK =
  "(?:\\d{1,2}(?:\\s?h(?:\\s?[0-5]\\d)?|:[0-5]\\d|(?:[:.][0-5]\\d)?\\s?[ap]m)|midi|minuit|noon|midnight)";
export const DAY_OF_MONTH = "(?:1er|0?[1-9]|[12]\\d|3[01])(?:st|nd|rd|th)?";

/** ISO 8601: 1 Monday. */
export function weekdayIn(word: string): number | undefined {
  const bare = word.replace(/s$/, "");
  const at = weekdayWords.findIndex((names) => names.some((name) => name === bare));
  return at < 0 ? undefined : at + 1;
}

export function monthIn(word: string): number | undefined {
  const bare = word.replace(/\.$/, "");
  const at = monthWords.findIndex((names) => names.some((name) => name === bare));
  return at < 0 ? undefined : at + 1;
}

export function numberIn(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  return /^\d+$/.test(word) ? Number(word) : numberWords[word];
}

export function ordinalIn(word: string | undefined): number | undefined {
  return word === undefined ? undefined : ordinalWords[word];
}

/** Minutes of the day: `14h30`, `2:30 pm`, `midi`. Undefined for hours that no day has. */
export function clockIn(word: string): number | undefined {
  if (word === "midi" || word === "noon") return 720;
  if (word === "minuit" || word === "midnight") return 0;
  const found = /^(\d{1,2})(?:\s?[h:.]\s?(\d{2})?)?\s?([ap]m)?$/.exec(word);
  if (found === null) return undefined;
  const hour = Number(found[1]);
  const minute = Number(found[2] ?? 0);
  if (minute > 59) return undefined;
  if (found[3] === undefined) return hour <= 24 ? (hour % 24) * 60 + minute : undefined;
  if (hour < 1 || hour > 12) return undefined;
  return ((hour % 12) + (found[3] === "pm" ? 12 : 0)) * 60 + minute;
}

/** A pattern of whole words in text that `plain` made. */
export function phrase(source: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}_/.:-])(?:${source})(?![\\p{L}\\p{N}_]|[/:-]\\d)`, "u");
}

/** Small letters without accents, each where it was. */
export function plain(text: string): string {
  return Array.from(text, (letter) => {
    const bare = letter.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
    if (letter === "’") return "'";
    if (/[\u00A0\u202F\t]/.test(letter)) return " ";
    return bare.length === letter.length ? bare : letter;
  }).join("");
}
