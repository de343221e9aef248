import { AppError, isSignedOut, type Problem } from "#contract/problem.ts";
import type { Scope } from "#contract/scope.ts";
import type { Cache } from "#renderer/db/cache.ts";
import type { Clock } from "#renderer/db/clock.ts";
import { isStorageFull } from "#renderer/db/database.ts";
import { Mutex } from "#renderer/db/mutex.ts";
import { seqKey } from "#renderer/db/positions.ts";
import type { PlacedEntry } from "#renderer/db/entry.ts";
import type { Api } from "./api.ts";
import { Backoff } from "./backoff.ts";
import type { IncomingRow } from "./ingest.ts";
import { ScopeSync, seenName } from "./scope-sync.ts";
import type { Watchdog } from "./watchdog.ts";

const PARALLEL = 4;
/** Scopes whose rows wait for the disk at most: they are in memory until then. */
const WRITING = 8;
/** Failures in a row of one scope after which the person is told. */
const TELL_AFTER = 3;

export interface ScopeSyncsOptions {
  api: Api;
  cache: Cache;
  clock: Clock;
  random: () => number;
  watchdog: Watchdog;
  signal: AbortSignal;
  onProgress: (progress: { rows: number; total: number; invalid: number }) => void;
  /** Syncs started or all ended. */
  onRunning: (isRunning: boolean) => void;
  onPosition: (scope: Scope) => void;
  onProblem: (problem: Problem | null) => void;
  /** The log has grown. */
  onAppended: () => void;
  /** The disk is full: nothing more is asked for until `resume`. */
  onStorageFull: () => void;
  onSignedOut: (problem: Problem) => void;
  /** The scope cannot be read, at least at this moment: news of its loss may have been missed. */
  onForbidden: (scope: Scope) => void;
  onBug: (error: unknown) => void;
}

interface ScopeState {
  status: "idle" | "queued" | "running" | "failed";
  /** Start over without the cursor, next time. */
  isAnew: boolean;
  /** Asked for again while it ran. */
  isWantedAgain: boolean;
  isRemoved: boolean;
  /** Live changes that came while it was not up to date. */
  buffer: IncomingRow[];
  seen: Set<string> | undefined;
  backoff: Backoff;
  timer: number | undefined;
  stop: AbortController;
}

/** Syncs scopes side by side and passes live changes on: those of a scope that is catching up wait for it. */
export class ScopeSyncs {
  readonly #options: ScopeSyncsOptions;
  readonly #scopes = new Map<Scope, ScopeState>();
  readonly #queue: Scope[] = [];
  readonly #live = new Mutex();
  #running = 0;
  #writing = 0;
  #isPaused = false;

  constructor(options: ScopeSyncsOptions) {
    this.#options = options;
  }

  get isIdle(): boolean {
    return this.#running === 0 && this.#writing === 0 && this.#queue.length === 0;
  }

