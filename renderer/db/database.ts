import { Dexie, type Table } from "dexie";

/** About 100 rows of one stream as one ciphertext. `stream` and `from` stay readable: they are how it is found. */
export interface BlockRecord {
  stream: string;
  from: string;
  data: ArrayBuffer;
  /** Set on blocks of small collections that are read whole at start. */
  resident?: 1;
}

/** Live changes that are not in their blocks yet; also outbox entries: one ciphertext each, in order of arrival. */
export interface SealedRecord {
  id?: number;
  data: ArrayBuffer;
}

/** A file on its way to the server: what it is. */
export interface UploadRecord {
  blobId: string;
  data: ArrayBuffer;
}

/** A piece of such a file. */
export interface UploadSliceRecord {
  blobId: string;
  index: number;
  data: ArrayBuffer;
}

export interface MetaRecord {
  key: string;
  value: unknown;
}

export interface DatabaseOptions {
  name: string;
  indexedDB: IDBFactory;
  keyRange: typeof IDBKeyRange;
}

/** Everything that one commit writes, all or nothing. */
export interface CommitBatch {
  blocks: BlockRecord[];
  meta: MetaRecord[];
  /** Deletes log records up to this id. */
  foldedLog: number;
  /** Prefixes of streams to delete first. */
  purges: string[];
}

export interface LogBatch {
  data: ArrayBuffer;
  outboxPut: SealedRecord[];
  outboxDelete: number[];
}

interface Step {
  pause: () => Promise<void>;
  isStopped: () => boolean;
}

/** So few at once that what a person does in between is not held up. */
const REWRITTEN_AT_ONCE = 20;

/** The only file that knows Dexie. Every later version of the schema is added below the others, never in their place. */
export class CacheDatabase extends Dexie {
  declare readonly blocks: Table<BlockRecord, [string, string]>;
  declare readonly log: Table<SealedRecord, number>;
  declare readonly outbox: Table<SealedRecord, number>;
  declare readonly meta: Table<MetaRecord, string>;
  declare readonly uploads: Table<UploadRecord, string>;
  declare readonly uploadSlices: Table<UploadSliceRecord, [string, number]>;

  constructor(options: DatabaseOptions) {
    super(options.name, {
      indexedDB: options.indexedDB,
      IDBKeyRange: options.keyRange,
      // The cache can be fetched again; writes of the outbox ask for strict durability themselves.
      chromeTransactionDurability: "relaxed",
      // Blocks have a cache of their own; Dexie's is keyed by name alone and outlives the connection.
      cache: "disabled",
    });
    this.version(1).stores({
      blocks: "[stream+from],resident",
      log: "++id",
      outbox: "++id",
      meta: "key",
    });
    this.version(2).stores({ uploads: "blobId", uploadSlices: "[blobId+index]" });
    // Deleted or upgraded from elsewhere, it stays closed: opened again by the next write, it would be made anew, and stay.
    this.on("versionchange", () => {
      this.close();
      // Dexie's own listener, which comes after, would let the next write open it.
      return false;
    });
  }

  async commit(batch: CommitBatch): Promise<void> {
    await this.transaction("rw", [this.blocks, this.log, this.meta], async () => {
      for (const prefix of batch.purges) await this.#deleteStreams(prefix);
      if (batch.blocks.length > 0) await this.blocks.bulkPut(batch.blocks);
      if (batch.meta.length > 0) await this.#writeMeta(batch.meta);
      if (batch.foldedLog > 0) await this.log.where("id").belowOrEqual(batch.foldedLog).delete();
    });
  }

  /** Appends to the log and settles outbox entries in one transaction. Returns the log record's id. */
  async append(batch: LogBatch): Promise<number> {
    return await this.transaction("rw", [this.log, this.outbox], async () => {
      if (batch.outboxDelete.length > 0) await this.outbox.bulkDelete(batch.outboxDelete);
      if (batch.outboxPut.length > 0) await this.outbox.bulkPut(batch.outboxPut);
      return await this.log.add({ data: batch.data });
    });
  }

