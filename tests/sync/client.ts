import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import type { Classification } from "#contract/classification.ts";
import type { Problem } from "#contract/problem.ts";
import type { z } from "zod";
import {
  queries,
  type QueryArgs,
  type QueryInfo,
  type QueryItem,
  type QueryName,
  type WorkerCallArgs,
  type WorkerCallName,
  type WorkerMessage,
} from "#contract/worker.ts";
import type { Clock } from "#renderer/db/clock.ts";
import type { Locks } from "#renderer/sync/engine.ts";
import type { PageConnection } from "#renderer/sync/page-connection.ts";
import { WorkerHost } from "#renderer/sync/worker-host.ts";
import type { TestFetch } from "./workplace.ts";

export interface ClientOptions {
  fetch: TestFetch;
  indexedDB?: IDBFactory;
  clock?: Clock;
  random?: () => number;
  key?: ArrayBuffer;
  keyId?: string;
  previous?: { key: ArrayBuffer; keyId: string };
  locks?: Locks;
  accountId?: string;
  ceiling?: Classification | null;
  /** The worker of another page, which this one joins. */
  host?: WorkerHost;
}

/** Real time, with waits cut short: what takes a minute of backoff takes a moment. */
export function fastClock(speed: number): Clock {
  const timers = new Map<number, NodeJS.Timeout>();
  let next = 1;
  return {
    now: () => Date.now(),
    setTimeout: (run, delayMs) => {
      const id = next++;
      timers.set(
        id,
        setTimeout(() => {
          timers.delete(id);
          run();
        }, delayMs / speed),
      );
      return id;
    },
    clearTimeout: (id) => {
      clearTimeout(timers.get(id));
      timers.delete(id);
    },
  };
}

export const KEY = new Uint8Array(32).fill(7).buffer;

interface Live {
  items: Map<string, { key: string; sort: string }>;
  info: unknown;
  isReady: boolean;
  error: Problem | undefined;
  /** Messages received: resets and patches. */
  updates: WorkerMessage[];
}

/** A page and its worker on one IndexedDB; what crosses between them is copied, as a port does. */
export class Client {
  readonly indexedDB: IDBFactory;
  readonly bugs: unknown[] = [];
  readonly fatal: Problem[] = [];
  /** Keys under which nothing is missing any more. */
  readonly rotated: string[] = [];
  readonly host: WorkerHost;
  readonly #options: ClientOptions;
  readonly #page: PageConnection;
  readonly #live = new Map<number, Live>();
  readonly #calls = new Map<
    number,
    (result: { ok: true; value: unknown } | { ok: false; error: Problem }) => void
  >();
  readonly #waiting = new Set<() => void>();
  #nextId = 1;

