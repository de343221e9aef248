import type { HostEvents } from "../events.ts";

const TOLD_MS = 250;

/** How far something is that lasts. */
export interface Progress {
  total: (bytes: number) => void;
  done: (bytes: number) => void;
}

/** What is under way between drives and can be given up by the id that its page made. */
export class Operations {
  readonly #running = new Map<string, AbortController>();
  readonly #events: HostEvents;
  readonly #now: () => number;

  constructor(events: HostEvents, now: () => number) {
    this.#events = events;
    this.#now = now;
  }

  async run<T>(
    operation: string | undefined,
    run: (signal: AbortSignal, progress: Progress) => Promise<T>,
  ): Promise<T> {
    const ending = new AbortController();
    if (operation === undefined) return run(ending.signal, { total: () => undefined, done: () => undefined });
    this.#running.set(operation, ending);
    try {
      return await run(ending.signal, this.#progress(operation));
    } finally {
      this.#running.delete(operation);
    }
  }

  cancel(operation: string): void {
    this.#running.get(operation)?.abort();
  }

  cancelAll(): void {
    for (const ending of this.#running.values()) ending.abort();
  }

  #progress(operation: string): Progress {
    let doneBytes = 0;
    let totalBytes: number | null = null;
    let toldAt = 0;
    const tell = (): void => {
      if (this.#now() - toldAt < TOLD_MS && doneBytes !== totalBytes) return;
      toldAt = this.#now();
      this.#events.emit({ type: "driveProgress", operation, doneBytes, totalBytes });
    };
    return {
      total(bytes) {
        totalBytes = bytes;
        tell();
      },
      done(bytes) {
        doneBytes += bytes;
        tell();
      },
    };
  }
}
