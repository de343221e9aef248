import type { Scope } from "#contract/scope.ts";
import type { RowWrite } from "#server/store/store.ts";

/** A row as the demonstration writes it. */
export function putRow(
  scope: Scope,
  collection: RowWrite["collection"],
  data: { id: string; [field: string]: unknown },
): RowWrite {
  return { scope, collection, id: data.id, op: "put", data };
}
