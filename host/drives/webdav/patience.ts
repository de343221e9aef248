import { DriveError } from "../drive-error.ts";

export interface PatienceLimits {
  /** Until the first sign of an answer, once everything was sent. */
  firstMs: number;
  /** The same for what makes a server work: putting a large file away, copying or removing a tree. */
  workMs: number;
  /** In which at least `leastBytes` come, in either direction, while they are waited for. */
  idleMs: number;
  /** Less than this in `idleMs` is as good as nothing. */
  leastBytes: number;
}

export const PATIENCE: PatienceLimits = {
  firstMs: 30_000,
  workMs: 600_000,
  idleMs: 60_000,
  leastBytes: 1024,
};

/** Ends a call when the caller gives it up, or when nothing has come for too long. Time runs only while somebody waits. */
export class Patience {
  readonly #abort = new AbortController();
  readonly #outers: readonly AbortSignal[];
  readonly #onAbort = (): void => this.#abort.abort(givenUp());
  readonly #limits: PatienceLimits;
  #timer: NodeJS.Timeout | undefined;
  #firesAt = 0;
  /** Until when something has to come; undefined while nobody waits. */
  #deadline: number | undefined;
  #startedMs: number | undefined;
  #waitedMs = 0;
  #bytes = 0;

  constructor(outers: readonly AbortSignal[], limits: PatienceLimits) {
    this.#outers = outers;
    this.#limits = limits;
    for (const outer of outers) {
      if (outer.aborted) this.#onAbort();
      else outer.addEventListener("abort", this.#onAbort, { once: true });
    }
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Something else is waited for from now on, for so long. */
  wait(ms: number): void {
    this.#waitUntil(performance.now() + ms);
  }

  /** Bytes are waited for, until `rest`. */
  waitForBytes(): void {
    this.#startedMs = performance.now();
    this.#waitUntil(this.#startedMs + this.#limits.idleMs - this.#waitedMs);
  }

  /** So many came; now it is on us. */
  rest(bytes: number): void {
    this.#deadline = undefined;
    this.#bytes += bytes;
    if (this.#bytes >= this.#limits.leastBytes) {
      this.#bytes = 0;
      this.#waitedMs = 0;
    } else if (this.#startedMs !== undefined) this.#waitedMs += performance.now() - this.#startedMs;
    this.#startedMs = undefined;
  }

  /** The call is over. */
  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#deadline = undefined;
    for (const outer of this.#outers) outer.removeEventListener("abort", this.#onAbort);
  }

  /** One timer for thousands of pieces: it looks when it fires whether its time has really come. */
  #waitUntil(deadline: number): void {
    this.#deadline = deadline;
    if (this.#timer !== undefined && this.#firesAt <= deadline) return;
    clearTimeout(this.#timer);
    this.#firesAt = deadline;
    this.#timer = setTimeout(() => this.#look(), Math.max(0, deadline - performance.now())).unref();
  }

  #look(): void {
    this.#timer = undefined;
    if (this.#deadline === undefined) return;
    // Timers of Node count in whole milliseconds.
    if (performance.now() >= this.#deadline - 1) this.#abort.abort(silent());
    else this.#waitUntil(this.#deadline);
  }

  /** Why it was ended, if it was. */
  reason(): DriveError | undefined {
    const reason: unknown = this.#abort.signal.reason;
    return reason instanceof DriveError ? reason : undefined;
  }
}

export function givenUp(): DriveError {
  return new DriveError("cancelled", { title: "The call was given up" });
}

function silent(): DriveError {
  return new DriveError("unreachable", {
    title: "The server does not answer",
    detail: "It said nothing, or next to nothing, in the time allowed.",
  });
}
