import { DatabaseSync } from "node:sqlite";
import process from "node:process";

/**
 * Floor of the server's sync: every row read from the same tables in stream order and made into a line, by a process of
 * its own. Reads three times and prints the milliseconds of the last, when the code is warm, as a running server is.
 */
const LINES_PER_PIECE = 500;

function readAll(database: DatabaseSync): { rows: number; bytes: number } {
  const select = database.prepare(
    `SELECT scopes.scope AS scope, seq, collection, id, rev, op, data
     FROM rows JOIN scopes ON scopes.key = rows.scope ORDER BY rows.scope, seq`,
  );
  select.setReturnArrays(true);
  let rows = 0;
  let bytes = 0;
  let piece = "";
  for (const row of select.iterate()) {
    if (!Array.isArray(row)) throw new TypeError("the statement does not return arrays");
    const [scope, seq, collection, id, rev, op, data]: unknown[] = row;
    piece += `{"scope":"${String(scope)}","seq":${String(seq)},"collection":"${String(collection)}","id":"${String(id)}","rev":${String(rev)},"op":"${String(op)}","data":${String(data)}}\n`;
    rows++;
    if (rows % LINES_PER_PIECE !== 0) continue;
    bytes += Buffer.from(piece).length;
    piece = "";
  }
  bytes += Buffer.from(piece).length;
  return { rows, bytes };
}

const database = new DatabaseSync(process.argv[2] ?? "", { readOnly: true });
database.exec("PRAGMA cache_size = -32000; PRAGMA mmap_size = 268435456");
for (let pass = 0; pass < 2; pass++) readAll(database);
const startedAt = performance.now();
const { rows } = readAll(database);
const elapsedMs = performance.now() - startedAt;
process.stdout.write(`${JSON.stringify({ elapsedMs, rows })}\n`);
