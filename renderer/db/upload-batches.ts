import type { Scope } from "#contract/scope.ts";
import type { UploadBatch, UploadBatchOf } from "#contract/views/documents.ts";
import type { Upload } from "#contract/views/message-view.ts";

/** How a batch stands; `startedAt` in milliseconds. */
export type BatchStand = Omit<UploadBatch, "key" | "sort" | "batchId"> & { id: string; startedAt: number };

interface Batch {
  of: UploadBatchOf;
  scope: Scope;
  startedAt: number;
  /** Not arrived yet. */
  left: Map<string, Upload>;
  /** Everything that was ever seen of it, by size. */
  sizes: Map<string, number>;
  /** The last of them by number. */
  highest: number;
  done: Set<string>;
  /** Given up one by one. */
  gone: number;
  /** Found on disk: nothing more comes. */
  isRestored: boolean;
}

/** Files that were added together, counted as one. */
export class UploadBatches {
  readonly #batches = new Map<string, Batch>();

  set(scope: Scope, upload: Upload, of: UploadBatchOf, options: { at: number; isRestored: boolean }): void {
    const batch = this.#batches.get(of.id) ?? begun(scope, of, options);
    this.#batches.set(of.id, batch);
    const { blobId, state, sizeBytes } = upload;
    batch.highest = Math.max(batch.highest, of.number);
    batch.sizes.set(blobId, sizeBytes);
    if (state === "done") {
      batch.done.add(blobId);
      batch.left.delete(blobId);
    } else batch.left.set(blobId, upload);
    this.#end(of.id, batch);
  }

  /** It was given up. */
  delete(blobId: string, id: string): void {
    const batch = this.#batches.get(id);
    if (batch?.left.delete(blobId) !== true) return;
    batch.gone += 1;
    batch.sizes.delete(blobId);
    this.#end(id, batch);
  }

  /** All of it was given up. */
  end(id: string): void {
    this.#batches.delete(id);
  }

  clear(): void {
    this.#batches.clear();
  }

  list(scope?: Scope): BatchStand[] {
    const batches = [...this.#batches.values()].filter((each) => scope === undefined || each.scope === scope);
    return batches.map(standOf);
  }

  #end(id: string, { left, done, gone, of, isRestored }: Batch): void {
    if (left.size > 0 || (!isRestored && done.size + gone < of.files)) return;
    this.#batches.delete(id);
  }
}

function begun(
  scope: Scope,
  of: UploadBatchOf,
  { at, isRestored }: { at: number; isRestored: boolean },
): Batch {
  const none = { highest: 0, gone: 0 };
  return {
    of,
    scope,
    startedAt: at,
    left: new Map(),
    sizes: new Map(),
    done: new Set(),
    isRestored,
    ...none,
  };
}

function standOf(batch: Batch): BatchStand {
  const { of, scope, startedAt, left, sizes, highest, done, gone, isRestored } = batch;
  const waiting = [...left.values()];
  const storing = waiting.filter(({ state }) => state === "storing").length;
  // Those with a lower number than the last one found were there before.
  const before = isRestored ? Math.max(0, highest - left.size - done.size - gone) : 0;
  const sizeBytes = sum(sizes.values());
  const leftBytes = sum(waiting.map((upload) => upload.sizeBytes - upload.sentBytes));
  return {
    id: of.id,
    startedAt,
    scope,
    name: of.name,
    files: of.files - gone,
    keptFiles: highest - gone - storing,
    doneFiles: done.size + before,
    failedFiles: waiting.filter(({ state }) => state === "failed").length,
    sizeBytes,
    sentBytes: sizeBytes - leftBytes,
    isPaused: waiting.length > 0 && waiting.every(({ isPaused }) => isPaused === true),
    isHeld: waiting.length > 0 && waiting.every(({ isHeld }) => isHeld === true),
  };
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
