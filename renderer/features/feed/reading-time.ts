/** Words that people read in a minute, silently, in French or English. */
const WORDS_A_MINUTE = 220;

/** Whole minutes that a text takes to read, at least one. */
export function readingMinutes(...texts: readonly (string | undefined)[]): number {
  const words = texts.flatMap((text) => text?.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? []);
  return Math.max(1, Math.round(words.length / WORDS_A_MINUTE));
}
