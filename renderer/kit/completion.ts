/** A word being typed at the caret that can be completed: `@mar` or `:sour`. */
export interface CompletionQuery {
  trigger: "@" | ":";
  text: string;
  /** Place of the trigger in the whole text. */
  start: number;
  end: number;
}

const LONGEST_NAME = 40;

/** Finds what is being completed at the caret, if anything. */
export function findCompletion(text: string, caret: number): CompletionQuery | null {
  const before = text.slice(Math.max(0, caret - LONGEST_NAME), caret);
  const offset = caret - before.length;
  const match = /(?:^|[\s([{«"'’])(@[\p{L}\p{N}'’-]*(?: [\p{L}\p{N}'’-]+)?|:[\p{L}\p{N}_+-]{2,})$/u.exec(
    before,
  );
  const word = match?.[1];
  if (match === null || word === undefined) return null;
  const start = offset + match.index + match[0].length - word.length;
  return { trigger: word.startsWith("@") ? "@" : ":", text: word.slice(1), start, end: caret };
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

/** A person named in a text that is being written: shown as `@Name`, sent as `<@ID>`. */
export interface NamedPerson {
  personId: string;
  name: string;
}

/** The text as it travels. Longer names first, so that « @Anne » does not eat « @Anne-Marie ». */
export function encodeMentions(
  text: string,
  people: readonly NamedPerson[],
  everyone: readonly string[],
): string {
  const ordered = [...people].sort((a, b) => b.name.length - a.name.length);
  let encoded = text;
  for (const person of ordered) encoded = encoded.replaceAll(`@${person.name}`, `<@${person.personId}>`);
  for (const word of everyone) {
    encoded = encoded.replaceAll(new RegExp(`(^|\\s)@${word}(?![\\p{L}\\p{N}])`, "gu"), "$1<!everyone>");
  }
  return encoded;
}

const MENTION = /<@([0-9a-f-]{36})>/g;

export function mentionedIds(body: string): string[] {
  return [...new Set([...body.matchAll(MENTION)].map((match) => match[1] ?? ""))];
}

/** The text as it is edited by hand; a person who is not known keeps their id. */
export function decodeMentions(body: string, people: readonly NamedPerson[], everyone: string): string {
  const names = new Map(people.map((person) => [person.personId, person.name]));
  return body
    .replaceAll(MENTION, (whole, id) => {
      const name = names.get(String(id));
      return name === undefined ? whole : `@${name}`;
    })
    .replaceAll("<!everyone>", `@${everyone}`);
}

/** Puts a Markdown mark around the selection, or takes it away when it is there. */
export function toggleMark(
  text: string,
  start: number,
  end: number,
  mark: string,
): Replaced & { end: number } {
  const selected = text.slice(start, end);
  const isInside =
    text.slice(start - mark.length, start) === mark && text.slice(end, end + mark.length) === mark;
  if (isInside) {
    const without = text.slice(0, start - mark.length) + selected + text.slice(end + mark.length);
    return { text: without, caret: start - mark.length, end: end - mark.length };
  }
  const marked = text.slice(0, start) + mark + selected + mark + text.slice(end);
  return { text: marked, caret: start + mark.length, end: end + mark.length };
}

/** Puts a prefix (`> `, `- `) before every line of the selection. */
export function prefixLines(
  text: string,
  start: number,
  end: number,
  prefix: string,
): Replaced & { end: number } {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const block = text.slice(from, end);
  const lines = block.split("\n");
  const next = lines.map((line) => (line.startsWith(prefix) ? line : prefix + line)).join("\n");
  return {
    text: text.slice(0, from) + next + text.slice(end),
    caret: from + next.length,
    end: from + next.length,
  };
}
