import { isFields, type Entry } from "./entry.ts";
import { keyOf } from "./streams.ts";

/** Rows of a full block: the size at which writing was fastest (docs/decisions/0002-cache-of-blocks.md). */
const BLOCK_ROWS = 100;
/** A block is cut when it grows beyond this. */
export const BLOCK_LIMIT = 150;

/** One decrypted block. It covers the keys from `from` up to the next block's `from`; the first block's is empty. */
export interface Leaf {
  readonly stream: string;
  readonly from: string;
  /** Replaced, never changed in place: a reader may hold it. */
  entries: readonly Entry[];
  /** Length of the text it was read from or written as. */
  size: number;
}

/** First position whose key is not before `key`. */
export function lowerBound(entries: readonly Entry[], key: string): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = entries[middle];
    if (entry !== undefined && entry.key < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Position of the block that covers `key` in the sorted list of blocks' first keys. */
export function coveringBlock(froms: readonly string[], key: string): number {
  let low = 0;
  let high = froms.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const from = froms[middle];
    if (from !== undefined && from <= key) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/** Sorts by key and keeps the highest `rev` of each. */
export function normalise(entries: Entry[]): Entry[] {
  if (isAscending(entries)) return entries;
  // Snapshots arrive newest first: turning them round is cheaper than sorting.
  entries.reverse();
  if (isAscending(entries)) return entries;
  entries.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.rev - b.rev));
  return entries.filter((entry, index) => entries[index + 1]?.key !== entry.key);
}

function isAscending(entries: readonly Entry[]): boolean {
  for (let index = 1; index < entries.length; index++) {
    const before = entries[index - 1];
    const entry = entries[index];
    if (before !== undefined && entry !== undefined && before.key >= entry.key) return false;
  }
  return true;
}

/** Merges two sorted lists; of two with the same key the higher `rev` stays. Calls `onChange` for each key changed. */
export function mergeEntries(
  present: readonly Entry[],
  incoming: readonly Entry[],
  onChange: (key: string) => void,
): Entry[] {
  const merged: Entry[] = [];
  let index = 0;
  for (const entry of incoming) {
    let old = present[index];
    while (old !== undefined && old.key < entry.key) {
      merged.push(old);
      old = present[++index];
    }
    if (old?.key === entry.key) {
      index++;
      if (old.rev >= entry.rev) {
        merged.push(old);
        continue;
      }
    }
    merged.push(entry);
    onChange(entry.key);
  }
  while (index < present.length) {
    const old = present[index++];
    if (old !== undefined) merged.push(old);
  }
  return merged;
}

/**
 * Cuts a list that has grown beyond the limit into full blocks. The remainder goes to the side that grows: the first
 * block of a stream grows downwards while a snapshot arrives, the others upwards.
 */
export function cut(entries: readonly Entry[], isFirst: boolean): Entry[][] {
  if (entries.length <= BLOCK_LIMIT) return [[...entries]];
  const remainder = entries.length % BLOCK_ROWS || BLOCK_ROWS;
  const parts: Entry[][] = [];
  let start = 0;
  if (isFirst) {
    parts.push(entries.slice(0, remainder));
    start = remainder;
  }
  for (; start < entries.length; start += BLOCK_ROWS) parts.push(entries.slice(start, start + BLOCK_ROWS));
  return parts;
}

/** `[[id, rev, data, 1 if deleted]…]`: keys are made again from the rows. */
export function encodeEntries(entries: readonly Entry[]): string {
  const rows = entries.map((entry) => {
    const json = entry.json ?? JSON.stringify(entry.data);
    // It is a piece of a larger text, which would stay in memory with it.
    entry.json = undefined;
    return `[${JSON.stringify(entry.id)},${entry.rev},${json}${entry.isDeleted ? ",1]" : "]"}`;
  });
  return `[${rows.join(",")}]`;
}

/** @throws SyntaxError when the text is not what `encodeEntries` makes. */
export function decodeEntries(kind: string, encoded: string): Entry[] {
  const rows: unknown = JSON.parse(encoded);
  if (!Array.isArray(rows)) throw new SyntaxError("A block is not a list.");
  return rows.map((row: unknown) => decodeEntry(kind, row));
}

export function decodeEntry(kind: string, row: unknown): Entry {
  if (!Array.isArray(row)) throw new SyntaxError("A row of a block is not a list.");
  const [id, rev, data, deleted]: unknown[] = row;
  if (typeof id !== "string" || typeof rev !== "number" || !isFields(data)) {
    throw new SyntaxError("A row of a block lacks its id, revision or fields.");
  }
  return { key: keyOf(kind, id, data), id, rev, isDeleted: deleted === 1, data };
}
