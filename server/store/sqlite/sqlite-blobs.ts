import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { BlobState } from "#contract/blobs.ts";
import { blobIdSchema, type BlobId, type PersonId } from "#contract/ids.ts";
import {
  blobIncomplete,
  blobNotFound,
  blobStateOf,
  blobTooLong,
  hashDiffers,
  partOutOfPlace,
} from "../blob-columns.ts";
import { integerOf, personOf } from "../columns.ts";
import type { BlobStore } from "../store.ts";
import { asAppError } from "./sqlite-errors.ts";
import type { SqliteConnections } from "./sqlite-accounts.ts";

/**
 * Files beside the database. A part is on disk before the database counts it, so after a crash the file is at worst
 * longer than counted, and the next part overwrites the excess.
 */
export class SqliteBlobs implements BlobStore {
  readonly #connections: SqliteConnections;
  readonly #folder: string;
  /** Uploads with a part under way: a second one at the same time would write into the same file. */
  readonly #busy = new Set<BlobId>();

  readonly #clock: () => number;

  constructor(connections: SqliteConnections, folder: string, clock: () => number) {
    this.#clock = clock;
    this.#connections = connections;
    this.#folder = folder;
  }

  async state(id: BlobId): Promise<BlobState | undefined> {
    const row = this.#row(id);
    return row === undefined ? undefined : blobStateOf(row);
  }

  async ownerOf(id: BlobId): Promise<PersonId | undefined> {
    const row = this.#row(id);
    return row === undefined ? undefined : personOf(row["owner"]);
  }

  async begin(blob: BlobState & { ownerId: PersonId }): Promise<void> {
    const { id, ownerId, scope, name, mediaType, sizeBytes } = blob;
    await this.#run(
      `INSERT INTO blobs (id, owner, scope, name, media_type, size_bytes, received_bytes, is_complete,
         touched_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, 0, 0, ?) ON CONFLICT (id) DO NOTHING`,
      id,
      ownerId,
      scope,
      name,
      mediaType,
      sizeBytes,
      this.#clock(),
    );
  }

  async append(id: BlobId, offset: number, bytes: AsyncIterable<Uint8Array>): Promise<number> {
    const state = this.#known(id);
    if (state.isComplete || state.receivedBytes !== offset || this.#busy.has(id)) {
      throw partOutOfPlace(state, offset);
    }
    this.#busy.add(id);
    try {
      const end = await this.#appendToFile(state, bytes);
      await this.#run(
        "UPDATE blobs SET received_bytes = ?, touched_at_ms = ? WHERE id = ?",
        end,
        this.#clock(),
        id,
      );
      return end;
    } finally {
      this.#busy.delete(id);
    }
  }

  async #appendToFile(state: BlobState, bytes: AsyncIterable<Uint8Array>): Promise<number> {
    const { id, receivedBytes } = state;
    await mkdir(dirname(this.#partFile(id)), { recursive: true });
    const file = await open(this.#partFile(id), "a+");
    let end = receivedBytes;
    try {
      await file.truncate(receivedBytes);
      for await (const chunk of bytes) {
        if (end + chunk.byteLength > state.sizeBytes) throw blobTooLong(state);
        await file.appendFile(chunk);
        end += chunk.byteLength;
      }
      await file.datasync();
    } catch (error) {
      throw asAppError(error);
    } finally {
      await file.close();
    }
    return end;
  }

  async complete(id: BlobId, sha256: string | undefined): Promise<BlobState> {
    const state = this.#known(id);
    if (state.isComplete) return state;
    if (state.receivedBytes !== state.sizeBytes) throw blobIncomplete(state);
    const hash = createHash("sha256");
    // A crash after the rename and before the database's note leaves the file in its place already.
    const isInPlace = existsSync(this.#file(id));
    if (state.sizeBytes > 0) {
      await pipeline(createReadStream(isInPlace ? this.#file(id) : this.#partFile(id)), hash);
    }
    const digest = hash.digest("hex");
    if (sha256 !== undefined && sha256.toLowerCase() !== digest) {
      await rm(this.#file(id), { force: true });
      await this.#run("UPDATE blobs SET received_bytes = 0 WHERE id = ?", id);
      throw hashDiffers();
    }
    if (state.sizeBytes > 0 && !isInPlace) await this.#putInPlace(id);
    await this.#run("UPDATE blobs SET is_complete = 1, sha256 = ? WHERE id = ?", digest, id);
    return this.#known(id);
  }

  async *read(id: BlobId, first: number, last: number): AsyncIterable<Uint8Array> {
    const state = this.#known(id);
    if (!state.isComplete) throw blobNotFound(id);
    if (last < first) return;
    const stream: AsyncIterable<Uint8Array> = createReadStream(this.#file(id), {
      start: first,
      end: last,
      highWaterMark: 256 * 1024,
    });
    yield* stream;
  }

  async unfinishedBytes(ownerId: PersonId): Promise<number> {
    const row = this.#connections.reading
      .prepare("SELECT coalesce(sum(size_bytes), 0) AS bytes FROM blobs WHERE owner = ? AND is_complete = 0")
      .get(ownerId);
    return integerOf(row?.["bytes"]);
  }

  async leftovers(abandonedSinceMs: number, limit: number): Promise<BlobId[]> {
    const rows = this.#connections.reading
      .prepare(
        `SELECT id FROM blobs WHERE is_condemned = 1
         UNION SELECT id FROM blobs WHERE is_complete = 0 AND touched_at_ms < ? LIMIT ?`,
      )
      .all(abandonedSinceMs, limit);
    return rows.map((row) => blobIdSchema.parse(row["id"])).filter((id) => !this.#busy.has(id));
  }

  async remove(id: BlobId): Promise<void> {
    await this.#run("DELETE FROM blobs WHERE id = ?", id);
    await rm(this.#partFile(id), { force: true });
    await rm(this.#file(id), { force: true });
  }

  async #putInPlace(id: BlobId): Promise<void> {
    const file = this.#file(id);
    await mkdir(dirname(file), { recursive: true });
    await rename(this.#partFile(id), file);
    // Windows cannot sync a folder, and does not need it.
    if (process.platform === "win32") return;
    const folder = await open(dirname(file), "r");
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  #row(id: BlobId): Record<string, unknown> | undefined {
    return this.#connections.reading.prepare("SELECT * FROM blobs WHERE id = ?").get(id);
  }

  #known(id: BlobId): BlobState {
    const row = this.#row(id);
    if (row === undefined) throw blobNotFound(id);
    return blobStateOf(row);
  }

  #run(sql: string, ...values: (string | number)[]): Promise<number> {
    const { queue, writing } = this.#connections;
    return queue.run(() => Number(writing.prepare(sql).run(...values).changes));
  }

  /** Spread over folders by the end of the id, which is random; its beginning is the time. */
  #file(id: BlobId): string {
    return join(this.#folder, id.slice(-2), id);
  }

  #partFile(id: BlobId): string {
    return join(this.#folder, "parts", id);
  }
}
