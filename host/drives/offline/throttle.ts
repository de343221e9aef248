import { setTimeout as wait } from "node:timers/promises";

export interface ThrottleOptions {
  /** Bytes a second; null: as fast as it goes. */
  rate: () => number | null;
  /** Milliseconds, of a clock that only goes on. */
  elapsed: () => number;
}

/** Spreads bytes over time, for all transfers together. */
export class Throttle {
  readonly #options: ThrottleOptions;
  /** When what was let through so far should have taken until. */
  #until = 0;

  constructor(options: ThrottleOptions) {
    this.#options = options;
  }

  /** Returns at once, rather than as a promise, where nothing has to be waited for. */
  pass(bytes: number): Promise<void> | undefined {
    const rate = this.#options.rate();
    if (rate === null) return undefined;
    const now = this.#options.elapsed();
    this.#until = Math.max(this.#until, now) + (bytes * 1000) / rate;
    const ms = this.#until - now;
    return ms < 5 ? undefined : wait(ms);
  }
}
