import type { DriveEntry } from "#contract/drives.ts";
import { AppError } from "#contract/problem.ts";

/** A line is not kept back for longer than this, nor more than so many characters of them. */
const FLUSH_MS = 25;
const FLUSH_LENGTH = 32_768;

export interface LinesFor {
  /** Kept for as long as the lines last. */
  keep: unknown;
  /** Ends the listing: nobody reads any more. */
  end: () => void;
}

/**
 * One entry a line, as they come. A listing that fails before its first entry fails here; one that breaks off later ends with
 * a line that says why.
 */
export async function entryLines(
  entries: AsyncIterable<DriveEntry>,
  whom: LinesFor,
): Promise<ReadableStream<Uint8Array>> {
  const iterator = entries[Symbol.asyncIterator]();
  const first = await iterator.next();
  const lines = new Lines(iterator, first, whom);
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        void lines.run(controller);
      },
      pull: () => lines.wanted(),
      cancel: () => lines.cancel(),
    },
    { highWaterMark: 2 },
  );
}

class Lines {
  readonly #iterator: AsyncIterator<DriveEntry>;
  #next: IteratorResult<DriveEntry>;
  readonly #whom: LinesFor;
  #buffer = "";
  #room: PromiseWithResolvers<void> | undefined;
  #isOver = false;

  constructor(iterator: AsyncIterator<DriveEntry>, first: IteratorResult<DriveEntry>, whom: LinesFor) {
    this.#iterator = iterator;
    this.#next = first;
    this.#whom = whom;
  }

  wanted(): void {
    this.#room?.resolve();
    this.#room = undefined;
  }

  cancel(): void {
    this.#isOver = true;
    this.wanted();
    this.#whom.end();
  }

  async run(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    const flushing = setInterval(() => this.#flush(controller), FLUSH_MS);
    try {
      while (!this.#isOver && this.#next.done !== true) {
        this.#buffer += `${JSON.stringify(this.#next.value)}\n`;
        if (this.#buffer.length >= FLUSH_LENGTH) {
          this.#flush(controller);
          await this.#roomIn(controller);
        }
        this.#next = await this.#iterator.next();
      }
    } catch (error) {
      const known =
        error instanceof AppError ? error : new AppError("serverFault", { title: "Parvis has a fault" });
      this.#buffer += `${JSON.stringify({ problem: known.problem })}\n`;
    } finally {
      clearInterval(flushing);
      if (this.#isOver) await this.#iterator.return?.().catch(() => undefined);
    }
    this.#flush(controller);
    if (!this.#isOver) controller.close();
    this.#isOver = true;
  }

  #flush(controller: ReadableStreamDefaultController<Uint8Array>): void {
    if (this.#buffer === "" || this.#isOver) return;
    const bytes = new TextEncoder().encode(this.#buffer);
    this.#buffer = "";
    controller.enqueue(bytes);
  }

  /** A page that reads slowly makes the listing wait. */
  async #roomIn(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    if ((controller.desiredSize ?? 0) > 0 || this.#isOver) return;
    this.#room ??= Promise.withResolvers();
    await this.#room.promise;
  }
}
