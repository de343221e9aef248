import type { Capabilities } from "#contract/capabilities.ts";
import type { CollectionName } from "#contract/collections.ts";
import { AppError } from "#contract/problem.ts";
import type { Logger } from "../logger.ts";
import { removeBlobs } from "../mutations/removed-blobs.ts";
import type { MutationContext } from "../mutations/context.ts";
import type { DueRow, RowKey, Store, StoreEvent } from "../store/store.ts";
import type { DueHandler } from "./due-context.ts";
import { dueHandlers } from "./due-handlers.ts";

export interface DueRunnerOptions {
  store: Store;
  clock: () => number;
  logger: Logger;
  limits: Capabilities["limits"];
  everyMs: number;
  handlers?: Partial<Record<CollectionName, DueHandler>>;
}

const BATCH = 50;
/** A timer may fire a little early by the clock, and a failure may not be put off: never again at once. */
const SOON_MS = 250;
const FIRST_RETRY_MS = 5000;
const LAST_RETRY_MS = 600_000;
/** What could not be done, remembered so that it is tried less and less often. Forgetting costs a few tries. */
const FAILURES_KEPT = 10_000;

/**
 * Does what is due: one transaction each, under its scope's lock, which looks whether it still is due. So two servers on
 * one database do it once, and one that is killed has done all of it or nothing.
 */
export class DueRunner {
  readonly #options: DueRunnerOptions;
  readonly #handlers: Partial<Record<CollectionName, DueHandler>>;
  readonly #failures = new Map<string, number>();
  #unsubscribe: () => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;
  #wakesAtMs = Infinity;
  #running: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(options: DueRunnerOptions) {
    this.#options = options;
    this.#handlers = options.handlers ?? dueHandlers;
  }

  start(): void {
    this.#unsubscribe = this.#options.store.subscribe((events) => this.#onEvents(events));
    this.#wakeAt(this.#options.clock());
  }

  /** Does everything that is due now. Never fails: what could not be done is logged and tried again. */
  run(): Promise<void> {
    this.#running = this.#running
      .then(() => (this.#isClosed ? undefined : this.#runAll()))
      .catch((error: unknown) => {
        this.#options.logger.error("what is due could not be looked up", { error: textOf(error) });
      });
    return this.#running;
  }

  /** What is being done is finished, nothing else is begun. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#unsubscribe();
    clearTimeout(this.#timer);
    await this.#running;
  }

  #onEvents(events: readonly StoreEvent[]): void {
    for (const event of events) {
      if (event.type === "due") this.#wakeAt(event.dueAtMs);
      if (event.type === "interrupted") this.#wakeAt(this.#options.clock());
    }
  }

  /** At the latest in `everyMs`: a time far away needs no timer of its own. */
  #wakeAt(timeMs: number): void {
    const { clock, everyMs } = this.#options;
    const nowMs = clock();
    const atMs = Math.min(Math.max(timeMs, nowMs), nowMs + everyMs);
    if (this.#isClosed || atMs >= this.#wakesAtMs) return;
    clearTimeout(this.#timer);
    this.#wakesAtMs = atMs;
    this.#timer = setTimeout(() => {
      this.#wakesAtMs = Infinity;
      void this.run()
        .then(() => this.#nextMs())
        .then((nextMs) => this.#wakeAt(nextMs));
    }, atMs - nowMs);
    this.#timer.unref();
  }

  /** When something is due next; what is due already could not be done just now. */
  async #nextMs(): Promise<number> {
    const { store, clock, logger } = this.#options;
    if (this.#isClosed) return Infinity;
    try {
      const [next] = await store.due(Number.MAX_SAFE_INTEGER, 1);
      return next === undefined ? Infinity : Math.max(next.dueAtMs, clock() + SOON_MS);
    } catch (error) {
      logger.error("what is due next could not be looked up", { error: textOf(error) });
      return Infinity;
    }
  }

  async #runAll(): Promise<void> {
    const { store, clock } = this.#options;
    const tried = new Set<string>();
    while (!this.#isClosed) {
      const nowMs = clock();
      // Those that failed have been put off, unless the database could not even do that.
      const due = (await store.due(nowMs, BATCH + tried.size)).filter(({ key }) => !tried.has(nameOf(key)));
      if (due.length === 0) return;
      for (const row of due) {
        if (this.#isClosed) return;
        if (!(await this.#runOne(row))) tried.add(nameOf(row.key));
      }
    }
  }

  /** False when it failed. */
  async #runOne({ key, dueAtMs }: DueRow): Promise<boolean> {
    const name = nameOf(key);
    try {
      await this.#do(key);
      this.#failures.delete(name);
      return true;
    } catch (error) {
      const count = (this.#failures.get(name) ?? 0) + 1;
      if (this.#failures.size >= FAILURES_KEPT) this.#failures.clear();
      this.#failures.set(name, count);
      const { collection, id } = key;
      this.#options.logger.error("what was due failed", { collection, id, count, error: textOf(error) });
      await this.#putOff(key, dueAtMs, Math.min(FIRST_RETRY_MS * 2 ** (count - 1), LAST_RETRY_MS));
      return false;
    }
  }

  async #do(key: RowKey): Promise<void> {
    const { store, clock, limits } = this.#options;
    const handler = this.#handlers[key.collection];
    // Marked by a newer server, perhaps: it is left to that one.
    if (handler === undefined)
      throw new AppError("unsupported", { detail: `Nobody does ${key.collection}.` });
    const removedBlobs: MutationContext["removedBlobs"] = [];
    await store.transaction(async (tx) => {
      // A transaction that is tried again starts over.
      removedBlobs.length = 0;
      await tx.lock(key.scope);
      const nowMs = clock();
      const dueAtMs = await tx.dueAt(key);
      if (dueAtMs === undefined || dueAtMs > nowMs) return;
      await tx.setDue(key, null);
      const found = await tx.get(key.scope, key.collection, key.id);
      const row = found?.op === "put" ? found : undefined;
      await handler({ tx, nowMs, limits, removedBlobs, key, row, dueAtMs });
      await tx.condemnBlobs(removedBlobs);
    });
    await removeBlobs(store, removedBlobs);
  }

  /** Unless somebody has set another time meanwhile. */
  async #putOff(key: RowKey, dueAtMs: number, delayMs: number): Promise<void> {
    const { store, clock, logger } = this.#options;
    try {
      await store.transaction(async (tx) => {
        await tx.lock(key.scope);
        if ((await tx.dueAt(key)) === dueAtMs) await tx.setDue(key, clock() + delayMs);
      });
    } catch (error) {
      logger.error("what was due could not be put off", { id: key.id, error: textOf(error) });
    }
  }
}

function nameOf({ scope, collection, id }: RowKey): string {
  return `${scope} ${collection} ${id}`;
}

function textOf(error: unknown): string {
  if (error instanceof AppError) return `${error.kind}: ${error.problem.detail ?? error.message}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
