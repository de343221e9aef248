import type { BlockStoreOptions, LogAppend, RangeOptions } from "./block-store-options.ts";
import type { Codec } from "./codec.ts";
import type { CacheDatabase } from "./database.ts";
import { addChange, type Changes, type Entry, type PlacedEntry } from "./entry.ts";
import { copyKinds, isCopy, type KeptScopes } from "./kept-scopes.ts";
import { LeafCache, leafName } from "./leaf-cache.ts";
import {
  coveringBlock,
  cut,
  decodeEntries,
  encodeEntries,
  lowerBound,
  mergeEntries,
  normalise,
  type Leaf,
} from "./leaf.ts";
import { decodeLog, encodeLog, LOG_PLACE, type LogContent } from "./log.ts";
import { Mutex } from "./mutex.ts";
import { sealBlocks } from "./seal-blocks.ts";
import { sealMeta } from "./sealed-meta.ts";
import { StreamIndex } from "./stream-index.ts";
import { kindOf, scopeOf, scopePrefix } from "./streams.ts";
import { Withheld } from "./withheld.ts";

/** Pseudo-stream that changes when a stream of this kind appears or goes. */
export function kindStream(kind: string): string {
  return `*/${kind}`;
}

/**
 * The cache's rows. Changes are made in memory first; `commit` writes every changed block with the positions that they
 * bring the scopes to, `append` writes a small log record instead, which a later commit folds.
 */
export class BlockStore {
  readonly #database: CacheDatabase;
  readonly #codec: Codec;
  readonly #kept: KeptScopes;
  readonly #withheld: Withheld;
  readonly #listener: Pick<BlockStoreOptions, "onCorrupt" | "onMove" | "onMoved">;
  readonly #index = new StreamIndex();
  readonly #leaves: LeafCache;
  readonly #loading = new Map<string, Promise<Leaf>>();
  readonly #dirty = new Set<Leaf>();
  /** Blocks of the commit under way: what disk holds of them is old. */
  #underWay: ReadonlySet<Leaf> = new Set();
  readonly #changing = new Mutex();
  readonly #writing = new Mutex();
  #meta = new Map<string, unknown>();
  #purges: string[] = [];
  #commitAhead: Promise<void> | undefined;
  readonly #appending = new Set<Promise<void>>();
  #lastLog = 0;
  #logLength = 0;

  constructor(options: BlockStoreOptions) {
    this.#database = options.database;
    this.#codec = options.codec;
    this.#kept = options.kept;
    this.#withheld = new Withheld(options.kept);
    this.#listener = options;
    this.#leaves = new LeafCache(options.memoryLimit ?? 12_000_000);
  }

  /** Log records that await folding. */
  get logLength(): number {
    return this.#logLength;
  }

  get isDirty(): boolean {
    return this.#dirty.size > 0 || this.#meta.size > 0 || this.#purges.length > 0;
  }

  /** Reads the index, the resident blocks and the log. Returns the positions that the log was ahead of. */
  async load(): Promise<Map<string, unknown>> {
    const [keys, residents, log] = await Promise.all([
      this.#database.blocks.toCollection().primaryKeys(),
      this.#database.blocks.where("resident").equals(1).toArray(),
      this.#database.log.orderBy("id").toArray(),
    ]);
    this.#index.load(keys);
    await Promise.all(
      residents.map(async (record) => {
        const leaf = await this.#decode(record.stream, record.from, record.data);
        this.#kept.learn(leaf.stream, leaf.entries);
        this.#leaves.add(leaf);
      }),
    );
    const positions = new Map<string, unknown>();
    this.#logLength = log.length;
    this.#lastLog = log.at(-1)?.id ?? 0;
    for (const record of log) {
      const batch = await this.#readLog(record.data);
      // What follows an unreadable record is left out too: positions then stand before it, and sync brings it again.
      if (batch === undefined) break;
      await this.apply(batch.entries);
      for (const [key, value] of batch.meta) positions.set(key, value);
    }
    return positions;
  }

  streamsOf(kind: string): readonly string[] {
    return this.#index.ofKind(kind);
  }

