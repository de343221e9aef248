import type { SyncMark, SyncQuery } from "#contract/sync.ts";
import type { Store, StoredLines } from "../store/store.ts";
import { readCursor, writeCursor, type Cursor } from "./cursor.ts";

/** A piece of the answer: whole lines of NDJSON in UTF-8. */
export type SyncChunk = Uint8Array;

/**
 * Lines of one scope from where the reader is, each batch followed by a mark, until the end or `limit`. The snapshot is
 * of the moment its first line was asked for (`head`): rows that change meanwhile leave it and come in the tail.
 * @throws AppError cursorExpired, before the first chunk
 */
export async function openSync(store: Store, query: SyncQuery): Promise<AsyncGenerator<SyncChunk>> {
  const head = await store.head(query.scope);
  const start: Cursor =
    query.cursor === undefined
      ? { phase: "small", head, seq: 0 }
      : readCursor(store.epoch, query.cursor, head);
  return new SyncReader(store, query).read(start);
}

class SyncReader {
  readonly #store: Store;
  readonly #query: SyncQuery;
  #left: number;
  #total: number | undefined;

  constructor(store: Store, query: SyncQuery) {
    this.#store = store;
    this.#query = query;
    this.#left = query.limit;
  }

  async *read(start: Cursor): AsyncGenerator<SyncChunk> {
    let cursor = start;
    if (cursor.phase === "small") {
      if (cursor.seq === 0) await this.#countAll();
      const next = yield* this.#small(cursor);
      if (next === undefined) return;
      cursor = next;
    }
    if (cursor.phase === "timeline") {
      const next = yield* this.#timeline(cursor);
      if (next === undefined) return;
      cursor = next;
    }
    if (cursor.phase === "tail") yield* this.#tail(cursor.seq);
  }

  async #countAll(): Promise<void> {
    const { small, timeline } = await this.#store.count(this.#query.scope);
    this.#total = small + Math.min(timeline, this.#query.timeline);
  }

  /** Each phase returns where the next begins, or nothing when the answer is full. */
  async *#small(at: Cursor & { phase: "small" }): AsyncGenerator<SyncChunk, Cursor | undefined> {
    const { head } = at;
    let seq = at.seq;
    for await (const lines of this.#store.readSmall(this.#query.scope, head, seq, this.#left)) {
      seq = lines.lastSeq;
      this.#left -= lines.count;
      yield* this.#withMark(lines, { phase: "small", head, seq });
    }
    if (this.#left <= 0) return undefined;
    return { phase: "timeline", head, sent: 0, key: "~" };
  }

  async *#timeline(at: Cursor & { phase: "timeline" }): AsyncGenerator<SyncChunk, Cursor | undefined> {
    const { scope, timeline } = this.#query;
    const { head } = at;
    let { sent, key } = at;
    const wanted = Math.max(0, Math.min(this.#left, timeline - sent));
    let left = wanted;
    for await (const lines of this.#store.readTimeline(scope, head, key, wanted)) {
      key = lines.lastKey;
      sent += lines.count;
      left -= lines.count;
      this.#left -= lines.count;
      yield* this.#withMark(lines, { phase: "timeline", head, sent, key });
    }
    if (this.#left <= 0 && sent < timeline) return undefined;
    // With rows to spare the timeline has come to its start.
    const hasOlder = left === 0 && (await this.#hasOlder(head, key));
    yield this.#mark({ phase: "tail", seq: head }, { hasOlder });
    return this.#left <= 0 ? undefined : { phase: "tail", seq: head };
  }

  async *#tail(after: number): AsyncGenerator<SyncChunk> {
    let seq = after;
    for (;;) {
      const before = seq;
      for await (const lines of this.#store.readTail(this.#query.scope, seq, this.#left)) {
        seq = lines.lastSeq;
        this.#left -= lines.count;
        yield* this.#withMark(lines, { phase: "tail", seq });
      }
      if (this.#left <= 0) return;
      if (seq === before) break;
    }
    yield this.#mark({ phase: "tail", seq }, { isEnd: true });
  }

  async #hasOlder(head: number, key: string): Promise<boolean> {
    for await (const lines of this.#store.readTimeline(this.#query.scope, head, key, 1)) {
      return lines.count > 0;
    }
    return false;
  }

  *#withMark(lines: StoredLines, cursor: Cursor): Generator<SyncChunk> {
    yield lines.bytes;
    yield this.#mark(cursor);
  }

  #mark(cursor: Cursor, more: { isEnd?: boolean; hasOlder?: boolean } = {}): SyncChunk {
    const mark: SyncMark = {
      mark: {
        cursor: writeCursor(this.#store.epoch, cursor),
        seq: cursor.phase === "tail" ? cursor.seq : 0,
        ...(this.#total === undefined ? {} : { total: this.#total }),
        ...more,
      },
    };
    this.#total = undefined;
    return Buffer.from(`${JSON.stringify(mark)}\n`);
  }
}
