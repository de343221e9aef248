import { blobIdSchema, type BlobId } from "#contract/ids.ts";
import { problemSchema } from "#contract/problem.ts";
import { scopeSchema } from "#contract/scope.ts";
import { uploadBatchOfSchema } from "#contract/views/documents.ts";
import { z } from "zod";
import type { Codec } from "./codec.ts";
import type { CacheDatabase } from "./database.ts";
import type { KeptScopes } from "./kept-scopes.ts";
import type { VolatileRecords } from "./volatile-records.ts";

/** Bytes of one piece of a kept file. */
export const SLICE_BYTES = 1024 * 1024;

const keptSchema = z.object({
  blobId: blobIdSchema,
  scope: scopeSchema,
  name: z.string(),
  mediaType: z.string(),
  sizeBytes: z.number(),
  /** `storing`: the file is not whole here; after a restart it never will be. */
  state: z.enum(["storing", "waiting", "failed"]),
  problem: problemSchema.nullable(),
  addedAt: z.number(),
  /** What it was added with. */
  batch: uploadBatchOfSchema.optional(),
  /** Held back by the person. */
  isPaused: z.boolean().optional(),
  /** Waits for a good line. */
  isPatient: z.boolean().optional(),
});
export type KeptUpload = z.infer<typeof keptSchema>;

export interface UploadStoreOptions {
  database: CacheDatabase;
  codec: Codec;
  kept: KeptScopes;
  /** Files that may not lie on disk. */
  volatile: VolatileRecords;
}

/**
 * Files that wait for being sent, encrypted, in pieces; in memory alone where they may not lie on disk. Sealed with another
 * key they are worthless and dropped with the cache.
 */
export class UploadStore {
  readonly #database: CacheDatabase;
  readonly #codec: Codec;
  readonly #kept: KeptScopes;
  readonly #volatile: VolatileRecords;

  constructor({ database, codec, kept, volatile }: UploadStoreOptions) {
    this.#database = database;
    this.#codec = codec;
    this.#kept = kept;
    this.#volatile = volatile;
  }

  /** In the order in which they were added. */
  async load(): Promise<KeptUpload[]> {
    const kept: KeptUpload[] = [];
    const records = await this.#database.uploads.toArray();
    const volatile = [...this.#volatile.uploads].map(([blobId, data]) => ({ blobId, data }));
    for (const { blobId, data } of [...records, ...volatile]) {
      const upload = await this.#open(blobId, data);
      if (upload === undefined) await this.delete(blobId);
      else kept.push(upload);
    }
    return kept.toSorted((a, b) => a.addedAt - b.addedAt);
  }

  /** @throws DexieError when there is no room. */
  async put(upload: KeptUpload): Promise<void> {
    const { blobId } = upload;
    const data = await this.#codec.seal(JSON.stringify(upload), uploadPlace(blobId));
    // One that is in memory stays there until it is sent.
    if (this.#kept.isAbove(upload.scope) || this.#volatile.uploads.has(blobId))
      this.#volatile.uploads.set(blobId, data);
    else await this.#database.uploads.put({ blobId, data });
  }

  async putSlice(blobId: BlobId, index: number, bytes: ArrayBuffer): Promise<void> {
    const data = await this.#codec.sealBytes(bytes, slicePlace(blobId, index));
    if (this.#volatile.uploads.has(blobId)) this.#volatile.putSlice(blobId, index, data);
    else await this.#database.uploadSlices.put({ blobId, index, data });
  }

  /** Files that may no longer lie on disk are in memory alone from then on. */
  async move(): Promise<void> {
    if (this.#kept.ceiling === null) return;
    for (const { blobId, data } of await this.#database.uploads.toArray()) {
      const upload = await this.#open(blobId, data);
      if (upload === undefined || !this.#kept.isAbove(upload.scope)) continue;
      this.#volatile.uploads.set(blobId, data);
      const slices = this.#database.uploadSlices
        .where("[blobId+index]")
        .between([blobId, 0], [blobId, Infinity]);
      for (const slice of await slices.toArray()) this.#volatile.putSlice(blobId, slice.index, slice.data);
      await this.#database.deleteUpload(blobId);
    }
  }

  /** Bytes from `offset` on, as the pieces that they lie in. @throws DOMException when one is gone or unreadable. */
  async read(blobId: BlobId, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>[]> {
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    const end = offset + length;
    for (let index = Math.floor(offset / SLICE_BYTES); index * SLICE_BYTES < end; index++) {
      const data = await this.#slice(blobId, index);
      if (data === undefined) throw new DOMException("A piece of the file is gone.", "NotFoundError");
      const bytes = new Uint8Array(await this.#codec.openBytes(data, slicePlace(blobId, index)));
      const start = index * SLICE_BYTES;
      pieces.push(bytes.subarray(Math.max(0, offset - start), Math.min(bytes.length, end - start)));
    }
    return pieces;
  }

  async delete(blobId: string): Promise<void> {
    this.#volatile.deleteUpload(blobId);
    await this.#database.deleteUpload(blobId);
  }

  async #slice(blobId: BlobId, index: number): Promise<ArrayBuffer | undefined> {
    const present = this.#volatile.slice(blobId, index);
    if (present !== undefined) return present;
    const stored = await this.#database.uploadSlices.get([blobId, index]);
    // Moved while the disk was asked.
    return stored?.data ?? this.#volatile.slice(blobId, index);
  }

  async #open(blobId: string, data: ArrayBuffer): Promise<KeptUpload | undefined> {
    try {
      return keptSchema.parse(JSON.parse(await this.#codec.open(data, uploadPlace(blobId))));
    } catch {
      return undefined;
    }
  }
}

/** What a file's description is sealed for. */
export function uploadPlace(blobId: string): string {
  return `upload ${blobId}`;
}

/** What a piece of it is sealed for. */
export function slicePlace(blobId: string, index: number): string {
  return `upload ${blobId} ${index}`;
}
