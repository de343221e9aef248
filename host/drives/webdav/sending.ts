import { DriveError } from "../drive-error.ts";
import type { Patience } from "./patience.ts";

/** A body on its way out, once: as long as was announced, or it fails. */
export class Sending {
  readonly sizeBytes: number | null;
  /** Why it could not be sent whole. */
  failure: unknown;
  /** Bytes that went out. */
  sentBytes = 0;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #hasEnded = false;

  constructor(stream: ReadableStream<Uint8Array>, sizeBytes: number | null) {
    this.#reader = stream.getReader();
    this.sizeBytes = sizeBytes;
  }

  /** @param onSent everything is out: now the answer is waited for */
  start(patience: Patience, onSent: () => void): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          // The time of whoever gives the bytes is not the server's.
          patience.rest(0);
          const piece = await this.#next(patience);
          if (piece === undefined) {
            onSent();
            controller.close();
            return;
          }
          patience.rest(piece.byteLength);
          patience.waitForBytes();
          controller.enqueue(piece);
        },
        cancel: (reason) => this.drop(reason),
      },
      { highWaterMark: 0 },
    );
  }

  /** Nothing more is wanted of it. */
  async drop(reason?: unknown): Promise<void> {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    await this.#reader.cancel(reason).catch(() => undefined);
  }

  async #next(patience: Patience): Promise<Uint8Array | undefined> {
    try {
      const { done, value } = await this.#read(patience.signal);
      this.sentBytes += value?.byteLength ?? 0;
      const isWrong =
        this.sizeBytes !== null &&
        (done ? this.sentBytes !== this.sizeBytes : this.sentBytes > this.sizeBytes);
      if (isWrong) throw new DriveError("damaged", { title: "The file is not as long as it was said to be" });
      if (done) this.#hasEnded = true;
      return done ? undefined : value;
    } catch (error) {
      this.failure ??= error;
      await this.drop(error);
      throw error;
    }
  }

  /** Also when the source never gives anything again. */
  async #read(signal: AbortSignal): ReturnType<ReadableStreamDefaultReader<Uint8Array>["read"]> {
    signal.throwIfAborted();
    const aborted = Promise.withResolvers<never>();
    const onAbort = (): void => aborted.reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    try {
      return await Promise.race([this.#reader.read(), aborted.promise]);
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
  }
}
