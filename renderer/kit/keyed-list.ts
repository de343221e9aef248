/** What every item of a live query has: who it is and where it stands. */
export interface Keyed {
  key: string;
  sort: string;
}

function compare(a: Keyed, b: Keyed): number {
  if (a.sort !== b.sort) return a.sort < b.sort ? -1 : 1;
  if (a.key === b.key) return 0;
  return a.key < b.key ? -1 : 1;
}

/**
 * A sorted list that changes by keys. Items that did not change keep their identity, so that memoised rows skip; the
 * array itself is new after each change, so that React sees it.
 */
export class KeyedList<T extends Keyed> {
  #byKey = new Map<string, T>();
  #items: readonly T[] = [];

  get items(): readonly T[] {
    return this.#items;
  }

  get(key: string): T | undefined {
    return this.#byKey.get(key);
  }

  reset(items: readonly T[]): void {
    const next = new Map<string, T>();
    for (const item of items) next.set(item.key, keepIdentity(this.#byKey.get(item.key), item));
    this.#byKey = next;
    this.#items = [...next.values()].sort(compare);
  }

  /** Returns whether anything changed. */
  patch(put: readonly T[], remove: readonly string[]): boolean {
    const dropped = new Set<string>();
    for (const key of remove) {
      if (this.#byKey.delete(key)) dropped.add(key);
    }
    const placed: T[] = [];
    let hasReplaced = false;
    const replaced = new Map<string, T>();
    for (const item of put) {
      const before = this.#byKey.get(item.key);
      const kept = keepIdentity(before, item);
      if (kept === before) continue;
      this.#byKey.set(item.key, kept);
      if (before !== undefined && before.sort === kept.sort) {
        replaced.set(item.key, kept);
        hasReplaced = true;
      } else {
        if (before !== undefined) dropped.add(item.key);
        placed.push(kept);
      }
    }
    if (dropped.size === 0 && placed.length === 0 && !hasReplaced) return false;
    const stay = dropped.size === 0 ? this.#items : this.#items.filter((item) => !dropped.has(item.key));
    const renewed = hasReplaced ? stay.map((item) => replaced.get(item.key) ?? item) : stay;
    this.#items = placed.length === 0 ? [...renewed] : merge(renewed, placed.sort(compare));
    return true;
  }
}

function merge<T extends Keyed>(a: readonly T[], b: readonly T[]): T[] {
  const merged: T[] = [];
  let i = 0;
  for (const item of b) {
    for (let head = a[i]; head !== undefined && compare(head, item) <= 0; head = a[i]) {
      merged.push(head);
      i += 1;
    }
    merged.push(item);
  }
  for (; i < a.length; i += 1) {
    const rest = a[i];
    if (rest !== undefined) merged.push(rest);
  }
  return merged;
}

/** The value before, when the new one says the same. */
export function keepIdentity<T>(before: T | undefined, after: T): T {
  return before !== undefined && isSame(before, after) ? before : after;
}

function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const entries = Object.entries(a);
  const other = new Map<string, unknown>(Object.entries(b));
  return (
    entries.length === other.size &&
    entries.every(([key, value]) => other.has(key) && isSame(value, other.get(key)))
  );
}
