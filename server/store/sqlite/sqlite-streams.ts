import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Envelope } from "#contract/envelope.ts";
import type { Scope } from "#contract/scope.ts";
import { integerOf } from "../columns.ts";
import { LINE_COLUMNS, lineSql, linesOf } from "../lines.ts";
import { LINES_PER_BATCH, type HistoryPage, type HistoryRead, type StoredLines } from "../store.ts";
import { SqliteLookups } from "./sqlite-lookups.ts";
import type { SqliteReader } from "./sqlite-reader.ts";

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
  readonly #find: SqliteLookups;

  constructor(db: DatabaseSync, reader: SqliteReader) {
    this.#reader = reader;
    const page = (condition: string, order: string) => db.prepare(pageSql(condition, order));
    this.#tail = page("seq > ?3", "seq");
    this.#small = page("seq > ?3 AND seq <= ?5 AND timeline_key IS NULL AND op = 'put'", "seq");
    this.#timeline = page(
      "timeline_key < ?3 AND seq <= ?5 AND timeline_key IS NOT NULL AND op = 'put'",
      "timeline_key DESC",
    );
    this.#countSmall = db.prepare("SELECT count(*) AS n FROM rows WHERE scope = ? AND timeline_key IS NULL");
    this.#countTimeline = db.prepare(
      "SELECT count(*) AS n FROM rows WHERE scope = ? AND timeline_key IS NOT NULL",
    );
    this.#find = new SqliteLookups(db, reader);
  }

  tail(scope: Scope, after: number, limit: number): AsyncIterable<StoredLines> {
    return this.#pages(scope, limit, (key, last, count) =>
      this.#tail.get(scope, key, last?.lastSeq ?? after, count),
    );
  }

  small(scope: Scope, head: number, after: number, limit: number): AsyncIterable<StoredLines> {
    return this.#pages(scope, limit, (key, last, count) =>
      this.#small.get(scope, key, last?.lastSeq ?? after, count, head),
    );
  }

  timeline(scope: Scope, head: number, before: string, limit: number): AsyncIterable<StoredLines> {
    return this.#pages(scope, limit, (key, last, count) =>
      this.#timeline.get(scope, key, last?.lastKey ?? before, count, head),
    );
  }

  async *#pages(
    scope: Scope,
    limit: number,
    page: (key: number, last: StoredLines | undefined, count: number) => Record<string, unknown> | undefined,
  ): AsyncGenerator<StoredLines> {
    const key = this.#reader.key(scope);
    if (key === undefined) return;
    let last: StoredLines | undefined;
    for (let left = limit; left > 0; left -= last.count) {
      const wanted = Math.min(left, LINES_PER_BATCH);
      last = linesOf(page(key, last, wanted));
      if (last === undefined) return;
      yield last;
      if (last.count < wanted) return;
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

  async history(query: HistoryRead): Promise<HistoryPage & { parts: Envelope[] }> {
    const page = await this.#find.messages(query);
    const parts: Envelope[] = [];
    for (const message of page.messages) {
      for (const part of await this.#find.parts(query.scope, query.conversationId, message.id))
        parts.push(part);
    }
    return { ...page, parts };
  }
}

/** ?1 the scope's name, ?2 its key, ?3 where to begin, ?4 how many. The BLOB is already UTF-8: no text is decoded. */
function pageSql(condition: string, order: string): string {
  const line = lineSql("?1", { jsonOfId: "json_quote(id)", lineFeed: "char(10)" });
  return `SELECT count(*) AS count, max(seq) AS last_seq, min(timeline_key) AS last_key,
      CAST(group_concat(${line}, '') AS BLOB) AS bytes
    FROM (SELECT ${LINE_COLUMNS} FROM rows WHERE scope = ?2 AND ${condition} ORDER BY ${order} LIMIT ?4)`;
}
