import { mutationResponseSchema, type MutationResult } from "#contract/mutations.ts";
import { AppError, isSignedOut, isTransient, type Problem } from "#contract/problem.ts";
import type { Cache } from "#renderer/db/cache.ts";
import type { Clock } from "#renderer/db/clock.ts";
import { isStorageFull } from "#renderer/db/database.ts";
import { mergeChanges, text, type Changes, type PlacedEntry } from "#renderer/db/entry.ts";
import { isFailed } from "#renderer/db/message-overlay.ts";
import { isAside, isLibraryLane, isMaking, laneOf, sendable } from "#renderer/db/outbox-rules.ts";
import type { OutboxEntry } from "#renderer/db/outbox.ts";
import type { Api } from "./api.ts";
import { Backoff } from "./backoff.ts";
import { placeEnvelope } from "./ingest.ts";
import type { Watchdog } from "./watchdog.ts";

const PARALLEL = 4;
const BATCH_CHARACTERS = 500_000;

export interface PusherOptions {
  api: Api;
  cache: Cache;
  clock: Clock;
  random: () => number;
  watchdog: Watchdog;
  signal: AbortSignal;
  /** Whether it waits for a file that is still on its way. */
  isHeld: (entry: OutboxEntry) => boolean;
  /** Mutations in one request at most, as the server says. */
  limit: () => number;
  /** Rows that reached the cache with a result. */
  onApplied: (placed: readonly PlacedEntry[]) => void;
  onStorageFull: () => void;
  onSignedOut: (problem: Problem) => void;
  onBug: (error: unknown) => void;
}

interface Lane {
  isBusy: boolean;
  /** Send one at a time: a whole batch was refused, and one of it is to blame. */
  isCareful: boolean;
  backoff: Backoff;
  timer: number | undefined;
}

/** Sends what waits in the outbox: in order within a lane, lanes side by side, each mutation until it is settled. */
export class Pusher {
  readonly #options: PusherOptions;
  readonly #lanes = new Map<string, Lane>();
  #isOnline = false;
  #busy = 0;

  constructor(options: PusherOptions) {
    this.#options = options;
  }

  /** While the workplace cannot be reached nothing is tried: the connection finds out when it can. */
  setOnline(isOnline: boolean): void {
    this.#isOnline = isOnline;
    if (!isOnline) return;
    for (const lane of this.#lanes.values()) this.#clearTimer(lane);
    this.push();
  }

  /** Looks for something to send. */
  push(): void {
    if (!this.#isOnline || this.#options.signal.aborted) return;
    for (const [name, entries] of this.#waiting()) {
      if (this.#busy >= PARALLEL) return;
      const free = this.#free(name, entries);
      if (free.length === 0) continue;
      const lane = this.#lane(name);
      if (lane.isBusy || lane.timer !== undefined) continue;
      lane.isBusy = true;
      this.#busy++;
      void this.#send(name, lane, this.#batch(lane, free));
    }
  }

  #free(lane: string, entries: readonly OutboxEntry[]): readonly OutboxEntry[] {
    const { isHeld, cache } = this.#options;
    if (isLibraryLane(lane)) {
      const failed = cache.outbox.entries().filter((entry) => isFailed(entry) && isMaking(entry.mutation));
      return sendable(
        entries,
        isHeld,
        failed.map(({ mutation }) => text(mutation.args, "id")),
      );
    }
    // What follows in the lane waits, too: the order in which things were said stays.
    const held = entries.findIndex((entry) => isHeld(entry));
    return held < 0 ? entries : entries.slice(0, held);
  }

  #waiting(): Map<string, OutboxEntry[]> {
    const waiting = this.#options.cache.outbox.entries().filter((entry) => entry.status === "waiting");
    return Map.groupBy(waiting, (entry) => laneOf(entry.mutation));
  }

  #batch(lane: Lane, entries: readonly OutboxEntry[]): OutboxEntry[] {
    const limit = lane.isCareful ? 1 : this.#options.limit();
    const batch: OutboxEntry[] = [];
    let characters = 0;
    for (const entry of entries) {
      characters += JSON.stringify(entry.mutation).length;
      if (batch.length === limit || (batch.length > 0 && characters > BATCH_CHARACTERS)) break;
      batch.push(entry);
    }
    return batch;
  }

