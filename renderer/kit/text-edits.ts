/** A text and its selection after an edit. Pure: who edits a field applies it there. */
export interface Edited {
  text: string;
  start: number;
  end: number;
}

export interface Selected {
  text: string;
  start: number;
  end: number;
}

export type MarkName =
  | "bold"
  | "italic"
  | "strike"
  | "code"
  | "codeBlock"
  | "link"
  | "quote"
  | "list"
  | "numbered";

const AROUND: Partial<Record<MarkName, string>> = { bold: "**", italic: "*", strike: "~~", code: "`" };

/** Does what a button of the toolbar says, or undoes it when it was done. */
export function applyMark(selected: Selected, name: MarkName): Edited {
  const around = AROUND[name];
  if (around !== undefined) return toggleAround(selected, around);
  switch (name) {
    case "codeBlock":
      return toggleFence(selected);
    case "link":
      return putLink(selected);
    case "quote":
      return toggleLines(selected, /^> ?/, () => "> ");
    case "numbered":
      return toggleLines(selected, /^\d{1,3}[.)] /, (index) => `${index + 1}. `);
    case "list":
    case "bold":
    case "italic":
    case "strike":
    case "code":
      return toggleLines(selected, /^[-*+] /, () => "- ");
  }
}

function toggleAround({ text, start, end }: Selected, mark: string): Edited {
  // Spaces at the ends would make Markdown see no mark at all.
  const picked = text.slice(start, end);
  const from = start + (picked.length - picked.trimStart().length);
  const to = picked.trim() === "" ? from : end - (picked.length - picked.trimEnd().length);
  const inside = text.slice(from, to);
  const { length } = mark;
  if (isMark(text, from - length, mark) && isMark(text, to, mark)) {
    const without = text.slice(0, from - length) + inside + text.slice(to + length);
    return { text: without, start: from - length, end: to - length };
  }
  if (inside.length >= 2 * length && isMark(text, from, mark) && isMark(text, to - length, mark)) {
    const bare = inside.slice(length, -length);
    return { text: text.slice(0, from) + bare + text.slice(to), start: from, end: from + bare.length };
  }
  return {
    text: text.slice(0, from) + mark + inside + mark + text.slice(to),
    start: from + length,
    end: to + length,
  };
}

/** Whether exactly this mark stands here: one star is not half of two. */
function isMark(text: string, at: number, mark: string): boolean {
  if (at < 0 || text.slice(at, at + mark.length) !== mark) return false;
  if (mark !== "*") return true;
  const stars = /^\*+/.exec(text.slice(at))?.[0].length ?? 0;
  const before = /\*+$/.exec(text.slice(0, at))?.[0].length ?? 0;
  return (stars + before) % 2 === 1;
}

function linesAround({ text, start, end }: Selected): { from: number; to: number } {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const next = text.indexOf("\n", end);
  return { from, to: next < 0 ? text.length : next };
}

function toggleLines(selected: Selected, known: RegExp, prefix: (index: number) => string): Edited {
  const { text, start, end } = selected;
  const { from, to } = linesAround(selected);
  const lines = text.slice(from, to).split("\n");
  const isOn = lines.every((line) => known.test(line));
  const bare = /^(?:[-*+] |\d{1,3}[.)] |> ?)/;
  const next = lines
    .map((line, index) => (isOn ? line.replace(known, "") : prefix(index) + line.replace(bare, "")))
    .join("\n");
  const growth = next.length - (to - from);
  const isCaret = start === end;
  return {
    text: text.slice(0, from) + next + text.slice(to),
    start: isCaret ? Math.max(from, start + growth) : from,
    end: Math.max(from, end + growth),
  };
}

function toggleFence(selected: Selected): Edited {
  const { text } = selected;
  const { from, to } = linesAround(selected);
  const block = text.slice(from, to);
  const fenced = /^```[^\n]*\n([\s\S]*)\n```$/.exec(block);
  if (fenced !== null) {
    const bare = fenced[1] ?? "";
    return { text: text.slice(0, from) + bare + text.slice(to), start: from, end: from + bare.length };
  }
  const start = from + 4;
  return {
    text: `${text.slice(0, from)}\`\`\`\n${block}\n\`\`\`${text.slice(to)}`,
    start,
    end: start + block.length,
  };
}

function putLink({ text, start, end }: Selected): Edited {
  const picked = text.slice(start, end);
  if (/^https?:\/\/\S+$/.test(picked)) {
    // The address is there: the words are missing.
    return {
      text: `${text.slice(0, start)}[](${picked})${text.slice(end)}`,
      start: start + 1,
      end: start + 1,
    };
  }
  const address = "https://";
  const from = start + picked.length + 3;
  return {
    text: `${text.slice(0, start)}[${picked}](${address})${text.slice(end)}`,
    start: picked === "" ? start + 1 : from,
    end: picked === "" ? start + 1 : from + address.length,
  };
}

const ITEM = /^(\s*)(?:([-*+])|(\d{1,3})([.)]))( \[[ xX]\])? /;
const QUOTED = /^(?:> ?)+/;

/**
 * What a new line does in a list or a quote: the next item begins by itself; on an empty one the list ends.
 * Null where a new line is a new line.
 */
export function continueLine({ text, start, end }: Selected): Edited | null {
  if (start !== end) return null;
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const line = text.slice(from, start);
  const prefix = nextPrefix(line);
  if (prefix === null || isInFence(text, start)) return null;
  if (line.slice(prefix.length).trim() === "") {
    return { text: text.slice(0, from) + text.slice(start), start: from, end: from };
  }
  const insert = `\n${prefix.next}`;
  const caret = start + insert.length;
  return { text: text.slice(0, start) + insert + text.slice(start), start: caret, end: caret };
}

function nextPrefix(line: string): { length: number; next: string } | null {
  const item = ITEM.exec(line);
  if (item !== null) {
    const [whole, indent = "", bullet, number, sign = "", box] = item;
    const marker = bullet ?? `${Number(number) + 1}${sign}`;
    return { length: whole.length, next: `${indent}${marker}${box === undefined ? "" : " [ ]"} ` };
  }
  const quote = QUOTED.exec(line);
  return quote === null ? null : { length: quote[0].length, next: quote[0] };
}

/** Whether the caret stands in a block of code that was opened with ``` and not closed. */
export function isInFence(text: string, caret: number): boolean {
  return (text.slice(0, caret).match(/^```/gm)?.length ?? 0) % 2 === 1;
}

const INDENT = "  ";

/** Moves the items of the selection a step in or out. Null outside lists: Tab then goes to the next control. */
export function indentItems(selected: Selected, isOut: boolean): Edited | null {
  const { text, start, end } = selected;
  const { from, to } = linesAround(selected);
  const lines = text.slice(from, to).split("\n");
  if (!lines.some((line) => ITEM.test(`${line} `))) return null;
  const moved = lines.map((line) => (isOut ? line.replace(/^ {1,2}/, "") : INDENT + line));
  const first = (moved[0]?.length ?? 0) - (lines[0]?.length ?? 0);
  const next = moved.join("\n");
  return {
    text: text.slice(0, from) + next + text.slice(to),
    start: Math.max(from, start + first),
    end: Math.max(from, end + next.length - (to - from)),
  };
}

/** The smallest replacement that makes one text of another: what a field is told, so that it can undo it. */
export function smallestChange(
  before: string,
  after: string,
): { start: number; end: number; insert: string } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  return { start, end: before.length - same, insert: after.slice(start, after.length - same) };
}
