import { blobStateSchema } from "#contract/blobs.ts";
import { AppError, isTransient, standsBetween, type Problem } from "#contract/problem.ts";
import type { Scope } from "#contract/scope.ts";
import type { Upload } from "#contract/views/message-view.ts";
import type { Clock } from "#renderer/db/clock.ts";
import type { KeptUpload, UploadStore } from "#renderer/db/upload-store.ts";
import type { Api } from "./api.ts";
import { Backoff } from "./backoff.ts";
import type { Watchdog } from "./watchdog.ts";

/** Parts grow while they pass quickly and shrink when they do not: progress is seen, and a slow line is not given up. */
const FIRST_PART_BYTES = 256 * 1024;
const LEAST_PART_BYTES = 32 * 1024;
const QUICK_MS = 2000;
const SLOW_MS = 10_000;
/** What a server takes for sure. */
const DEFAULT_PART_BYTES = 1024 * 1024;
/** Refusals of the offset in a row without a byte getting through. */
const MOST_CONFLICTS = 3;

export interface UploadSenderOptions {
  api: Api;
  clock: Clock;
  random: () => number;
  watchdog: Watchdog;
  store: UploadStore;
  signal: AbortSignal;
  partBytes: () => number | undefined;
  isAwaited: (scope: Scope) => boolean;
}

export type Stand = Pick<Upload, "state" | "sentBytes" | "problem">;

/** Sends one file, part by part, through cuts and restarts: where it stands, the server knows. */
export class UploadSender {
  readonly #options: UploadSenderOptions;
  readonly #backoff: Backoff;
  #partBytes = FIRST_PART_BYTES;
  #conflicts = 0;
  #wake: (() => void) | undefined;

  constructor(options: UploadSenderOptions) {
    this.#options = options;
    this.#backoff = new Backoff({ random: options.random, firstMs: 500, longestMs: 60_000 });
  }

  /**
   * Resolves when the server has all of it. A file that was never tried is not asked for.
   * @throws AppError when the server refuses it, or the signal was aborted
   */
  async send(upload: KeptUpload, isFresh: boolean, onStand: (stand: Stand) => void): Promise<void> {
    let offset: number | undefined = isFresh ? 0 : undefined;
    for (;;) {
      try {
        offset ??= await this.#askOffset(upload);
        onStand({ state: "sending", sentBytes: offset === -1 ? upload.sizeBytes : offset, problem: null });
        if (offset === -1) return;
        const next = await this.#sendPart(upload, offset);
        if (next >= upload.sizeBytes) return;
        if (next <= offset)
          throw new AppError("conflict", { title: "The workplace takes nothing of the file" });
        this.#progressed();
        offset = next;
      } catch (error) {
        const problem = this.#passing(error, upload);
        // What has arrived of a part that was cut, only the server knows.
        const sentBytes = offset === undefined || offset < 0 ? 0 : offset;
        offset = undefined;
        if (problem === null) continue;
        onStand({ state: "waiting", sentBytes, problem });
        await this.#wait(this.#backoff.next(problem.retryAfter));
      }
    }
  }

  /** Tries now instead of later. */
  poke(): void {
    this.#backoff.reset();
    this.#wake?.();
  }

  /** Why it is to be tried again later, or null: at once. @throws what cannot be mended by trying again */
  #passing(error: unknown, { scope }: KeptUpload): Problem | null {
    this.#options.signal.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    const { kind } = error;
    if (kind === "conflict" && this.#conflicts < MOST_CONFLICTS) {
      this.#conflicts++;
      return null;
    }
    if (kind === "timeout") this.#partBytes = Math.max(LEAST_PART_BYTES, this.#partBytes / 4);
    const isNotThereYet = (kind === "forbidden" || kind === "notFound") && this.#options.isAwaited(scope);
    if (isTransient(kind) || standsBetween(kind) || isNotThereYet) return error.problem;
    throw error;
  }

  #progressed(): void {
    this.#conflicts = 0;
    this.#backoff.reset();
  }

  /** Bytes that the server has, -1 for the whole file. */
  async #askOffset({ blobId, sizeBytes }: KeptUpload): Promise<number> {
    const { api, signal, watchdog } = this.#options;
    try {
      const response = await watchdog.during(signal, (watched) =>
        api.request(`/v1/blobs/${blobId}`, { method: "HEAD", signal: watched }),
      );
      if (response.headers.get("upload-complete") === "?1") return -1;
      const offset = Number(response.headers.get("upload-offset") ?? "0");
      return Number.isSafeInteger(offset) && offset >= 0 && offset <= sizeBytes ? offset : 0;
    } catch (error) {
      if (error instanceof AppError && error.kind === "notFound") return 0;
      throw error;
    }
  }

  /** Returns the offset at which to go on. */
  async #sendPart(upload: KeptUpload, offset: number): Promise<number> {
    const { api, clock, signal, store, watchdog } = this.#options;
    const { blobId, scope, name, mediaType, sizeBytes } = upload;
    const limit = this.#options.partBytes() ?? DEFAULT_PART_BYTES;
    const length = Math.min(this.#partBytes, limit, sizeBytes - offset);
    const body = new Blob(await store.read(blobId, offset, length));
    const query = new URLSearchParams({ scope, name });
    const startMs = clock.now();
    const answer = await watchdog.during(signal, async (watched) =>
      api.json(`/v1/blobs/${blobId}?${query.toString()}`, {
        method: "PUT",
        headers: {
          "content-type": mediaType === "" ? "application/octet-stream" : mediaType,
          ...(sizeBytes === 0
            ? {}
            : { "content-range": `bytes ${offset}-${offset + length - 1}/${sizeBytes}` }),
          ...(offset === 0 && length === sizeBytes ? { "repr-digest": await digestOf(body) } : {}),
        },
        body,
        signal: watched,
      }),
    );
    this.#adapt(clock.now() - startMs, limit);
    const state = blobStateSchema.safeParse(answer);
    if (!state.success)
      throw new AppError("serverFault", { title: "The workplace's answer to a file is not one" });
    return state.data.isComplete ? sizeBytes : Math.min(state.data.receivedBytes, sizeBytes - 1);
  }

  #adapt(tookMs: number, limit: number): void {
    if (tookMs < QUICK_MS) this.#partBytes = Math.min(limit, this.#partBytes * 2);
    if (tookMs > SLOW_MS) this.#partBytes = Math.max(LEAST_PART_BYTES, this.#partBytes / 2);
  }

  async #wait(delayMs: number): Promise<void> {
    const { clock, signal } = this.#options;
    await new Promise<void>((resolve) => {
      const done = () => {
        clock.clearTimeout(timer);
        signal.removeEventListener("abort", done);
        resolve();
      };
      const timer = clock.setTimeout(done, delayMs);
      this.#wake = done;
      signal.addEventListener("abort", done, { once: true });
    });
    this.#wake = undefined;
    signal.throwIfAborted();
  }
}

/** Cheap for a file that is one part; a longer one is protected by its transport and its encryption at rest. */
async function digestOf(body: Blob): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await body.arrayBuffer()));
  return `sha-256=:${btoa(String.fromCharCode(...digest))}:`;
}
