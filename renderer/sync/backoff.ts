export interface BackoffOptions {
  random: () => number;
  firstMs: number;
  longestMs: number;
}

/** Timers overflow at 24 days and then fire at once; nobody means that long anyway. */
const LONGEST_WISH_MS = 3_600_000;

/** Exponential backoff with full jitter: thousands of clients do not come back at the same moment. */
export class Backoff {
  readonly #options: BackoffOptions;
  #failures = 0;

  constructor(options: BackoffOptions) {
    this.#options = options;
  }

  get failures(): number {
    return this.#failures;
  }

  /** Milliseconds to wait after one more failure; never before the server's own wish (seconds, an hour at most). */
  next(retryAfter = 0): number {
    const { firstMs, longestMs, random } = this.#options;
    const ceilingMs = Math.min(longestMs, firstMs * 2 ** Math.min(this.#failures, 20));
    this.#failures++;
    const wishMs = Math.min(LONGEST_WISH_MS, retryAfter * 1000);
    return Math.max(wishMs, firstMs / 2, Math.ceil(random() * ceilingMs));
  }

  reset(): void {
    this.#failures = 0;
  }
}
