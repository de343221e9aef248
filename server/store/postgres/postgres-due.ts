import { blobIdSchema, type BlobId, type PersonId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import { integerOf, personOf } from "../columns.ts";
import { dueRowOf } from "../due-columns.ts";
import type { DueRow, RowKey } from "../store.ts";
import { queryCount, queryRows, type Queryable } from "./queries.ts";

export async function listDue(db: Queryable, nowMs: number, limit: number): Promise<DueRow[]> {
  const rows = await queryRows(
    db,
    `SELECT scope, collection, id, due_at_ms FROM due WHERE due_at_ms <= $1
     ORDER BY due_at_ms, scope, id LIMIT $2`,
    [nowMs, limit],
  );
  return rows.map(dueRowOf);
}

export async function dueAt(db: Queryable, key: RowKey): Promise<number | undefined> {
  const [row] = await queryRows(
    db,
    "SELECT due_at_ms FROM due WHERE scope = $1 AND collection = $2 AND id = $3",
    [key.scope, key.collection, key.id],
  );
  return row === undefined ? undefined : integerOf(row["due_at_ms"]);
}

export async function saveDue(db: Queryable, key: RowKey, dueAtMs: number): Promise<void> {
  await queryCount(
    db,
    `INSERT INTO due (scope, collection, id, due_at_ms) VALUES ($1, $2, $3, $4)
     ON CONFLICT (scope, collection, id) DO UPDATE SET due_at_ms = excluded.due_at_ms`,
    [key.scope, key.collection, key.id, dueAtMs],
  );
}

export async function clearDue(
  db: Queryable,
  keys: readonly { scope: string; collection: string; id: string }[],
): Promise<void> {
  await queryCount(
    db,
    `DELETE FROM due USING unnest($1::text[], $2::text[], $3::text[]) AS gone (scope, collection, id)
     WHERE due.scope = gone.scope AND due.collection = gone.collection AND due.id = gone.id`,
    [keys.map((key) => key.scope), keys.map((key) => key.collection), keys.map((key) => key.id)],
  );
}

/** Everything that stands in a scope, what was due there and what it was called; not its files. */
export async function removeRows(db: Queryable, scope: Scope): Promise<void> {
  await queryCount(db, "DELETE FROM due WHERE scope = $1", [scope]);
  await queryCount(db, "DELETE FROM rows WHERE scope = $1", [scope]);
  await queryCount(db, "DELETE FROM calendar_names WHERE scope = $1", [scope]);
  await queryCount(db, "DELETE FROM calendar_feeds WHERE scope = $1", [scope]);
}

export async function filesOf(
  db: Queryable,
  scope: Scope,
  limit: number,
): Promise<{ id: BlobId; ownerId: PersonId }[]> {
  const rows = await queryRows(db, "SELECT id, owner FROM blobs WHERE scope = $1 ORDER BY id LIMIT $2", [
    scope,
    limit,
  ]);
  return rows.map((row) => ({ id: blobIdSchema.parse(row["id"]), ownerId: personOf(row["owner"]) }));
}
