import { collectionNames } from "#contract/collections.ts";
import type { Classification } from "#contract/classification.ts";
import { personIdSchema, type PersonId } from "#contract/ids.ts";
import { scopeSchema, type Scope } from "#contract/scope.ts";
import type { IsoTime } from "#contract/time.ts";
import { BlockStore } from "./block-store.ts";
import { codecOf, createKeyRing, type Codec, type KeyRing } from "./codec.ts";
import { CacheDatabase, isStorageFull, type DatabaseOptions } from "./database.ts";
import { mergeChanges, type ChangeFollower, type Changes } from "./entry.ts";
import { FeedIndex } from "./feed-index.ts";
import { KEPT_STREAM, KeptScopes } from "./kept-scopes.ts";
import { rewriteUnderCurrentKey, type RotationControl } from "./key-rotation.ts";
import { MessageKeys } from "./message-keys.ts";
import { MessageParts } from "./message-parts.ts";
import { Outbox, OUTBOX_PLACE } from "./outbox.ts";
import { PeopleIndex } from "./people-index.ts";
import { Places } from "./places.ts";
import { Positions } from "./positions.ts";
import { Reader, SESSION_STREAM } from "./reader.ts";
import { RowParser } from "./row-parser.ts";
import { openMeta, sealedMeta } from "./sealed-meta.ts";
import { Summaries } from "./summaries.ts";
import { slicePlace, uploadPlace, UploadStore, type KeptUpload } from "./upload-store.ts";
import { VolatileRecords } from "./volatile-records.ts";

export interface CacheOptions extends DatabaseOptions {
  rawKey: ArrayBuffer;
  keyId: string;
  /** The key before, while something may still be under it. */
  rawPrevious?: ArrayBuffer | undefined;
  now: () => IsoTime;
  onChange: (changes: Changes) => void;
  onInvalid: () => void;
  onCorrupt: (stream: string) => void;
  /** What is marked above it is never written. */
  ceiling?: Classification | null | undefined;
  /** What waits to be sent and may not lie on disk, from before the cache was closed. */
  volatile?: VolatileRecords | undefined;
}

const CANARY_PLACE = "canary";
const CANARY_TEXT = "parvis";

/** One account's cache, opened: rows, outbox, positions, and what is derived from them. */
export class Cache {
  readonly database: CacheDatabase;
  readonly store: BlockStore;
  readonly outbox: Outbox;
  readonly positions: Positions;
  readonly places: Places;
  readonly parser: RowParser;
  readonly summaries: Summaries;
  readonly people: PeopleIndex;
  readonly feed: FeedIndex;
  readonly messageKeys: MessageKeys;
  readonly uploads: UploadStore;
  readonly kept: KeptScopes;
  /** Files found on disk when the cache was opened. */
  keptUploads: readonly KeptUpload[] = [];
  readonly #followers = new Set<ChangeFollower>();
  readonly #parts: MessageParts;
  readonly #volatile: VolatileRecords;
  #moving: Promise<void> = Promise.resolve();
  readonly #options: CacheOptions;
  readonly #codec: Codec;
  readonly #ring: KeyRing;
  #keyId: string;
  readonly #meta = new Map<string, unknown>();

