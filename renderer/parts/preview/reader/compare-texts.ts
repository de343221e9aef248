import { diffLines, diffWordsWithSpace, type Change } from "diff";

export interface Piece {
  text: string;
  isChanged: boolean;
}

export interface ComparedLine {
  /** Counted from 1; null where this side has no such line. */
  before: number | null;
  after: number | null;
  beforePieces: Piece[];
  afterPieces: Piece[];
  /** Which change it belongs to, counted from 0; null for what is the same in both. */
  change: number | null;
}

export interface Comparison {
  lines: ComparedLine[];
  changes: number;
  added: number;
  removed: number;
  isCut: boolean;
}

const MOST_LINES = 20_000;
/** Beyond these a line is marked as a whole. */
const LONGEST_LINE = 2000;
const PATIENCE_MS = 4000;
/** Lines of what is the same that stay around a change. */
const AROUND = 400;

/** Line by line, with the words that changed. Null: the two differ so much that finding out takes too long. */
export function compareTexts(before: string, after: string): Comparison | null {
  const left = cut(before);
  const right = cut(after);
  const parts = diffLines(left.text, right.text, { timeout: PATIENCE_MS });
  if (parts === undefined) return null;
  const result: Comparison = {
    lines: [],
    changes: 0,
    added: 0,
    removed: 0,
    isCut: left.isCut || right.isCut,
  };
  let [before1, after1] = [1, 1];
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at];
    if (part === undefined) continue;
    const lines = toLines(part.value);
    if (!part.added && !part.removed) {
      for (const line of lines) {
        const pieces = [{ text: line, isChanged: false }];
        result.lines.push({
          before: before1,
          after: after1,
          beforePieces: pieces,
          afterPieces: pieces,
          change: null,
        });
        before1 += 1;
        after1 += 1;
      }
      continue;
    }
    const next = parts[at + 1];
    const isPair = part.removed && next?.added === true;
    const removed = part.removed ? lines : [];
    const added = part.added ? lines : isPair ? toLines(next.value) : [];
    if (isPair) at += 1;
    for (let index = 0; index < Math.max(removed.length, added.length); index += 1) {
      const [old, fresh] = [removed[index], added[index]];
      const marks = markWords(old, fresh);
      result.lines.push({
        before: old === undefined ? null : before1++,
        after: fresh === undefined ? null : after1++,
        ...marks,
        change: result.changes,
      });
    }
    result.added += added.length;
    result.removed += removed.length;
    result.changes += 1;
  }
  return { ...result, lines: nearChanges(result.lines) };
}

function markWords(old: string | undefined, fresh: string | undefined) {
  if (old === undefined) return { beforePieces: [], afterPieces: whole(fresh ?? "") };
  if (fresh === undefined) return { beforePieces: whole(old), afterPieces: [] };
  const isLong = old.length > LONGEST_LINE || fresh.length > LONGEST_LINE;
  const words = isLong ? undefined : diffWordsWithSpace(old, fresh, { timeout: 100 });
  if (words === undefined) return { beforePieces: whole(old), afterPieces: whole(fresh) };
  const pieces = (isMine: (part: Change) => boolean) =>
    words.filter(isMine).map(({ value, added, removed }) => ({ text: value, isChanged: added || removed }));
  return { beforePieces: pieces(({ added }) => !added), afterPieces: pieces(({ removed }) => !removed) };
}

function whole(text: string): Piece[] {
  return [{ text, isChanged: true }];
}

/** What is far from every change is left out: it is the same, and a long text would fill the page. */
function nearChanges(lines: readonly ComparedLine[]): ComparedLine[] {
  const isNear = new Uint8Array(lines.length);
  for (const [at, { change }] of lines.entries()) {
    if (change !== null) isNear.fill(1, Math.max(0, at - AROUND), at + AROUND + 1);
  }
  return lines.filter((_line, at) => isNear[at] === 1 || lines.length <= AROUND * 2);
}

function cut(text: string): { text: string; isCut: boolean } {
  const plain = text.replaceAll("\r\n", "\n").replace(/\n$/, "");
  const lines = plain.split("\n", MOST_LINES + 1);
  const isCut = lines.length > MOST_LINES;
  return { text: plain === "" ? "" : `${lines.slice(0, MOST_LINES).join("\n")}\n`, isCut };
}

function toLines(value: string): string[] {
  return value.replace(/\n$/, "").split("\n");
}
