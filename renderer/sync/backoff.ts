export interface BackoffOptions {
  random: () => number;
  firstMs: number;
  longestMs: number;
}

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

  /** Milliseconds to wait after one more failure; never before the server's own wish (seconds). */
  next(retryAfter = 0): number {
    const { firstMs, longestMs, random } = this.#options;
    const ceilingMs = Math.min(longestMs, firstMs * 2 ** Math.min(this.#failures, 20));
    this.#failures++;
    return Math.max(retryAfter * 1000, firstMs / 2, Math.ceil(random() * ceilingMs));
  }

  reset(): void {
    this.#failures = 0;
  }
}
