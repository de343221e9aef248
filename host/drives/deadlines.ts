import type { DriveEntry, DrivePath, DriveQuota } from "#contract/drives.ts";
import { DriveError } from "./drive-error.ts";
import { unreachable } from "./drive-link.ts";
import type {
  Drive,
  DriveCall,
  DriveCapabilities,
  DriveChange,
  DriveContent,
  HeldLock,
  NewContent,
  PlaceOptions,
  ReadOptions,
} from "./drive.ts";

export interface DeadlineLimits {
  /** Until an answer, or the next piece of one. */
  idleMs: number;
  /** The same for what takes long: putting a large file away, trees. */
  workMs: number;
  /** What was given up has to end within this. */
  graceMs: number;
}

export const DEADLINES: DeadlineLimits = { idleMs: 30_000, workMs: 600_000, graceMs: 30_000 };

/**
 * The same drive, of which every call ends in time: what says nothing for too long fails with `unreachable`, what is given
 * up fails at once, whatever the drive behind it does.
 *
 * @param onLate the drive let a call hang: whoever can lets go of it by force
 */
export function withDeadlines(
  drive: Drive,
  limits: DeadlineLimits = DEADLINES,
  onLate: () => void = () => undefined,
): Drive {
  return new DriveInTime(drive, limits, onLate);
}

class DriveInTime implements Drive {
  readonly #drive: Drive;
  readonly #limits: DeadlineLimits;
  readonly #onLate: () => void;

  constructor(drive: Drive, limits: DeadlineLimits, onLate: () => void) {
    this.#drive = drive;
    this.#limits = limits;
    this.#onLate = onLate;
  }

  capabilities(call: DriveCall): Promise<DriveCapabilities> {
    return this.#soon(call, (watched) => this.#drive.capabilities(watched));
  }

  list(path: DrivePath, call: DriveCall): AsyncGenerator<DriveEntry> {
    return this.#each(call, (watched) => this.#drive.list(path, watched));
  }

  stat(path: DrivePath, call: DriveCall): Promise<DriveEntry> {
    return this.#soon(call, (watched) => this.#drive.stat(path, watched));
  }

  async read(path: DrivePath, wanted: ReadOptions, call: DriveCall): Promise<DriveContent> {
    const watch = this.#watch(call);
    try {
      const reading = this.#drive.read(path, wanted, watch);
      // One that comes too late holds a file open.
      reading.then(
        ({ stream }) => (watch.isOver ? stream.cancel().catch(() => undefined) : undefined),
        () => undefined,
      );
      const content = await watch.until(reading, this.#limits.idleMs);
      return { ...content, stream: this.#streamInTime(content.stream, watch) };
    } catch (error) {
      watch.end();
      throw error;
    }
  }

  async write(path: DrivePath, content: NewContent, call: DriveCall): Promise<DriveEntry> {
    const watch = this.#watch(call);
    try {
      const stream = this.#bodyInTime(content.stream, watch);
      return await watch.until(this.#drive.write(path, { ...content, stream }, watch), this.#limits.idleMs);
    } finally {
      watch.end();
    }
  }

  makeFolder(path: DrivePath, call: DriveCall): Promise<DriveEntry> {
    return this.#soon(call, (watched) => this.#drive.makeFolder(path, watched));
  }

  move(from: DrivePath, to: DrivePath, options: PlaceOptions, call: DriveCall): Promise<DriveEntry> {
    return this.#soon(call, (watched) => this.#drive.move(from, to, options, watched), this.#limits.workMs);
  }

  copy(from: DrivePath, to: DrivePath, options: PlaceOptions, call: DriveCall): Promise<DriveEntry> {
    return this.#soon(call, (watched) => this.#drive.copy(from, to, options, watched), this.#limits.workMs);
  }

  remove(path: DrivePath, options: { ifVersion?: string }, call: DriveCall): Promise<void> {
    return this.#soon(call, (watched) => this.#drive.remove(path, options, watched), this.#limits.workMs);
  }

  lock(path: DrivePath, call: DriveCall): Promise<HeldLock> {
    return this.#soon(call, (watched) => this.#drive.lock(path, watched));
  }

  refresh(lock: HeldLock, call: DriveCall): Promise<HeldLock> {
    return this.#soon(call, (watched) => this.#drive.refresh(lock, watched));
  }

  unlock(lock: HeldLock, call: DriveCall): Promise<void> {
    return this.#soon(call, (watched) => this.#drive.unlock(lock, watched));
  }

  quota(call: DriveCall): Promise<DriveQuota> {
    return this.#soon(call, (watched) => this.#drive.quota(watched));
  }

  changes(cursor: string | null, call: DriveCall): AsyncGenerator<DriveChange> {
    return this.#each(call, (watched) => this.#drive.changes(cursor, watched));
  }

  close(): Promise<void> {
    return this.#drive.close();
  }

  #watch(call: DriveCall): Watch {
    return new Watch(call.signal, this.#limits.graceMs, this.#onLate);
  }

  async #soon<T>(
    call: DriveCall,
    run: (watched: DriveCall) => Promise<T>,
    ms: number = this.#limits.idleMs,
  ): Promise<T> {
    const watch = this.#watch(call);
    try {
      return await watch.until(run(watch), ms);
    } finally {
      watch.end();
    }
  }

  async *#each<T>(call: DriveCall, run: (watched: DriveCall) => AsyncIterable<T>): AsyncGenerator<T> {
    const watch = this.#watch(call);
    const iterator = run(watch)[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await watch.until(iterator.next(), this.#limits.idleMs);
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      watch.end();
      // It may never come to its end: that is not waited for.
      void iterator.return?.()?.then(undefined, () => undefined);
    }
  }

  /** Time runs while whoever reads waits for the drive. */
  #streamInTime(stream: ReadableStream<Uint8Array>, watch: Watch): ReadableStream<Uint8Array> {
    const reader = stream.getReader();
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          try {
            const { done, value } = await watch.until(reader.read(), this.#limits.idleMs);
            if (!done) return controller.enqueue(value);
            watch.end();
            controller.close();
          } catch (error) {
            watch.end();
            reader.cancel().catch(() => undefined);
            controller.error(error);
          }
        },
        cancel(reason) {
          watch.end();
          reader.cancel(reason).catch(() => undefined);
        },
      },
      { highWaterMark: 0 },
    );
  }

  /** Time rests while the drive waits for a body that comes slowly. */
  #bodyInTime(stream: ReadableStream<Uint8Array>, watch: Watch): ReadableStream<Uint8Array> {
    const reader = stream.getReader();
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          watch.rest();
          try {
            const { done, value } = await reader.read();
            watch.waitFor(done ? this.#limits.workMs : this.#limits.idleMs);
            if (done) controller.close();
            else controller.enqueue(value);
          } catch (error) {
            watch.waitFor(this.#limits.idleMs);
            controller.error(error);
          }
        },
        cancel: (reason) => reader.cancel(reason),
      },
      { highWaterMark: 0 },
    );
  }
}