  /** Scopes that have rows here. */
  scopes(): string[] {
    return [...new Set(this.#index.startingWith("").map(scopeOf))];
  }

  scopeStreams(scope: string): string[] {
    return this.#index.startingWith(scopePrefix(scope));
  }

  async get(stream: string, key: string): Promise<Entry | undefined> {
    const froms = this.#index.froms(stream);
    if (froms.length === 0) return undefined;
    const leaf = await this.#leaf(stream, froms[coveringBlock(froms, key)] ?? "");
    const entry = leaf.entries[lowerBound(leaf.entries, key)];
    return entry?.key === key && !entry.isDeleted ? entry : undefined;
  }

  /** Rows of a stream in order of key (or against it), without deleted ones. */
  async range(stream: string, options: RangeOptions = {}): Promise<Entry[]> {
    const { lower = "", upper = "\uffff", limit = Infinity, isReverse = false } = options;
    const froms = [...this.#index.froms(stream)];
    if (froms.length === 0) return [];
    const first = coveringBlock(froms, lower);
    let last = coveringBlock(froms, upper);
    if (last > first && froms[last] === upper) last--;
    const found: Entry[] = [];
    for (let step = 0; step <= last - first && found.length < limit; step++) {
      const leaf = await this.#leaf(stream, froms[isReverse ? last - step : first + step] ?? "");
      const start = lowerBound(leaf.entries, lower);
      const end = lowerBound(leaf.entries, upper);
      for (let offset = 0; offset < end - start && found.length < limit; offset++) {
        const entry = leaf.entries[isReverse ? end - 1 - offset : start + offset];
        if (entry !== undefined && !entry.isDeleted) found.push(entry);
      }
    }
    return found;
  }

  /** Puts rows in place in memory. A row whose `rev` is not higher than the one present changes nothing. */
  async apply(placed: Iterable<PlacedEntry>): Promise<Changes> {
    const byStream = Map.groupBy(placed, (each) => each.stream);
    return await this.#changing.run(async () => {
      const changes: Changes = new Map();
      for (const [stream, group] of byStream) {
        const entries = group.map((each) => each.entry);
        // Before it is anywhere: what is written meanwhile knows by then whether it may be.
        const moved = this.#kept.learn(stream, entries);
        if (moved.length > 0) await this.#move(moved);
        if (this.#index.create(stream)) {
          this.#leaves.add({ stream, from: "", entries: [], size: 0 });
          addChange(changes, kindStream(kindOf(stream)), stream);
        }
        await this.#applyTo(stream, normalise(entries), changes);
      }
      return changes;
    });
  }

  /** Deletes the rows of a scope that `isKept` refuses, for good and without a trace. */
  async retain(scope: string, isKept: (stream: string, entry: Entry) => boolean): Promise<Changes> {
    return await this.#changing.run(async () => {
      const changes: Changes = new Map();
      for (const [stream, from] of this.#blocksOf(this.scopeStreams(scope))) {
        const leaf = await this.#leaf(stream, from);
        const kept = leaf.entries.filter((entry) => isKept(stream, entry));
        if (kept.length === leaf.entries.length) continue;
        for (const entry of leaf.entries) if (!isKept(stream, entry)) addChange(changes, stream, entry.key);
        this.#replace(leaf, kept);
      }
      return changes;
    });
  }

  /** Forgets a scope; gone from disk with the next commit. */
  async purge(scope: string): Promise<Changes> {
    return await this.#changing.run(async () => {
      const changes: Changes = new Map();
      const prefix = scopePrefix(scope);
      for (const leaf of this.#dirty) if (leaf.stream.startsWith(prefix)) this.#dirty.delete(leaf);
      this.#withheld.forget(scope);
      this.#leaves.deleteWhere((leaf) => leaf.stream.startsWith(prefix));
      for (const stream of this.scopeStreams(scope)) {
        addChange(changes, stream, "");
        addChange(changes, kindStream(kindOf(stream)), stream);
        this.#index.delete(stream);
      }
      this.#purges.push(prefix);
      return await Promise.resolve(changes);
    });
  }

  /** `change` gives the scopes that are kept from then on, or no longer: what memory shows of them stays. */
  async move(change: () => readonly string[]): Promise<void> {
    await this.#changing.run(() => this.#move(change()));
  }

  /** Written with the next commit, together with all that was applied until then. `undefined` deletes. */
  setMeta(key: string, value: unknown): void {
    this.#meta.set(key, value);
  }

  /** Writes all that changed. Calls made meanwhile share the commit that follows. */
  commit(): Promise<void> {
    this.#commitAhead ??= this.#writing.run(async () => {
      this.#commitAhead = undefined;
      await this.#write();
    });
    return this.#commitAhead;
  }

  /** Applies rows and writes them, with positions and settled outbox entries, as one log record. */
  async append(batch: LogAppend): Promise<void> {
    const appending = this.#append(batch);
    this.#appending.add(appending);
    try {
      await appending;
    } finally {
      this.#appending.delete(appending);
    }
  }

  /** Resolves when nothing is being written any more. */
  async drain(): Promise<void> {
    while (this.#appending.size > 0) await Promise.allSettled(this.#appending);
    await this.#writing.run(() => Promise.resolve());
  }

  async #append(batch: LogAppend): Promise<void> {
    batch.onApplied?.(await this.apply(batch.entries));
    for (const [key, value] of batch.meta) this.#meta.set(key, value);
    await this.#writing.run(async () => {
      const { outboxPut = [], outboxDelete = [] } = batch;
      const content = this.#withheld.log(batch);
      const settled = outboxPut.length + outboxDelete.length;
      if (content.entries.length + content.meta.length + settled === 0) return;
      const data = await this.#codec.seal(encodeLog(content), LOG_PLACE);
      this.#lastLog = await this.#database.append({ data, outboxPut, outboxDelete });
      this.#logLength++;
    });
  }

  async #readLog(data: ArrayBuffer): Promise<LogContent | undefined> {
    try {
      return decodeLog(await this.#codec.open(data, LOG_PLACE));
    } catch {
      return undefined;
    }
  }

  #isUnwritten(leaf: Leaf): boolean {
    return this.#dirty.has(leaf) || this.#underWay.has(leaf) || this.#withheld.has(leaf);
  }

  async #move(scopes: readonly string[]): Promise<void> {
    for (const scope of scopes) {
      const isAbove = this.#kept.isAbove(scope);
      for (const [stream, from] of this.#blocksOf(this.scopeStreams(scope))) {
        // All that was not to be written is in memory: it is marked before anything else happens.
        const leaf = isAbove ? await this.#leaf(stream, from) : this.#leaves.get(stream, from);
        if (leaf !== undefined && isAbove) this.#leaves.resize(leaf, 0);
        else if (leaf !== undefined) this.#dirty.add(leaf);
      }
      if (isAbove) this.#purges.push(scopePrefix(scope));
      this.#listener.onMove(scope);
    }
    this.#listener.onMoved();
    await this.#markCopies();
  }

  /** Blocks with copies of what may no longer be written are written without them. */
  async #markCopies(): Promise<void> {
    const streams = [...copyKinds()].flatMap((kind) => this.streamsOf(kind));
    for (const [stream, from] of this.#blocksOf(streams.filter(isCopy))) {
      const leaf = await this.#leaf(stream, from);
      if (this.#withheld.isLacking(leaf)) this.#dirty.add(leaf);
    }
  }

  #blocksOf(streams: readonly string[]): [string, string][] {
    return streams.flatMap((stream) =>
      this.#index.froms(stream).map((from): [string, string] => [stream, from]),
    );
  }

  async #write(): Promise<void> {
    for (const leaf of this.#withheld.changed()) this.#dirty.add(leaf);
    const taken = this.#withheld.take([...this.#dirty]);
    const leaves = taken.map(({ leaf }) => leaf);
    this.#underWay = new Set(leaves);
    const meta = this.#meta;
    const purges = this.#purges;
    const foldedLog = this.#lastLog;
    this.#dirty.clear();
    this.#meta = new Map();
    this.#purges = [];
    this.#withheld.positions(meta, purges);
    // Everything is put into words before the first await: blocks and positions belong to the same moment.
    const texts = taken.map(({ entries }) => encodeEntries(entries));
    try {
      const blocks = await sealBlocks(this.#codec, leaves, texts);
      const records = await Promise.all(
        [...meta].map(([key, value]) => sealMeta(this.#codec, { key, value })),
      );
      await this.#database.commit({ blocks, meta: records, foldedLog, purges });
    } catch (error) {
      // Nothing was written: what changed meanwhile comes on top of it, and the next commit tries the whole again.
      for (const leaf of leaves) if (this.#index.has(leaf.stream)) this.#dirty.add(leaf);
      this.#meta = new Map([...meta, ...this.#meta]);
      this.#purges = [...purges, ...this.#purges];
      throw error;
    } finally {
      this.#underWay = new Set();
    }
    this.#logLength = 0;
    for (const [index, leaf] of leaves.entries()) this.#leaves.resize(leaf, texts[index]?.length ?? 0);
    this.#leaves.trim((leaf) => this.#isUnwritten(leaf));
  }

  async #applyTo(stream: string, incoming: Entry[], changes: Changes): Promise<void> {
    let start = 0;
    while (start < incoming.length) {
      const froms = this.#index.froms(stream);
      const position = coveringBlock(froms, incoming[start]?.key ?? "");
      const next = froms[position + 1];
      const end = next === undefined ? incoming.length : lowerBound(incoming, next);
      const leaf = await this.#leaf(stream, froms[position] ?? "");
      let isChanged = false;
      const merged = mergeEntries(leaf.entries, incoming.slice(start, end), (key) => {
        isChanged = true;
        addChange(changes, stream, key);
      });
      if (isChanged) this.#divide(leaf, position, merged);
      start = end;
    }
  }

  #divide(leaf: Leaf, position: number, merged: readonly Entry[]): void {
    const [own = [], ...others] = cut(merged, leaf.from === "");
    this.#replace(leaf, own);
    const made: string[] = [];
    for (const entries of others) {
      const from = entries[0]?.key ?? "";
      const sibling: Leaf = { stream: leaf.stream, from, entries, size: 0 };
      this.#leaves.add(sibling);
      this.#dirty.add(sibling);
      made.push(from);
    }
    if (made.length > 0) this.#index.insert(leaf.stream, position, made);
  }

  #replace(leaf: Leaf, entries: readonly Entry[]): void {
    leaf.entries = entries;
    // It may have been dropped from memory between being read and being changed.
    if (this.#leaves.get(leaf.stream, leaf.from) === undefined) this.#leaves.add(leaf);
    this.#dirty.add(leaf);
  }

  async #leaf(stream: string, from: string): Promise<Leaf> {
    const present = this.#leaves.get(stream, from);
    if (present !== undefined) return present;
    const name = leafName(stream, from);
    const loading = this.#loading.get(name) ?? this.#load(stream, from);
    this.#loading.set(name, loading);
    try {
      return await loading;
    } finally {
      this.#loading.delete(name);
    }
  }

  async #load(stream: string, from: string): Promise<Leaf> {
    const record = await this.#database.blocks.get([stream, from]);
    const leaf: Leaf =
      record === undefined
        ? { stream, from, entries: [], size: 0 }
        : await this.#decode(stream, from, record.data);
    // The scope may have been purged while its block was being read.
    if (this.#index.has(stream)) {
      this.#leaves.add(leaf);
      this.#leaves.trim((each) => this.#isUnwritten(each));
    }
    return leaf;
  }

  async #decode(stream: string, from: string, data: ArrayBuffer): Promise<Leaf> {
    try {
      const plain = await this.#codec.open(data, leafName(stream, from));
      return { stream, from, entries: decodeEntries(kindOf(stream), plain), size: plain.length };
    } catch {
      // Whatever is wrong with it (cut short, changed bytes): the block is worthless, and its rows can be fetched.
      const leaf: Leaf = { stream, from, entries: [], size: 0 };
      this.#dirty.add(leaf);
      this.#listener.onCorrupt(stream);
      return leaf;
    }
  }
}
