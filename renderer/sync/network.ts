import { capabilitiesSchema } from "#contract/capabilities.ts";
import { messageSchema } from "#contract/entities/message.ts";
import { createId, personIdSchema } from "#contract/ids.ts";
import { AppError, problemSchema, type Problem } from "#contract/problem.ts";
import { DIRECTORY, parseScope, type Scope } from "#contract/scope.ts";
import { scopeListSchema } from "#contract/sync.ts";
import { toIsoTime } from "#contract/time.ts";
import type { WorkerCallArgs } from "#contract/worker.ts";
import type { Cache } from "#renderer/db/cache.ts";
import type { Clock } from "#renderer/db/clock.ts";
import type { Changes, PlacedEntry } from "#renderer/db/entry.ts";
import { kindOf } from "#renderer/db/streams.ts";
import type { HistoryAnswer, HistoryRequest } from "#renderer/db/query-context.ts";
import { POSITION_STREAM } from "#renderer/db/query-context.ts";
import { isFailed } from "#renderer/db/message-overlay.ts";
import type { UploadStates } from "#renderer/db/upload-states.ts";
import type { TypingSignal } from "#renderer/db/typing.ts";
import { Api, type Fetch } from "./api.ts";
import { loadHistory } from "./history.ts";
import { LiveConnection, type Hello } from "./live-connection.ts";
import { OutboxFiles } from "./outbox-files.ts";
import { Presence, type TypingPlace } from "./presence.ts";
import { Pusher } from "./pusher.ts";
import { ScopeSyncs } from "./scope-syncs.ts";
import { connectionOf, type SessionState } from "./session-state.ts";
import { Uploads } from "./uploads.ts";
import { StorageRoom } from "./storage-room.ts";
import { Watchdog } from "./watchdog.ts";

const SILENCE_MS = 60_000;
const DEFAULT_BATCH = 50;
const WAKE_JITTER_MS = 2000;

export interface NetworkOptions {
  fetch: Fetch;
  gatewayPath: string;
  cache: Cache;
  session: SessionState;
  uploadStates: UploadStates;
  clock: Clock;
  random: () => number;
  onTyping: (signal: TypingSignal) => void;
  onBug: (error: unknown) => void;
}

type WayChange = WorkerCallArgs<"network.changed">;

/** Everything that talks to the backend for one opened cache. */
export class Network {
  readonly #options: NetworkOptions;
  readonly #stop = new AbortController();
  readonly #api: Api;
  readonly #watchdog: Watchdog;
  readonly #syncs: ScopeSyncs;
  readonly #pusher: Pusher;
  readonly #presence: Presence;
  readonly #outboxFiles: OutboxFiles;
  readonly uploads: Uploads;
  readonly #live: LiveConnection;
  readonly #room: StorageRoom;
  #running: Promise<void> = Promise.resolve();
  /** Whether every scope there is was asked for: before that, being idle says nothing. */
  #hasCompared = false;
  #wakeTimer: number | undefined;

