import type { Leaf } from "./leaf.ts";
import { isResident } from "./streams.ts";

export function leafName(stream: string, from: string): string {
  return `${stream}\n${from}`;
}

/** Decrypted blocks in memory: those used least recently go first; resident and unwritten ones stay. */
export class LeafCache {
  readonly #leaves = new Map<string, Leaf>();
  readonly #limit: number;
  #size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(stream: string, from: string): Leaf | undefined {
    const name = leafName(stream, from);
    const leaf = this.#leaves.get(name);
    if (leaf === undefined) return undefined;
    // Map keeps the order of insertion: putting it last makes it the most recently used.
    this.#leaves.delete(name);
    this.#leaves.set(name, leaf);
    return leaf;
  }

  add(leaf: Leaf): void {
    this.#leaves.set(leafName(leaf.stream, leaf.from), leaf);
    this.#size += leaf.size;
  }

  resize(leaf: Leaf, size: number): void {
    if (this.#leaves.get(leafName(leaf.stream, leaf.from)) === leaf) this.#size += size - leaf.size;
    leaf.size = size;
  }

  trim(isDirty: (leaf: Leaf) => boolean): void {
    if (this.#size <= this.#limit) return;
    for (const [name, leaf] of this.#leaves) {
      if (isDirty(leaf) || isResident(leaf.stream)) continue;
      this.#leaves.delete(name);
      this.#size -= leaf.size;
      if (this.#size <= this.#limit) return;
    }
  }

  deleteWhere(isGone: (leaf: Leaf) => boolean): void {
    for (const [name, leaf] of this.#leaves) {
      if (!isGone(leaf)) continue;
      this.#leaves.delete(name);
      this.#size -= leaf.size;
    }
  }
}
