import { collectionNames, isCollectionName } from "#contract/collections.ts";
import { integerOf, scopeOf, textOf } from "./columns.ts";
import type { DueRow } from "./store.ts";

export function dueRowOf(row: Record<string, unknown>): DueRow {
  const collection = textOf(row["collection"]);
  if (!isCollectionName(collection)) {
    throw new TypeError(`the database names ${collection}, which is none of ${collectionNames.join(", ")}`);
  }
  const key = { scope: scopeOf(row["scope"]), collection, id: textOf(row["id"]) };
  return { key, dueAtMs: integerOf(row["due_at_ms"]) };
}
