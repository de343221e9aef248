import type { Problem } from "#contract/problem.ts";
import { failed, type Result } from "#contract/result.ts";
import type {
  PageMessage,
  QueryArgs,
  QueryInfo,
  QueryItem,
  QueryName,
  WorkerCallArgs,
  WorkerCallName,
  WorkerCallValue,
  WorkerMessage,
} from "#contract/worker.ts";
import { KeyedList, keepIdentity, type Keyed } from "./keyed-list.ts";

/** Anything that speaks the worker's messages: the sync worker, or a fixture in the page. */
export interface WorkerPort {
  post(message: PageMessage): void;
  listen(listener: (message: WorkerMessage) => void): void;
  close(): void;
}

export interface LiveSnapshot<Item, Info> {
  status: "loading" | "ready" | "failed";
  items: readonly Item[];
  info: Info | null;
  problem: Problem | null;
}

/** One subscription shared by every view that asks the same thing. */
export interface LiveQuery<Q extends QueryName> {
  readonly id: number;
  getSnapshot: () => LiveSnapshot<QueryItem<Q>, QueryInfo<Q>>;
  subscribe: (onChange: () => void) => () => void;
}

interface Entry {
  id: number;
  name: string;
  argsKey: string;
  args: Record<string, unknown>;
  list: KeyedList<Keyed>;
  snapshot: LiveSnapshot<Keyed, unknown>;
  listeners: Set<() => void>;
}

const LOADING: LiveSnapshot<Keyed, unknown> = { status: "loading", items: [], info: null, problem: null };

/**
 * The page's end of the sync worker. Items come from this application's own worker, which has parsed them: they are
 * typed here, not parsed a second time.
 */
export class WorkerClient {
  readonly #port: WorkerPort;
  readonly #entries = new Map<number, Entry>();
  readonly #byQuery = new Map<string, Entry>();
  readonly #calls = new Map<number, (result: Result<unknown>) => void>();
  readonly #fatalListeners = new Set<(problem: Problem) => void>();
  #rotated: (keyId: string) => void = () => undefined;
  #fatal: Problem | null = null;
  #nextId = 1;
  /** What views ask before the key has come: `open` is the first thing that a worker hears. */
  #unsent: PageMessage[] | null = [];