  /** Whether every scope asked for is up to date. */
  get isUpToDate(): boolean {
    return [...this.#scopes.values()].every((state) => state.status === "idle");
  }

  request(scope: Scope, options: { isAnew?: boolean } = {}): void {
    const state = this.#state(scope);
    state.isAnew ||= options.isAnew === true;
    this.#clearTimer(state);
    if (state.status === "running") state.isWantedAgain = true;
    if (state.status !== "idle" && state.status !== "failed") return;
    state.status = "queued";
    this.#queue.push(scope);
    this.#options.onRunning(true);
    this.#next();
  }

  /** The head named by the server: catches up when the cache is elsewhere. */
  compare(scope: Scope, head: number): void {
    const { positions } = this.#options.cache;
    const position = positions.get(scope);
    if (positions.isDamaged(scope)) this.request(scope, { isAnew: true });
    else if (position?.isComplete !== true || head > position.seq) this.request(scope);
    // The server knows less than the cache: it was restored from a copy.
    else if (head < position.seq) this.request(scope, { isAnew: true });
  }

  /** Live changes, in order. */
  async receive(rows: readonly IncomingRow[]): Promise<void> {
    await this.#live.run(async () => {
      await this.#apply(rows.filter((row) => !this.#isBuffered(row)));
    });
  }

  /** Rows that reached the cache another way: a scope that starts over must not take them for gone. */
  noteApplied(placed: readonly PlacedEntry[]): void {
    for (const state of this.#scopes.values()) {
      for (const { stream, entry } of placed) state.seen?.add(seenName(stream, entry.key));
    }
  }

  /** Fires when the scope is removed. */
  signalOf(scope: Scope): AbortSignal {
    return this.#state(scope).stop.signal;
  }

  async remove(scope: Scope): Promise<void> {
    const state = this.#scopes.get(scope);
    if (state !== undefined) {
      state.isRemoved = true;
      this.#clearTimer(state);
      state.stop.abort(new AppError("cancelled"));
      this.#scopes.delete(scope);
      const place = this.#queue.indexOf(scope);
      if (place >= 0) this.#queue.splice(place, 1);
    }
    await this.#live.run(() => this.#options.cache.purge(scope));
    await this.#options.cache.store.commit();
  }

  /** Forgets what it was doing with every scope: their rows are gone. */
  reset(): void {
    for (const state of this.#scopes.values()) {
      state.isRemoved = true;
      this.#clearTimer(state);
      state.stop.abort(new AppError("cancelled"));
    }
    this.#scopes.clear();
    this.#queue.length = 0;
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    for (const [scope, state] of this.#scopes) if (state.status === "failed") this.request(scope);
    this.#next();
  }

  #isBuffered(row: IncomingRow): boolean {
    const state = this.#scopes.get(row.scope);
    if (state === undefined || state.status === "idle") return false;
    state.buffer.push(row);
    return true;
  }

  async #apply(rows: readonly IncomingRow[]): Promise<void> {
    const { cache } = this.#options;
    const entries: PlacedEntry[] = [];
    const heads = new Map<Scope, number>();
    for (const { scope, seq, placed } of rows) {
      const position = cache.positions.get(scope);
      // A scope that is not known (not announced yet, or gone) is synced whole when it is.
      if (position === undefined || seq <= position.seq) continue;
      entries.push(placed);
      heads.set(scope, Math.max(seq, heads.get(scope) ?? 0));
    }
    if (entries.length === 0) return;
    for (const [scope, seq] of heads) cache.positions.advance(scope, seq);
    await cache.store.append({
      entries,
      meta: [...heads].map(([scope, seq]) => [seqKey(scope), seq]),
      onApplied: (changes) => {
        cache.emit(changes);
      },
    });
    this.#options.onAppended();
  }

  #next(): void {
    while (this.#running < PARALLEL && this.#writing < WRITING && !this.#isPaused) {
      const scope = this.#queue.shift();
      if (scope === undefined) break;
      void this.#start(scope, this.#state(scope));
    }
    if (this.isIdle) this.#options.onRunning(false);
  }

  async #start(scope: Scope, state: ScopeState): Promise<void> {
    this.#running++;
    state.status = "running";
    try {
      const { written } = await this.#sync(scope, state);
      // The next scope is fetched while this one is being written.
      this.#running--;
      this.#writing++;
      this.#next();
      try {
        await written;
        await this.#settle(scope, state);
      } finally {
        this.#writing--;
        this.#running++;
      }
    } catch (error) {
      this.#failed(scope, state, error);
    } finally {
      this.#running--;
      this.#next();
    }
  }

  async #sync(scope: Scope, state: ScopeState): Promise<{ written: Promise<void> }> {
    const { api, cache, watchdog, signal, onProgress } = this.#options;
    // Asked for from here on, it is meant for the run after this one.
    state.seen = state.isAnew ? new Set() : undefined;
    state.isAnew = false;
    const sync = new ScopeSync({
      api,
      cache,
      scope,
      watchdog,
      signal: AbortSignal.any([signal, state.stop.signal]),
      seen: state.seen,
      onRows: (rows) => {
        onProgress({ rows, total: 0, invalid: 0 });
      },
      onTotal: (total) => {
        onProgress({ rows: 0, total, invalid: 0 });
      },
      onInvalid: (invalid) => {
        onProgress({ rows: 0, total: 0, invalid });
      },
    });
    return await sync.run();
  }

  /** Up to date: what came live meanwhile follows, and the scope is live from then on. */
  async #settle(scope: Scope, state: ScopeState): Promise<void> {
    if (state.backoff.failures >= TELL_AFTER) this.#options.onProblem(null);
    state.backoff.reset();
    state.seen = undefined;
    await this.#live.run(async () => {
      const rows = state.buffer;
      state.buffer = [];
      if (!state.isRemoved) await this.#apply(rows);
      state.status = "idle";
    });
    this.#options.onPosition(scope);
    if (!state.isWantedAgain || state.isRemoved) return;
    state.isWantedAgain = false;
    this.request(scope);
  }

  #failed(scope: Scope, state: ScopeState, error: unknown): void {
    state.status = "failed";
    const isExpired = error instanceof AppError && error.kind === "cursorExpired";
    // What was seen in an attempt that broke off says nothing about the next snapshot.
    state.isAnew ||= state.seen !== undefined || isExpired;
    state.seen = undefined;
    if (state.isRemoved || this.#options.signal.aborted) return;
    if (isStorageFull(error)) {
      this.#options.onStorageFull();
      return;
    }
    if (!(error instanceof AppError)) this.#options.onBug(error);
    const problem =
      error instanceof AppError
        ? error.problem
        : new AppError("serverFault", { title: "Sync failed", detail: String(error) }).problem;
    if (isSignedOut(problem.kind)) {
      this.#options.onSignedOut(problem);
      return;
    }
    if (problem.kind === "forbidden") this.#options.onForbidden(scope);
    const delayMs = state.backoff.next(problem.retryAfter);
    if (state.backoff.failures >= TELL_AFTER)
      this.#options.onProblem({ ...problem, detail: detailOf(problem, scope) });
    state.timer = this.#options.clock.setTimeout(() => {
      this.request(scope);
    }, delayMs);
  }

  #clearTimer(state: ScopeState): void {
    if (state.timer !== undefined) this.#options.clock.clearTimeout(state.timer);
    state.timer = undefined;
  }

  #state(scope: Scope): ScopeState {
    let state = this.#scopes.get(scope);
    if (state === undefined) {
      state = {
        status: "idle",
        isAnew: false,
        isWantedAgain: false,
        isRemoved: false,
        buffer: [],
        seen: undefined,
        backoff: new Backoff({ random: this.#options.random, firstMs: 500, longestMs: 60_000 }),
        timer: undefined,
        stop: new AbortController(),
      };
      this.#scopes.set(scope, state);
    }
    return state;
  }
}

function detailOf(problem: Problem, scope: Scope): string {
  return `${problem.detail ?? problem.title} (${scope})`;
}
