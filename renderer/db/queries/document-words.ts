import { fold } from "../fold.ts";

const SEPARATORS = /[\s,;.()[\]{}/'’_\-–—+&#@!?:"«»]+/u;

/** The words of a name, as they are searched: without accents and case, parted where names part them. */
export function wordsOf(text: string): string[] {
  return fold(text)
    .split(SEPARATORS)
    .filter((word) => word !== "");
}