  async #send(name: string, lane: Lane, batch: readonly OutboxEntry[]): Promise<void> {
    const { outbox } = this.#options.cache;
    const orders = batch.map((entry) => entry.order);
    outbox.mark(orders, "sending", null);
    try {
      await this.#settle(batch, await this.#request(batch));
      lane.backoff.reset();
      lane.isCareful = false;
    } catch (error) {
      await this.#failed(lane, batch, error);
    } finally {
      lane.isBusy = false;
      this.#busy--;
      if (lane.timer === undefined && lane.backoff.failures === 0 && !lane.isCareful)
        this.#lanes.delete(name);
      this.push();
    }
  }

  async #request(batch: readonly OutboxEntry[]): Promise<MutationResult[]> {
    const { api, watchdog, signal } = this.#options;
    const body = JSON.stringify({ mutations: batch.map((entry) => entry.mutation) });
    const answer = await watchdog.during(signal, (watched) =>
      api.json("/v1/mutations", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
        signal: watched,
      }),
    );
    const parsed = mutationResponseSchema.safeParse(answer);
    const results = parsed.success ? parsed.data.results : [];
    const isWhole = batch.every((entry, index) => results[index]?.id === entry.mutation.id);
    if (!isWhole) throw new AppError("serverFault", { title: "The workplace's answer lacks results" });
    return results.slice(0, batch.length);
  }

  /** The rows and the end of the entries are one transaction: neither is ever seen without the other. */
  async #settle(batch: readonly OutboxEntry[], results: readonly MutationResult[]): Promise<void> {
    const { cache, onApplied } = this.#options;
    const placed: PlacedEntry[] = [];
    const removed: number[] = [];
    const refused: OutboxEntry[] = [];
    for (const [index, result] of results.entries()) {
      const sent = batch[index];
      // Discarded meanwhile, or its scope was lost.
      const entry = sent === undefined ? undefined : cache.outbox.find(sent.mutation.id);
      if (result.status === "applied") placed.push(...this.#readable(result.changes));
      if (entry === undefined) continue;
      // What nobody sent is nobody's to decide about when it is refused.
      if (result.status === "applied" || isAside(entry.mutation)) removed.push(entry.order);
      else refused.push({ ...entry, ...verdict(result) });
    }
    onApplied(placed);
    const outboxPut = await cache.outbox.records(refused);
    await cache.store.append({
      entries: placed,
      meta: [],
      outboxPut,
      outboxDelete: removed,
      onApplied: (changes: Changes) => {
        mergeChanges(changes, cache.outbox.settle(removed, refused));
        cache.emit(changes);
      },
    });
  }

  #readable(changes: Extract<MutationResult, { status: "applied" }>["changes"]): PlacedEntry[] {
    return changes.flatMap((envelope) => placeEnvelope(envelope) ?? []);
  }

  async #failed(lane: Lane, batch: readonly OutboxEntry[], error: unknown): Promise<void> {
    const { cache, clock, onBug, onSignedOut, onStorageFull, signal } = this.#options;
    if (signal.aborted) return;
    const orders = batch.map((entry) => entry.order);
    if (isStorageFull(error)) {
      // The server has carried them out, and memory shows it. What disk still holds is sent again after a restart.
      onStorageFull();
      return;
    }
    if (!(error instanceof AppError)) onBug(error);
    const problem =
      error instanceof AppError
        ? error.problem
        : new AppError("serverFault", { title: "Sending failed", detail: String(error) }).problem;
    if (isToBlame(problem)) {
      const [only] = batch;
      if (batch.length > 1 || only === undefined) {
        lane.isCareful = true;
        cache.outbox.mark(orders, "waiting", null);
      } else if (isAside(only.mutation)) {
        cache.outbox.mark(orders, "waiting", null);
        await cache.outbox.discard(only.mutation.id);
      } else {
        await cache.outbox.change(only.mutation.id, (entry) => ({ ...entry, status: "rejected", problem }));
      }
      return;
    }
    cache.outbox.mark(orders, "waiting", problem);
    if (isSignedOut(problem.kind)) {
      this.#isOnline = false;
      onSignedOut(problem);
      return;
    }
    lane.timer = clock.setTimeout(() => {
      lane.timer = undefined;
      this.push();
    }, lane.backoff.next(problem.retryAfter));
  }

  #clearTimer(lane: Lane): void {
    if (lane.timer !== undefined) this.#options.clock.clearTimeout(lane.timer);
    lane.timer = undefined;
  }

  #lane(name: string): Lane {
    let lane = this.#lanes.get(name);
    if (lane === undefined) {
      const backoff = new Backoff({ random: this.#options.random, firstMs: 500, longestMs: 60_000 });
      lane = { isBusy: false, isCareful: false, backoff, timer: undefined };
      this.#lanes.set(name, lane);
    }
    return lane;
  }
}

function verdict(
  result: Exclude<MutationResult, { status: "applied" }>,
): Pick<OutboxEntry, "status" | "problem" | "current"> {
  if (result.status === "rejected") return { status: "rejected", problem: result.error, current: null };
  return { status: "conflict", problem: result.error, current: result.current };
}

/** Whether the request itself is what is wrong, so that sending it again changes nothing. */
function isToBlame({ kind }: Problem): boolean {
  if (isTransient(kind)) return false;
  return kind === "badRequest" || kind === "tooLarge" || kind === "unsupported" || kind === "forbidden";
}
