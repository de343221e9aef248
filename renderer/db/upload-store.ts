import { blobIdSchema, type BlobId } from "#contract/ids.ts";
import { problemSchema } from "#contract/problem.ts";
import { scopeSchema } from "#contract/scope.ts";
import { z } from "zod";
import type { Codec } from "./codec.ts";
import type { CacheDatabase } from "./database.ts";

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
});
export type KeptUpload = z.infer<typeof keptSchema>;

/** Files that wait for being sent, encrypted, in pieces. Sealed with another key they are worthless and dropped with the cache. */
export class UploadStore {
  readonly #database: CacheDatabase;
  readonly #codec: Codec;

  constructor(database: CacheDatabase, codec: Codec) {
    this.#database = database;
    this.#codec = codec;
  }

  /** In the order in which they were added. */
  async load(): Promise<KeptUpload[]> {
    const kept: KeptUpload[] = [];
    for (const { blobId, data } of await this.#database.uploads.toArray()) {
      const upload = await this.#open(blobId, data);
      if (upload === undefined) await this.delete(blobId);
      else kept.push(upload);
    }
    return kept.toSorted((a, b) => a.addedAt - b.addedAt);
  }

  /** @throws DexieError when there is no room. */
  async put(upload: KeptUpload): Promise<void> {
    const data = await this.#codec.seal(JSON.stringify(upload), uploadPlace(upload.blobId));
    await this.#database.uploads.put({ blobId: upload.blobId, data });
  }

  async putSlice(blobId: BlobId, index: number, bytes: ArrayBuffer): Promise<void> {
    const data = await this.#codec.sealBytes(bytes, slicePlace(blobId, index));
    await this.#database.uploadSlices.put({ blobId, index, data });
  }

  /** Bytes from `offset` on, as the pieces that they lie in. @throws DOMException when one is gone or unreadable. */
  async read(blobId: BlobId, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>[]> {
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    const end = offset + length;
    for (let index = Math.floor(offset / SLICE_BYTES); index * SLICE_BYTES < end; index++) {
      const record = await this.#database.uploadSlices.get([blobId, index]);
      if (record === undefined) throw new DOMException("A piece of the file is gone.", "NotFoundError");
      const bytes = new Uint8Array(await this.#codec.openBytes(record.data, slicePlace(blobId, index)));
      const start = index * SLICE_BYTES;
      pieces.push(bytes.subarray(Math.max(0, offset - start), Math.min(bytes.length, end - start)));
    }
    return pieces;
  }

  async delete(blobId: string): Promise<void> {
    await this.#database.deleteUpload(blobId);
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