/** One call, and how long it may stay silent. */
class Watch implements DriveCall {
  readonly #abort = new AbortController();
  readonly #outer: AbortSignal;
  readonly #graceMs: number;
  readonly #onLate: () => void;
  readonly #onAbort = (): void => this.#giveUp();
  #timer: NodeJS.Timeout | undefined;
  #fail: ((error: Error) => void) | undefined;
  #failure: DriveError | undefined;
  #isOver = false;

  constructor(outer: AbortSignal, graceMs: number, onLate: () => void) {
    this.#outer = outer;
    this.#graceMs = graceMs;
    this.#onLate = onLate;
    if (outer.aborted) this.#giveUp();
    else outer.addEventListener("abort", this.#onAbort, { once: true });
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Whoever called has its answer, or its failure. */
  get isOver(): boolean {
    return this.#isOver;
  }

  async until<T>(promise: Promise<T>, ms: number): Promise<T> {
    promise.catch(() => undefined);
    if (this.#failure !== undefined) {
      this.#expectEnd(promise);
      throw this.#failure;
    }
    this.waitFor(ms);
    try {
      return await new Promise<T>((resolve, reject) => {
        this.#fail = (error) => {
          this.#expectEnd(promise);
          reject(error);
        };
        promise.then(resolve, reject);
      });
    } finally {
      this.#fail = undefined;
      this.rest();
    }
  }

  waitFor(ms: number): void {
    clearTimeout(this.#timer);
    if (this.#failure === undefined && !this.#isOver)
      this.#timer = setTimeout(() => this.#late(), ms).unref();
  }

  rest(): void {
    clearTimeout(this.#timer);
  }

  end(): void {
    this.#isOver = true;
    this.rest();
    this.#outer.removeEventListener("abort", this.#onAbort);
  }

  #giveUp(): void {
    this.#failWith(new DriveError("cancelled", { title: "The call was given up" }));
  }

  #late(): void {
    this.#failWith(unreachable());
    this.#onLate();
  }

  #failWith(error: DriveError): void {
    this.#failure ??= error;
    this.#fail?.(this.#failure);
    this.#abort.abort(this.#failure);
  }

  /** Given up, and yet it goes on: it hangs as much as one that is waited for. */
  #expectEnd(promise: Promise<unknown>): void {
    if (this.#failure?.fault !== "cancelled") return;
    const timer = setTimeout(this.#onLate, this.#graceMs).unref();
    const stop = (): void => clearTimeout(timer);
    promise.then(stop, stop);
  }
}
