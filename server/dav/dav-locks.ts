import { randomUUID } from "node:crypto";
import type { PersonId } from "#contract/ids.ts";
import { DavError } from "./dav-error.ts";
import type { DavSteps } from "./dav-path.ts";

/** A write lock (RFC 4918 sections 6 and 7). */
export interface DavLock {
  token: string;
  /** Of its place, the same for whoever comes by whatever name (`DavPlaces`). */
  key: string;
  steps: DavSteps;
  isDeep: boolean;
  isShared: boolean;
  /** The `owner` element as it was sent. */
  owner: string;
  personId: PersonId;
  expiresAtMs: number;
}

/** Programs that die leave theirs behind. */
const MOST_SECONDS = 3600;
const USUAL_SECONDS = 600;
const MOST_LOCKS = 20_000;

/**
 * Locks that programs hold over the door. They live in this process: an exclusive one of a file is a check-out as well,
 * which everybody sees, and which the mutations of every process keep to.
 */
export class DavLocks {
  readonly #clock: () => number;
  readonly #byToken = new Map<string, DavLock>();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Those that hold for a place: its own, and deep ones from above. */
  covering(key: string): DavLock[] {
    return this.#living().filter((lock) => lock.key === key || (lock.isDeep && isBelow(key, lock.key)));
  }

  /** Those at a place and anywhere below it. */
  within(key: string): DavLock[] {
    return this.#living().filter((lock) => lock.key === key || isBelow(lock.key, key));
  }

  /** @throws DavError 423 when another one stands in the way (RFC 4918 section 6.2) */
  take(wanted: Omit<DavLock, "token" | "expiresAtMs">, seconds: number): DavLock {
    const others = [...this.covering(wanted.key), ...(wanted.isDeep ? this.within(wanted.key) : [])];
    if (others.some(({ isShared }) => !isShared || !wanted.isShared))
      throw new DavError(423, "It is locked already.", "no-conflicting-lock");
    if (this.#byToken.size >= MOST_LOCKS) throw new DavError(507, "There are too many locks.");
    const lock: DavLock = {
      ...wanted,
      token: `opaquelocktoken:${randomUUID()}`,
      expiresAtMs: this.#clock() + seconds * 1000,
    };
    this.#byToken.set(lock.token, lock);
    return lock;
  }

  /** Makes it last longer. */
  refresh(lock: DavLock, seconds: number): DavLock {
    const refreshed = { ...lock, expiresAtMs: this.#clock() + seconds * 1000 };
    this.#byToken.set(lock.token, refreshed);
    return refreshed;
  }

  find(token: string): DavLock | undefined {
    return this.#living().find((lock) => lock.token === token);
  }

  release(token: string): void {
    this.#byToken.delete(token);
  }

  /** What is no longer there has no locks (RFC 4918 sections 7.5 and 9.6.1). */
  forget(key: string): void {
    for (const { token } of this.within(key)) this.#byToken.delete(token);
  }

  secondsLeft({ expiresAtMs }: DavLock): number {
    return Math.max(1, Math.ceil((expiresAtMs - this.#clock()) / 1000));
  }

  #living(): DavLock[] {
    const now = this.#clock();
    for (const { token, expiresAtMs } of this.#byToken.values())
      if (expiresAtMs <= now) this.#byToken.delete(token);
    return [...this.#byToken.values()];
  }
}

function isBelow(key: string, above: string): boolean {
  return above === "" ? key !== "" : key.startsWith(`${above}/`);
}

/** `Timeout: Second-600, Infinite` (RFC 4918 section 10.7): the first that is understood, within bounds. */
export function secondsOf(header: string | null): number {
  const asked = (header ?? "").split(",").map((each) => each.trim());
  for (const each of asked) {
    if (/^infinite$/i.test(each)) return MOST_SECONDS;
    const match = /^Second-(\d{1,10})$/i.exec(each);
    if (match !== null) return Math.min(MOST_SECONDS, Math.max(1, Number(match[1])));
  }
  return USUAL_SECONDS;
}
