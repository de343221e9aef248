import type { CollectionName, Row } from "#contract/collections.ts";
import type { Scope } from "#contract/scope.ts";
import { kindStream, type BlockStore, type RangeOptions } from "./block-store.ts";
import type { Changes, Entry } from "./entry.ts";
import { OUTBOX_STREAM, outboxKey, type Outbox, type OutboxEntry } from "./outbox.ts";
import type { Reaction, ReactionLists } from "./reaction-lists.ts";
import type { RowParser } from "./row-parser.ts";
import { scopeOf, smallStream } from "./streams.ts";

/** A change of what everybody sees besides rows: who the reader is, the state of the session. */
export const SESSION_STREAM = "*/session";

export interface ReaderSources {
  store: BlockStore;
  outbox: Outbox;
  parser: RowParser;
  reactions: ReactionLists;
}

/** Reads the cache and remembers what was read, so that only changes of that make a query run again. */
export class Reader {
  readonly #sources: ReaderSources;
  readonly #streams = new Set<string>();
  readonly #keys = new Map<string, Set<string>>();

  constructor(sources: ReaderSources) {
    this.#sources = sources;
  }

  isTouchedBy(changes: Changes): boolean {
    for (const [stream, keys] of changes) {
      if (this.#streams.has(stream)) return true;
      const mine = this.#keys.get(stream);
      if (mine === undefined) continue;
      // A purged stream says so with an empty key.
      if (keys.has("") || isMeeting(mine, keys)) return true;
    }
    return false;
  }

  watch(stream: string): void {
    this.#streams.add(stream);
  }

  watchKey(stream: string, key: string): void {
    const keys = this.#keys.get(stream);
    if (keys === undefined) this.#keys.set(stream, new Set([key]));
    else keys.add(key);
  }

  async entry(stream: string, key: string): Promise<Entry | undefined> {
    this.watchKey(stream, key);
    return await this.#sources.store.get(stream, key);
  }

  async entries(stream: string, options?: RangeOptions): Promise<Entry[]> {
    this.#streams.add(stream);
    return await this.#sources.store.range(stream, options);
  }

  parse<C extends CollectionName>(collection: C, entry: Entry): Row<C> | undefined {
    return this.#sources.parser.parse(collection, entry);
  }

  /** Everyone's reactions to a message, in order of time. */
  async reactions(stream: string, messageId: string): Promise<Reaction[]> {
    this.#streams.add(stream);
    return await this.#sources.reactions.get(stream, messageId);
  }

  /** A row of a small collection. */
  async row<C extends CollectionName>(scope: Scope, collection: C, id: string): Promise<Row<C> | undefined> {
    const entry = await this.entry(smallStream(scope, collection), id);
    return entry === undefined ? undefined : this.parse(collection, entry);
  }

  /** All rows of a small collection in one scope. */
  async rows<C extends CollectionName>(scope: Scope, collection: C): Promise<Row<C>[]> {
    return this.#parseAll(collection, await this.entries(smallStream(scope, collection)));
  }

  /** All rows of a small collection in every scope, with their scopes. */
  async everywhere<C extends CollectionName>(collection: C): Promise<{ scope: string; row: Row<C> }[]> {
    this.#streams.add(kindStream(collection));
    const found: { scope: string; row: Row<C> }[] = [];
    for (const stream of this.#sources.store.streamsOf(collection)) {
      const scope = scopeOf(stream);
      for (const row of this.#parseAll(collection, await this.entries(stream))) found.push({ scope, row });
    }
    return found;
  }

  /** Entries of the outbox that concern a conversation. */
  pending(conversationId: string): OutboxEntry[] {
    this.watchKey(OUTBOX_STREAM, conversationId);
    return this.#sources.outbox.entries().filter((entry) => outboxKey(entry) === conversationId);
  }

  allPending(): OutboxEntry[] {
    this.#streams.add(OUTBOX_STREAM);
    return this.#sources.outbox.entries();
  }

  #parseAll<C extends CollectionName>(collection: C, entries: readonly Entry[]): Row<C>[] {
    const rows: Row<C>[] = [];
    for (const entry of entries) {
      const row = this.parse(collection, entry);
      if (row !== undefined) rows.push(row);
    }
    return rows;
  }
}

function isMeeting(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  for (const key of small) if (large.has(key)) return true;
  return false;
}