  private constructor(options: CacheOptions, database: CacheDatabase, ring: KeyRing) {
    const codec = codecOf(ring);
    this.#options = options;
    this.#ring = ring;
    this.#keyId = options.keyId;
    this.#codec = codec;
    this.database = database;
    const kept = new KeptScopes(options.ceiling ?? null);
    this.kept = kept;
    this.#volatile = options.volatile ?? new VolatileRecords();
    this.store = new BlockStore({
      database,
      codec,
      onCorrupt: options.onCorrupt,
      kept,
      onMove: (scope) => {
        this.positions.rewrite(scopeSchema.parse(scope));
      },
      onMoved: () => {
        this.#keptChanged();
      },
    });
    this.outbox = new Outbox({
      database,
      codec,
      kept,
      volatile: this.#volatile,
      onChange: (changes) => {
        this.emit(changes);
      },
      drain: () => this.store.drain(),
    });
    this.positions = new Positions(this.store, kept);
    this.places = new Places(this.store);
    this.parser = new RowParser(options.onInvalid);
    this.summaries = new Summaries(this.store);
    this.people = new PeopleIndex(this.store);
    this.feed = new FeedIndex(this.store, this.positions);
    this.messageKeys = new MessageKeys(this.store);
    this.#parts = new MessageParts(this.store, this.parser);
    this.uploads = new UploadStore({ database, codec, kept, volatile: this.#volatile });
  }

  /** @throws DexieError when the browser refuses its storage. */
  static async open(options: CacheOptions): Promise<Cache> {
    const database = new CacheDatabase(options);
    const ring = await createKeyRing(options.rawKey, options.rawPrevious);
    await database.open();
    const cache = new Cache(options, database, ring);
    await cache.#checkKey();
    await cache.#load();
    return cache;
  }

  createReader(): Reader {
    const { store, outbox, parser, kept, positions } = this;
    return new Reader({
      store,
      outbox,
      parser,
      kept,
      positions,
      parts: this.#parts,
      now: this.#options.now,
    });
  }

  /** Something derived from rows whose code is not read at the start: told of every change from now on. */
  follow(follower: ChangeFollower): void {
    this.#followers.add(follower);
  }

  /** Tells everything derived from rows, then the views. */
  emit(changes: Changes): void {
    if (changes.size === 0) return;
    this.places.note(changes);
    this.summaries.note(changes);
    this.people.note(changes);
    this.feed.note(changes);
    for (const follower of this.#followers) follower.note(changes);
    this.#parts.note(changes);
    this.#options.onChange(changes);
  }

  meta(key: string): unknown {
    return this.#meta.get(key);
  }

  /** Written with the next commit. */
  setMeta(key: string, value: unknown): void {
    this.#meta.set(key, value);
    this.store.setMeta(key, value);
  }

  me(): PersonId | null {
    const parsed = personIdSchema.safeParse(this.#meta.get("me"));
    return parsed.success ? parsed.data : null;
  }

  /** Every scope of which something is kept. */
  scopes(): Scope[] {
    const named = this.store.scopes().flatMap((scope) => scopeSchema.safeParse(scope).data ?? []);
    return [...new Set([...this.positions.scopes(), ...this.positions.unkept(), ...named])];
  }

  /** Spaces of the reader that are not on disk, for they are above the ceiling. */
  unkeptPlaces(): Scope[] {
    const { kept, positions } = this;
    return positions.unkept().filter((scope) => scope.startsWith("space:") && kept.isAbove(scope));
  }

  /**
   * What is marked above it leaves the disk and stays shown; what no longer is comes to disk. Resolves when it is so.
   * @throws DexieError when there is no room: the next commit tries again.
   */
  async setCeiling(ceiling: Classification | null): Promise<void> {
    await this.store.move(() => {
      const scopes = this.scopes();
      const wasAbove = new Set(scopes.filter((scope) => this.kept.isAbove(scope)));
      this.kept.setCeiling(ceiling);
      const rank = (scope: Scope) => Number(this.kept.isAbove(scope));
      // What is to be kept first: it is marked at once.
      return scopes
        .filter((scope) => this.kept.isAbove(scope) !== wasAbove.has(scope))
        .toSorted((a, b) => rank(a) - rank(b));
    });
    await this.#moving;
    await this.store.commit();
  }

  /** Resolves when no write and no file is on its way to disk or away from it. */
  async moved(): Promise<void> {
    await this.#moving;
  }

  /** Forgets a scope that may no longer be read. */
  async purge(scope: Scope): Promise<void> {
    this.positions.delete(scope);
    const changes = await this.store.purge(scope);
    this.kept.forget(scope);
    this.emit(changes);
  }

  /** Forgets every row (the server's data were made anew). The outbox stays. */
  async purgeAll(): Promise<void> {
    const changes: Changes = new Map();
    for (const scope of this.scopes()) {
      mergeChanges(changes, await this.store.purge(scope));
      this.positions.delete(scope);
      this.kept.forget(scope);
    }
    this.emit(changes);
    await this.store.commit();
  }

  /** From now on everything is sealed with this key. */
  async rekey(rawKey: ArrayBuffer, keyId: string, rawPrevious: ArrayBuffer): Promise<void> {
    Object.assign(this.#ring, await createKeyRing(rawKey, rawPrevious));
    this.#keyId = keyId;
  }

  /** Leaves nothing under the previous key; true once that is so. */
  async rotate(control: RotationControl): Promise<boolean> {
    if (!(await rewriteUnderCurrentKey(this.database, this.#ring, control))) return false;
    const codec = this.#codec;
    await this.#volatile.reseal(
      { outbox: OUTBOX_PLACE, upload: uploadPlace, slice: slicePlace },
      async (data, place) => await codec.sealBytes(await codec.openBytes(data, place), place),
    );
    for (const key of sealedMeta()) this.setMeta(key, this.meta(key));
    await this.store.commit();
    // Last: whoever begins again in between still needs the key before.
    await this.#sealCanary();
    return true;
  }

  close(): void {
    this.people.clear();
    this.feed.clear();
    for (const follower of this.#followers) follower.clear();
    this.summaries.clear();
    this.#parts.clear();
    this.database.close();
  }

  /** With another key nothing cached can be read: it is dropped and fetched again. The outbox is never touched here. */
  async #checkKey(): Promise<void> {
    const canary = await this.database.meta.get("canary");
    if (canary !== undefined && (await this.#isReadable(canary.value))) return;
    await this.database.clearCache();
    await this.#sealCanary();
  }

  async #sealCanary(): Promise<void> {
    const value = await this.#codec.seal(CANARY_TEXT, CANARY_PLACE);
    await this.database.meta.bulkPut([
      { key: "canary", value },
      { key: "keyId", value: this.#keyId },
    ]);
  }

  async #isReadable(canary: unknown): Promise<boolean> {
    if (!(canary instanceof ArrayBuffer)) return false;
    try {
      return (await this.#codec.open(canary, CANARY_PLACE)) === CANARY_TEXT;
    } catch {
      return false;
    }
  }

  async #load(): Promise<void> {
    const [records, logged, keptUploads] = await Promise.all([
      this.database.meta.toArray(),
      this.store.load(),
      this.uploads.load(),
      this.outbox.load(),
    ]);
    for (const record of records) this.#meta.set(record.key, await openMeta(this.#codec, record));
    for (const [key, value] of logged) this.#meta.set(key, value);
    this.positions.load(this.#meta);
    this.#noteCollections();
    this.keptUploads = keptUploads;
    await this.places.load();
    if (this.kept.ceiling !== null) await this.#leaveAbove();
  }

  /** What is above the ceiling and lies here all the same (the ceiling is new, or lower) goes away; it is fetched anew. */
  async #leaveAbove(): Promise<void> {
    const above = this.scopes().filter((scope) => this.kept.isAbove(scope));
    for (const scope of above) {
      if (this.store.scopeStreams(scope).length > 0) await this.store.purge(scope);
      if (this.positions.get(scope) !== undefined) this.positions.drop(scope);
    }
    await this.store.move(() => []);
    await this.#moving;
    try {
      if (this.store.isDirty || this.store.logLength > 0) await this.store.commit();
    } catch (error) {
      // The next commit tries again.
      if (!isStorageFull(error)) throw error;
    }
  }

  #keptChanged(): void {
    const moving = Promise.all([this.outbox.move(), this.uploads.move()]);
    // What could not be moved is at the next change, or at the next start.
    this.#moving = moving.then(
      () => undefined,
      () => undefined,
    );
    const changed = new Set([""]);
    this.emit(
      new Map([
        [KEPT_STREAM, changed],
        [SESSION_STREAM, changed],
      ]),
    );
  }

  /** A version that knew fewer collections passed their rows over: every scope is read again whole, once. */
  #noteCollections(): void {
    const known = collectionNames.join(" ");
    if (this.#meta.get("collections") === known) return;
    for (const scope of this.positions.scopes()) this.positions.setDamaged(scope, true);
    this.setMeta("collections", known);
  }
}
