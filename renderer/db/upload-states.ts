import type { Upload } from "#contract/views/message-view.ts";
import type { Scope } from "#contract/scope.ts";
import type { UploadBatchOf } from "#contract/views/documents.ts";
import { UploadBatches, type BatchStand } from "./upload-batches.ts";

/** What a file was added with. */
export interface BatchOfUpload {
  of: UploadBatchOf;
  at: number;
  isRestored: boolean;
}

/** Pseudo-stream of files on their way; its keys are blob ids. */
export const UPLOAD_STREAM = "*/upload";

/** Those that have arrived are remembered for the views that followed them: so many at most. */
const DONE_KEPT = 50;

/** How each file on its way stands, as views see it. */
export class UploadStates {
  readonly #states = new Map<string, { scope: Scope; upload: Upload }>();
  readonly #unfinished = new Set<string>();
  /** Those that have arrived, the first first. */
  readonly #done = new Set<string>();
  readonly #batches = new UploadBatches();
  readonly #batchOf = new Map<string, string>();

  get(blobId: string): Upload | undefined {
    return this.#states.get(blobId)?.upload;
  }

  /** Those on their way to one scope, or to all. */
  all(scope?: Scope): Upload[] {
    return [...this.#states.values()]
      .filter((each) => scope === undefined || each.scope === scope)
      .map((each) => each.upload);
  }

  set(scope: Scope, upload: Upload, batch?: BatchOfUpload): void {
    this.#states.set(upload.blobId, { scope, upload });
    if (batch !== undefined) {
      this.#batchOf.set(upload.blobId, batch.of.id);
      this.#batches.set(scope, upload, batch.of, batch);
    }
    if (upload.state !== "done") {
      this.#unfinished.add(upload.blobId);
      return;
    }
    this.#unfinished.delete(upload.blobId);
    this.#done.add(upload.blobId);
    this.#forgetOldDone();
  }

  /** Ids of files that the server does not have whole. */
  unfinished(): ReadonlySet<string> {
    return this.#unfinished;
  }

  delete(blobId: string): void {
    this.#states.delete(blobId);
    this.#unfinished.delete(blobId);
    this.#done.delete(blobId);
    const batchId = this.#batchOf.get(blobId);
    this.#batchOf.delete(blobId);
    if (batchId !== undefined) this.#batches.delete(blobId, batchId);
  }

  /** Files that were added together and are not all there yet. */
  batches(scope?: Scope): BatchStand[] {
    return this.#batches.list(scope);
  }

  /** Ids of what is left of a batch. */
  ofBatch(batchId: string): string[] {
    return [...this.#batchOf].flatMap(([blobId, id]) =>
      id === batchId && this.#states.get(blobId)?.upload.state !== "done" ? [blobId] : [],
    );
  }

  endBatch(batchId: string): void {
    this.#batches.end(batchId);
  }

  clear(): void {
    this.#states.clear();
    this.#unfinished.clear();
    this.#done.clear();
    this.#batches.clear();
    this.#batchOf.clear();
  }

  #forgetOldDone(): void {
    for (const id of this.#done) {
      if (this.#done.size <= DONE_KEPT) return;
      this.#done.delete(id);
      this.#states.delete(id);
      this.#batchOf.delete(id);
    }
  }
}
