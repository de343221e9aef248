import { capabilitiesSchema } from "#contract/capabilities.ts";
import { AppError, type Problem } from "#contract/problem.ts";
import { DIRECTORY, scopeSchema } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { PageMessage, SessionInfo } from "#contract/worker.ts";
import { Cache } from "#renderer/db/cache.ts";
import type { Clock } from "#renderer/db/clock.ts";
import { isDatabaseClosed, isStorageFull } from "#renderer/db/database.ts";
import { mergeChanges, type Changes } from "#renderer/db/entry.ts";
import { LiveQueries } from "#renderer/db/live-queries.ts";
import { isFailed } from "#renderer/db/message-overlay.ts";
import { isAside } from "#renderer/db/outbox-rules.ts";
import { CONNECTION_STREAM, MINUTE_STREAM, type QueryContext } from "#renderer/db/query-context.ts";
import { SESSION_STREAM } from "#renderer/db/reader.ts";
import { OUTBOX_STREAM } from "#renderer/db/outbox.ts";
import { scopeOf } from "#renderer/db/streams.ts";
import { Typing, type TypingSignal } from "#renderer/db/typing.ts";
import type { VolatileRecords } from "#renderer/db/volatile-records.ts";
import { UploadStates } from "#renderer/db/upload-states.ts";
import type { Fetch } from "./api.ts";
import { aborted, storageProblem, unreadableProblem } from "./engine-problems.ts";
import { Network } from "./network.ts";
import { SessionState } from "./session-state.ts";

export type OpenMessage = Extract<PageMessage, { type: "open" }>;

/** The part of the browser's LockManager that is used. */
export interface Locks {
  request(
    name: string,
    options: { signal?: AbortSignal; ifAvailable?: boolean },
    callback: (lock: unknown) => Promise<void>,
  ): Promise<unknown>;
}

export interface EngineOptions {
  fetch: Fetch;
  indexedDB: IDBFactory;
  keyRange: typeof IDBKeyRange;
  clock: Clock;
  random: () => number;
  /** Absent where there is but one engine for sure. */
  locks?: Locks | undefined;
  estimateStorage?: (() => Promise<StorageEstimate>) | undefined;
  onBug: (error: unknown) => void;
  /** Nothing is left under the key before this one. */
  onRotated?: ((keyId: string) => void) | undefined;
  /** What an account has to send and may not lie on disk: it outlives the engine. */
  volatile?: ((accountId: string) => VolatileRecords) | undefined;
}

const ROTATION_PAUSE_MS = 5;
const STORAGE_EVERY_MS = 30_000;
const MINUTE_MS = 60_000;

/** One account's cache and connection, serving every page of the profile. */
export class Engine {
  readonly #options: EngineOptions;
  #message: OpenMessage;
  readonly #release = new AbortController();
  readonly session: SessionState;
  readonly live: LiveQueries;
  readonly typing: Typing;
  readonly uploads = new UploadStates();
  #cache: Cache | undefined;
  #network: Network | undefined;
  #storageTimer: number | undefined;
  /** Scopes whose blocks turned out unreadable while the cache was being opened. */
  #corrupt = new Set<string>();
  #released: Promise<unknown> = Promise.resolve();
  #opening: Promise<void> = Promise.resolve();
  #ceiling: Promise<void> = Promise.resolve();
  #isClosed = false;
  /** Whether the profile is this engine's. */
  #isHeld = false;
  #minuteTimer: number | undefined;

  constructor(options: EngineOptions, message: OpenMessage) {
    this.#options = options;
    this.#message = message;
    this.session = new SessionState((isConnectionChange) => {
      this.#sessionChanged(isConnectionChange);
    });
    this.live = new LiveQueries({
      clock: options.clock,
      createReader: () => this.cache.createReader(),
      onBug: this.#onBug,
    });
    this.typing = new Typing(options.clock, (changes) => {
      this.live.notify(changes);
    });
  }

