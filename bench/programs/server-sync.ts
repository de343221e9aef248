import { execFile } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { Client } from "pg";
import { z } from "zod";
import { openPostgresStore } from "#server/store/postgres-store.ts";
import { openSqliteStore } from "#server/store/sqlite-store.ts";
import type { Store } from "#server/store/store.ts";
import { startPostgres } from "#tests/peers/postgres.ts";
import { startServer, temporaryFolder } from "#tests/support/processes.ts";
import type { BenchOptions, BenchProgram, BenchResult } from "../harness/program.ts";
import { inTurn, valuesOf } from "../harness/rounds.ts";
import { ratios, spread } from "../harness/statistics.ts";
import { generateWorkload, workloadW } from "../workload/generate.ts";
import { loadIntoStore, makeTokens } from "../workload/load-server.ts";
import { countRows, type Workload } from "../workload/workload.ts";

/** Goal 11: the server's part of a first sync, against reading the same rows from the same database. */
export const serverSync: BenchProgram = { name: "server-sync", run };

/** No envelope is shorter: tells a complete answer from an error. */
const LEAST_ROW_BYTES = 250;

const readSchema = z.object({ elapsedMs: z.number(), bytes: z.int() });
const floorSchema = z.object({ elapsedMs: z.number(), rows: z.int() });

/** A database with W in it, a server on it, and a program that reads the same rows from it. */
interface Setting {
  name: string;
  floor: string;
  database: string;
  serverOptions: string[];
  open: () => Store | Promise<Store>;
  /** What a database does by itself some minutes after many rows have come. */
  settle: () => Promise<void>;
}

async function run({ isQuick, print }: BenchOptions): Promise<BenchResult> {
  const workload = generateWorkload(workloadW);
  const rounds = isQuick ? 2 : 5;
  const folder = temporaryFolder("bench-server");
  const result: BenchResult = { verdicts: [], figures: [], skipped: [] };
  try {
    const sqlite = {
      name: "SQLite",
      floor: "sqlite-floor.ts",
      database: join(folder.path, "workplace.db"),
      serverOptions: ["--data", folder.path],
      open: () => openSqliteStore({ folder: folder.path }),
      settle: () => Promise.resolve(),
    };
    add(result, sqlite.name, await measure(sqlite, workload, rounds, print), countRows(workload).rows);
  } finally {
    folder.remove();
  }
  const postgres = await startPostgres();
  if (postgres === undefined) {
    result.skipped.push("PostgreSQL is not installed");
    return result;
  }
  const files = temporaryFolder("bench-files");
  try {
    const { url } = postgres;
    const setting = {
      name: "PostgreSQL",
      floor: "postgres-floor.ts",
      database: url,
      serverOptions: ["--data", files.path, "--database", url],
      open: () => openPostgresStore({ url, onError: fail }),
      settle: () => vacuum(url),
    };
    add(result, setting.name, await measure(setting, workload, rounds, print), countRows(workload).rows);
  } finally {
    await postgres.stop();
    files.remove();
  }
  return result;
}

/** PostgreSQL's autovacuum would have done it within a minute or so. */
async function vacuum(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query("VACUUM ANALYZE");
  await client.end();
}

function fail(error: unknown): void {
  throw new Error("PostgreSQL failed", { cause: error });
}

function add(result: BenchResult, name: string, measured: ReadonlyMap<string, number[]>, rows: number): void {
  result.verdicts.push({
    goal: 11,
    what: `server on ${name}: all of W over HTTP, in times of SELECT + serialise`,
    unit: "×",
    value: spread(ratios(valuesOf(measured, "floor"), valuesOf(measured, "ours"))),
    limit: 0.5,
    isAtMost: false,
    note: `${String(rows)} rows in 202 answers, one after the other, read by one client; the floor sends nothing`,
  });
  for (const [what, values] of measured) {
    result.figures.push({ what: `${name}, ${what}`, unit: "ms", value: spread(values) });
  }
}

async function measure(
  setting: Setting,
  workload: Workload,
  rounds: number,
  print: (line: string) => void,
): Promise<Map<string, number[]>> {
  const token = await prepare(await setting.open(), workload);
  await setting.settle();
  const server = await startServer([...setting.serverOptions, "--port", "0"]);
  const { rows } = countRows(workload);
  try {
    await syncAll(server.url, token, rows);
    return await inTurn(
      [
        { name: "floor", rounds, measure: () => measureFloor(setting.floor, setting.database) },
        { name: "ours", rounds, measure: () => syncAll(server.url, token, rows) },
      ],
      print,
    );
  } finally {
    await server.stop();
  }
}

async function prepare(store: Store, workload: Workload): Promise<string> {
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
  return floorSchema.parse(await runProgram(program, database)).elapsedMs;
}

async function syncAll(url: string, token: string, expectedRows: number): Promise<number> {
  const { bytes, elapsedMs } = readSchema.parse(await runProgram("sync-reader.ts", url, token));
  if (bytes < expectedRows * LEAST_ROW_BYTES) throw new Error(`the server sent ${String(bytes)} bytes only`);
  return elapsedMs;
}

async function runProgram(name: string, ...options: string[]): Promise<unknown> {
  const script = join(import.meta.dirname, name);
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...options]);
  return JSON.parse(stdout);
}
