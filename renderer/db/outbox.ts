import { envelopeSchema, type Envelope } from "#contract/envelope.ts";
import { mutationSchema, type Mutation, type MutationName } from "#contract/mutations.ts";
import type { MutationId } from "#contract/ids.ts";
import { AppError, problemSchema, type Problem } from "#contract/problem.ts";
import type { Scope } from "#contract/scope.ts";
import { z } from "zod";
import type { Codec } from "./codec.ts";
import { isStorageFull, type CacheDatabase, type SealedRecord } from "./database.ts";
import { addChange, isFields, text, type Changes } from "./entry.ts";
import type { KeptScopes } from "./kept-scopes.ts";
import { coalesce } from "./outbox-rules.ts";
import { isFailed } from "./message-overlay.ts";
import { Mutex } from "./mutex.ts";
import type { VolatileRecords } from "./volatile-records.ts";

/** Pseudo-stream of the outbox; its keys are conversation ids, scopes of libraries, `tasksKey`, `calendarsKey`, or empty for what concerns none. */
export const OUTBOX_STREAM = "*/outbox";
/** What its records are sealed for. */
export const OUTBOX_PLACE = "outbox";

const storedSchema = z.object({
  mutation: mutationSchema,
  status: z.enum(["waiting", "conflict", "rejected"]),
  problem: problemSchema.nullable(),
  attempts: z.int(),
  current: envelopeSchema.nullable(),
  place: z.string(),
});

export interface OutboxEntry {
  /** Order of arrival. */
  readonly order: number;
  readonly mutation: Mutation;
  readonly status: "waiting" | "sending" | "conflict" | "rejected";
  readonly problem: Problem | null;
  readonly attempts: number;
  /** On a conflict: the row that stands in the way. */
  readonly current: Envelope | null;
  /** Name of where it goes, kept so that it can be told after the place itself is gone. */
  readonly place: string;
}

export interface OutboxOptions {
  database: CacheDatabase;
  codec: Codec;
  kept: KeptScopes;
  /** Entries that may not lie on disk. */
  volatile: VolatileRecords;
  onChange: (changes: Changes) => void;
  /** Resolves when no result is being written: one that is would put back an entry that was removed meanwhile. */
  drain: () => Promise<void>;
}

/** Between two orders that the database gives there is room for so many that it does not. */
const VOLATILE_STEP = 2 ** -20;