  /** What was under way when the cache was closed, or deleted from elsewhere, finds it closed: that is no fault. */
  readonly #onBug = (error: unknown): void => {
    if (!this.isInterruption(error)) this.#options.onBug(error);
  };

  isInterruption(error: unknown): boolean {
    return isDatabaseClosed(error);
  }

  get clock(): Clock {
    return this.#options.clock;
  }

  get keyId(): string {
    return this.#message.keyId;
  }

  /** @throws AppError locked before it is open and after it was closed. */
  get cache(): Cache {
    if (this.#cache === undefined) throw new AppError("locked", { title: "The cache is not open" });
    return this.#cache;
  }

  get network(): Network {
    if (this.#network === undefined) throw new AppError("locked", { title: "The cache is not open" });
    return this.#network;
  }

  /**
   * Takes the profile, opens the cache and starts to sync.
   * @param onWait called when another engine (an older version in another window) holds the profile
   * @throws AppError storageFull, or unavailable when the browser refuses its storage
   */
  open(onWait: (problem: Problem) => void): Promise<void> {
    const opening = this.#open(onWait);
    this.#opening = opening.catch(() => undefined);
    return opening;
  }

  async #open(onWait: (problem: Problem) => void): Promise<void> {
    await this.#takeProfile(onWait);
    this.#refuseWhenClosed();
    try {
      this.#cache = await Cache.open(this.#cacheOptions());
    } catch (error) {
      this.#release.abort();
      throw storageProblem(error);
    }
    // Closed meanwhile: `close` waits for this and puts the cache away.
    this.#refuseWhenClosed();
    const { session } = this;
    // Where nothing may be kept, nothing is here yet.
    session.isReady = this.#cache.meta("isReady") === true && !this.#cache.kept.isAbove(DIRECTORY);
    session.capabilities = capabilitiesSchema.safeParse(this.#cache.meta("capabilities")).data ?? null;
    const { fetch, clock, random } = this.#options;
    const onBug = this.#onBug;
    const { gatewayPath } = this.#message;
    const onTyping = (signal: TypingSignal) => {
      this.typing.note(signal);
    };
    const shared = {
      fetch,
      gatewayPath,
      cache: this.#cache,
      session,
      uploadStates: this.uploads,
      clock,
      random,
    };
    this.#network = new Network({ ...shared, onTyping, onBug });
    this.#network.start();
    for (const stream of this.#corrupt) this.#resync(stream);
    if (this.#message.previous !== undefined) this.#rotate(this.#cache).catch(this.#onBug);
    this.#watchStorage();
    this.#watchMinutes();
  }

  /** What is marked above it leaves the disk, and what no longer is comes to it. */
  async setCeiling(ceiling: OpenMessage["ceiling"]): Promise<void> {
    this.#message = { ...this.#message, ceiling };
    const before = this.#ceiling;
    this.#ceiling = (async () => {
      await before.catch(() => undefined);
      await this.#applyCeiling(ceiling);
    })();
    await this.#ceiling;
  }

  async #applyCeiling(ceiling: OpenMessage["ceiling"]): Promise<void> {
    try {
      await this.#cache?.setCeiling(ceiling ?? null);
    } catch (error) {
      // The next opening does what was left undone.
      if (this.isInterruption(error)) return;
      if (!isStorageFull(error)) throw error;
      this.#network?.storageFull();
    }
  }

  /** The cache has a new key: what is under the one before is written anew, while everything goes on. */
  async rekey(message: OpenMessage): Promise<void> {
    const { cache } = this;
    if (message.previous === undefined) return;
    this.#message = message;
    await this.setCeiling(message.ceiling);
    await cache.rekey(message.key, message.keyId, message.previous.key);
    await this.#rotate(cache);
  }

  /** Writes the cache under its new key, a little at a time. */
  async #rotate(cache: Cache): Promise<void> {
    const { clock, onRotated } = this.#options;
    const pause = () =>
      new Promise<void>((resolve) => {
        clock.setTimeout(resolve, ROTATION_PAUSE_MS);
      });
    const isDone = await cache.rotate({ pause, isStopped: () => this.#isClosed });
    if (isDone) onRotated?.(this.#message.keyId);
  }

  queryContext(): QueryContext {
    const cache = this.cache;
    const { store, places, positions, summaries, people, feed, messageKeys } = cache;
    return {
      store,
      places,
      positions,
      summaries,
      people,
      feed,
      messageKeys,
      uploads: this.uploads,
      typing: this.typing,
      follow: (follower) => {
        cache.follow(follower);
      },
      me: () => cache.me(),
      session: () => this.sessionInfo(),
      now: () => toIsoTime(this.#options.clock.now()),
      isOnline: () => this.session.connection === "online",
      loadHistory: (request) => this.network.loadHistory(request),
    };
  }

  /** The session as it stands, without the reader's own row: that one comes from the cache. */
  sessionInfo(): SessionInfo {
    const { session } = this;
    const cache = this.#cache;
    const entries = cache?.outbox.entries() ?? [];
    const failed = entries.filter(isFailed).length;
    const asides = entries.filter((entry) => !isFailed(entry) && isAside(entry.mutation)).length;
    return {
      me: null,
      organisation: null,
      isReady: session.isReady,
      connection: session.connection,
      problem: session.problem ?? unreadableProblem(cache?.outbox.unreadable ?? 0),
      retryAt: session.retryAt,
      sync: {
        isRunning: session.isSyncing,
        isFirst: !session.isReady,
        received: session.received,
        total: session.total,
      },
      isPoorLine: this.#network?.uploads.isPoorLine ?? false,
      outbox: { waiting: entries.length - failed, asides, failed },
      notKept: cache?.unkeptPlaces().length ?? 0,
      storage: session.storage,
      capabilities: session.capabilities,
      invalidRows: session.invalidLines + (cache?.parser.invalidCount ?? 0),
    };
  }

  /** Deletes all that is cached, the outbox too, and starts over. */
  async clear(): Promise<void> {
    const cache = this.cache;
    await this.#network?.stop();
    await cache.outbox.clear();
    await cache.purgeAll();
    await cache.database.clearCache();
  }

  /** Ends everything and forgets the key and what was decrypted. */
  async close(): Promise<void> {
    const { clock } = this.#options;
    this.#isClosed = true;
    if (!this.#isHeld) this.#release.abort();
    await this.#opening;
    if (this.#storageTimer !== undefined) clock.clearTimeout(this.#storageTimer);
    if (this.#minuteTimer !== undefined) clock.clearTimeout(this.#minuteTimer);
    this.typing.clear();
    this.live.close();
    // What may not lie on disk is gone from there before the key is.
    await this.#ceiling.catch(() => undefined);
    await this.#network?.stop();
    this.#network = undefined;
    await this.#cache?.moved();
    this.#cache?.close();
    this.#cache = undefined;
    this.#release.abort();
    await this.#released;
  }

  /** An engine that goes on opening after it was closed would write beside the next one. */
  #refuseWhenClosed(): void {
    if (this.#isClosed)
      throw new AppError("cancelled", { title: "The cache was closed while it was being opened" });
  }

  #cacheOptions() {
    const { indexedDB, keyRange } = this.#options;
    return {
      name: `parvis-${this.#message.accountId}`,
      indexedDB,
      keyRange,
      rawKey: this.#message.key,
      rawPrevious: this.#message.previous?.key,
      keyId: this.#message.keyId,
      ceiling: this.#message.ceiling,
      volatile: this.#options.volatile?.(this.#message.accountId),
      now: () => toIsoTime(this.#options.clock.now()),
      onChange: (changes: Changes) => {
        this.#changed(changes);
      },
      onInvalid: () => {
        this.session.changed();
      },
      onCorrupt: (stream: string) => {
        this.#resync(stream);
      },
    };
  }

  #changed(changes: Changes): void {
    if (changes.has(OUTBOX_STREAM)) {
      mergeChanges(changes, new Map([[SESSION_STREAM, new Set([""])]]));
      this.#network?.push();
    }
    this.live.notify(changes);
  }

  #sessionChanged(isConnectionChange: boolean): void {
    const changes: Changes = new Map([[SESSION_STREAM, new Set([""])]]);
    if (isConnectionChange) changes.set(CONNECTION_STREAM, new Set([""]));
    this.live.notify(changes);
  }

  #resync(stream: string): void {
    const scope = scopeSchema.safeParse(scopeOf(stream));
    if (!scope.success) return;
    if (this.#network === undefined) this.#corrupt.add(stream);
    else this.#network.resync(scope.data);
  }

  async #takeProfile(onWait: (problem: Problem) => void): Promise<void> {
    const { locks } = this.#options;
    if (locks === undefined) return;
    const name = `parvis-engine-${this.#message.accountId}`;
    const held = await this.#tryLock(locks, name, true);
    if (held) return;
    onWait(
      new AppError("locked", {
        title: "Another window holds this profile",
        detail: "It runs another version of the application. This one goes on when the other is closed.",
      }).problem,
    );
    await this.#tryLock(locks, name, false);
  }

  /** Resolves once the lock is held (until `#release` fires), or with false when it is not free. */
  async #tryLock(locks: Locks, name: string, ifAvailable: boolean): Promise<boolean> {
    return await new Promise<boolean>((resolve, reject) => {
      const options = ifAvailable ? { ifAvailable } : { signal: this.#release.signal };
      const request = locks.request(name, options, async (lock) => {
        this.#isHeld = lock !== null;
        resolve(lock !== null);
        if (lock !== null) await aborted(this.#release.signal);
      });
      this.#released = request.catch((error: unknown) => {
        reject(this.#isClosed ? new AppError("cancelled", { cause: error }) : error);
      });
    });
  }

  /** What was put off or runs out does so by the minute, without any row changing. */
  #watchMinutes(): void {
    const { clock } = this.#options;
    this.#minuteTimer = clock.setTimeout(
      () => {
        this.live.notify(new Map([[MINUTE_STREAM, new Set([""])]]));
        this.#watchMinutes();
      },
      MINUTE_MS - (clock.now() % MINUTE_MS),
    );
  }

  #watchStorage(): void {
    const { clock, estimateStorage, onBug } = this.#options;
    if (estimateStorage === undefined) return;
    const look = async () => {
      const { usage = 0, quota = 0 } = await estimateStorage();
      const isFull = this.session.storage?.isFull ?? false;
      this.session.storage = { usedBytes: usage, quotaBytes: quota, isFull };
      this.session.changed();
    };
    const again = () => {
      look().catch(onBug);
      this.#storageTimer = clock.setTimeout(again, STORAGE_EVERY_MS);
    };
    again();
  }
}
