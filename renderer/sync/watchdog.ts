import { AppError } from "#contract/problem.ts";
import type { Clock } from "#renderer/db/clock.ts";
import { readLines } from "./lines.ts";

/** Gives up on a connection that says nothing for too long: a lost line may never report an error. */
export class Watchdog {
  readonly #clock: Clock;
  readonly #silenceMs: number;

  constructor(clock: Clock, silenceMs: number) {
    this.#clock = clock;
    this.#silenceMs = silenceMs;
  }

  /** Runs a call with a signal that also fires when it takes longer than the silence allowed. */
  async during<T>(signal: AbortSignal, call: (watched: AbortSignal) => Promise<T>): Promise<T> {
    const watch = new AbortController();
    const timer = this.#clock.setTimeout(() => {
      watch.abort(silence());
    }, this.#silenceMs);
    try {
      // The signal stays tied to the answer's body: only the timer ends with the call.
      return await call(AbortSignal.any([signal, watch.signal]));
    } finally {
      this.#clock.clearTimeout(timer);
    }
  }

  /** Lines of a body, ending with a failure when nothing comes for too long. */
  async *lines(body: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<string[]> {
    const watch = new AbortController();
    const watched = AbortSignal.any([signal, watch.signal]);
    let timer = this.#start(watch);
    const onBytes = () => {
      this.#clock.clearTimeout(timer);
      timer = this.#start(watch);
    };
    try {
      yield* readLines({ body, signal: watched, onBytes });
    } finally {
      this.#clock.clearTimeout(timer);
    }
  }

  #start(watch: AbortController): number {
    return this.#clock.setTimeout(() => {
      watch.abort(silence());
    }, this.#silenceMs);
  }
}

function silence(): AppError {
  return new AppError("timeout", { title: "The workplace stopped answering" });
}
