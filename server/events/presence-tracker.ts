import { presenceSchema, type Presence } from "#contract/entities/presence.ts";
import { personIdSchema, type PersonId } from "#contract/ids.ts";
import { DIRECTORY } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { Logger } from "../logger.ts";
import type { RowWrite, Store, StoreEvent } from "../store/store.ts";
import type { AttendanceListener } from "./events-hub.ts";

export interface PresenceTrackerOptions {
  store: Store;
  clock: () => number;
  logger: Logger;
  isConnected: (personId: PersonId) => boolean;
  /** How long somebody stays shown after their last connection closed: a reload or a short cut is not seen. */
  graceMs: number;
}

/** Arrivals and departures are written together this often: a morning's rush is a few transactions. */
const FLUSH_MS = 250;

/** Makes presence follow the live connections. */
export class PresenceTracker implements AttendanceListener {
  readonly #options: PresenceTrackerOptions;
  readonly #leaving = new Map<PersonId, NodeJS.Timeout>();
  readonly #pending = new Set<PersonId>();
  readonly #unsubscribe: () => void;
  #flushTimer: NodeJS.Timeout | undefined;
  #flushing: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(options: PresenceTrackerOptions) {
    this.#options = options;
    this.#unsubscribe = options.store.subscribe((events) => this.#onEvents(events));
  }

  /** Nobody is connected to a server that has just started. */
  async start(): Promise<void> {
    await this.#options.store.transaction(async (tx) => {
      await tx.lock(DIRECTORY);
      const present = (await tx.list(DIRECTORY, "presence"))
        .map((row) => presenceSchema.parse(row.data))
        .filter((presence) => presence.state !== "offline");
      await tx.load(present.map((presence) => presenceRow({ ...presence, state: "offline" })));
    });
  }

  onDidArrive(personId: PersonId): void {
    clearTimeout(this.#leaving.get(personId));
    this.#leaving.delete(personId);
    this.#note(personId);
  }

  onDidLeave(personId: PersonId): void {
    if (this.#isClosed) return;
    const timer = setTimeout(() => {
      this.#leaving.delete(personId);
      this.#note(personId);
    }, this.#options.graceMs);
    timer.unref();
    this.#leaving.set(personId, timer);
  }

  /** Writes what is still to be written, and everyone here as gone. */
  async close(connected: readonly PersonId[]): Promise<void> {
    this.#isClosed = true;
    this.#unsubscribe();
    clearTimeout(this.#flushTimer);
    for (const timer of this.#leaving.values()) clearTimeout(timer);
    await this.#flushing;
    await this.#write([...new Set([...connected, ...this.#leaving.keys(), ...this.#pending])]);
  }

  /** Another process of the same workplace saw its last connection of this person close; here there is one. */
  #onEvents(events: readonly StoreEvent[]): void {
    for (const event of events) {
      if (event.type !== "change" || event.collection !== "presence") continue;
      if (!event.line.includes('"state":"offline"')) continue;
      const personId = personIdSchema.safeParse(event.id);
      if (personId.success && this.#options.isConnected(personId.data)) this.#note(personId.data);
    }
  }

  #note(personId: PersonId): void {
    if (this.#isClosed) return;
    this.#pending.add(personId);
    this.#flushTimer ??= setTimeout(() => {
      this.#flushTimer = undefined;
      const people = [...this.#pending];
      this.#pending.clear();
      this.#flushing = this.#flushing
        .then(() => this.#write(people))
        .catch((error: unknown) => {
          // Presence is a convenience: failing to write it must not end the server.
          this.#options.logger.error("presence was not written", { error: String(error) });
        });
    }, FLUSH_MS);
  }

  async #write(people: readonly PersonId[]): Promise<void> {
    if (people.length === 0) return;
    const { store, clock, isConnected } = this.#options;
    await store.transaction(async (tx) => {
      await tx.lock(DIRECTORY);
      const rows: RowWrite[] = [];
      for (const personId of people) {
        const row = await tx.get(DIRECTORY, "presence", personId);
        const current = row === undefined ? undefined : presenceSchema.parse(row.data).state;
        const isHere = !this.#isClosed && isConnected(personId);
        // Whoever chose to be shown as away or busy stays so.
        if (isHere ? current !== undefined && current !== "offline" : current === "offline") continue;
        const lastActiveAt = toIsoTime(clock());
        rows.push(presenceRow({ id: personId, state: isHere ? "active" : "offline", lastActiveAt }));
      }
      await tx.load(rows);
    });
  }
}

function presenceRow(data: Presence): RowWrite {
  return { scope: DIRECTORY, collection: "presence", id: data.id, op: "put", data };
}