  constructor(options: NetworkOptions) {
    const { cache, clock, random, session, onBug } = options;
    this.#options = options;
    this.#api = new Api({ fetch: options.fetch, basePath: options.gatewayPath });
    this.#watchdog = new Watchdog(clock, SILENCE_MS);
    const signal = this.#stop.signal;
    const shared = { api: this.#api, cache, clock, random, watchdog: this.#watchdog, signal, onBug };
    this.#room = new StorageRoom({
      cache,
      session,
      clock,
      onBug,
      onFull: () => {
        this.#syncs.pause();
      },
      onRoom: () => {
        this.#syncs.resume();
        this.#pusher.push();
      },
    });
    const onStorageFull = () => {
      this.#room.full();
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
      onForbidden: (scope) => {
        this.#checkScope(scope).catch(onBug);
      },
      onAppended: () => {
        this.#room.foldSoon();
      },
    });
    this.#pusher = new Pusher({
      ...shared,
      onStorageFull,
      onSignedOut,
      isHeld: (entry) => this.#outboxFiles.isHeld(entry),
      limit: () => session.capabilities?.limits.mutationsPerRequest ?? DEFAULT_BATCH,
      onApplied: (placed) => {
        this.#syncs.noteApplied(placed);
        this.#room.foldSoon();
      },
    });
    this.#outboxFiles = new OutboxFiles(cache.outbox, options.uploadStates);
    this.uploads = new Uploads({
      ...shared,
      store: cache.uploads,
      states: options.uploadStates,
      kept: cache.keptUploads,
      limits: () => session.capabilities?.limits,
      emit: (changes) => {
        cache.emit(changes);
      },
      isAwaited: (scope) => this.#outboxFiles.isAwaited(scope),
      onDone: () => {
        this.#pusher.push();
      },
      onFailed: (blobId, problem) => {
        this.#outboxFiles.refuse(blobId, problem).catch(onBug);
      },
      onSignedOut,
    });
    this.#presence = new Presence({ api: this.#api, clock, signal, machine: machineOf(cache), onBug });
    this.#live = new LiveConnection({ api: this.#api, clock, random, signal, listener: this.#listener() });
  }

  start(): void {
    this.uploads.start();
    this.#running = this.#live.run();
    this.#running.catch(this.#options.onBug);
  }

  /** Ends every request and timer; what was applied is written. */
  async stop(): Promise<void> {
    const { cache, clock } = this.#options;
    if (this.#wakeTimer !== undefined) clock.clearTimeout(this.#wakeTimer);
    await this.#presence.leave();
    this.#presence.stop();
    this.uploads.stop();
    this.#stop.abort(new AppError("cancelled", { title: "The cache was closed" }));
    this.#room.stop();
    await this.#running;
    await cache.store.drain();
    if (cache.store.isDirty) await cache.store.commit().catch(() => undefined);
  }

  push(): void {
    this.#outboxFiles.refuseHopeless().catch(this.#options.onBug);
    this.#pusher.push();
  }

  /** Something could not be written. */
  storageFull(): void {
    this.#room.full();
  }

  setActive(isActive: boolean): void {
    this.#presence.setActive(isActive);
  }

  /** Whether any window is open. */
  setAttended(isAttended: boolean): void {
    this.#presence.setAttended(isAttended);
  }

  setTyping(place: TypingPlace, isTyping: boolean): void {
    this.#presence.setTyping(place, isTyping);
  }

  /** Tries to reach the backend now. */
  retry(): void {
    this.#live.poke();
    this.#pusher.setOnline(this.#live.isUp);
    if (this.#options.session.storage?.isFull === true) void this.#room.tryRoom();
  }

  /** The browser noticed that the network came or went. */
  networkChanged(isOnline: boolean): void {
    if (isOnline) this.#live.poke();
    else this.#live.restart();
  }

  /**
   * The machine woke up or its network is another one. Those that wake together do not come back together; several pages
   * that say the same are one.
   */
  wayChanged({ isNewWay, isMetered, isSlow = false }: WayChange): void {
    this.uploads.setLine({ isMetered, isSlow });
    this.#options.session.changed();
    if (!isNewWay || this.#wakeTimer !== undefined) return;
    const { clock, random } = this.#options;
    this.#wakeTimer = clock.setTimeout(() => {
      this.#wakeTimer = undefined;
      this.#live.restart();
    }, random() * WAKE_JITTER_MS);
  }

  /** Rows of this scope were lost here. */
  resync(scope: Scope): void {
    this.#options.cache.positions.setDamaged(scope, true);
    this.#syncs.request(scope, { isAnew: true });
  }

  async loadHistory(request: HistoryRequest): Promise<HistoryAnswer> {
    const { cache } = this.#options;
    const signals = [this.#stop.signal, this.#syncs.signalOf(request.scope)];
    if (request.signal !== undefined) signals.push(request.signal);
    const signal = AbortSignal.any(signals);
    const answer = await loadHistory({ api: this.#api, cache, watchdog: this.#watchdog, signal }, request);
    await this.#room.guard(() => cache.store.commit());
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
        // Whoever has just written no longer writes.
        for (const { placed } of rows) noteWritten(placed, this.#options.onTyping);
        await this.#room.guard(() => this.#syncs.receive(rows));
      },
      onScopeAdded: (scope: Scope) => {
        this.#syncs.request(scope);
        return Promise.resolve();
      },
      onScopeRemoved: (scope: Scope) => this.#removeScope(scope),
      onDown: (problem: Problem, delayMs: number | undefined) => {
        this.#pusher.setOnline(false);
        this.#presence.setOnline(false);
        this.uploads.setOnline(false);
        this.#syncs.pause();
        if (session.storage?.isFull === true && problem.kind === "cancelled") return;
        const retryAt = delayMs === undefined ? null : toIsoTime(clock.now() + delayMs);
        session.setConnection(connectionOf(problem), problem, retryAt);
      },
      onTyping: this.#options.onTyping,
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
    this.uploads.setOnline(true);
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

  /** Whether a scope that cannot be read is lost: the list of all says. Otherwise it is tried again like any other. */
  async #checkScope(scope: Scope): Promise<void> {
    try {
      const answer = await this.#api.json("/v1/scopes", { signal: this.#stop.signal });
      const list = scopeListSchema.safeParse(answer);
      if (!list.success || list.data.scopes.some((each) => each.scope === scope)) return;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return;
    }
    await this.#removeScope(scope);
    const { session } = this.#options;
    if (session.problem?.kind === "forbidden") session.setProblem(null);
    this.#showRunning(!this.#syncs.isIdle);
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
      await this.#room.guard(() =>
        outbox.change(mutation.id, (entry) =>
          isFailed(entry) ? undefined : { ...entry, status: "rejected", problem },
        ),
      );
    }
    for (const blobId of this.#outboxFiles.unnamed(scope)) await this.uploads.cancel(blobId);
    await this.#room.guard(() => this.#syncs.remove(scope));
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
      this.#room.foldSoon();
    }
    session.changed();
  }

  #positionChanged(scope: Scope): void {
    const changes: Changes = new Map([[POSITION_STREAM, new Set<string>([scope])]]);
    this.#options.cache.emit(changes);
    this.#showRunning(!this.#syncs.isIdle);
  }
}

function noteWritten({ stream, entry }: PlacedEntry, onTyping: NetworkOptions["onTyping"]): void {
  const kind = kindOf(stream);
  if ((kind !== "message" && kind !== "reply") || entry.rev > 1) return;
  const message = messageSchema.pick({ conversationId: true, threadId: true, authorId: true });
  const parsed = message.safeParse(entry.data);
  if (!parsed.success) return;
  const { conversationId, threadId, authorId } = parsed.data;
  onTyping({ conversationId, threadId, personId: authorId, isTyping: false });
}

/** The same over all lives of this cache, so that a restart does not leave a ghost behind. */
function machineOf(cache: Cache): string {
  const known = cache.meta("machine");
  if (typeof known === "string") return known;
  const machine = createId();
  cache.setMeta("machine", machine);
  return machine;
}

function rank(scope: Scope): number {
  if (scope === DIRECTORY) return 0;
  return parseScope(scope).kind === "person" ? 1 : 2;
}

/** What every view needs comes first: people, then the reader's own markers, then the rest as the server ranks it. */
function byUse<T extends { scope: Scope }>(scopes: readonly T[]): T[] {
  return scopes.toSorted((a, b) => rank(a.scope) - rank(b.scope));
}
