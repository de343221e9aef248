import { createHash } from "node:crypto";
import type { Pool } from "pg";
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
import { queryCount, queryRows, translating } from "./queries.ts";

const PIECE_BYTES = 1024 * 1024;

/**
 * Files as pieces of a table, for servers that share nothing but the database. Pieces are there before the upload counts
 * them; those that were never counted are removed when the upload goes on.
 */
export class PostgresBlobs implements BlobStore {
  readonly #pool: Pool;
  /** Uploads with a part under way here. */
  readonly #busy = new Set<BlobId>();

  readonly #clock: () => number;

  constructor(pool: Pool, clock: () => number) {
    this.#clock = clock;
    this.#pool = pool;
  }

  async state(id: BlobId): Promise<BlobState | undefined> {
    const row = await this.#row(id);
    return row === undefined ? undefined : blobStateOf(row);
  }

  async ownerOf(id: BlobId): Promise<PersonId | undefined> {
    const row = await this.#row(id);
    return row === undefined ? undefined : personOf(row["owner"]);
  }

  async begin(blob: BlobState & { ownerId: PersonId }): Promise<void> {
    const { id, ownerId, scope, name, mediaType, sizeBytes } = blob;
    await this.#run(
      `INSERT INTO blobs (id, owner, scope, name, media_type, size_bytes, received_bytes, is_complete,
         touched_at_ms)
       VALUES ($1, $2, $3, $4, $5, $6, 0, false, $7) ON CONFLICT (id) DO NOTHING`,
      [id, ownerId, scope, name, mediaType, sizeBytes, this.#clock()],
    );
  }

  async append(id: BlobId, offset: number, bytes: AsyncIterable<Uint8Array>): Promise<number> {
    const state = await this.#known(id);
    if (state.isComplete || state.receivedBytes !== offset || this.#busy.has(id)) {
      throw partOutOfPlace(state, offset);
    }
    this.#busy.add(id);
    try {
      await this.#run(
        `WITH held AS (
           SELECT 1 FROM blobs WHERE id = $1 AND received_bytes = $2 AND NOT is_complete FOR UPDATE
         ) DELETE FROM blob_parts USING held WHERE id = $1 AND first >= $2`,
        [id, offset],
      );
      const end = await this.#appendPieces(state, bytes);
      // Another server may have taken the upload over meanwhile, and have removed some of these pieces.
      const counted = await this.#run(
        `UPDATE blobs SET received_bytes = $2, touched_at_ms = $4 WHERE id = $1 AND received_bytes = $3 AND NOT is_complete
           AND $2 - $3::bigint = (SELECT coalesce(sum(octet_length(bytes)), 0) FROM blob_parts
             WHERE blob_parts.id = $1 AND first >= $3)`,
        [id, end, offset, this.#clock()],
      );
      if (counted === 0) throw partOutOfPlace(await this.#known(id), offset);
      return end;
    } finally {
      this.#busy.delete(id);
    }
  }

  async #appendPieces(state: BlobState, bytes: AsyncIterable<Uint8Array>): Promise<number> {
    let end = state.receivedBytes;
    for await (const piece of inPieces(bytes)) {
      if (end + piece.byteLength > state.sizeBytes) throw blobTooLong(state);
      await this.#run(
        `INSERT INTO blob_parts (id, first, bytes) VALUES ($1, $2, $3)
         ON CONFLICT (id, first) DO UPDATE SET bytes = excluded.bytes`,
        [state.id, end, piece],
      );
      end += piece.byteLength;
    }
    return end;
  }

  async complete(id: BlobId, sha256: string | undefined): Promise<BlobState> {
    const state = await this.#known(id);
    if (state.isComplete) return state;
    if (state.receivedBytes !== state.sizeBytes) throw blobIncomplete(state);
    const hash = createHash("sha256");
    for await (const piece of this.#pieces(id, 0, state.sizeBytes - 1)) hash.update(piece);
    const digest = hash.digest("hex");
    if (sha256 !== undefined && sha256.toLowerCase() !== digest) {
      await this.#run("UPDATE blobs SET received_bytes = 0 WHERE id = $1", [id]);
      throw hashDiffers();
    }
    await this.#run("UPDATE blobs SET is_complete = true, sha256 = $2 WHERE id = $1", [id, digest]);
    return this.#known(id);
  }

  async *read(id: BlobId, first: number, last: number): AsyncIterable<Uint8Array> {
    const state = await this.#known(id);
    if (!state.isComplete) throw blobNotFound(id);
    yield* this.#pieces(id, first, last);
  }

  async unfinishedBytes(ownerId: PersonId): Promise<number> {
    const [row] = await translating(
      queryRows(
        this.#pool,
        "SELECT coalesce(sum(size_bytes), 0)::bigint AS bytes FROM blobs WHERE owner = $1 AND NOT is_complete",
        [ownerId],
      ),
    );
    return integerOf(row?.["bytes"]);
  }

  async leftovers(abandonedSinceMs: number, limit: number): Promise<BlobId[]> {
    const rows = await translating(
      queryRows(
        this.#pool,
        `SELECT id FROM blobs WHERE is_condemned
         UNION SELECT id FROM blobs WHERE NOT is_complete AND touched_at_ms < $1 LIMIT $2`,
        [abandonedSinceMs, limit],
      ),
    );
    return rows.map((row) => blobIdSchema.parse(row["id"])).filter((id) => !this.#busy.has(id));
  }

  async remove(id: BlobId): Promise<void> {
    await this.#run("DELETE FROM blobs WHERE id = $1", [id]);
  }

  /** One piece a question: a download holds no connection while its reader takes its time. */
  async *#pieces(id: BlobId, first: number, last: number): AsyncIterable<Uint8Array> {
    let at = first;
    while (at <= last) {
      const [row] = await translating(
        queryRows(
          this.#pool,
          "SELECT first, bytes FROM blob_parts WHERE id = $1 AND first <= $2 ORDER BY first DESC LIMIT 1",
          [id, at],
        ),
      );
      const bytes = row?.["bytes"];
      if (!(bytes instanceof Uint8Array)) throw blobNotFound(id);
      const start = at - integerOf(row?.["first"]);
      const piece = bytes.subarray(start, Math.min(bytes.byteLength, start + last - at + 1));
      if (piece.byteLength === 0) throw blobNotFound(id);
      yield piece;
      at += piece.byteLength;
    }
  }

  async #row(id: BlobId): Promise<Record<string, unknown> | undefined> {
    const rows = await translating(queryRows(this.#pool, "SELECT * FROM blobs WHERE id = $1", [id]));
    return rows[0];
  }

  async #known(id: BlobId): Promise<BlobState> {
    const row = await this.#row(id);
    if (row === undefined) throw blobNotFound(id);
    return blobStateOf(row);
  }

  #run(text: string, values: readonly unknown[]): Promise<number> {
    return translating(queryCount(this.#pool, text, values));
  }
}

async function* inPieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size < PIECE_BYTES) continue;
    const all = Buffer.concat(chunks);
    const whole = size - (size % PIECE_BYTES);
    for (let at = 0; at < whole; at += PIECE_BYTES) yield all.subarray(at, at + PIECE_BYTES);
    chunks = [all.subarray(whole)];
    size -= whole;
  }
  if (size > 0) yield Buffer.concat(chunks);
}