/** Every write that the server has not settled, on disk before `add` resolves unless it may not lie there. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #entries = new Map<number, OutboxEntry>();
  readonly #writing = new Mutex();
  #unreadable = 0;
  #lastOrder = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Entries that cannot be read with this key: they stay on disk and are never deleted silently. */
  get unreadable(): number {
    return this.#unreadable;
  }

  async load(): Promise<void> {
    const records = await this.#options.database.outbox.orderBy("id").toArray();
    const entries = await Promise.all(records.map((record) => this.#open(record)));
    this.#unreadable = entries.filter((entry) => entry === undefined).length;
    const all = [...entries, ...(await this.#loadVolatile())].filter((entry) => entry !== undefined);
    for (const entry of all.toSorted((a, b) => a.order - b.order)) {
      this.#entries.set(entry.order, entry);
      this.#lastOrder = entry.order;
      this.#options.kept.learnWaiting(entry.mutation);
    }
  }

  /** In order of arrival. */
  entries(): OutboxEntry[] {
    // The map is in this order: orders only grow, and an entry that changes keeps its place.
    return [...this.#entries.values()];
  }

  find(mutationId: MutationId): OutboxEntry | undefined {
    for (const entry of this.#entries.values()) if (entry.mutation.id === mutationId) return entry;
    return undefined;
  }

  /** @throws AppError storageFull */
  async add(made: Mutation, place: string): Promise<OutboxEntry> {
    return await this.#writing.run(async () => {
      const { mutation, replaced } = coalesce(made, this.entries());
      const fresh = {
        mutation,
        status: "waiting" as const,
        problem: null,
        attempts: 0,
        current: null,
        place,
      };
      this.#options.kept.learnWaiting(mutation);
      const order = await this.#keep(
        fresh,
        replaced.map((entry) => entry.order),
      );
      this.#lastOrder = order;
      const entry: OutboxEntry = { order, ...fresh };
      this.#entries.set(order, entry);
      this.#change(
        replaced.map((each) => each.order),
        [entry],
      );
      return entry;
    });
  }

  /** Marks entries as being sent, or as waiting again: in memory only, a restart finds them waiting. */
  mark(orders: readonly number[], status: "waiting" | "sending", problem: Problem | null): void {
    const changed: OutboxEntry[] = [];
    for (const order of orders) {
      const entry = this.#entries.get(order);
      // Refused meanwhile, say because its scope was lost: that stands.
      if (entry === undefined || isFailed(entry)) continue;
      const attempts = entry.attempts + (status === "sending" ? 1 : 0);
      const next: OutboxEntry = { ...entry, status, problem, attempts };
      this.#entries.set(order, next);
      changed.push(next);
    }
    this.#change([], changed);
  }

  /** The records of entries as they would now stand, for the transaction that also writes their consequences. */
  async records(entries: readonly OutboxEntry[]): Promise<SealedRecord[]> {
    const records: SealedRecord[] = [];
    for (const entry of entries) {
      const { kept, volatile } = this.#options;
      const data = await this.#seal(entry);
      // Settled meanwhile, it is nowhere any more.
      if (!this.#entries.has(entry.order)) continue;
      if (this.#isVolatile(entry.order) || kept.isWriteAbove(entry.mutation))
        volatile.outbox.set(entry.order, data);
      else records.push({ id: entry.order, data });
    }
    return records;
  }

  /** Entries that may no longer lie on disk leave it, those that may now are written. */
  async move(): Promise<void> {
    await this.#writing.run(async () => {
      const { kept, volatile, database } = this.#options;
      for (const entry of this.entries()) {
        const { order } = entry;
        const isAbove = kept.isWriteAbove(entry.mutation);
        if (isAbove === this.#isVolatile(order)) continue;
        const data = await this.#seal(entry);
        if (isAbove) volatile.outbox.set(order, data);
        await this.#options.drain();
        // Settled meanwhile, wherever it stood.
        if (!this.#entries.has(order)) volatile.outbox.delete(order);
        else if (!isAbove) await database.writeOutbox({ put: { id: order, data } });
        if (isAbove) await database.writeOutbox({ remove: [order] });
        else volatile.outbox.delete(order);
      }
    });
  }

  /** Memory follows what a transaction wrote. */
  settle(removed: readonly number[], changed: readonly OutboxEntry[]): Changes {
    const changes = this.#changesOf(removed, changed);
    for (const order of removed) {
      this.#entries.delete(order);
      this.#options.volatile.outbox.delete(order);
    }
    for (const entry of changed) this.#entries.set(entry.order, entry);
    return changes;
  }

  /**
   * Changes an entry as it then stands, say one that is to be tried again. Nothing happens when it is settled, or when
   * `change` gives nothing. @throws AppError storageFull
   */
  async change(
    mutationId: MutationId,
    change: (entry: OutboxEntry) => OutboxEntry | undefined,
  ): Promise<void> {
    await this.#writing.run(async () => {
      const entry = this.find(mutationId);
      const next = entry === undefined ? undefined : change(entry);
      if (next === undefined) return;
      const [put] = await this.records([next]);
      await this.#options.drain();
      if (!this.#entries.has(next.order)) return;
      if (put !== undefined) await guard(() => this.#options.database.writeOutbox({ put }));
      // Settled meanwhile: its end is written after this and stands.
      if (this.#entries.has(next.order)) this.#change([], [next]);
    });
  }

  /**
   * Takes a write out, and others that are worth nothing without it, at once: neither is sent in between.
   * @throws AppError notFound, or conflict while one of them is being sent
   */
  async discard(mutationId: MutationId, without: readonly MutationId[] = []): Promise<void> {
    await this.#writing.run(async () => {
      const entry = this.find(mutationId);
      if (entry === undefined) throw new AppError("notFound", { title: "This write is settled already" });
      const entries = [entry, ...without.flatMap((id) => this.find(id) ?? [])];
      if (entries.some(({ status }) => status === "sending"))
        throw new AppError("conflict", { title: "This write is being sent" });
      const orders = entries.map(({ order }) => order);
      // Out of the queue before the disk is asked, or it could be sent in between.
      this.#change(orders, []);
      await this.#options.drain();
      await this.#options.database.writeOutbox({ remove: orders });
    });
  }

  async clear(): Promise<void> {
    await this.#options.database.outbox.clear();
    this.#options.volatile.clear();
    this.#unreadable = 0;
    this.#change([...this.#entries.keys()], []);
  }

  /** Writes a new entry where it may lie, and gives its order. @throws AppError storageFull */
  async #keep(fresh: Omit<OutboxEntry, "order">, replaced: readonly number[]): Promise<number> {
    const { database, kept, volatile } = this.#options;
    const add = await this.#seal(fresh);
    const remove = [...replaced];
    if (!kept.isWriteAbove(fresh.mutation)) {
      const order = await guard(() => database.writeOutbox({ add, remove }));
      if (order === undefined) throw new AppError("serverFault", { title: "The cache gave no order" });
      return order;
    }
    const order = this.#lastOrder + VOLATILE_STEP;
    volatile.outbox.set(order, add);
    if (remove.some((each) => !this.#isVolatile(each))) await guard(() => database.writeOutbox({ remove }));
    return order;
  }

  /** What was written before the cache was closed and could not lie on disk. */
  async #loadVolatile(): Promise<OutboxEntry[]> {
    const entries: OutboxEntry[] = [];
    for (const [id, data] of this.#options.volatile.outbox) {
      const entry = await this.#open({ id, data });
      if (entry !== undefined) entries.push(entry);
    }
    return entries;
  }

  #isVolatile(order: number): boolean {
    return this.#options.volatile.outbox.has(order);
  }

  #change(removed: readonly number[], changed: readonly OutboxEntry[]): void {
    this.#options.onChange(this.settle(removed, changed));
  }

  #changesOf(removed: readonly number[], changed: readonly OutboxEntry[]): Changes {
    const changes: Changes = new Map();
    for (const order of removed) {
      const entry = this.#entries.get(order);
      if (entry !== undefined) addChange(changes, OUTBOX_STREAM, outboxKey(entry));
    }
    for (const entry of changed) addChange(changes, OUTBOX_STREAM, outboxKey(entry));
    return changes;
  }

  async #seal(entry: Omit<OutboxEntry, "order">): Promise<ArrayBuffer> {
    const { mutation, problem, attempts, current, place } = entry;
    const status = entry.status === "sending" ? "waiting" : entry.status;
    const stored = { mutation, status, problem, attempts, current, place };
    return await this.#options.codec.seal(JSON.stringify(stored), OUTBOX_PLACE);
  }

  async #open(record: SealedRecord): Promise<OutboxEntry | undefined> {
    if (record.id === undefined) return undefined;
    try {
      const stored = storedSchema.parse(
        JSON.parse(await this.#options.codec.open(record.data, OUTBOX_PLACE)),
      );
      return { order: record.id, ...stored };
    } catch {
      // Counted and told by `unreadable`; another key may read it again.
      return undefined;
    }
  }
}

