/** Letters that do not come apart into a plain one and a mark. */
const LETTERS: Readonly<Record<string, string>> = {
  œ: "oe",
  æ: "ae",
  ß: "ss",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};
const SPECIAL = /[œæßøłđðþı]/g;
// oxlint-disable-next-line no-control-regex -- all of ASCII
const PLAIN = /^[\x00-\x7f]*$/;
const WORD = /[\p{L}\p{N}]+/gu;
const PLAIN_WORD = /[a-z0-9]+/g;

/** More words than anybody types. */
const MOST_WORDS = 8;

/** The same for all spellings of a name: case and accents aside. */
export function foldText(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  return text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(SPECIAL, (letter) => LETTERS[letter] ?? letter);
}

/** Runs of letters and digits of a folded text, in their order. */
export function wordsOf(folded: string): readonly string[] {
  return folded.match(PLAIN.test(folded) ? PLAIN_WORD : WORD) ?? [];
}

/** What is looked for: every one of these; those without a letter or digit say nothing. */
export function queryWords(text: string): string[] {
  const words = foldText(text.toWellFormed())
    .split(/\s+/)
    .filter((word) => wordsOf(word).length > 0);
  return [...new Set(words)].slice(0, MOST_WORDS);
}

/** A word that is looked for. */
export interface SoughtWord {
  text: string;
  /** Before its first letter or digit. */
  lead: number;
  /** Its runs of letters are so short that it is looked for at the beginnings of words only. */
  isShort: boolean;
}

export function soughtWord(text: string): SoughtWord {
  const isShort = wordsOf(text).every((run) => Buffer.byteLength(run) < 3);
  return { text, lead: text.search(LETTER), isShort };
}

/** How well a word of a query fits a name: not at all, somewhere within, at the beginning of a word, of the name. */
export const NOWHERE = 0;
export const IN_PATH = 1;
export const WITHIN = 2;
export const WORD_START = 3;
export const NAME_START = 4;

const LETTER = /[\p{L}\p{N}]/u;
const LETTER_LAST = /[\p{L}\p{N}]$/u;

/** By looking at the name itself; what the words of an index tell must be the same. */
export function placeIn(folded: string, { text, lead, isShort }: SoughtWord): number {
  let at = folded.indexOf(text);
  if (at < 0) return NOWHERE;
  const first = folded.search(LETTER);
  let best = NOWHERE;
  for (; at >= 0; at = folded.indexOf(text, at + 1)) {
    const start = at + lead;
    if (start === first) return NAME_START;
    const isStart = lead > 0 || !LETTER_LAST.test(folded.slice(Math.max(0, start - 2), start));
    if (isStart) best = WORD_START;
    else if (best === NOWHERE && !isShort) best = WITHIN;
  }
  return best;
}
