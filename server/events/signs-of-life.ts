import { ALIVE_FOR_MS } from "#contract/events.ts";
import type { PersonId } from "#contract/ids.ts";
import type { Attendance } from "../store/attendance.ts";

/** How long somebody who typed counts as active. */
const TYPING_ACTIVE_MS = 10_000;
/** Of one person: names of machines come from outside. */
const MAX_MACHINES = 20;

interface Sign {
  aliveUntilMs: number;
  activeUntilMs: number;
}

/** The stand-in for a machine that sends no signals: its connection or its choice was a sign of life. */
const UNNAMED = "unnamed";
const TYPING = "typing";

/** What is known here of one person's machines. Nothing of it is kept. */
export class SignsOfLife {
  readonly #people = new Map<PersonId, Map<string, Sign>>();

  get people(): Iterable<PersonId> {
    return this.#people.keys();
  }

  alive(personId: PersonId, machine: string, isActive: boolean, nowMs: number): void {
    const signs = this.#signsOf(personId);
    const aliveUntilMs = nowMs + ALIVE_FOR_MS;
    // A machine that speaks for itself needs no stand-in.
    signs.delete(UNNAMED);
    const key = `machine ${machine}`;
    signs.delete(key);
    signs.set(key, { aliveUntilMs, activeUntilMs: isActive ? aliveUntilMs : 0 });
    const [oldest] = signs.keys();
    if (signs.size > MAX_MACHINES && oldest !== undefined) signs.delete(oldest);
  }

  left(personId: PersonId, machine: string): void {
    const signs = this.#people.get(personId);
    signs?.delete(`machine ${machine}`);
    if (signs?.size === 0) this.#people.delete(personId);
  }

  /** A sign of life of somebody whose machines have given none. */
  seen(personId: PersonId, nowMs: number): void {
    if (this.attendanceOf(personId, nowMs) !== undefined) return;
    const until = nowMs + ALIVE_FOR_MS;
    this.#signsOf(personId).set(UNNAMED, { aliveUntilMs: until, activeUntilMs: until });
  }

  typed(personId: PersonId, nowMs: number): void {
    const until = nowMs + TYPING_ACTIVE_MS;
    this.#signsOf(personId).set(TYPING, { aliveUntilMs: until, activeUntilMs: until });
  }

  gone(personId: PersonId): void {
    this.#people.delete(personId);
  }

  attendanceOf(personId: PersonId, nowMs: number): Attendance | undefined {
    const signs = this.#people.get(personId);
    if (signs === undefined) return undefined;
    let attendance: Attendance | undefined;
    for (const [machine, sign] of signs) {
      if (sign.aliveUntilMs <= nowMs) signs.delete(machine);
      else if (sign.activeUntilMs > nowMs) attendance = "active";
      else attendance ??= "idle";
    }
    if (signs.size === 0) this.#people.delete(personId);
    return attendance;
  }

  #signsOf(personId: PersonId): Map<string, Sign> {
    const known = this.#people.get(personId);
    if (known !== undefined) return known;
    const signs = new Map<string, Sign>();
    this.#people.set(personId, signs);
    return signs;
  }
}
