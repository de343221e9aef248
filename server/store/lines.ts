import type { Scope } from "#contract/scope.ts";
import { integerOf, textOf } from "./columns.ts";
import { lineOf } from "./row-shape.ts";
import type { StoredLines } from "./store.ts";

/** What `linesOf` expects of each row, as an array. */
export const LINE_COLUMNS = "seq, collection, id, rev, op, data, timeline_key";

/** Rows as they travel. There is at least one. */
export function linesOf(scope: Scope, rows: unknown[]): StoredLines {
  let text = "";
  let lastSeq = 0;
  let lastKey = "";
  for (const row of rows) {
    if (!Array.isArray(row)) throw new TypeError("the statement does not return arrays");
    const [seq, collection, id, rev, op, data, key]: unknown[] = row;
    lastSeq = integerOf(seq);
    lastKey = key === null ? "" : textOf(key);
    text += lineOf({
      scope,
      seq: lastSeq,
      collection: textOf(collection),
      id: textOf(id),
      rev: integerOf(rev),
      op: textOf(op),
      data: textOf(data),
    });
    text += "\n";
  }
  return { text, count: rows.length, lastSeq, lastKey };
}
