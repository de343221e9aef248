export interface DiffPart {
  kind: "same" | "removed" | "added";
  text: string;
}

/** Beyond this many pairs of words, the middle is shown as one replacement: nobody reads such a comparison word by word. */
const MOST_PAIRS = 1_000_000;

/** What became of a text, word by word: joined without `added` it is the text before, without `removed` the one after. */
export function diffWords(before: string, after: string): DiffPart[] {
  const a = split(before);
  const b = split(after);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const middle = compare(a.slice(start, a.length - end), b.slice(start, b.length - end));
  return joined([
    { kind: "same", text: a.slice(0, start).join("") },
    ...middle,
    { kind: "same", text: a.slice(a.length - end).join("") },
  ]);
}

function split(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+|\s+|[^\p{L}\p{N}\s]/gu) ?? [];
}

function compare(a: string[], b: string[]): DiffPart[] {
  if (a.length * b.length > MOST_PAIRS) {
    return [
      { kind: "removed", text: a.join("") },
      { kind: "added", text: b.join("") },
    ];
  }
  const lengths = commonLengths(a, b);
  const parts: DiffPart[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && a[i] === b[j]) {
      parts.push({ kind: "same", text: a[i++] ?? "" });
      j += 1;
    } else if (j >= b.length || (i < a.length && at(lengths, i + 1, j) >= at(lengths, i, j + 1))) {
      parts.push({ kind: "removed", text: a[i++] ?? "" });
    } else {
      parts.push({ kind: "added", text: b[j++] ?? "" });
    }
  }
  return parts;
}

/** `[i][j]`: words that the rests of both texts from there on have in common, in order. */
function commonLengths(a: string[], b: string[]): Uint16Array[] {
  const rows = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    const row = rows[i] ?? new Uint16Array();
    for (let j = b.length - 1; j >= 0; j -= 1) {
      row[j] = a[i] === b[j] ? at(rows, i + 1, j + 1) + 1 : Math.max(at(rows, i + 1, j), at(rows, i, j + 1));
    }
  }
  return rows;
}

function at(rows: Uint16Array[], i: number, j: number): number {
  return rows[i]?.[j] ?? 0;
}

function joined(parts: DiffPart[]): DiffPart[] {
  const list: DiffPart[] = [];
  for (const part of parts) {
    const last = list.at(-1);
    if (part.text === "") continue;
    if (last?.kind === part.kind) last.text += part.text;
    else list.push({ ...part });
  }
  return list;
}
