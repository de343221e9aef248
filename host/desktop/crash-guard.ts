const WINDOW_MS = 60_000;
const MOST = 3;

/** Page that broke: loaded again, but not for ever. */
export class CrashGuard {
  readonly #now: () => number;
  #atMs: number[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  /** `giveUp`: three times within a minute, another load would end the same. */
  note(): "reload" | "giveUp" {
    const now = this.#now();
    this.#atMs = [...this.#atMs.filter((at) => now - at < WINDOW_MS), now];
    return this.#atMs.length >= MOST ? "giveUp" : "reload";
  }

  forget(): void {
    this.#atMs = [];
  }
}
