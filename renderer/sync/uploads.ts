import type { Capabilities } from "#contract/capabilities.ts";
import { blobIdSchema, createId, type BlobId } from "#contract/ids.ts";
import { AppError, isSignedOut, type Problem } from "#contract/problem.ts";
import type { Scope } from "#contract/scope.ts";
import { LARGE_UPLOAD_BYTES } from "#contract/worker.ts";
import type { Clock } from "#renderer/db/clock.ts";
import { isStorageFull } from "#renderer/db/database.ts";
import type { Changes } from "#renderer/db/entry.ts";
import { UPLOAD_STREAM, type UploadStates } from "#renderer/db/upload-states.ts";
import { SLICE_BYTES, type KeptUpload, type UploadStore } from "#renderer/db/upload-store.ts";
import type { Api } from "./api.ts";
import { UploadSender, type Stand } from "./upload-sender.ts";
import type { Watchdog } from "./watchdog.ts";

/** Files sent side by side. */
const PARALLEL = 2;
/** Progress is told this often. */
const TELL_EVERY_MS = 250;

export interface UploadsOptions {
  api: Api;
  clock: Clock;
  random: () => number;
  watchdog: Watchdog;
  signal: AbortSignal;
  store: UploadStore;
  states: UploadStates;
  kept: readonly KeptUpload[];
  limits: () => Capabilities["limits"] | undefined;
  emit: (changes: Changes) => void;
  /** Whether a write that makes the scope is still waiting: until then the server knows no such scope. */
  isAwaited: (scope: Scope) => boolean;
  /** The server has the file: what waited for it can go. */
  onDone: () => void;
  /** It will never arrive by itself: what waits for it is told why. */
  onFailed: (blobId: BlobId, problem: Problem) => void;
  onSignedOut: (problem: Problem) => void;
  onBug: (error: unknown) => void;
}

interface Running {
  upload: KeptUpload;
  sender: UploadSender;
  signal: AbortSignal;
  stop: AbortController;
}

export interface NewUpload {
  scope: Scope;
  file: Blob;
  name: string;
  mediaType: string;
  blobId?: BlobId | undefined;
}

/** Files on their way to the server: kept on this machine first, then sent in parts, until the server has them whole. */
export class Uploads {
  readonly #options: UploadsOptions;
  readonly #uploads = new Map<BlobId, KeptUpload>();
  readonly #running = new Map<BlobId, Running>();
  /** Copies under way; aborted when the file is given up. */
  readonly #storing = new Map<BlobId, AbortController>();
  /** Added in this life and not tried yet. */
  readonly #fresh = new Set<BlobId>();
  /** Sent although the network is metered. */
  readonly #anyway = new Set<BlobId>();
  #isOnline = false;
  #isMetered = false;
  #tellTimer: number | undefined;
  readonly #changed = new Set<string>();

  constructor(options: UploadsOptions) {
    this.#options = options;
    for (const upload of options.kept) this.#take(upload);
  }

