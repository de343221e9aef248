import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { openSqliteStore } from "#server/store/sqlite-store.ts";
import { repositoryRoot, temporaryFolder } from "#tests/support/processes.ts";
import { buildPages } from "../harness/build.ts";
import type { BenchOptions, BenchProgram, BenchResult } from "../harness/program.ts";
import { inTurn, valuesOf } from "../harness/rounds.ts";
import { ratios, spread } from "../harness/statistics.ts";
import { measurePage, startSyncServer } from "../harness/sync-pages.ts";
import { recordWorkload } from "../workload/record.ts";
import { countRows, type Workload } from "../workload/workload.ts";

/** Goal 1 on real conversation: a Slack export, imported as a person would, then synced for the first time. */
export const realExport: BenchProgram = { name: "real-export", run };

const EXPORT = join(repositoryRoot, "..", "shared", "data", "slack-export.zip");
/** Rows of its timeline that a first sync asks of each scope when it names no number. */
const TIMELINE_ROWS = 20_000;

async function run({ isQuick, print }: BenchOptions): Promise<BenchResult> {
  if (!existsSync(EXPORT)) {
    const reason = "there is no real export beside the repository (shared/data/slack-export.zip)";
    return { verdicts: [], figures: [], skipped: [reason] };
  }
  await buildPages();
  const workload = await importExport(print);
  for (const scope of workload.scopes) scope.timeline.splice(TIMELINE_ROWS);
  const { rows } = countRows(workload);
  const server = await startSyncServer(workload);
  await measurePage(server, "floor", rows);
  const rounds = isQuick ? 2 : 5;
  const measured = await inTurn(
    [
      { name: "floor", rounds, measure: () => measurePage(server, "floor", rows) },
      { name: "ours", rounds, measure: () => measurePage(server, "sync", rows) },
    ],
    print,
  );
  await server.stop();
  const value = spread(ratios(valuesOf(measured, "ours"), valuesOf(measured, "floor")));
  const note = `${String(rows)} rows: 15,521 people and the newest ${TIMELINE_ROWS.toLocaleString("en-US")} rows of its one space`;
  return {
    verdicts: [
      {
        goal: 1,
        what: "first sync of a real export, encrypted, in times of the floor",
        unit: "×",
        value,
        limit: 4,
        isAtMost: true,
        note,
      },
    ],
    figures: [...measured].map(([what, values]) => ({
      what: `real export, ${what}`,
      unit: "ms",
      value: spread(values),
    })),
    skipped: [],
  };
}

async function importExport(print: (line: string) => void): Promise<Workload> {
  const folder = temporaryFolder("bench-export");
  try {
    const startedAt = performance.now();
    const script = join(repositoryRoot, "server", "cli", "import.ts");
    await promisify(execFile)(process.execPath, [script, "slack", EXPORT, "--data", folder.path], {
      maxBuffer: 1e9,
    });
    print(`imported in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
    const store = openSqliteStore({ folder: folder.path });
    try {
      return await recordWorkload(store, "real export");
    } finally {
      await store.close();
    }
  } finally {
    folder.remove();
  }
}