/** Writes whose own id is a conversation's. */
const aboutPlaces: ReadonlySet<string> = new Set<MutationName>([
  "conversation.open",
  "conversation.update",
  "channel.create",
  "channel.update",
  "channel.archive",
]);

/** About the items of a library, which are of one scope. */
export function isLibraryWrite(name: string): boolean {
  // What is then said follows it in the lane of what is said.
  if (name === "libraryItem.discuss") return false;
  return name.startsWith("file.") || name.startsWith("folder.") || name.startsWith("libraryItem.");
}

/** About the boards and tasks of one place. */
function isTaskWrite(name: string): boolean {
  return name.startsWith("board") || name.startsWith("task");
}

/** What the waiting writes about the tasks of a place are found by. */
export function tasksKey(scope: Scope): string {
  return `tasks ${scope}`;
}

/** What the waiting writes about the calendars of a place are found by. */
export function calendarsKey(scope: Scope): string {
  return `calendars ${scope}`;
}

/** Conversation that an entry concerns, of a library's items their scope, of tasks and calendars their keys, or empty. */
export function outboxKey(entry: OutboxEntry): string {
  const { name, args, scope } = entry.mutation;
  if (isLibraryWrite(name)) return scope;
  if (isTaskWrite(name)) return tasksKey(scope);
  if (name.startsWith("calendar")) return calendarsKey(scope);
  if (aboutPlaces.has(name)) return text(args, "id");
  const { object } = args;
  // What is saved for later names its object.
  if (isFields(object)) return text(object, "conversationId");
  return text(args, "conversationId");
}

async function guard<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isStorageFull(error)) throw error;
    throw new AppError("storageFull", {
      title: "There is no room left to keep this write",
      detail: "Free space on this machine and try again; nothing was sent.",
      cause: error,
    });
  }
}
