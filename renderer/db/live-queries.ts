import { AppError, type Problem } from "#contract/problem.ts";
import type { Clock } from "./clock.ts";
import type { Changes } from "./entry.ts";
import type { Reader } from "./reader.ts";
import { isSame } from "./same.ts";

export interface Item {
  key: string;
  sort: string;
}

export interface View {
  items: Item[];
  info: unknown;
}

/** One live query: computes its view from what it reads. */
export interface LiveQuery {
  compute(reader: Reader): Promise<View>;
  /** Reads much: its first answer comes after those of queries that read little and were asked before it ran. */
  readonly isPatient?: boolean;
  /** Grows a window; only timelines have one. */
  extend?(direction: "older" | "newer", count: number): Promise<void>;
  /** Nobody looks any more: what is under way is given up. */
  close?(): void;
}

export type Update =
  | { type: "reset"; items: Item[]; info: unknown }
  | { type: "patch"; put: Item[]; remove: string[]; info?: unknown }
  | { type: "failed"; error: Problem };

interface Subscription {
  query: LiveQuery;
  send: (update: Update) => void;
  reader: Reader | undefined;
  shown: { items: Map<string, Item>; info: unknown } | undefined;
  isStale: boolean;
  isRunning: boolean;
  isClosed: boolean;
  /** Not before this time: a query that costs much runs more rarely. */
  dueMs: number;
  timer: number | undefined;
}

/** About one frame: changes within it reach the page as one patch. */
const FRAME_MS = 16;
/** A query may use at most this share of the worker's time. */
const COST_SHARE = 4;
/** And it waits no longer than this: a clock that was put right by a day must not stop the views for days. */
const LONGEST_WAIT_MS = 2000;

export interface LiveQueriesOptions {
  clock: Clock;
  createReader: () => Reader;
  onBug: (error: unknown) => void;
}

/** Keeps views up to date: a change runs again only the queries that read what changed, at most once a frame. */
export class LiveQueries {
  readonly #options: LiveQueriesOptions;
  readonly #subscriptions = new Set<Subscription>();
  /** First answers under way of queries that are not patient, and what waits for them. */
  #hurried = 0;
  readonly #patient = new Set<Subscription>();
  #isClosed = false;

  constructor(options: LiveQueriesOptions) {
    this.#options = options;
  }

  /** Returns its dispose. Once closed nothing is answered: whoever still asks is answered by the next cache. */
  subscribe(query: LiveQuery, send: (update: Update) => void): { dispose: () => void; refresh: () => void } {
    const subscription: Subscription = {
      query,
      send,
      reader: undefined,
      shown: undefined,
      isStale: false,
      isRunning: false,
      isClosed: false,
      dueMs: 0,
      timer: undefined,
    };
    if (this.#isClosed) {
      subscription.isClosed = true;
      query.close?.();
    } else this.#begin(subscription);
    return {
      dispose: () => {
        this.#end(subscription);
      },
      refresh: () => {
        this.#invalidate(subscription);
      },
    };
  }

  #begin(subscription: Subscription): void {
    this.#subscriptions.add(subscription);
    if (subscription.query.isPatient === true && this.#hurried > 0) this.#patient.add(subscription);
    else void this.#run(subscription);
  }

  notify(changes: Changes): void {
    if (changes.size === 0) return;
    for (const subscription of this.#subscriptions) {
      if (subscription.reader?.isTouchedBy(changes) === true) this.#invalidate(subscription);
    }
  }

  /** Ends every subscription: the cache they read is being closed. */
  close(): void {
    this.#isClosed = true;
    for (const subscription of this.#subscriptions) this.#end(subscription);
  }

  #end(subscription: Subscription): void {
    subscription.isClosed = true;
    subscription.query.close?.();
    if (subscription.timer !== undefined) this.#options.clock.clearTimeout(subscription.timer);
    this.#subscriptions.delete(subscription);
    this.#patient.delete(subscription);
  }

  #invalidate(subscription: Subscription): void {
    subscription.isStale = true;
    if (subscription.isRunning || subscription.timer !== undefined || subscription.isClosed) return;
    const wantedMs = subscription.dueMs - this.#options.clock.now();
    const delayMs = Math.min(LONGEST_WAIT_MS, Math.max(FRAME_MS, wantedMs));
    subscription.timer = this.#options.clock.setTimeout(() => {
      subscription.timer = undefined;
      void this.#run(subscription);
    }, delayMs);
  }

  async #run(subscription: Subscription): Promise<void> {
    const { clock, createReader, onBug } = this.#options;
    const startMs = clock.now();
    const isHurried = subscription.query.isPatient !== true && subscription.shown === undefined;
    if (isHurried) this.#hurried++;
    this.#patient.delete(subscription);
    subscription.isRunning = true;
    subscription.isStale = false;
    // In place before the first read, so that a change during the run is noticed.
    const reader = createReader();
    subscription.reader = reader;
    try {
      const view = await subscription.query.compute(reader);
      if (!subscription.isClosed) show(subscription, view);
    } catch (error) {
      // A cache closed under a running query is no fault.
      if (subscription.isClosed) return;
      if (!(error instanceof AppError)) onBug(error);
      const problem =
        error instanceof AppError
          ? error.problem
          : new AppError("serverFault", { title: "A view could not be computed", detail: String(error) })
              .problem;
      subscription.send({ type: "failed", error: problem });
    } finally {
      subscription.isRunning = false;
      const nowMs = clock.now();
      subscription.dueMs = nowMs + COST_SHARE * (nowMs - startMs);
      if (subscription.isStale) this.#invalidate(subscription);
      if (isHurried) this.#hurried--;
      if (this.#hurried === 0) for (const waiting of this.#patient) void this.#run(waiting);
    }
  }
}

function show(subscription: Subscription, view: View): void {
  const { shown, send } = subscription;
  const items = new Map(view.items.map((item) => [item.key, item]));
  if (shown === undefined) {
    subscription.shown = { items, info: view.info };
    send({ type: "reset", items: view.items, info: view.info });
    return;
  }
  const put: Item[] = [];
  for (const [key, item] of items) {
    const before = shown.items.get(key);
    if (before !== undefined && isSame(before, item)) items.set(key, before);
    else put.push(item);
  }
  const remove = [...shown.items.keys()].filter((key) => !items.has(key));
  const isInfoSame = isSame(shown.info, view.info);
  subscription.shown = { items, info: isInfoSame ? shown.info : view.info };
  if (put.length === 0 && remove.length === 0 && isInfoSame) return;
  send({ type: "patch", put, remove, ...(isInfoSame ? {} : { info: view.info }) });
}