  constructor(port: WorkerPort) {
    this.#port = port;
    port.listen((message) => this.#receive(message));
  }

  open(options: Omit<Extract<PageMessage, { type: "open" }>, "type">): void {
    this.#port.post({ type: "open", ...options });
    const unsent = this.#unsent ?? [];
    this.#unsent = null;
    for (const message of unsent) this.#port.post(message);
  }

  /** The worker forgets the key and everything decrypted, once what was written is on disk. */
  lock(): void {
    this.#port.post({ type: "lock" });
  }

  onDidRotate(listener: (keyId: string) => void): void {
    this.#rotated = listener;
  }

  setActive(isActive: boolean): void {
    this.#post({ type: "activity", isActive });
  }

  close(): void {
    this.#port.post({ type: "close" });
    this.#port.close();
  }

  query<Q extends QueryName>(name: Q, args: QueryArgs<Q>): LiveQuery<Q> {
    const argsKey = `${name} ${JSON.stringify(args)}`;
    const entry = this.#byQuery.get(argsKey) ?? this.#createEntry(name, argsKey, args);
    const getSnapshot = () => entry.snapshot;
    return {
      get id() {
        return entry.id;
      },
      // The entry was made for this very query: see the note on the class.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- typed by the query that was asked, see the class
      getSnapshot: getSnapshot as LiveQuery<Q>["getSnapshot"],
      subscribe: (onChange) => this.#subscribe(entry, onChange),
    };
  }

  /** The first answer of a live query, then lets go of it. */
  once<Q extends QueryName>(name: Q, args: QueryArgs<Q>): Promise<LiveSnapshot<QueryItem<Q>, QueryInfo<Q>>> {
    const live = this.query(name, args);
    return new Promise((resolve) => {
      const settle = () => {
        const snapshot = live.getSnapshot();
        if (snapshot.status === "loading") return;
        // Released a turn later: the subscription may not have been handed back yet.
        queueMicrotask(() => dispose());
        resolve(snapshot);
      };
      const dispose = live.subscribe(settle);
      settle();
    });
  }

  call<C extends WorkerCallName>(name: C, args: WorkerCallArgs<C>): Promise<Result<WorkerCallValue<C>>> {
    if (this.#fatal !== null) return Promise.resolve(failed(this.#fatal));
    const id = this.#nextId++;
    return new Promise((resolve) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- typed by the query that was asked, see the class
      this.#calls.set(id, (result) => resolve(result as Result<WorkerCallValue<C>>));
      this.#post({ type: "call", id, name, args });
    });
  }

  onDidFail(listener: (problem: Problem) => void): () => void {
    this.#fatalListeners.add(listener);
    if (this.#fatal !== null) listener(this.#fatal);
    return () => this.#fatalListeners.delete(listener);
  }

  #post(message: PageMessage): void {
    if (this.#unsent === null) this.#port.post(message);
    else this.#unsent.push(message);
  }

  #createEntry(name: string, argsKey: string, args: Record<string, unknown>): Entry {
    const entry: Entry = {
      id: 0,
      name,
      argsKey,
      args,
      list: new KeyedList(),
      snapshot: LOADING,
      listeners: new Set(),
    };
    this.#byQuery.set(argsKey, entry);
    return entry;
  }

  #subscribe(entry: Entry, onChange: () => void): () => void {
    entry.listeners.add(onChange);
    if (entry.id === 0) {
      entry.id = this.#nextId++;
      this.#entries.set(entry.id, entry);
      this.#byQuery.set(entry.argsKey, entry);
      this.#post({ type: "subscribe", id: entry.id, query: entry.name, args: entry.args });
    }
    return () => {
      entry.listeners.delete(onChange);
      // A view that mounts again in the same turn (strict mode, a moved pane) keeps the subscription.
      queueMicrotask(() => this.#release(entry));
    };
  }

  #release(entry: Entry): void {
    if (entry.listeners.size > 0 || entry.id === 0) return;
    this.#post({ type: "unsubscribe", id: entry.id });
    this.#entries.delete(entry.id);
    if (this.#byQuery.get(entry.argsKey) === entry) this.#byQuery.delete(entry.argsKey);
    entry.id = 0;
    entry.snapshot = LOADING;
    entry.list = new KeyedList();
  }

  #receive(message: WorkerMessage): void {
    switch (message.type) {
      case "opened":
        return;
      case "rotated":
        this.#rotated(message.keyId);
        return;
      case "reset":
        return this.#reset(message);
      case "patch":
        return this.#patch(message);
      case "queryFailed":
        return this.#update(message.id, (entry) => ({
          ...entry.snapshot,
          status: "failed",
          problem: message.error,
        }));
      case "result":
        this.#calls.get(message.id)?.(message.result);
        this.#calls.delete(message.id);
        return;
      case "fatal":
        return this.#fail(message.error);
    }
  }

  #reset(message: Extract<WorkerMessage, { type: "reset" }>): void {
    this.#update(message.id, (entry) => {
      entry.list.reset(message.items);
      return { status: "ready", items: entry.list.items, info: message.info, problem: null };
    });
  }

  #patch(message: Extract<WorkerMessage, { type: "patch" }>): void {
    this.#update(message.id, (entry) => {
      entry.list.patch(message.put, message.remove);
      const info =
        message.info === undefined ? entry.snapshot.info : keepIdentity(entry.snapshot.info, message.info);
      const { items } = entry.list;
      if (items === entry.snapshot.items && info === entry.snapshot.info) return entry.snapshot;
      return { status: "ready", items, info, problem: null };
    });
  }

  #update(id: number, next: (entry: Entry) => LiveSnapshot<Keyed, unknown>): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    const before = entry.snapshot;
    entry.snapshot = next(entry);
    if (entry.snapshot === before) return;
    for (const listener of entry.listeners) listener();
  }

  #fail(problem: Problem): void {
    this.#fatal = problem;
    for (const settle of this.#calls.values()) settle(failed(problem));
    this.#calls.clear();
    for (const listener of this.#fatalListeners) listener(problem);
  }
}
