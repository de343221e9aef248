import type { DatabaseSync, StatementSync } from "node:sqlite";
import { messageParts } from "#contract/collections.ts";
import type { Envelope } from "#contract/envelope.ts";
import type { Scope } from "#contract/scope.ts";
import { scopeOf, storedRowOf } from "../columns.ts";
import { envelopeOf, LAST_KEY } from "../row-shape.ts";
import type { HistoryPage, HistoryRead, PersonalCollection, RowKey, StoreLookups } from "../store.ts";
import type { SqliteReader } from "./sqlite-reader.ts";

const ROW = "seq, collection, id, rev, op, data";
const PARTS = messageParts.map((name) => `'${name}'`).join(", ");

export class SqliteLookups implements StoreLookups {
  readonly #reader: SqliteReader;
  readonly #ofEveryone: StatementSync;
  readonly #waiting: StatementSync;
  readonly #children: StatementSync;
  readonly #parts: StatementSync;
  readonly #messages: StatementSync;

  constructor(db: DatabaseSync, reader: SqliteReader) {
    this.#reader = reader;
    this.#ofEveryone = db.prepare(
      `SELECT scopes.scope AS of, ${ROW} FROM rows JOIN scopes ON scopes.key = rows.scope
       WHERE parent_id = ? AND collection = ? AND timeline_key IS NULL AND op = 'put'`,
    );
    this.#waiting = db.prepare(
      `SELECT ${ROW} FROM rows WHERE scope = ? AND conversation_id = ? AND timeline_key IS NULL
       AND collection = 'notification' AND op = 'put' ORDER BY seq`,
    );
    this.#children = db.prepare(
      `SELECT ${ROW} FROM rows WHERE scope = ? AND conversation_id IS ? AND timeline_key IS NULL
       AND collection = 'libraryItem' AND op = 'put' ORDER BY seq`,
    );
    this.#parts = db.prepare(
      `SELECT ${ROW} FROM rows WHERE scope = ? AND conversation_id = ? AND parent_id = ? AND collection IN (${PARTS})
       AND timeline_key IS NOT NULL AND op = 'put' ORDER BY timeline_key DESC`,
    );
    this.#messages = db.prepare(
      `SELECT ${ROW} FROM rows WHERE scope = ? AND conversation_id = ? AND parent_id = ? AND collection = 'message'
       AND timeline_key < ? AND op = 'put' ORDER BY timeline_key DESC LIMIT ?`,
    );
  }

  async many(keys: readonly RowKey[]): Promise<(Envelope | undefined)[]> {
    return keys.map(({ scope, collection, id }) => this.#reader.get(scope, collection, id));
  }

  async ofEveryone(collection: PersonalCollection, id: string): Promise<Envelope[]> {
    return this.#ofEveryone
      .all(id, collection)
      .map((row) => envelopeOf(storedRowOf(scopeOf(row["of"]), row)));
  }

  async waiting(scope: Scope, conversationId: string): Promise<Envelope[]> {
    const key = this.#reader.key(scope);
    if (key === undefined) return [];
    return this.#waiting.all(key, conversationId).map((row) => envelopeOf(storedRowOf(scope, row)));
  }

  async children(scope: Scope, folderId: string): Promise<Envelope[]> {
    const key = this.#reader.key(scope);
    if (key === undefined) return [];
    return this.#children.all(key, folderId || null).map((row) => envelopeOf(storedRowOf(scope, row)));
  }

  async parts(scope: Scope, conversationId: string, messageId: string): Promise<Envelope[]> {
    const key = this.#reader.key(scope);
    if (key === undefined) return [];
    return this.#parts.all(key, conversationId, messageId).map((row) => envelopeOf(storedRowOf(scope, row)));
  }

  async messages(query: HistoryRead): Promise<HistoryPage> {
    const { scope, conversationId, threadId, before, limit } = query;
    const key = this.#reader.key(scope);
    if (key === undefined) return { messages: [], hasOlder: false };
    const rows = this.#messages.all(key, conversationId, threadId ?? "", before ?? LAST_KEY, limit + 1);
    return {
      messages: rows.slice(0, limit).map((row) => envelopeOf(storedRowOf(scope, row))),
      hasOlder: rows.length > limit,
    };
  }
}
