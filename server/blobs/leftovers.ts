import type { Logger } from "../logger.ts";
import type { BlobStore } from "../store/store.ts";

/** An upload that nobody goes on with is given up after a day: whoever was cut off comes back sooner. */
export const ABANDONED_MS = 24 * 60 * 60 * 1000;
const EVERY_MS = 60 * 60 * 1000;
const BATCH = 100;

export interface LeftoversOptions {
  blobs: Pick<BlobStore, "leftovers" | "remove">;
  clock: () => number;
  logger: Logger;
}

/**
 * Removes files that are of no use: uploads given up, and those whose message was deleted by a server that stopped
 * before it could remove them.
 */
export class Leftovers {
  readonly #options: LeftoversOptions;
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void> = Promise.resolve();

  constructor(options: LeftoversOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.sweep(), EVERY_MS);
    this.#timer.unref();
  }

  /** Never fails: what could not be removed is tried again in an hour. */
  sweep(): Promise<void> {
    this.#running = this.#running
      .then(() => this.#removeAll())
      .catch((error: unknown) => {
        this.#options.logger.error("leftover files were not removed", { error: String(error) });
      });
    return this.#running;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  async #removeAll(): Promise<void> {
    const { blobs, clock } = this.#options;
    for (;;) {
      const ids = await blobs.leftovers(clock() - ABANDONED_MS, BATCH);
      for (const id of ids) await blobs.remove(id);
      if (ids.length < BATCH) return;
    }
  }
}
