import { randomUUID } from "node:crypto";
import { presenceSchema } from "#contract/entities/presence.ts";
import { personIdSchema, type PersonId } from "#contract/ids.ts";
import { DIRECTORY } from "#contract/scope.ts";
import type { Logger } from "../logger.ts";
import { presenceRow, updatedPresence } from "../rules/presence.ts";
import type { Attendance } from "../store/attendance.ts";
import type { RowWrite, Store, StoreTransaction } from "../store/store.ts";
import type { AttendanceListener } from "./events-hub.ts";
import { SignsOfLife } from "./signs-of-life.ts";

export interface PresenceTrackerOptions {
  store: Store;
  clock: () => number;
  logger: Logger;
  isConnected: (personId: PersonId) => boolean;
  /** How long somebody stays shown after their last connection closed: a reload or a short cut is not seen. */
  graceMs: number;
  /** How often it is looked who has not given a sign of life. */
  sweepMs: number;
}

/** Arrivals and departures are written together this often: a morning's rush is a few transactions. */
const FLUSH_MS = 250;
/** A process says that it lives, and is given up by the others after a while: its people are not there any more. */
const BEAT_MS = 4000;
const SILENT_MS = 13_000;

/**
 * Presence follows the signs of life: those given here, and through the store those given to other processes. Rows are
 * written when the state changes, and never for a sign of life alone.
 */
export class PresenceTracker implements AttendanceListener {
  readonly #options: PresenceTrackerOptions;
  readonly #process = randomUUID();
  readonly #signs = new SignsOfLife();
  /** What the store was told of this process's people. */
  readonly #marked = new Map<PersonId, Attendance>();
  readonly #leaving = new Map<PersonId, NodeJS.Timeout>();
  readonly #pending = new Set<PersonId>();
  #timers: NodeJS.Timeout[] = [];
  #flushTimer: NodeJS.Timeout | undefined;
  #flushing: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(options: PresenceTrackerOptions) {
    this.#options = options;
  }

  /** Whoever is shown as there and is at no living process is gone. */
  async start(): Promise<void> {
    const { store, sweepMs } = this.#options;
    await store.attendance.beat(this.#process, SILENT_MS);
    await store.transaction(async (tx) => {
      await tx.lock(DIRECTORY);
      const present = (await tx.list(DIRECTORY, "presence")).flatMap((row) => {
        const personId = personIdSchema.safeParse(row.id).data;
        return personId === undefined || row.data["state"] === "offline" ? [] : [personId];
      });
      await this.#writeRows(tx, present);
    });
    this.#timers = [
      setInterval(() => this.#sweep(), sweepMs),
      setInterval(() => {
        this.#flushing = this.#flushing
          .then(() => this.#beat())
          .catch((error: unknown) => this.#failed(error));
      }, BEAT_MS),
    ];
    for (const timer of this.#timers) timer.unref();
  }

  /** A machine says that it is there. */
  alive(personId: PersonId, machine: string, isActive: boolean): void {
    this.#stays(personId);
    this.#signs.alive(personId, machine, isActive, this.#options.clock());
    this.#note(personId);
  }

  left(personId: PersonId, machine: string): void {
    this.#signs.left(personId, machine);
    this.#note(personId);
  }

  typed(personId: PersonId): void {
    this.#stays(personId);
    this.#signs.typed(personId, this.#options.clock());
    this.#note(personId);
  }

  /** They did something that only somebody who is there does. */
  seen(personId: PersonId): void {
    this.#signs.seen(personId, this.#options.clock());
    this.#note(personId);
  }

  onDidArrive(personId: PersonId): void {
    this.#stays(personId);
    this.seen(personId);
  }

  onDidLeave(personId: PersonId): void {
    if (this.#isClosed) return;
    this.#stays(personId);
    const timer = setTimeout(() => {
      this.#leaving.delete(personId);
      if (this.#options.isConnected(personId)) return;
      this.#signs.gone(personId);
      this.#note(personId);
    }, this.#options.graceMs);
    timer.unref();
    this.#leaving.set(personId, timer);
  }

  /** Writes everyone here as gone, unless they are at another process. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#flushTimer);
    for (const timer of [...this.#timers, ...this.#leaving.values()]) clearTimeout(timer);
    await this.#flushing;
    const people = new Set([...this.#marked.keys(), ...this.#pending]);
    for (const personId of people) this.#signs.gone(personId);
    await this.#write([...people]);
  }

  #stays(personId: PersonId): void {
    clearTimeout(this.#leaving.get(personId));
    this.#leaving.delete(personId);
  }

  #sweep(): void {
    for (const personId of new Set([...this.#signs.people, ...this.#marked.keys()])) this.#note(personId);
  }

  async #beat(): Promise<void> {
    const { left, wasForgotten } = await this.#options.store.attendance.beat(this.#process, SILENT_MS);
    // Held up for so long that the others gave it up: what it had said is told again.
    if (wasForgotten) this.#marked.clear();
    this.#sweep();
    if (left.length > 0) await this.#write(left);
  }

  #note(personId: PersonId): void {
    if (this.#isClosed) return;
    const attendance = this.#signs.attendanceOf(personId, this.#options.clock());
    if (attendance === this.#marked.get(personId)) return;
    this.#pending.add(personId);
    this.#flushTimer ??= setTimeout(() => {
      this.#flushTimer = undefined;
      const people = [...this.#pending];
      this.#pending.clear();
      this.#flushing = this.#flushing
        .then(() => this.#write(people))
        .catch((error: unknown) => this.#failed(error));
    }, FLUSH_MS);
  }

  async #write(people: readonly PersonId[]): Promise<void> {
    if (people.length === 0) return;
    const { store, clock } = this.#options;
    const marks = people.map((personId) => ({
      personId,
      attendance: this.#signs.attendanceOf(personId, clock()),
    }));
    await store.transaction(async (tx) => {
      await tx.lock(DIRECTORY);
      await tx.attendance.mark(this.#process, marks);
      await this.#writeRows(tx, people);
    });
    for (const { personId, attendance } of marks) {
      if (attendance === undefined) this.#marked.delete(personId);
      else this.#marked.set(personId, attendance);
    }
  }

  async #writeRows(tx: StoreTransaction, people: readonly PersonId[]): Promise<void> {
    const attendance = await tx.attendance.of(people);
    const rows: RowWrite[] = [];
    for (const personId of people) {
      const envelope = await tx.get(DIRECTORY, "presence", personId);
      const current = envelope?.op === "put" ? presenceSchema.parse(envelope.data) : undefined;
      const updated = updatedPresence(current, personId, attendance.get(personId), this.#options.clock());
      if (updated !== undefined && updated !== current) rows.push(presenceRow(updated));
    }
    await tx.load(rows);
  }

  /** Presence is a convenience: failing to write it must not end the server. The next sweep tries again. */
  #failed(error: unknown): void {
    this.#options.logger.error("presence was not written", { error: String(error) });
  }
}
