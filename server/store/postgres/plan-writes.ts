import type { Scope } from "#contract/scope.ts";
import { isSameJson, placeOf, type RowPlace, type StoredRow } from "../row-shape.ts";
import type { RowWrite } from "../store.ts";

export interface PlannedRow extends StoredRow, RowPlace {}

export interface WritePlan {
  /** How each row asked for will stand, in the order asked for. */
  results: StoredRow[];
  /** What must be written, each row once, in its last state. */
  changed: PlannedRow[];
  heads: Map<Scope, number>;
}

export interface Standing {
  heads: ReadonlyMap<Scope, number>;
  rows: ReadonlyMap<string, StoredRow>;
  /** Timeline keys by `keyOfRow` of the message. */
  messageKeys: ReadonlyMap<string, string>;
}

export function keyOfRow(row: { scope: string; collection: string; id: string }): string {
  return `${row.scope}\n${row.collection}\n${row.id}`;
}

/** Works a whole batch out in memory, so that the database is asked once and told once. */
export function planWrites(writes: readonly RowWrite[], standing: Standing): WritePlan {
  const heads = new Map(standing.heads);
  const planned = new Map<string, PlannedRow>();
  const messageKeys = new Map(standing.messageKeys);
  const results: StoredRow[] = [];
  for (const write of writes) {
    const { scope, collection, id, op } = write;
    const key = keyOfRow(write);
    const current = planned.get(key) ?? standing.rows.get(key);
    const data = JSON.stringify(write.data);
    if (current !== undefined && current.op === op && isSameJson(current.data, data)) {
      results.push(current);
      continue;
    }
    const seq = (heads.get(scope) ?? 0) + 1;
    heads.set(scope, seq);
    const place = placeOf(write, (messageId) =>
      messageKeys.get(keyOfRow({ scope, collection: "message", id: messageId })),
    );
    if (collection === "message" && place.timelineKey !== null) messageKeys.set(key, place.timelineKey);
    const row = { scope, seq, collection, id, rev: (current?.rev ?? 0) + 1, op, data, ...place };
    planned.set(key, row);
    results.push(row);
  }
  return { results, changed: [...planned.values()], heads };
}
