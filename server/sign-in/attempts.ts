import { AppError } from "#contract/problem.ts";

export interface AttemptLimit {
  /** Failures after which a key must wait. */
  failures: number;
  windowMs: number;
  /** Keys remembered at most; the oldest are forgotten first. */
  keys: number;
}

interface Tally {
  count: number;
  startedAtMs: number;
}

/**
 * Slows down guessing: counts failed attempts per key in a fixed window. An attempt counts from its beginning, so that a
 * burst of parallel guesses gets no more tries than the same guesses in a row.
 */
export class Attempts {
  readonly #tallies = new Map<string, Tally>();
  readonly #limit: AttemptLimit;
  readonly #clock: () => number;

  constructor(limit: AttemptLimit, clock: () => number) {
    this.#limit = limit;
    this.#clock = clock;
  }

  /** Runs one attempt, which counts unless it succeeds. @throws AppError rateLimited, or what `attempt` throws */
  async run<T>(key: string, attempt: () => Promise<T>): Promise<T> {
    const tally = this.#tally(key);
    if (tally.count >= this.#limit.failures) throw this.#tooMany(tally);
    tally.count += 1;
    let isFailure = false;
    try {
      return await attempt();
    } catch (error) {
      // Only a wrong secret counts: a database that is away is not the person's fault.
      isFailure = error instanceof AppError && error.kind === "signInFailed";
      throw error;
    } finally {
      if (!isFailure) tally.count -= 1;
      if (tally.count === 0) this.#tallies.delete(key);
    }
  }

  get size(): number {
    return this.#tallies.size;
  }

  #tally(key: string): Tally {
    const now = this.#clock();
    const known = this.#tallies.get(key);
    if (known !== undefined && now < known.startedAtMs + this.#limit.windowMs) return known;
    const fresh = { count: 0, startedAtMs: now };
    this.#tallies.delete(key);
    this.#tallies.set(key, fresh);
    for (const oldest of this.#tallies.keys()) {
      if (this.#tallies.size <= this.#limit.keys) break;
      this.#tallies.delete(oldest);
    }
    return fresh;
  }

  #tooMany(tally: Tally): AppError {
    const waitMs = tally.startedAtMs + this.#limit.windowMs - this.#clock();
    const retryAfter = Math.max(1, Math.ceil(waitMs / 1000));
    return new AppError("rateLimited", {
      title: "Too many failed sign-ins",
      detail: `Wait ${retryAfter} seconds, then try again.`,
      retryAfter,
    });
  }
}
