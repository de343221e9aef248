/** A word being typed at the caret that can be completed: `@mar`, `#trav` or `:sour`. */
export interface CompletionQuery {
  trigger: "@" | "#" | ":";
  text: string;
  /** Place of the trigger in the whole text. */
  start: number;
  end: number;
}

const LONGEST_NAME = 40;
const WORD =
  /(?:^|[\s([{«"'’])(@[\p{L}\p{N}'’-]*(?: [\p{L}\p{N}'’-]+)?|#[\p{L}\p{N}_-]*|:[\p{L}\p{N}_+-]{2,})$/u;

/** Finds what is being completed at the caret, if anything. */
export function findCompletion(text: string, caret: number): CompletionQuery | null {
  const before = text.slice(Math.max(0, caret - LONGEST_NAME), caret);
  const offset = caret - before.length;
  const match = WORD.exec(before);
  const word = match?.[1];
  if (match === null || word === undefined) return null;
  const start = offset + match.index + match[0].length - word.length;
  const trigger = word.startsWith("@") ? "@" : word.startsWith("#") ? "#" : ":";
  return { trigger, text: word.slice(1), start, end: caret };
}

export interface Replaced {
  text: string;
  caret: number;
}

export function applyCompletion(text: string, query: CompletionQuery, insert: string): Replaced {
  const after = text.slice(query.end);
  const space = after.startsWith(" ") ? "" : " ";
  const head = text.slice(0, query.start) + insert + space;
  return { text: head + after, caret: head.length };
}
