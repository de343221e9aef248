import { messageParts } from "#contract/collections.ts";
import type { Envelope } from "#contract/envelope.ts";
import type { Scope } from "#contract/scope.ts";
import { scopeOf, storedRowOf } from "../columns.ts";
import { envelopeOf, LAST_KEY } from "../row-shape.ts";
import type { HistoryPage, HistoryRead, PersonalCollection, RowKey, StoreLookups } from "../store.ts";
import { keyOfRow } from "./plan-writes.ts";
import { queryRows, type Queryable } from "./queries.ts";

const ROW = "seq, collection, id, rev, op, data";

export class PostgresLookups implements StoreLookups {
  readonly #db: Queryable;

  constructor(db: Queryable) {
    this.#db = db;
  }

  async many(keys: readonly RowKey[]): Promise<(Envelope | undefined)[]> {
    // PostgreSQL refuses this character; no row has it in its id.
    const wanted = keys.filter((key) => !key.id.includes("\0"));
    if (wanted.length === 0) return keys.map(() => undefined);
    const rows = await queryRows(
      this.#db,
      `SELECT found.* FROM unnest($1::text[], $2::text[], $3::text[]) AS wanted (scope, collection, id),
       LATERAL (SELECT scope, ${ROW} FROM rows WHERE rows.scope = wanted.scope
         AND rows.collection = wanted.collection AND rows.id = wanted.id LIMIT 1) AS found`,
      [wanted.map((key) => key.scope), wanted.map((key) => key.collection), wanted.map((key) => key.id)],
    );
    const found = new Map(
      rows.map((row) => {
        const stored = storedRowOf(scopeOf(row["scope"]), row);
        return [keyOfRow(stored), envelopeOf(stored)];
      }),
    );
    return keys.map((key) => found.get(keyOfRow(key)));
  }

  async ofEveryone(collection: PersonalCollection, id: string): Promise<Envelope[]> {
    const rows = await queryRows(
      this.#db,
      `SELECT scope, ${ROW} FROM rows WHERE parent_id = $1 AND collection = $2 AND timeline_key IS NULL AND op = 'put'`,
      [id, collection],
    );
    return rows.map((row) => envelopeOf(storedRowOf(scopeOf(row["scope"]), row)));
  }

  async waiting(scope: Scope, conversationId: string): Promise<Envelope[]> {
    const rows = await queryRows(
      this.#db,
      `SELECT ${ROW} FROM rows WHERE scope = $1 AND conversation_id = $2 AND timeline_key IS NULL
       AND collection = 'notification' AND op = 'put' ORDER BY seq`,
      [scope, conversationId],
    );
    return rows.map((row) => envelopeOf(storedRowOf(scope, row)));
  }

  async children(scope: Scope, folderId: string): Promise<Envelope[]> {
    const rows = await queryRows(
      this.#db,
      `SELECT ${ROW} FROM rows WHERE scope = $1 AND conversation_id ${folderId === "" ? "IS NULL" : "= $2"}
       AND timeline_key IS NULL AND collection = 'libraryItem' AND op = 'put' ORDER BY seq`,
      folderId === "" ? [scope] : [scope, folderId],
    );
    return rows.map((row) => envelopeOf(storedRowOf(scope, row)));
  }

  parts(scope: Scope, conversationId: string, messageId: string): Promise<Envelope[]> {
    return this.partsOf(scope, conversationId, [messageId]);
  }

  async partsOf(scope: Scope, conversationId: string, messageIds: readonly string[]): Promise<Envelope[]> {
    const rows = await queryRows(
      this.#db,
      `SELECT ${ROW} FROM rows WHERE scope = $1 AND conversation_id = $2 AND parent_id = ANY ($3)
       AND collection = ANY ($4) AND timeline_key IS NOT NULL AND op = 'put' ORDER BY timeline_key DESC`,
      [scope, conversationId, messageIds, messageParts],
    );
    return rows.map((row) => envelopeOf(storedRowOf(scope, row)));
  }

  async messages(query: HistoryRead): Promise<HistoryPage> {
    const { scope, conversationId, threadId, before, limit } = query;
    const rows = await queryRows(
      this.#db,
      `SELECT ${ROW} FROM rows WHERE scope = $1 AND conversation_id = $2 AND parent_id = $3
       AND collection = 'message' AND timeline_key IS NOT NULL AND timeline_key < $4 AND op = 'put'
       ORDER BY timeline_key DESC LIMIT $5`,
      [scope, conversationId, threadId ?? "", before ?? LAST_KEY, limit + 1],
    );
    return {
      messages: rows.slice(0, limit).map((row) => envelopeOf(storedRowOf(scope, row))),
      hasOlder: rows.length > limit,
    };
  }
}
