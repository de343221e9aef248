import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Envelope } from "#contract/envelope.ts";
import type { Scope } from "#contract/scope.ts";
import { integerOf, storedRowOf } from "../columns.ts";
import { LINE_COLUMNS, linesOf } from "../lines.ts";
import { envelopeOf, LAST_KEY } from "../row-shape.ts";
import { LINES_PER_BATCH, type HistoryRead, type StoredLines } from "../store.ts";
import type { SqliteReader } from "./sqlite-reader.ts";

const ROW = "seq, collection, id, rev, op, data";

/**
 * Long reads, page by page: a statement left open between pages would hold the connection at an old state and keep the
 * write-ahead log from being folded in.
 */
export class SqliteStreams {
  readonly #reader: SqliteReader;
  readonly #tail: StatementSync;
  readonly #small: StatementSync;
  readonly #timeline: StatementSync;
  readonly #countSmall: StatementSync;
  readonly #countTimeline: StatementSync;
  readonly #messages: StatementSync;
  readonly #reactions: StatementSync;

  constructor(db: DatabaseSync, reader: SqliteReader) {
    this.#reader = reader;
    const page = (sql: string) => {
      const statement = db.prepare(sql);
      statement.setReturnArrays(true);
      return statement;
    };
    this.#tail = page(`SELECT ${LINE_COLUMNS} FROM rows WHERE scope = ? AND seq > ? ORDER BY seq LIMIT ?`);
    this.#small = page(
      `SELECT ${LINE_COLUMNS} FROM rows WHERE scope = ? AND seq > ? AND seq <= ? AND timeline_key IS NULL
       AND op = 'put' ORDER BY seq LIMIT ?`,
    );
    this.#timeline = page(
      `SELECT ${LINE_COLUMNS} FROM rows WHERE scope = ? AND timeline_key < ? AND timeline_key IS NOT NULL
       AND seq <= ? AND op = 'put' ORDER BY timeline_key DESC LIMIT ?`,
    );
    this.#countSmall = db.prepare("SELECT count(*) AS n FROM rows WHERE scope = ? AND timeline_key IS NULL");
    this.#countTimeline = db.prepare(
      "SELECT count(*) AS n FROM rows WHERE scope = ? AND timeline_key IS NOT NULL",
    );
    this.#messages = db.prepare(
      `SELECT ${ROW} FROM rows WHERE scope = ? AND conversation_id = ? AND parent_id = ? AND collection = 'message'
       AND timeline_key < ? AND op = 'put' ORDER BY timeline_key DESC LIMIT ?`,
    );
    this.#reactions = db.prepare(
      `SELECT ${ROW} FROM rows WHERE scope = ? AND conversation_id = ? AND parent_id = ? AND collection = 'reaction'
       AND op = 'put' ORDER BY timeline_key DESC`,
    );
  }

  tail(scope: Scope, after: number, limit: number): AsyncIterable<StoredLines> {
    return this.#pages(scope, limit, (key, last, count) =>
      this.#tail.all(key, last?.lastSeq ?? after, count),
    );
  }

  small(scope: Scope, head: number, after: number, limit: number): AsyncIterable<StoredLines> {
    return this.#pages(scope, limit, (key, last, count) =>
      this.#small.all(key, last?.lastSeq ?? after, head, count),
    );
  }

  timeline(scope: Scope, head: number, before: string, limit: number): AsyncIterable<StoredLines> {
    return this.#pages(scope, limit, (key, last, count) =>
      this.#timeline.all(key, last?.lastKey ?? before, head, count),
    );
  }

  async *#pages(
    scope: Scope,
    limit: number,
    page: (key: number, last: StoredLines | undefined, count: number) => unknown[],
  ): AsyncGenerator<StoredLines> {
    const key = this.#reader.key(scope);
    if (key === undefined) return;
    let last: StoredLines | undefined;
    for (let left = limit; left > 0; left -= last.count) {
      const rows = page(key, last, Math.min(left, LINES_PER_BATCH));
      if (rows.length === 0) return;
      last = linesOf(scope, rows);
      yield last;
      if (last.count < LINES_PER_BATCH) return;
    }
  }

  count(scope: Scope): { small: number; timeline: number } {
    const key = this.#reader.key(scope);
    if (key === undefined) return { small: 0, timeline: 0 };
    return {
      small: integerOf(this.#countSmall.get(key)?.["n"]),
      timeline: integerOf(this.#countTimeline.get(key)?.["n"]),
    };
  }

  history(query: HistoryRead): { messages: Envelope[]; reactions: Envelope[]; hasOlder: boolean } {
    const key = this.#reader.key(query.scope);
    if (key === undefined) return { messages: [], reactions: [], hasOlder: false };
    const { scope, conversationId, limit } = query;
    const rows = this.#messages.all(
      key,
      conversationId,
      query.threadId ?? "",
      query.before ?? LAST_KEY,
      limit + 1,
    );
    const messages = rows.slice(0, limit).map((row) => envelopeOf(storedRowOf(scope, row)));
    const reactions = messages.flatMap((message) =>
      this.#reactions.all(key, conversationId, message.id).map((row) => envelopeOf(storedRowOf(scope, row))),
    );
    return { messages, reactions, hasOlder: rows.length > limit };
  }
}
