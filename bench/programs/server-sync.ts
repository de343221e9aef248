import { execFile } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { z } from "zod";
import { openSqliteStore } from "#server/store/sqlite-store.ts";
import { startServer, temporaryFolder } from "#tests/support/processes.ts";
import type { BenchOptions, BenchProgram, BenchResult, Verdict } from "../harness/program.ts";
import { inTurn, valuesOf } from "../harness/rounds.ts";
import { ratios, spread } from "../harness/statistics.ts";
import { SyncClient } from "../harness/sync-client.ts";
import { generateWorkload, workloadW } from "../workload/generate.ts";
import { loadIntoStore, makeTokens } from "../workload/load-server.ts";
import { countRows, type Workload } from "../workload/workload.ts";

/** Goal 11: the server's part of a first sync, against reading the same rows from the same database. */
export const serverSync: BenchProgram = { name: "server-sync", run };

/** No envelope is shorter: tells a complete answer from an error. */
const LEAST_ROW_BYTES = 250;

const floorSchema = z.object({ elapsedMs: z.number(), rows: z.int() });

async function run({ isQuick, print }: BenchOptions): Promise<BenchResult> {
  const workload = generateWorkload(workloadW);
  const { rows } = countRows(workload);
  const rounds = isQuick ? 2 : 5;
  const sqlite = await measureSqlite(workload, rounds, print);
  return {
    verdicts: [verdictOf("SQLite", sqlite, rows)],
    figures: [...sqlite].map(([name, values]) => ({
      what: `SQLite, ${name}`,
      unit: "ms",
      value: spread(values),
    })),
    skipped: [],
  };
}

function verdictOf(database: string, measured: ReadonlyMap<string, number[]>, rows: number): Verdict {
  return {
    goal: 11,
    what: `server on ${database}: all of W over HTTP, in times of SELECT + serialise`,
    unit: "×",
    value: spread(ratios(valuesOf(measured, "floor"), valuesOf(measured, "ours"))),
    limit: 0.5,
    isAtMost: false,
    note: `${String(rows)} rows in 202 answers, one after the other, read by one client; the floor sends nothing`,
  };
}

async function measureSqlite(
  workload: Workload,
  rounds: number,
  print: (line: string) => void,
): Promise<Map<string, number[]>> {
  const folder = temporaryFolder("bench-server");
  try {
    const token = await prepare(folder.path, workload);
    const server = await startServer(["--data", folder.path, "--port", "0"]);
    try {
      const file = join(folder.path, "workplace.db");
      await syncAll(server.url, token, countRows(workload).rows);
      return await inTurn(
        [
          { name: "floor", rounds, measure: () => measureFloor("sqlite-floor.ts", file) },
          { name: "ours", rounds, measure: () => syncAll(server.url, token, countRows(workload).rows) },
        ],
        print,
      );
    } finally {
      await server.stop();
    }
  } finally {
    folder.remove();
  }
}

async function prepare(folder: string, workload: Workload): Promise<string> {
  const store = openSqliteStore({ folder });
  try {
    await loadIntoStore(store, workload, [workload.me]);
    const [token] = await makeTokens(store, [workload.me]);
    if (token === undefined) throw new Error("no token was made");
    return token;
  } finally {
    await store.close();
  }
}

async function measureFloor(program: string, database: string): Promise<number> {
  const script = join(import.meta.dirname, program);
  const { stdout } = await promisify(execFile)(process.execPath, [script, database]);
  return floorSchema.parse(JSON.parse(stdout)).elapsedMs;
}

async function syncAll(url: string, token: string, expectedRows: number): Promise<number> {
  const client = new SyncClient(url, token);
  try {
    const scopes = await client.scopes();
    const startedAt = performance.now();
    let bytes = 0;
    for (const scope of scopes) bytes += await client.sync(scope);
    const elapsedMs = performance.now() - startedAt;
    if (bytes < expectedRows * LEAST_ROW_BYTES)
      throw new Error(`the server sent ${String(bytes)} bytes only`);
    return elapsedMs;
  } finally {
    client.close();
  }
}