  constructor(options: ClientOptions) {
    this.#options = { ...options };
    this.indexedDB = options.indexedDB ?? new IDBFactory();
    this.host =
      options.host ??
      new WorkerHost({
        fetch: options.fetch,
        indexedDB: this.indexedDB,
        keyRange: IDBKeyRange,
        clock: options.clock ?? fastClock(20),
        random: options.random ?? Math.random,
        locks: options.locks,
        onBug: (error) => this.bugs.push(error),
      });
    this.#page = this.host.connect((message) => {
      this.#receive(structuredClone(message));
    });
    this.open();
  }

  open(keyId = this.#options.keyId ?? "1"): void {
    const { key = KEY, accountId = "account", previous, ceiling = null } = this.#options;
    const before = previous === undefined ? {} : { previous };
    this.#page.receive({ type: "open", accountId, gatewayPath: "", key, keyId, ceiling, ...before });
  }

  /** The policy has changed while it is open. */
  setCeiling(ceiling: Classification | null): void {
    this.#options.ceiling = ceiling;
    this.open();
  }

  /** The account has got a new key while it is open. */
  rekey(key: ArrayBuffer, keyId: string, previous: ArrayBuffer): void {
    const { accountId = "account", keyId: before = "1", ceiling = null } = this.#options;
    const held = { key: previous, keyId: before };
    this.#page.receive({ type: "open", accountId, gatewayPath: "", key, keyId, ceiling, previous: held });
  }

  /** Another life on the same disk: the engine is dropped as if the process had ended. */
  async reopen(options: Partial<ClientOptions> = {}): Promise<Client> {
    await this.close();
    return new Client({ ...this.#options, indexedDB: this.indexedDB, ...options });
  }

  async close(): Promise<void> {
    await this.host.close();
  }

  /** Ends it and says what went wrong inside that no view shows. */
  async closeCleanly(): Promise<void> {
    await this.close();
    if (this.bugs.length > 0)
      throw new Error(`The worker failed: ${String(this.bugs[0])}`, { cause: this.bugs[0] });
  }

  /** The page ends, the worker stays: what the port's `close` event tells it. */
  die(): void {
    this.#page.receive({ type: "close" });
  }

  lock(): void {
    this.#page.receive({ type: "lock" });
  }

  setActive(isActive: boolean): void {
    this.#page.receive({ type: "activity", isActive });
  }

  query<Q extends QueryName>(name: Q, args: QueryArgs<Q>): LiveView<Q> {
    const id = this.#nextId++;
    const live: Live = { items: new Map(), info: undefined, isReady: false, error: undefined, updates: [] };
    this.#live.set(id, live);
    this.#page.receive({ type: "subscribe", id, query: name, args });
    return new LiveView<Q>(id, name, live, this.#waiting);
  }

  /** The view is closed. */
  leave(view: { id: number }): void {
    this.#page.receive({ type: "unsubscribe", id: view.id });
    this.#live.delete(view.id);
  }

  async call<C extends WorkerCallName>(name: C, args: WorkerCallArgs<C>): Promise<unknown> {
    const id = this.#nextId++;
    const result = await new Promise<{ ok: true; value: unknown } | { ok: false; error: Problem }>(
      (resolve) => {
        this.#calls.set(id, resolve);
        this.#page.receive({ type: "call", id, name, args });
      },
    );
    if (!result.ok) throw new ProblemError(result.error);
    return result.value;
  }

  #receive(message: WorkerMessage): void {
    switch (message.type) {
      case "reset":
      case "patch":
      case "queryFailed":
        this.#update(message);
        break;
      case "result":
        this.#calls.get(message.id)?.(message.result);
        this.#calls.delete(message.id);
        break;
      case "fatal":
        this.fatal.push(message.error);
        break;
      case "rotated":
        this.rotated.push(message.keyId);
        break;
      case "opened":
        break;
    }
    for (const look of this.#waiting) look();
  }

  #update(message: Extract<WorkerMessage, { type: "reset" | "patch" | "queryFailed" }>): void {
    const live = this.#live.get(message.id);
    if (live === undefined) return;
    live.updates.push(message);
    if (message.type === "queryFailed") {
      live.error = message.error;
      return;
    }
    live.isReady = true;
    if (message.type === "reset") {
      live.items = new Map(message.items.map((item) => [item.key, item]));
      live.info = message.info;
      return;
    }
    for (const key of message.remove) live.items.delete(key);
    for (const item of message.put) live.items.set(item.key, item);
    if (message.info !== undefined) live.info = message.info;
  }
}

export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.kind}: ${problem.title}`);
    this.problem = problem;
  }
}

/** What the contract promises of each query: every view of every test is held to it. */
const schemas: {
  [Q in QueryName]: { item: z.ZodType<QueryItem<Q>>; info: z.ZodType<QueryInfo<Q>> };
} = queries;

/** One subscription as the page holds it. */
export class LiveView<Q extends QueryName> {
  readonly id: number;
  readonly #name: Q;
  readonly #parsed = new WeakMap<object, QueryItem<Q>>();
  readonly #live: Live;
  readonly #waiting: Set<() => void>;

  constructor(id: number, name: Q, live: Live, waiting: Set<() => void>) {
    this.id = id;
    this.#name = name;
    this.#live = live;
    this.#waiting = waiting;
  }

  get items(): QueryItem<Q>[] {
    const sorted = [...this.#live.items.values()].toSorted((a, b) => (a.sort < b.sort ? -1 : 1));
    return sorted.map((item) => this.#parse(item));
  }

  get info(): QueryInfo<Q> {
    const schema: z.ZodType<QueryInfo<Q>> = schemas[this.#name].info;
    return schema.parse(this.#live.info);
  }

  get updates(): readonly WorkerMessage[] {
    return this.#live.updates;
  }

  get error(): Problem | undefined {
    return this.#live.error;
  }

  #parse(item: object): QueryItem<Q> {
    const known = this.#parsed.get(item);
    if (known !== undefined) return known;
    const schema: z.ZodType<QueryItem<Q>> = schemas[this.#name].item;
    const parsed = schema.parse(item);
    this.#parsed.set(item, parsed);
    return parsed;
  }

  /** Resolves as soon as the view is as described. */
  async until(isSo: (view: this) => boolean, timeoutMs = 8000): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        const shown = JSON.stringify({ items: this.items.slice(-5), info: this.info, error: this.error });
        reject(new Error(`The view never came to be as described: ${shown.slice(0, 3000)}`));
      }, timeoutMs);
      const look = () => {
        if (!this.#live.isReady || !isSo(this)) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }
}
