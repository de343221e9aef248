import type { CollectionName, MessagePart, Row } from "#contract/collections.ts";
import { DIRECTORY, type Scope } from "#contract/scope.ts";
import type { IsoTime } from "#contract/time.ts";
import type { RangeOptions } from "./block-store-options.ts";
import { kindStream, type BlockStore } from "./block-store.ts";
import type { Changes, Entry } from "./entry.ts";
import { KEPT_STREAM, type KeptScopes } from "./kept-scopes.ts";
import { OUTBOX_STREAM, outboxKey, type Outbox, type OutboxEntry } from "./outbox.ts";
import type { MessageParts } from "./message-parts.ts";
import { POSITION_STREAM, type Positions } from "./positions.ts";
import type { RowParser } from "./row-parser.ts";
import { partStream, scopeOf, smallStream } from "./streams.ts";

/** Changes at each full minute: for views that say what is put off, expired or quiet now. */
export const MINUTE_STREAM = "*/minute";

/** A change of what everybody sees besides rows: who the reader is, the state of the session. */
export const SESSION_STREAM = "*/session";

/** The message that parts hang on. */
export interface PartOwner {
  id: string;
  conversationId: string;
}

export interface ReaderSources {
  store: BlockStore;
  outbox: Outbox;
  parser: RowParser;
  kept: KeptScopes;
  positions: Positions;
  parts: MessageParts;
  now: () => IsoTime;
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

  /** Everyone's reactions (votes, acknowledgements) on a message, in order of time. */
  async reactions(scope: Scope, message: PartOwner): Promise<Row<"reaction">[]> {
    return await this.#sources.parts.reactions.get(this.#part(scope, "reaction", message), message.id);
  }

  async votes(scope: Scope, message: PartOwner): Promise<Row<"vote">[]> {
    return await this.#sources.parts.votes.get(this.#part(scope, "vote", message), message.id);
  }

  async acknowledgements(scope: Scope, message: PartOwner): Promise<Row<"acknowledgement">[]> {
    const stream = this.#part(scope, "acknowledgement", message);
    return await this.#sources.parts.acknowledgements.get(stream, message.id);
  }

  /** Whether a scope stays on this machine, and whether it is here at all. */
  keptness(scope: Scope): { isKept: boolean; isHere: boolean } {
    const { kept, positions } = this.#sources;
    this.#streams.add(KEPT_STREAM);
    const isAway = positions.isAway(scope);
    if (isAway) this.watchKey(POSITION_STREAM, scope);
    return { isKept: !kept.isAbove(scope), isHere: !isAway };
  }

  /** The same of a place that is not known: it may be in one that is away. */
  keptnessOfUnknown(): { isKept: boolean; isHere: boolean } {
    this.#streams.add(KEPT_STREAM).add(POSITION_STREAM);
    const { kept, positions } = this.#sources;
    const away = positions.unkept().filter((scope) => positions.isAway(scope));
    return { isKept: !away.some((scope) => kept.isAbove(scope)), isHere: away.length === 0 };
  }

  now(): IsoTime {
    return this.#sources.now();
  }

  /** Whether that moment is over; while it is not, the query runs again by the minute. */
  isPast(at: IsoTime): boolean {
    if (at <= this.#sources.now()) return true;
    this.#streams.add(MINUTE_STREAM);
    return false;
  }

  /**
   * A person's row: from the directory or, for guests (who do not read it), from any place that they share.
   */
  person(id: string): Promise<Row<"person"> | undefined> {
    return this.#known("person", id);
  }

  presence(id: string): Promise<Row<"presence"> | undefined> {
    return this.#known("presence", id);
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

  async #known<C extends "person" | "presence">(collection: C, id: string): Promise<Row<C> | undefined> {
    const row = await this.row(DIRECTORY, collection, id);
    if (row !== undefined) return row;
    this.#streams.add(kindStream(collection));
    for (const stream of this.#sources.store.streamsOf(collection)) {
      const entry = await this.entry(stream, id);
      const found = entry === undefined ? undefined : this.parse(collection, entry);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #part(scope: Scope, part: MessagePart, { conversationId }: PartOwner): string {
    const stream = partStream(scope, part, conversationId);
    this.#streams.add(stream);
    return stream;
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
