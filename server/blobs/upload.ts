import { AppError } from "#contract/problem.ts";
import type { BlobState } from "#contract/blobs.ts";
import type { BlobId, PersonId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import type { BlobStore } from "../store/store.ts";
import type { ContentRange } from "./ranges.ts";

export interface UploadPart {
  id: BlobId;
  ownerId: PersonId;
  scope: Scope;
  name: string;
  mediaType: string;
  range: ContentRange;
  /** An empty file has no byte that a range could name. */
  isEmptyFile: boolean;
  sha256: string | undefined;
  body: AsyncIterable<Uint8Array>;
}

export type UploadAnswer = { status: 200 | 202; state: BlobState } | { status: 409; state: BlobState };

/**
 * Takes the parts of uploads. A client whose connection was cut comes back before the server has noticed: the later
 * request for a blob stops the earlier one and goes on from where that one stood.
 */
export class Uploads {
  readonly #blobs: BlobStore;
  readonly #running = new Map<BlobId, { stop: AbortController; done: Promise<void> }>();

  constructor(blobs: BlobStore) {
    this.#blobs = blobs;
  }

  async take(part: UploadPart): Promise<UploadAnswer> {
    const earlier = this.#running.get(part.id);
    const stop = new AbortController();
    const { promise: done, resolve: finish } = Promise.withResolvers<void>();
    const own = { stop, done };
    this.#running.set(part.id, own);
    try {
      earlier?.stop.abort(superseded());
      await earlier?.done;
      stop.signal.throwIfAborted();
      return await this.#append(part, stop.signal);
    } finally {
      if (this.#running.get(part.id) === own) this.#running.delete(part.id);
      finish();
    }
  }

  async #append(part: UploadPart, signal: AbortSignal): Promise<UploadAnswer> {
    const before = await this.#open(part);
    const { range, isEmptyFile, sha256 } = part;
    if (before.isComplete) return answerComplete(before, part);
    const offset = before.receivedBytes;
    if (range.first > offset) return { status: 409, state: before };
    if (!isEmptyFile && range.last >= offset) {
      const isNew = exactly(part.body, range.last - range.first + 1);
      await this.#keep(part.id, offset, stoppable(skip(isNew, offset - range.first), signal));
    }
    const after = await this.#state(part.id);
    if (after.receivedBytes < after.sizeBytes) return { status: 202, state: after };
    return { status: 200, state: await this.#blobs.complete(part.id, sha256) };
  }

  /** What came before the connection was cut stays, so that a part need not fit through in one go. */
  async #keep(id: BlobId, offset: number, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    let failure: { error: unknown } | undefined;
    async function* untilFailure(): AsyncIterable<Uint8Array> {
      try {
        yield* bytes;
      } catch (error) {
        failure = { error };
      }
    }
    await this.#blobs.append(id, offset, untilFailure());
    if (failure !== undefined) throw failure.error;
  }

  /** Begins the upload, or finds it: only its owner goes on with it, and only as what it was begun as. */
  async #open(part: UploadPart): Promise<BlobState> {
    const { id, ownerId, scope, name, mediaType, range } = part;
    if ((await this.#blobs.state(id)) === undefined) {
      const start = {
        id,
        scope,
        name,
        mediaType,
        sizeBytes: range.total,
        receivedBytes: 0,
        isComplete: false,
      };
      await this.#blobs.begin({ ...start, ownerId });
    }
    if ((await this.#blobs.ownerOf(id)) !== ownerId) throw takenId();
    const state = await this.#state(id);
    if (state.scope !== scope || state.sizeBytes !== range.total) throw otherFile(state);
    return state;
  }

  async #state(id: BlobId): Promise<BlobState> {
    const state = await this.#blobs.state(id);
    if (state !== undefined) return state;
    throw new AppError("notFound", { title: "The upload is gone", detail: "Begin it again with a new id." });
  }
}

/** Sent again after the answer was lost: the same file is a success, another one is refused. */
function answerComplete(state: BlobState, part: UploadPart): UploadAnswer {
  if (part.sha256 !== undefined && part.sha256 !== state.sha256) throw otherFile(state);
  return { status: 200, state };
}

async function* exactly(body: AsyncIterable<Uint8Array>, sizeBytes: number): AsyncIterable<Uint8Array> {
  let left = sizeBytes;
  for await (const chunk of body) {
    left -= chunk.byteLength;
    if (left < 0) throw wrongLength(sizeBytes);
    yield chunk;
  }
  if (left > 0) throw wrongLength(sizeBytes);
}

async function* skip(body: AsyncIterable<Uint8Array>, sizeBytes: number): AsyncIterable<Uint8Array> {
  let left = sizeBytes;
  for await (const chunk of body) {
    if (left < chunk.byteLength) yield left === 0 ? chunk : chunk.subarray(left);
    left = Math.max(0, left - chunk.byteLength);
  }
}

/** Ends with the signal's reason even while the next chunk is awaited: a dead connection sends nothing, not even an end. */
async function* stoppable(body: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncIterable<Uint8Array> {
  const iterator = body[Symbol.asyncIterator]();
  // Not Promise.race against one lasting promise: that would keep every chunk alive until the end.
  let giveUp: ((reason: unknown) => void) | undefined;
  const onAbort = (): void => {
    giveUp?.(signal.reason);
  };
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    for (;;) {
      signal.throwIfAborted();
      const { promise, resolve, reject } = Promise.withResolvers<IteratorResult<Uint8Array>>();
      giveUp = reject;
      iterator.next().then(resolve, reject);
      const next = await promise;
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener("abort", onAbort);
    // Not awaited: the source may be waiting for bytes of a dead connection.
    void iterator.return?.().then(undefined, () => undefined);
  }
}

function wrongLength(sizeBytes: number): AppError {
  return new AppError("badRequest", {
    title: "The body does not have the announced length",
    detail: `Content-Range or Content-Length announced ${sizeBytes} bytes. Ask with HEAD where the upload stands, then send the rest.`,
  });
}

function takenId(): AppError {
  return new AppError("forbidden", {
    title: "This blob id belongs to someone else",
    detail: "Choose a fresh id for the upload.",
  });
}

function otherFile(state: BlobState): AppError {
  return new AppError("conflict", {
    title: "This blob id already stands for another file",
    detail: `It was begun with ${state.sizeBytes} bytes for ${state.scope}. Choose a fresh id.`,
  });
}

function superseded(): AppError {
  return new AppError("conflict", {
    title: "A later request took this upload over",
    detail: "Only one connection at a time sends the parts of a blob.",
  });
}
