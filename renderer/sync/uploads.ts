import type { Capabilities } from "#contract/capabilities.ts";
import { blobIdSchema, createId, type BlobId } from "#contract/ids.ts";
import { AppError, isSignedOut, type Problem } from "#contract/problem.ts";
import type { Scope } from "#contract/scope.ts";
import type { UploadBatchOf } from "#contract/views/documents.ts";
import type { Upload } from "#contract/views/message-view.ts";
import { LARGE_UPLOAD_BYTES, type UploadTarget } from "#contract/worker.ts";
import type { Clock } from "#renderer/db/clock.ts";
import type { Changes } from "#renderer/db/entry.ts";
import { UPLOAD_STREAM, type UploadStates } from "#renderer/db/upload-states.ts";
import { SLICE_BYTES, type KeptUpload, type UploadStore } from "#renderer/db/upload-store.ts";
import type { Api } from "./api.ts";
import { keepingProblem, readSlice } from "./upload-keeping.ts";
import { UploadSender, type Stand } from "./upload-sender.ts";
import type { Watchdog } from "./watchdog.ts";

/** Files sent side by side. */
const PARALLEL = 3;
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

/** What is known of the network. */
export interface Line {
  isMetered: boolean;
  isSlow: boolean;
}

export interface NewUpload {
  scope: Scope;
  file: Blob;
  name: string;
  mediaType: string;
  blobId?: BlobId | undefined;
  batch?: UploadBatchOf | undefined;
  isPatient?: boolean | undefined;
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
  /** Found on disk at the start. */
  readonly #restored = new Set<BlobId>();
  /** Of which more may come. */
  readonly #pausedBatches = new Set<string>();
  #isOnline = false;
  /** Until a page has told, nobody knows: what is patient waits. */
  #line: Line | undefined;
  #tellTimer: number | undefined;
  readonly #changed = new Set<string>();

  constructor(options: UploadsOptions) {
    this.#options = options;
    for (const { blobId } of options.kept) this.#restored.add(blobId);
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
    const { file, scope, name, mediaType, batch, isPatient = false } = wanted;
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
      ...(batch === undefined ? {} : { batch }),
      ...(isPatient ? { isPatient } : {}),
      ...(batch !== undefined && this.#pausedBatches.has(batch.id) ? { isPaused: true } : {}),
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
    // Paused or resumed while it was copied.
    const { isPaused = false } = this.#uploads.get(blobId) ?? upload;
    this.#set({ ...upload, isPaused, state: "waiting" });
    this.#next();
    return blobId;
  }

  /** Holds files back until they are resumed; what is half sent goes on from there. */
  async pause(target: UploadTarget): Promise<void> {
    if ("batchId" in target) this.#pausedBatches.add(target.batchId);
    for (const upload of this.#targets(target)) await this.#keepPaused(upload, true);
  }

  async resume(target: UploadTarget): Promise<void> {
    if ("batchId" in target) this.#pausedBatches.delete(target.batchId);
    for (const upload of this.#targets(target)) await this.#keepPaused(upload, false);
    this.#next();
  }

  #targets(target: UploadTarget): KeptUpload[] {
    const ids = "batchId" in target ? this.#options.states.ofBatch(target.batchId) : [target.blobId];
    return ids.flatMap((id) => this.#uploads.get(blobIdSchema.parse(id)) ?? []);
  }

  /** One that is still being copied is written with it once it is whole. */
  async #keepPaused(upload: KeptUpload, isPaused: boolean): Promise<void> {
    const next = { ...upload, isPaused };
    this.#set(next);
    // Held before it is stopped, or it would begin again.
    if (isPaused)
      this.#running.get(upload.blobId)?.stop.abort(new AppError("cancelled", { title: "Paused" }));
    if (upload.state !== "storing") await this.#options.store.put(next);
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
  setLine({ isMetered, isSlow }: Line): void {
    if (isMetered === this.#line?.isMetered && isSlow === this.#line.isSlow) return;
    this.#line = { isMetered, isSlow };
    for (const upload of this.#uploads.values()) {
      const running = this.#running.get(upload.blobId);
      if (running !== undefined && this.#isHeld(upload)) {
        running.stop.abort(new AppError("cancelled", { title: "The line is not good" }));
      }
      if (upload.state === "waiting") this.#set(upload);
    }
    this.#next();
  }

  /** Although the line is not good. */
  sendAnyway(target: UploadTarget): void {
    for (const upload of this.#targets(target)) {
      this.#anyway.add(upload.blobId);
      if (upload.state === "waiting") this.#set(upload);
    }
    this.#next();
  }

  #isHeld({ blobId, sizeBytes, isPatient = false }: KeptUpload): boolean {
    if (this.#anyway.has(blobId)) return false;
    if (isPatient) return this.#line === undefined || this.isPoorLine;
    return this.#line?.isMetered === true && sizeBytes > LARGE_UPLOAD_BYTES;
  }

  get isPoorLine(): boolean {
    return this.#line !== undefined && (this.#line.isMetered || this.#line.isSlow);
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
    const { isPaused = false } = this.#uploads.get(blobId) ?? upload;
    await store.put({ ...upload, isPaused, state: "waiting" });
  }

  #next(): void {
    if (!this.#isOnline || this.#options.signal.aborted) return;
    for (const upload of this.#uploads.values()) {
      if (this.#running.size >= PARALLEL) return;
      const isFree =
        upload.state === "waiting" && upload.isPaused !== true && !this.#running.has(upload.blobId);
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
    const { blobId, scope, name, mediaType, sizeBytes, addedAt, batch } = upload;
    const before = states.get(blobId);
    const sort = `${String(addedAt).padStart(15, "0")}~${blobId}`;
    const held = stand.state === "waiting" && this.#isHeld(upload) ? { isHeld: true } : {};
    const paused = stand.state !== "done" && upload.isPaused === true ? { isPaused: true } : {};
    const view: Upload = {
      key: blobId,
      sort,
      blobId,
      name,
      mediaType,
      sizeBytes,
      ...stand,
      ...held,
      ...paused,
    };
    const ofBatch = { at: addedAt, isRestored: this.#restored.has(blobId) };
    states.set(scope, view, batch === undefined ? undefined : { of: batch, ...ofBatch });
    const isOther =
      before?.state !== stand.state || before.isHeld !== view.isHeld || before.isPaused !== view.isPaused;
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
