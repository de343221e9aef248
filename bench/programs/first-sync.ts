import { buildPages } from "../harness/build.ts";
import type { BenchOptions, BenchProgram, BenchResult, Verdict } from "../harness/program.ts";
import { inTurn, valuesOf } from "../harness/rounds.ts";
import { ratios, spread } from "../harness/statistics.ts";
import { generateWorkload, workloadW } from "../workload/generate.ts";
import { countRows } from "../workload/workload.ts";
import { measurePage, startSyncServer } from "../harness/sync-pages.ts";

/** Goal 1: how long until workload W is on disk, encrypted, against the floor and two ways of others. */
export const firstSync: BenchProgram = { name: "first-sync", run };

async function run({ isQuick, print }: BenchOptions): Promise<BenchResult> {
  await buildPages();
  const workload = generateWorkload(workloadW);
  const { rows, messages } = countRows(workload);
  const server = await startSyncServer(workload);
  const fast = isQuick ? 2 : 5;
  const slow = isQuick ? 1 : 2;
  // Code and files are read for the first time by somebody: by nobody who is measured.
  await measurePage(server, "floor", rows);
  await measurePage(server, "sync", rows);
  const measured = await inTurn(
    [
      { name: "floor", rounds: fast, measure: () => measurePage(server, "floor", rows) },
      { name: "ours", rounds: fast, measure: () => measurePage(server, "sync", rows) },
      { name: "Dexie rows", rounds: slow, measure: () => measurePage(server, "dexie", rows) },
      { name: "matrix-js-sdk", rounds: slow, measure: () => measurePage(server, "matrix", messages) },
    ],
    print,
  );
  await server.stop();
  return {
    verdicts: verdictsOf(measured, rows),
    figures: [...measured].map(([what, values]) => ({ what, unit: "ms", value: spread(values) })),
    skipped: [],
  };
}

function verdictsOf(measured: ReadonlyMap<string, number[]>, rows: number): Verdict[] {
  const ours = valuesOf(measured, "ours");
  const versus = (name: string) => ratios(valuesOf(measured, name), ours);
  return [
    {
      goal: 1,
      what: "first sync of W, encrypted, in times of the floor",
      unit: "×",
      value: spread(ratios(ours, valuesOf(measured, "floor"))),
      limit: 4,
      isAtMost: true,
      note: `Floor: one streamed answer of the same ${String(rows)} rows, JSON.parse of each, nothing kept`,
    },
    {
      goal: 1,
      what: "first sync of W, times faster than one Dexie row a message",
      unit: "×",
      value: spread(versus("Dexie rows")),
      limit: 8,
      isAtMost: false,
      note: "In a worker, 4 indexes, in the clear, 1,000 rows a transaction",
    },
    {
      goal: 1,
      what: "first sync of W, times faster than matrix-js-sdk",
      unit: "×",
      value: spread(versus("matrix-js-sdk")),
      limit: 4,
      isAtMost: false,
      note: "With its IndexedDB store, which keeps the last 50 events of a room; ours keeps all",
    },
  ];
}