  /** Resolves once the operating system has been asked to put it on disk. Returns the new record's id. */
  async writeOutbox(change: {
    add?: ArrayBuffer;
    put?: SealedRecord;
    remove?: number[];
  }): Promise<number | undefined> {
    if (!this.isOpen()) throw new Dexie.DatabaseClosedError("The database is closed");
    const transaction = this.backendDB().transaction(["outbox"], "readwrite", { durability: "strict" });
    const store = transaction.objectStore("outbox");
    for (const id of change.remove ?? []) store.delete(id);
    if (change.put !== undefined) store.put(change.put);
    const adding = change.add === undefined ? undefined : store.add({ data: change.add });
    await completed(transaction);
    return typeof adding?.result === "number" ? adding.result : undefined;
  }

  /**
   * Gives every record of a table to `reseal`, and puts what comes back in its place unless it has changed meanwhile. False
   * when it was stopped before the end.
   */
  async rewrite<R extends { data: ArrayBuffer }, K>(
    table: Table<R, K>,
    placeOf: (record: R) => string,
    reseal: (data: ArrayBuffer, place: string) => Promise<ArrayBuffer | undefined>,
    { pause, isStopped }: Step,
  ): Promise<boolean> {
    const keys = await table.toCollection().primaryKeys();
    for (let from = 0; from < keys.length; from += REWRITTEN_AT_ONCE) {
      if (isStopped()) return false;
      const some = keys.slice(from, from + REWRITTEN_AT_ONCE);
      const found = await table.bulkGet(some);
      const fresh = await Promise.all(
        found.map(async (record) =>
          record === undefined ? undefined : await reseal(record.data, placeOf(record)),
        ),
      );
      await this.transaction("rw", [table], async () => {
        for (const [index, key] of some.entries()) {
          const data = fresh[index];
          const before = found[index]?.data;
          const now = data === undefined ? undefined : await table.get(key);
          if (data === undefined || before === undefined || now === undefined) continue;
          if (isSameBytes(before, now.data)) await table.put({ ...now, data });
        }
      });
      await pause();
    }
    return !isStopped();
  }

  async clearCache(): Promise<void> {
    const tables = [this.blocks, this.log, this.meta, this.uploads, this.uploadSlices];
    await this.transaction("rw", tables, async () => {
      await Promise.all(tables.map((table) => table.clear()));
    });
  }

  async deleteUpload(blobId: string): Promise<void> {
    await this.transaction("rw", [this.uploads, this.uploadSlices], async () => {
      await this.uploads.delete(blobId);
      await this.uploadSlices.where("[blobId+index]").between([blobId, 0], [blobId, Infinity]).delete();
    });
  }

  async #deleteStreams(prefix: string): Promise<void> {
    await this.blocks
      .where("[stream+from]")
      .between([prefix, ""], [`${prefix}\uffff`, ""])
      .delete();
  }

  async #writeMeta(records: MetaRecord[]): Promise<void> {
    const removed = records.filter((record) => record.value === undefined).map((record) => record.key);
    const kept = records.filter((record) => record.value !== undefined);
    if (removed.length > 0) await this.meta.bulkDelete(removed);
    if (kept.length > 0) await this.meta.bulkPut(kept);
  }
}

/** Two ciphertexts are one when their nonces are: no nonce is used twice. */
function isSameBytes(a: ArrayBuffer, b: ArrayBuffer): boolean {
  const one = new Uint8Array(a, 0, Math.min(12, a.byteLength));
  const other = new Uint8Array(b, 0, Math.min(12, b.byteLength));
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = () => {
      reject(transaction.error ?? new DOMException("The transaction was aborted.", "AbortError"));
    };
    transaction.addEventListener("complete", () => {
      resolve();
    });
    transaction.addEventListener("error", fail);
    transaction.addEventListener("abort", fail);
  });
}

/** Whether the database was closed under a request: by the engine, or because it was deleted from elsewhere. */
export function isDatabaseClosed(error: unknown): boolean {
  return error instanceof Error && error.name === "DatabaseClosedError";
}

/** Whether the machine refused for want of room. Dexie wraps the reason in `inner` or `failures`. */
export function isStorageFull(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > 4) return false;
  if ("name" in error && error.name === "QuotaExceededError") return true;
  if ("inner" in error && isStorageFull(error.inner, depth + 1)) return true;
  if ("cause" in error && isStorageFull(error.cause, depth + 1)) return true;
  const failures: unknown = "failures" in error ? error.failures : undefined;
  return Array.isArray(failures) && failures.some((failure) => isStorageFull(failure, depth + 1));
}
