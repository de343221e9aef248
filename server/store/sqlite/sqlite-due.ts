import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { BlobId, PersonId } from "#contract/ids.ts";
import { blobIdSchema } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import { integerOf, personOf } from "../columns.ts";
import { dueRowOf } from "../due-columns.ts";
import type { DueRow } from "../store.ts";

const DUE = "SELECT scopes.scope, collection, id, due_at_ms FROM due JOIN scopes ON scopes.key = due.scope";

/** What is due, and the end of a whole scope. */
export class SqliteDue {
  readonly #list: StatementSync;
  readonly #at: StatementSync;
  readonly #set: StatementSync;
  readonly #clear: StatementSync;
  readonly #files: StatementSync;
  readonly #clearScope: StatementSync;
  readonly #removeRows: StatementSync;

  constructor(db: DatabaseSync) {
    this.#list = db.prepare(`${DUE} WHERE due_at_ms <= ? ORDER BY due_at_ms, scopes.scope, id LIMIT ?`);
    this.#at = db.prepare("SELECT due_at_ms FROM due WHERE scope = ? AND collection = ? AND id = ?");
    this.#set = db.prepare(
      `INSERT INTO due (scope, collection, id, due_at_ms) VALUES (?, ?, ?, ?)
       ON CONFLICT (scope, collection, id) DO UPDATE SET due_at_ms = excluded.due_at_ms`,
    );
    this.#clear = db.prepare("DELETE FROM due WHERE scope = ? AND collection = ? AND id = ?");
    this.#files = db.prepare("SELECT id, owner FROM blobs WHERE scope = ? ORDER BY id LIMIT ?");
    this.#clearScope = db.prepare("DELETE FROM due WHERE scope = ?");
    this.#removeRows = db.prepare("DELETE FROM rows WHERE scope = ?");
  }

  list(nowMs: number, limit: number): DueRow[] {
    return this.#list.all(nowMs, limit).map(dueRowOf);
  }

  at(scopeKey: number, collection: string, id: string): number | undefined {
    const row = this.#at.get(scopeKey, collection, id);
    return row === undefined ? undefined : integerOf(row["due_at_ms"]);
  }

  set(scopeKey: number, collection: string, id: string, dueAtMs: number): void {
    this.#set.run(scopeKey, collection, id, dueAtMs);
  }

  clear(scopeKey: number, collection: string, id: string): void {
    this.#clear.run(scopeKey, collection, id);
  }

  removeRows(scopeKey: number): void {
    this.#clearScope.run(scopeKey);
    this.#removeRows.run(scopeKey);
  }

  files(scope: Scope, limit: number): { id: BlobId; ownerId: PersonId }[] {
    return this.#files
      .all(scope, limit)
      .map((row) => ({ id: blobIdSchema.parse(row["id"]), ownerId: personOf(row["owner"]) }));
  }
}
