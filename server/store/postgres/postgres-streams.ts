import type { Envelope } from "#contract/envelope.ts";
import type { Scope } from "#contract/scope.ts";
import { integerOf } from "../columns.ts";
import { LINE_COLUMNS, lineSql, linesOf } from "../lines.ts";
import { LINES_PER_BATCH, type HistoryPage, type HistoryRead, type StoredLines } from "../store.ts";
import { PostgresLookups } from "./postgres-lookups.ts";
import { queryPrepared, translating, type Queryable } from "./queries.ts";

const TAIL = pageSql("seq > $2", "seq");
const SMALL = pageSql("seq > $2 AND timeline_key IS NULL AND seq <= $4 AND op = 'put'", "seq");
const TIMELINE = pageSql(
  "timeline_key < $2 AND timeline_key IS NOT NULL AND seq <= $4 AND op = 'put'",
  "timeline_key DESC",
);

/** $1 the scope, $2 where to begin, $3 how many. */
function pageSql(condition: string, order: string): string {
  const line = lineSql("$1::text", { jsonOfId: "to_json(id)::text", lineFeed: "chr(10)" });
  return `SELECT count(*) AS count, max(seq) AS last_seq, min(timeline_key) AS last_key,
      string_agg(${line}, '') AS bytes
    FROM (SELECT ${LINE_COLUMNS} FROM rows WHERE scope = $1 AND ${condition} ORDER BY ${order} LIMIT $3) AS page`;
}

/** Long reads, page by page: no connection is kept while a slow reader takes its time. */
export class PostgresStreams {
  readonly #db: Queryable;

  constructor(db: Queryable) {
    this.#db = db;
  }

  tail(scope: Scope, after: number, limit: number): AsyncIterable<StoredLines> {
    return this.#pages(limit, TAIL, (last, count) => [scope, last?.lastSeq ?? after, count]);
  }

  small(scope: Scope, head: number, after: number, limit: number): AsyncIterable<StoredLines> {
    return this.#pages(limit, SMALL, (last, count) => [scope, last?.lastSeq ?? after, count, head]);
  }

  timeline(scope: Scope, head: number, before: string, limit: number): AsyncIterable<StoredLines> {
    return this.#pages(limit, TIMELINE, (last, count) => [scope, last?.lastKey ?? before, count, head]);
  }

  async *#pages(
    limit: number,
    text: string,
    valuesOf: (last: StoredLines | undefined, count: number) => unknown[],
  ): AsyncGenerator<StoredLines> {
    let last: StoredLines | undefined;
    for (let left = limit; left > 0; left -= last.count) {
      const wanted = Math.min(left, LINES_PER_BATCH);
      const [row] = await translating(queryPrepared(this.#db, text, valuesOf(last, wanted)));
      last = linesOf(row);
      if (last === undefined) return;
      yield last;
      if (last.count < wanted) return;
    }
  }

  async count(scope: Scope): Promise<{ small: number; timeline: number }> {
    const [row] = await queryPrepared(
      this.#db,
      `SELECT count(*) FILTER (WHERE timeline_key IS NULL) AS small,
              count(*) FILTER (WHERE timeline_key IS NOT NULL) AS timeline
       FROM rows WHERE scope = $1`,
      [scope],
    );
    return { small: integerOf(row?.["small"]), timeline: integerOf(row?.["timeline"]) };
  }

  async history(query: HistoryRead): Promise<HistoryPage & { parts: Envelope[] }> {
    const find = new PostgresLookups(this.#db);
    const page = await find.messages(query);
    const ids = page.messages.map((message) => message.id);
    return { ...page, parts: await find.partsOf(query.scope, query.conversationId, ids) };
  }
}
