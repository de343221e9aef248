import type { Leaf } from "./leaf.ts";
import { isResident } from "./streams.ts";

export function leafName(stream: string, from: string): string {
  return `${stream}\n${from}`;
}

interface Kept {
  readonly leaf: Leaf;
  /** The higher, the more recently it was read. */
  turn: number;
}

/** A full cache is emptied to this share: what goes is found once for many reads. */
const KEPT_SHARE = 0.9;

/** Decrypted blocks in memory: those used least recently go first; resident and unwritten ones stay. */
export class LeafCache {
  readonly #leaves = new Map<string, Kept>();
  readonly #limit: number;
  #size = 0;
  #turn = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(stream: string, from: string): Leaf | undefined {
    const kept = this.#leaves.get(leafName(stream, from));
    if (kept === undefined) return undefined;
    kept.turn = ++this.#turn;
    return kept.leaf;
  }

  add(leaf: Leaf): void {
    this.#leaves.set(leafName(leaf.stream, leaf.from), { leaf, turn: ++this.#turn });
    this.#size += leaf.size;
  }

  resize(leaf: Leaf, size: number): void {
    if (this.#leaves.get(leafName(leaf.stream, leaf.from))?.leaf === leaf) this.#size += size - leaf.size;
    leaf.size = size;
  }

  trim(isDirty: (leaf: Leaf) => boolean): void {
    if (this.#size <= this.#limit) return;
    for (const [name, { leaf }] of [...this.#leaves].sort(([, a], [, b]) => a.turn - b.turn)) {
      if (isDirty(leaf) || isResident(leaf.stream)) continue;
      this.#leaves.delete(name);
      this.#size -= leaf.size;
      if (this.#size <= this.#limit * KEPT_SHARE) return;
    }
  }

  deleteWhere(isGone: (leaf: Leaf) => boolean): void {
    for (const [name, { leaf }] of this.#leaves) {
      if (!isGone(leaf)) continue;
      this.#leaves.delete(name);
      this.#size -= leaf.size;
    }
  }
}
