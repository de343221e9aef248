import type { BenchOptions, BenchProgram, BenchResult } from "../harness/program.ts";
import { buildPages } from "../harness/build.ts";
import { inFreshBrowser } from "../harness/browser.ts";
import { spread } from "../harness/statistics.ts";
import { openBenchPage, startSyncServer } from "../harness/sync-pages.ts";
import { generateWorkload, workloadW } from "../workload/generate.ts";
import { Pace } from "../workload/pace.ts";
import { countRows } from "../workload/workload.ts";

/** Goal 2: how many rows had been sent when the newest conversation could be read. */
export const newestFirst: BenchProgram = { name: "newest-first", run };

/** A line of 20 Mbit/s: slow enough that what was sent and what has arrived are the same. */
const BYTES_PER_SECOND = 2_500_000;

async function run({ isQuick, print }: BenchOptions): Promise<BenchResult> {
  await buildPages();
  const workload = generateWorkload(workloadW);
  const { rows } = countRows(workload);
  const newest = workload.conversations[0];
  if (newest === undefined) throw new Error("the workload has no conversation");
  const server = await startSyncServer(workload);
  const shares: number[] = [];
  const waits: number[] = [];
  for (let round = 0; round < (isQuick ? 1 : 3); round++) {
    const pace = new Pace(BYTES_PER_SECOND);
    server.backend.pace = pace;
    await inFreshBrowser(async ({ page }) => {
      await openBenchPage(page, server, "sync");
      const startedAt = performance.now();
      await page.evaluate((id) => window.readable?.(id), newest.conversationId);
      waits.push(performance.now() - startedAt);
      shares.push((pace.rowsSent / rows) * 100);
    });
    print(`round ${String(round + 1)}: ${String(pace.rowsSent)} rows of ${String(rows)}`);
  }
  await server.stop();
  return {
    verdicts: [
      {
        goal: 2,
        what: "rows sent when the 50 newest messages of the newest conversation can be read",
        unit: "%",
        value: spread(shares),
        limit: 3,
        isAtMost: true,
        note: `Of ${String(rows)} rows, at 20 Mbit/s`,
      },
    ],
    figures: [{ what: "from opening to readable, at 20 Mbit/s", unit: "ms", value: spread(waits) }],
    skipped: [],
  };
}
