import type { Entry, PlacedEntry } from "./entry.ts";
import { isCopy, type KeptScopes } from "./kept-scopes.ts";
import type { Leaf } from "./leaf.ts";
import type { LogContent } from "./log.ts";
import { scopeOf, scopePrefix } from "./streams.ts";

/** What of the rows in memory disk may not have, and what therefore has to stay in memory. */
export class Withheld {
  readonly #kept: KeptScopes;
  /** Blocks of which disk has some rows only, with how many it lacks. */
  readonly #partial = new Map<Leaf, number>();
  /** Scopes of which disk says that it lacks rows. */
  readonly #told = new Set<string>();

  constructor(kept: KeptScopes) {
    this.#kept = kept;
  }

  /** Whether disk does not have the whole of it. */
  has(leaf: Leaf): boolean {
    if (this.#partial.has(leaf)) return true;
    return this.#kept.ceiling !== null && this.#kept.isAbove(scopeOf(leaf.stream));
  }

  /** Whether rows of a block that is kept are left out. */
  isLacking(leaf: Leaf): boolean {
    return this.#lacking(leaf) > 0;
  }

  /** Blocks of which disk may by now have more, or less. */
  changed(): Leaf[] {
    return [...this.#partial].filter(([leaf, count]) => this.#lacking(leaf) !== count).map(([leaf]) => leaf);
  }

  /** The rows that disk may have, for each block that it may have. */
  take(leaves: readonly Leaf[]): { leaf: Leaf; entries: readonly Entry[] }[] {
    if (this.#kept.ceiling === null) {
      for (const leaf of leaves) this.#partial.delete(leaf);
      return leaves.map((leaf) => ({ leaf, entries: leaf.entries }));
    }
    return leaves.flatMap((leaf) => {
      this.#partial.delete(leaf);
      if (this.#kept.isAbove(scopeOf(leaf.stream))) return [];
      const lacking = this.#lacking(leaf);
      if (lacking === 0) return [{ leaf, entries: leaf.entries }];
      this.#partial.set(leaf, lacking);
      return [{ leaf, entries: leaf.entries.filter((entry) => this.#kept.keeps(leaf.stream, entry)) }];
    });
  }

  /**
   * Positions as disk may have them, with what it has to know about the rows that it lacks. They leave it together with
   * the blocks: neither is ever there without the other.
   */
  positions(meta: Map<string, unknown>, purges: readonly string[]): void {
    for (const key of meta.keys()) {
      const scope = scopeOfPosition(key);
      if (scope === "" || !this.#kept.isAbove(scope)) continue;
      if (purges.includes(scopePrefix(scope))) meta.set(key, undefined);
      else meta.delete(key);
    }
    const lacking = new Set([...this.#partial.keys()].map((leaf) => scopeOf(leaf.stream)));
    for (const scope of lacking) if (!this.#told.has(scope)) meta.set(partialKey(scope), true);
    for (const scope of this.#told) if (!lacking.has(scope)) meta.set(partialKey(scope), undefined);
    this.#told.clear();
    for (const scope of lacking) this.#told.add(scope);
  }

  /** What of a log record disk may have. */
  log({ entries, meta }: LogContent): LogContent {
    if (this.#kept.ceiling === null) return { entries, meta };
    const rest: PlacedEntry[] = [];
    const partial = new Set<string>();
    for (const placed of entries) {
      const scope = scopeOf(placed.stream);
      if (this.#kept.isAbove(scope)) continue;
      if (this.#kept.keeps(placed.stream, placed.entry)) rest.push(placed);
      else partial.add(scope);
    }
    const positions = meta.filter(([key]) => {
      const scope = scopeOfPosition(key);
      return scope === "" || !this.#kept.isAbove(scope);
    });
    // The position moves past a row that is not there: whoever opens this has to read the scope again.
    for (const scope of partial) positions.push([partialKey(scope), true]);
    return { entries: rest, meta: positions };
  }

  forget(scope: string): void {
    const prefix = scopePrefix(scope);
    for (const leaf of this.#partial.keys()) if (leaf.stream.startsWith(prefix)) this.#partial.delete(leaf);
  }

  #lacking(leaf: Leaf): number {
    if (!isCopy(leaf.stream)) return 0;
    return leaf.entries.reduce((sum, entry) => sum + Number(!this.#kept.keeps(leaf.stream, entry)), 0);
  }
}

/** Says that disk lacks rows of a scope, which is to be read again whole after a restart. */
function partialKey(scope: string): string {
  return `partial/${scope}`;
}

const POSITIONS: ReadonlySet<string> = new Set(["scope", "seq", "history", "damaged"]);

/** The scope that it is a position of, or empty. */
function scopeOfPosition(key: string): string {
  const [kind = "", scope = ""] = key.split("/", 2);
  return POSITIONS.has(kind) ? scope : "";
}
