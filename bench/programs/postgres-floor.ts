import process from "node:process";
import { Client } from "pg";

/** The same floor as sqlite-floor.ts for PostgreSQL: every row read through the driver, 500 at a time, and made into a line. */
const LINES_PER_PIECE = 500;

const client = new Client({ connectionString: process.argv[2] });
await client.connect();

async function readAll(): Promise<number> {
  let rows = 0;
  await client.query("BEGIN");
  await client.query(`DECLARE everything NO SCROLL CURSOR FOR
    SELECT scope, seq, collection, id, rev, op, data FROM rows ORDER BY scope, seq`);
  for (;;) {
    const page = await client.query<unknown[]>({
      text: `FETCH ${String(LINES_PER_PIECE)} everything`,
      rowMode: "array",
    });
    if (page.rows.length === 0) break;
    let piece = "";
    for (const [scope, seq, collection, id, rev, op, data] of page.rows) {
      piece += `{"scope":"${String(scope)}","seq":${String(seq)},"collection":"${String(collection)}","id":"${String(id)}","rev":${String(rev)},"op":"${String(op)}","data":${String(data)}}\n`;
    }
    if (Buffer.from(piece).length > 0) rows += page.rows.length;
  }
  await client.query("COMMIT");
  return rows;
}

for (let pass = 0; pass < 2; pass++) await readAll();
const startedAt = performance.now();
const rows = await readAll();
const elapsedMs = performance.now() - startedAt;
await client.end();
process.stdout.write(`${JSON.stringify({ elapsedMs, rows })}\n`);
