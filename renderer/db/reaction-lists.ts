import type { Row } from "#contract/collections.ts";
import type { BlockStore } from "./block-store.ts";
import type { Changes, Entry } from "./entry.ts";
import type { RowParser } from "./row-parser.ts";
import { prefixRange } from "./streams.ts";

export type Reaction = Row<"reaction">;
type ByKey = Map<string, Reaction>;

interface Known {
  stream: string;
  messageId: string;
  rows: Promise<ByKey>;
  /** Keys that changed since. */
  stale: Set<string>;
}

/** From so many reactions on, a message's list is kept: reading it again for one more takes too long. */
const MANY = 200;
const KEPT = 20;

/** The reactions of each message, in order of time; long lists follow changes instead of being read again. */
export class ReactionLists {
  readonly #store: BlockStore;
  readonly #parser: RowParser;
  readonly #known = new Map<string, Known>();

  constructor(store: BlockStore, parser: RowParser) {
    this.#store = store;
    this.#parser = parser;
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

  async get(stream: string, messageId: string): Promise<Reaction[]> {
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
  async #settled(name: string, rows: Promise<ByKey>): Promise<ByKey> {
    try {
      return await rows;
    } catch (error) {
      this.#known.delete(name);
      throw error;
    }
  }

  async #read(stream: string, messageId: string): Promise<ByKey> {
    const rows: ByKey = new Map();
    for (const entry of await this.#store.range(stream, prefixRange(messageId))) this.#put(rows, entry);
    return sorted(rows);
  }

  async #follow(stream: string, rows: ByKey, stale: ReadonlySet<string>): Promise<ByKey> {
    for (const key of stale) {
      rows.delete(key);
      const entry = await this.#store.get(stream, key);
      if (entry !== undefined) this.#put(rows, entry);
    }
    return sorted(rows);
  }

  #put(rows: ByKey, entry: Entry): void {
    const row = this.#parser.parse("reaction", entry);
    if (row !== undefined) rows.set(entry.key, row);
  }

  #forgetOldest(): void {
    for (const name of this.#known.keys()) {
      this.#known.delete(name);
      return;
    }
  }
}

function sorted(rows: ByKey): ByKey {
  let before = "";
  for (const { createdAt } of rows.values()) {
    if (createdAt < before) {
      const inOrder = [...rows].toSorted(([, a], [, b]) =>
        a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0,
      );
      return new Map(inOrder);
    }
    before = createdAt;
  }
  return rows;
}
