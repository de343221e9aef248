import type { MessagePart, Row } from "#contract/collections.ts";
import type { BlockStore } from "./block-store.ts";
import type { Changes, Entry } from "./entry.ts";
import type { RowParser } from "./row-parser.ts";
import { prefixRange } from "./streams.ts";

interface Known<C extends MessagePart> {
  stream: string;
  messageId: string;
  rows: Promise<Map<string, Row<C>>>;
  /** Keys that changed since. */
  stale: Set<string>;
}

export interface PartListsOptions<C extends MessagePart> {
  store: BlockStore;
  parser: RowParser;
  part: C;
  /** Text that the rows of a message are in order of. */
  order: (row: Row<C>) => string;
}

/** From so many rows on, a message's list is kept: reading it again for one more takes too long. */
const MANY = 200;
const KEPT = 20;

/** The reactions (votes, …) of each message, in order; long lists follow changes instead of being read again. */
export class PartLists<C extends MessagePart> {
  readonly #options: PartListsOptions<C>;
  readonly #known = new Map<string, Known<C>>();

  constructor(options: PartListsOptions<C>) {
    this.#options = options;
  }

  note(changes: Changes): void {
    if (this.#known.size === 0) return;
    for (const [name, { stream, messageId, stale }] of this.#known) {
      const keys = changes.get(stream);
      if (keys === undefined) continue;
      if (keys.has("")) this.#known.delete(name);
      else for (const key of keys) if (key.startsWith(messageId)) stale.add(key);
    }
  }

  clear(): void {
    this.#known.clear();
  }

  async get(stream: string, messageId: string): Promise<Row<C>[]> {
    const name = `${stream}\n${messageId}`;
    let known = this.#known.get(name);
    if (known === undefined) {
      known = { stream, messageId, rows: this.#read(stream, messageId), stale: new Set() };
      // Known while it is being read, so that no change is missed.
      this.#known.set(name, known);
    } else if (known.stale.size > 0) {
      const { stale } = known;
      known.stale = new Set();
      known.rows = known.rows.then((rows) => this.#follow(stream, rows, stale));
    }
    const rows = await this.#settled(name, known.rows);
    if (rows.size < MANY) this.#known.delete(name);
    else if (this.#known.size > KEPT) this.#forgetOldest();
    return [...rows.values()];
  }

  /** What could not be read is read again next time. */
  async #settled(name: string, rows: Promise<Map<string, Row<C>>>): Promise<Map<string, Row<C>>> {
    try {
      return await rows;
    } catch (error) {
      this.#known.delete(name);
      throw error;
    }
  }

  async #read(stream: string, messageId: string): Promise<Map<string, Row<C>>> {
    const rows = new Map<string, Row<C>>();
    const entries = await this.#options.store.range(stream, prefixRange(messageId));
    for (const entry of entries) this.#put(rows, entry);
    return this.#sorted(rows);
  }

  async #follow(
    stream: string,
    rows: Map<string, Row<C>>,
    stale: ReadonlySet<string>,
  ): Promise<Map<string, Row<C>>> {
    for (const key of stale) {
      rows.delete(key);
      const entry = await this.#options.store.get(stream, key);
      if (entry !== undefined) this.#put(rows, entry);
    }
    return this.#sorted(rows);
  }

  #put(rows: Map<string, Row<C>>, entry: Entry): void {
    const row = this.#options.parser.parse(this.#options.part, entry);
    if (row !== undefined) rows.set(entry.key, row);
  }

  #sorted(rows: Map<string, Row<C>>): Map<string, Row<C>> {
    const { order } = this.#options;
    let before = "";
    for (const row of rows.values()) {
      const at = order(row);
      if (at < before) return new Map([...rows].toSorted(([, a], [, b]) => compare(order(a), order(b))));
      before = at;
    }
    return rows;
  }

  #forgetOldest(): void {
    for (const name of this.#known.keys()) {
      this.#known.delete(name);
      return;
    }
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