  /** What was found on disk without hope is told to what waits for it. */
  start(): void {
    const { states, store, onBug, onFailed } = this.#options;
    for (const { blobId, problem, state } of states.all()) {
      const id = blobIdSchema.parse(blobId);
      if (state !== "failed" || problem === null) continue;
      onFailed(id, problem);
      if (!this.#uploads.has(id)) store.delete(id).catch(onBug);
    }
  }

  /** @throws AppError tooLarge, storageFull, badRequest */
  async add(wanted: NewUpload): Promise<BlobId> {
    const { file, scope, name, mediaType } = wanted;
    this.#checkSize(file.size);
    const blobId = wanted.blobId ?? blobIdSchema.parse(createId());
    if (this.#uploads.has(blobId)) return blobId;
    const addedAt = this.#options.clock.now();
    const upload: KeptUpload = {
      blobId,
      scope,
      name,
      mediaType,
      sizeBytes: file.size,
      state: "storing",
      problem: null,
      addedAt,
    };
    const stop = new AbortController();
    this.#storing.set(blobId, stop);
    this.#set(upload);
    try {
      await this.#keep(upload, file, stop.signal);
    } catch (error) {
      const problem = keepingProblem(error);
      await this.#forget(blobId);
      this.#options.onFailed(blobId, problem.problem);
      throw problem;
    } finally {
      this.#storing.delete(blobId);
    }
    this.#fresh.add(blobId);
    this.#set({ ...upload, state: "waiting" });
    this.#next();
    return blobId;
  }

  /** Stops it and forgets the file. What waits for it fails. */
  async cancel(blobId: BlobId): Promise<void> {
    if (!this.#uploads.has(blobId)) return;
    const reason = new AppError("cancelled", { title: "The file was given up" });
    const storing = this.#storing.get(blobId);
    if (storing !== undefined) {
      // Whoever copies it cleans up.
      storing.abort(reason);
      return;
    }
    this.#running.get(blobId)?.stop.abort(reason);
    await this.#forget(blobId);
    this.#options.onFailed(blobId, reason.problem);
  }

  /** @throws AppError notFound when nothing of it is here any more */
  async retry(blobId: BlobId): Promise<void> {
    const upload = this.#uploads.get(blobId);
    if (upload === undefined) {
      if (this.#options.states.get(blobId)?.state === "done") return;
      throw new AppError("notFound", { title: "The file is no longer on this machine" });
    }
    if (upload.state !== "failed") return;
    await this.#options.store.put({ ...upload, state: "waiting", problem: null });
    this.#set({ ...upload, state: "waiting", problem: null });
    this.#next();
  }

  setOnline(isOnline: boolean): void {
    this.#isOnline = isOnline;
    if (!isOnline) return;
    for (const { sender } of this.#running.values()) sender.poke();
    this.#next();
  }

  /** On a metered network large files wait, also those that were half sent: they go on from there. */
  setMetered(isMetered: boolean): void {
    if (isMetered === this.#isMetered) return;
    this.#isMetered = isMetered;
    for (const upload of this.#uploads.values()) {
      const running = this.#running.get(upload.blobId);
      if (running !== undefined && this.#isHeld(upload)) {
        running.stop.abort(new AppError("cancelled", { title: "The network is metered" }));
      }
      if (upload.state === "waiting") this.#set(upload);
    }
    this.#next();
  }

  /** Although the network is metered. */
  sendAnyway(blobId: BlobId): void {
    this.#anyway.add(blobId);
    const upload = this.#uploads.get(blobId);
    if (upload?.state === "waiting") this.#set(upload);
    this.#next();
  }

  #isHeld({ blobId, sizeBytes }: KeptUpload): boolean {
    return this.#isMetered && sizeBytes > LARGE_UPLOAD_BYTES && !this.#anyway.has(blobId);
  }

  stop(): void {
    if (this.#tellTimer !== undefined) this.#options.clock.clearTimeout(this.#tellTimer);
    this.#isOnline = false;
    for (const { stop } of this.#running.values()) stop.abort(new AppError("cancelled"));
    for (const stop of this.#storing.values()) stop.abort(new AppError("cancelled"));
  }

  /** Found on disk: one that was not copied whole before the last end is lost. */
  #take(upload: KeptUpload): void {
    if (upload.state !== "storing") {
      this.#set(upload);
      return;
    }
    const { problem } = new AppError("badRequest", {
      title: "The file was not kept whole",
      detail: "The application ended while it was copied. Attach it again.",
    });
    this.#show(upload, { state: "failed", sentBytes: 0, problem });
  }

  #checkSize(size: number): void {
    const limit = this.#options.limits()?.blobBytes;
    if (limit === undefined || size <= limit) return;
    throw new AppError("tooLarge", {
      title: "The file is too large",
      detail: `It has ${size} bytes; this workplace takes ${limit}.`,
    });
  }

  async #keep(upload: KeptUpload, file: Blob, signal: AbortSignal): Promise<void> {
    const { store } = this.#options;
    const { blobId, sizeBytes } = upload;
    await store.put(upload);
    for (let start = 0; start < sizeBytes; start += SLICE_BYTES) {
      const end = Math.min(start + SLICE_BYTES, sizeBytes);
      const bytes = await readSlice(file, start, end);
      signal.throwIfAborted();
      await store.putSlice(blobId, start / SLICE_BYTES, bytes);
    }
    signal.throwIfAborted();
    await store.put({ ...upload, state: "waiting" });
  }

  #next(): void {
    if (!this.#isOnline || this.#options.signal.aborted) return;
    for (const upload of this.#uploads.values()) {
      if (this.#running.size >= PARALLEL) return;
      const isFree = upload.state === "waiting" && !this.#running.has(upload.blobId);
      if (isFree && !this.#isHeld(upload)) void this.#run(upload);
    }
  }

  async #run(upload: KeptUpload): Promise<void> {
    const running = this.#begin(upload);
    const { sender, signal } = running;
    try {
      await sender.send(upload, this.#fresh.delete(upload.blobId), (stand) => {
        if (!signal.aborted) this.#show(upload, stand);
      });
      await this.#arrived(upload);
    } catch (error) {
      if (!signal.aborted) await this.#failed(upload, error).catch(this.#options.onBug);
    } finally {
      if (this.#running.get(upload.blobId) === running) this.#running.delete(upload.blobId);
      this.#next();
    }
  }

  #begin(upload: KeptUpload): Running {
    const { api, clock, random, watchdog, store, limits, isAwaited } = this.#options;
    const stop = new AbortController();
    const signal = AbortSignal.any([this.#options.signal, stop.signal]);
    const partBytes = () => limits()?.blobPartBytes;
    const sender = new UploadSender({ api, clock, random, watchdog, store, signal, partBytes, isAwaited });
    const running = { upload, sender, signal, stop };
    this.#running.set(upload.blobId, running);
    return running;
  }

  async #arrived(upload: KeptUpload): Promise<void> {
    const { blobId, sizeBytes } = upload;
    const { store, onBug } = this.#options;
    this.#uploads.delete(blobId);
    // It is there, whatever happens here: what is left is found at the next start, and the server says so again.
    await store.delete(blobId).catch(onBug);
    this.#show(upload, { state: "done", sentBytes: sizeBytes, problem: null });
    this.#options.onDone();
  }

  async #failed(upload: KeptUpload, error: unknown): Promise<void> {
    const { store, onBug, onFailed, onSignedOut } = this.#options;
    if (!(error instanceof AppError)) onBug(error);
    const { problem } =
      error instanceof AppError
        ? error
        : new AppError("serverFault", { title: "Sending the file failed", detail: String(error) });
    if (isSignedOut(problem.kind)) {
      this.#isOnline = false;
      this.#set({ ...upload, problem });
      onSignedOut(problem);
      return;
    }
    this.#set({ ...upload, state: "failed", problem });
    onFailed(upload.blobId, problem);
    await store.put({ ...upload, state: "failed", problem });
  }

  async #forget(blobId: BlobId): Promise<void> {
    this.#uploads.delete(blobId);
    this.#options.states.delete(blobId);
    this.#tell(blobId, true);
    await this.#options.store.delete(blobId);
  }

  #set(upload: KeptUpload): void {
    this.#uploads.set(upload.blobId, upload);
    const sentBytes = this.#options.states.get(upload.blobId)?.sentBytes ?? 0;
    this.#show(upload, { state: upload.state, sentBytes, problem: upload.problem });
  }

  #show(upload: KeptUpload, stand: Stand): void {
    const { states } = this.#options;
    const { blobId, scope, name, mediaType, sizeBytes, addedAt } = upload;
    const before = states.get(blobId);
    const sort = `${String(addedAt).padStart(15, "0")}~${blobId}`;
    const held = stand.state === "waiting" && this.#isHeld(upload) ? { isHeld: true } : {};
    states.set(scope, { key: blobId, sort, blobId, name, mediaType, sizeBytes, ...stand, ...held });
    const isOther = before?.state !== stand.state || before?.isHeld !== ("isHeld" in held ? true : undefined);
    this.#tell(blobId, isOther);
  }

  /** Changes of state at once, mere progress a few times a second. */
  #tell(blobId: string, isUrgent: boolean): void {
    const { clock } = this.#options;
    this.#changed.add(blobId);
    if (isUrgent) this.#flush();
    else
      this.#tellTimer ??= clock.setTimeout(() => {
        this.#flush();
      }, TELL_EVERY_MS);
  }

  #flush(): void {
    if (this.#tellTimer !== undefined) this.#options.clock.clearTimeout(this.#tellTimer);
    this.#tellTimer = undefined;
    const keys = new Set(this.#changed);
    this.#changed.clear();
    this.#options.emit(new Map([[UPLOAD_STREAM, keys]]));
  }
}

async function readSlice(file: Blob, start: number, end: number): Promise<ArrayBuffer> {
  const bytes = await file.slice(start, end).arrayBuffer();
  if (bytes.byteLength === end - start) return bytes;
  throw new DOMException("The file became shorter.", "NotReadableError");
}

/** Browsers refuse to read on in a file that was changed, moved or deleted since it was chosen. */
function keepingProblem(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isStorageFull(error)) {
    return new AppError("storageFull", {
      title: "There is no room left to keep this file",
      detail: "Free space on this machine and attach it again.",
      cause: error,
    });
  }
  const name = error instanceof Error ? error.name : "";
  if (name === "NotReadableError" || name === "NotFoundError") {
    return new AppError("badRequest", {
      title: "The file changed while it was read",
      detail: "Attach it again.",
      cause: error,
    });
  }
  return new AppError("serverFault", {
    title: "The file could not be kept",
    detail: String(error),
    cause: error,
  });
}
