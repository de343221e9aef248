import { envelopeSchema, type Envelope } from "#contract/envelope.ts";
import { mutationSchema, type Mutation, type MutationName } from "#contract/mutations.ts";
import type { MutationId } from "#contract/ids.ts";
import { AppError, problemSchema, type Problem } from "#contract/problem.ts";
import { z } from "zod";
import type { Codec } from "./codec.ts";
import { isStorageFull, type CacheDatabase, type SealedRecord } from "./database.ts";
import { addChange, isFields, text, type Changes } from "./entry.ts";
import { coalesce } from "./outbox-rules.ts";
import { isFailed } from "./message-overlay.ts";
import { Mutex } from "./mutex.ts";

/** Pseudo-stream of the outbox; its keys are conversation ids, or empty for what concerns none. */
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
  onChange: (changes: Changes) => void;
  /** Resolves when no result is being written: one that is would put back an entry that was removed meanwhile. */
  drain: () => Promise<void>;
}

/** Every write that the server has not settled, on disk before `add` resolves. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #entries = new Map<number, OutboxEntry>();
  readonly #writing = new Mutex();
  #unreadable = 0;

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
    for (const entry of entries) if (entry !== undefined) this.#entries.set(entry.order, entry);
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
      const add = await this.#seal(fresh);
      const order = await guard(() =>
        this.#options.database.writeOutbox({ add, remove: replaced.map((entry) => entry.order) }),
      );
      if (order === undefined) throw new AppError("serverFault", { title: "The cache gave no order" });
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

  /** The record of an entry as it would now stand, for the transaction that also writes its consequences. */
  async record(entry: OutboxEntry): Promise<SealedRecord> {
    return { id: entry.order, data: await this.#seal(entry) };
  }

  /** Memory follows what a transaction wrote. */
  settle(removed: readonly number[], changed: readonly OutboxEntry[]): Changes {
    const changes = this.#changesOf(removed, changed);
    for (const order of removed) this.#entries.delete(order);
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
      const put = await this.record(next);
      await this.#options.drain();
      if (!this.#entries.has(next.order)) return;
      await guard(() => this.#options.database.writeOutbox({ put }));
      // Settled meanwhile: its end is written after this and stands.
      if (this.#entries.has(next.order)) this.#change([], [next]);
    });
  }

  /** @throws AppError notFound, or conflict while it is being sent. */
  async discard(mutationId: MutationId): Promise<void> {
    await this.#writing.run(async () => {
      const entry = this.find(mutationId);
      if (entry === undefined) throw new AppError("notFound", { title: "This write is settled already" });
      if (entry.status === "sending") throw new AppError("conflict", { title: "This write is being sent" });
      // Out of the queue before the disk is asked, or it could be sent in between.
      this.#change([entry.order], []);
      await this.#options.drain();
      await this.#options.database.writeOutbox({ remove: [entry.order] });
    });
  }

  async clear(): Promise<void> {
    await this.#options.database.outbox.clear();
    this.#unreadable = 0;
    this.#change([...this.#entries.keys()], []);
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

/** Conversation that an entry concerns, or empty. */
export function outboxKey(entry: OutboxEntry): string {
  const { name, args } = entry.mutation;
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
