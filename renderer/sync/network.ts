import { capabilitiesSchema } from "#contract/capabilities.ts";
import { personIdSchema } from "#contract/ids.ts";
import { AppError, problemSchema, type Problem } from "#contract/problem.ts";
import { DIRECTORY, parseScope, type Scope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { Cache } from "#renderer/db/cache.ts";
import type { Clock } from "#renderer/db/clock.ts";
import { isStorageFull } from "#renderer/db/database.ts";
import type { Changes } from "#renderer/db/entry.ts";
import type { HistoryAnswer, HistoryRequest } from "#renderer/db/query-context.ts";
import { POSITION_STREAM } from "#renderer/db/query-context.ts";
import { isFailed } from "#renderer/db/message-overlay.ts";
import { Api, type Fetch } from "./api.ts";
import { loadHistory } from "./history.ts";
import { LiveConnection, type Hello } from "./live-connection.ts";
import { Presence } from "./presence.ts";
import { Pusher } from "./pusher.ts";
import { ScopeSyncs } from "./scope-syncs.ts";
import { connectionOf, type SessionState } from "./session-state.ts";
import { Watchdog } from "./watchdog.ts";

const SILENCE_MS = 60_000;
const DEFAULT_BATCH = 50;
/** Log records are folded into their blocks after so many, or after a quiet while. */
const FOLD_AFTER = 64;
const FOLD_QUIET_MS = 2000;
/** Whether room has come back is tried this often. */
const ROOM_RETRY_MS = 15_000;

export interface NetworkOptions {
  fetch: Fetch;
  gatewayPath: string;
  cache: Cache;
  session: SessionState;
  clock: Clock;
  random: () => number;
  onBug: (error: unknown) => void;
}

/** Everything that talks to the backend for one opened cache. */
export class Network {
  readonly #options: NetworkOptions;
  readonly #stop = new AbortController();
  readonly #api: Api;
  readonly #watchdog: Watchdog;
  readonly #syncs: ScopeSyncs;
  readonly #pusher: Pusher;
  readonly #presence: Presence;
  readonly #live: LiveConnection;
  #foldTimer: number | undefined;
  #roomTimer: number | undefined;
  #running: Promise<void> = Promise.resolve();
  /** Whether every scope there is was asked for: before that, being idle says nothing. */
  #hasCompared = false;

  constructor(options: NetworkOptions) {
    const { cache, clock, random, session, onBug } = options;
    this.#options = options;
    this.#api = new Api({ fetch: options.fetch, basePath: options.gatewayPath });
    this.#watchdog = new Watchdog(clock, SILENCE_MS);
    const signal = this.#stop.signal;
    const shared = { api: this.#api, cache, clock, random, watchdog: this.#watchdog, signal, onBug };
    const onStorageFull = () => {
      this.#storageFull();
    };
    const onSignedOut = (problem: Problem) => {
      session.setConnection("signedOut", problem);
    };
    this.#syncs = new ScopeSyncs({
      ...shared,
      onStorageFull,
      onSignedOut,
      onProgress: (progress) => {
        this.#progress(progress);
      },
      onRunning: (isRunning) => {
        this.#showRunning(isRunning);
      },
      onPosition: (scope) => {
        this.#positionChanged(scope);
      },
      onProblem: (problem) => {
        session.setProblem(problem);
      },
      onAppended: () => {
        this.#foldSoon();
      },
    });
    this.#pusher = new Pusher({
      ...shared,
      onStorageFull,
      onSignedOut,
      limit: () => session.capabilities?.limits.mutationsPerRequest ?? DEFAULT_BATCH,
      onApplied: (placed) => {
        this.#syncs.noteApplied(placed);
        this.#foldSoon();
      },
    });
    this.#presence = new Presence({ api: this.#api, clock, signal, onBug });
    this.#live = new LiveConnection({ api: this.#api, clock, random, signal, listener: this.#listener() });
  }

  start(): void {
    this.#running = this.#live.run();
    this.#running.catch(this.#options.onBug);
  }

  /** Ends every request and timer; what was applied is written. */
  async stop(): Promise<void> {
    const { cache, clock } = this.#options;
    this.#stop.abort(new AppError("cancelled", { title: "The cache was closed" }));
    for (const timer of [this.#foldTimer, this.#roomTimer])
      if (timer !== undefined) clock.clearTimeout(timer);
    await this.#running;
    await cache.store.drain();
    if (cache.store.isDirty) await cache.store.commit().catch(() => undefined);
  }

  push(): void {
    this.#pusher.push();
  }

  setActive(isActive: boolean): void {
    this.#presence.setActive(isActive);
  }

  /** Tries to reach the backend now. */
  retry(): void {
    this.#live.poke();
    this.#pusher.setOnline(this.#live.isUp);
    if (this.#options.session.storage?.isFull === true) void this.#tryRoom();
  }

  /** The browser noticed that the network came or went. */
  networkChanged(isOnline: boolean): void {
    if (isOnline) this.#live.poke();
    else this.#live.restart();
  }

  /** Rows of this scope were lost here. */
  resync(scope: Scope): void {
    this.#options.cache.positions.setDamaged(scope, true);
    this.#syncs.request(scope, { isAnew: true });
  }

  async loadHistory(request: HistoryRequest): Promise<HistoryAnswer> {
    const { cache } = this.#options;
    const signal = AbortSignal.any([this.#stop.signal, this.#syncs.signalOf(request.scope)]);
    const answer = await loadHistory({ api: this.#api, cache, watchdog: this.#watchdog, signal }, request);
    await this.#guardStorage(() => cache.store.commit());
    this.#positionChanged(request.scope);
    return answer;
  }

  #listener() {
    const { session, clock } = this.#options;
    return {
      onConnecting: () => {
        session.setConnection(session.problem === null ? "connecting" : session.connection, session.problem);
      },
      onHello: (hello: Hello) => this.#hello(hello),
      onChanges: async (rows: Parameters<ScopeSyncs["receive"]>[0]) => {
        await this.#guardStorage(() => this.#syncs.receive(rows));
      },
      onScopeAdded: (scope: Scope) => {
        this.#syncs.request(scope);
        return Promise.resolve();
      },
      onScopeRemoved: (scope: Scope) => this.#removeScope(scope),
      onDown: (problem: Problem, delayMs: number | undefined) => {
        this.#pusher.setOnline(false);
        this.#presence.setOnline(false);
        this.#syncs.pause();
        if (session.storage?.isFull === true && problem.kind === "cancelled") return;
        const retryAt = delayMs === undefined ? null : toIsoTime(clock.now() + delayMs);
        session.setConnection(connectionOf(problem), problem, retryAt);
      },
      onInvalid: (count: number) => {
        session.invalidLines += count;
        session.changed();
      },
    };
  }

  async #hello(hello: Hello): Promise<void> {
    const { cache, session } = this.#options;
    const known = cache.meta("epoch");
    if (known !== undefined && known !== hello.epoch) await this.#newEpoch();
    if (known !== hello.epoch) cache.setMeta("epoch", hello.epoch);
    this.#learnMe(hello);
    const readable = new Set(hello.scopes.map(({ scope }) => scope));
    for (const scope of cache.scopes()) if (!readable.has(scope)) await this.#removeScope(scope);
    for (const { scope, head } of byUse(hello.scopes)) this.#syncs.compare(scope, head);
    this.#hasCompared = true;
    this.#syncs.resume();
    session.setConnection("online");
    this.#showRunning(!this.#syncs.isIdle);
    this.#pusher.setOnline(true);
    this.#presence.setOnline(true);
    // Changes that follow the greeting do not wait for it.
    this.#learnCapabilities().catch(this.#options.onBug);
  }

  #learnMe(hello: Hello): void {
    const { cache, session } = this.#options;
    for (const { scope } of hello.scopes) {
      const { kind, id } = parseScope(scope);
      const me = personIdSchema.safeParse(id);
      if (kind !== "person" || !me.success || cache.me() === me.data) continue;
      cache.setMeta("me", me.data);
      session.changed();
    }
  }

  async #learnCapabilities(): Promise<void> {
    const { cache, session } = this.#options;
    try {
      const answer = await this.#api.json("/v1/capabilities", { signal: this.#stop.signal });
      const parsed = capabilitiesSchema.safeParse(answer);
      if (!parsed.success) return;
      session.capabilities = parsed.data;
      cache.setMeta("capabilities", session.capabilities);
      session.changed();
    } catch (error) {
      // The ones known from before will do; the next connection asks again.
      if (!(error instanceof AppError)) this.#options.onBug(error);
    }
  }

  /** The server's data were made anew: nothing cached is worth anything, except what was written here. */
  async #newEpoch(): Promise<void> {
    const { cache, session } = this.#options;
    this.#live.forget();
    session.isReady = false;
    this.#hasCompared = false;
    cache.setMeta("isReady", undefined);
    this.#syncs.reset();
    await cache.purgeAll();
    session.changed();
  }

  async #removeScope(scope: Scope): Promise<void> {
    const { outbox } = this.#options.cache;
    const problem = problemSchema.parse({
      kind: "forbidden",
      title: "You no longer have access to this place",
      status: 403,
    });
    for (const { mutation } of outbox.entries()) {
      if (mutation.scope !== scope || mutation.name === "space.join") continue;
      // Without room for it the entry goes on waiting, and the server refuses it.
      await this.#guardStorage(() =>
        outbox.change(mutation.id, (entry) =>
          isFailed(entry) ? undefined : { ...entry, status: "rejected", problem },
        ),
      );
    }
    await this.#guardStorage(() => this.#syncs.remove(scope));
  }

  #progress({ rows, total, invalid }: { rows: number; total: number; invalid: number }): void {
    const { session } = this.#options;
    session.received += rows;
    session.invalidLines += invalid;
    if (total > 0) session.total = (session.total ?? 0) + total;
    session.changed();
  }

  #showRunning(isRunning: boolean): void {
    const { cache, session } = this.#options;
    if (isRunning && !session.isSyncing) {
      session.received = 0;
      session.total = null;
    }
    session.isSyncing = isRunning;
    if (!isRunning && !session.isReady && this.#hasCompared && this.#syncs.isUpToDate) {
      session.isReady = true;
      cache.setMeta("isReady", true);
      this.#foldSoon();
    }
    session.changed();
  }

  #positionChanged(scope: Scope): void {
    const changes: Changes = new Map([[POSITION_STREAM, new Set<string>([scope])]]);
    this.#options.cache.emit(changes);
    this.#showRunning(!this.#syncs.isIdle);
  }

  async #guardStorage(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      if (!isStorageFull(error)) throw error;
      this.#storageFull();
    }
  }

  /** Nothing more is fetched until there is room: what memory holds is kept and written then. */
  #storageFull(): void {
    const { clock, session } = this.#options;
    session.storage = { usedBytes: 0, quotaBytes: 0, ...session.storage, isFull: true };
    this.#syncs.pause();
    session.setProblem(
      new AppError("storageFull", { title: "There is no room left on this machine" }).problem,
    );
    if (this.#roomTimer !== undefined) return;
    this.#roomTimer = clock.setTimeout(() => {
      this.#roomTimer = undefined;
      void this.#tryRoom();
    }, ROOM_RETRY_MS);
  }

  async #tryRoom(): Promise<void> {
    const { cache, session } = this.#options;
    try {
      await cache.store.commit();
    } catch (error) {
      if (!isStorageFull(error)) this.#options.onBug(error);
      this.#storageFull();
      return;
    }
    if (session.storage !== null) session.storage = { ...session.storage, isFull: false };
    session.setProblem(null);
    this.#syncs.resume();
    this.#pusher.push();
  }

  #foldSoon(): void {
    const { cache, clock } = this.#options;
    if (this.#foldTimer !== undefined) clock.clearTimeout(this.#foldTimer);
    const delayMs = cache.store.logLength >= FOLD_AFTER ? 0 : FOLD_QUIET_MS;
    this.#foldTimer = clock.setTimeout(() => {
      this.#foldTimer = undefined;
      this.#guardStorage(() => cache.store.commit()).catch(this.#options.onBug);
    }, delayMs);
  }
}

function rank(scope: Scope): number {
  if (scope === DIRECTORY) return 0;
  return parseScope(scope).kind === "person" ? 1 : 2;
}

/** What every view needs comes first: people, then the reader's own markers, then the rest as the server ranks it. */
function byUse<T extends { scope: Scope }>(scopes: readonly T[]): T[] {
  return scopes.toSorted((a, b) => rank(a.scope) - rank(b.scope));
}
