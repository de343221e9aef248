import {
  busyConversations,
  goToConversation,
  openApp,
  openConversation,
  syncedProfile,
} from "../harness/app-page.ts";
import type { BenchServer } from "../harness/bench-server.ts";
import { discardProfile } from "../harness/browser.ts";
import { buildApp, buildPages } from "../harness/build.ts";
import { browserProcess, collectGarbage, processTree, proportionalMb } from "../harness/process-memory.ts";
import type { BenchOptions, BenchProgram, BenchResult } from "../harness/program.ts";
import { spread } from "../harness/statistics.ts";
import { startSyncServer } from "../harness/sync-pages.ts";
import { generateWorkload, workloadW } from "../workload/generate.ts";

/** Goal 16: what is kept of conversations that were visited and left. */
export const visitedMemory: BenchProgram = { name: "visited-memory", run };

const FEW = 5;
const MANY = 50;
const SETTLE_MS = 5000;

async function run({ isQuick, print }: BenchOptions): Promise<BenchResult> {
  await buildPages();
  await buildApp();
  const server = await startSyncServer(generateWorkload(workloadW));
  const profile = await syncedProfile(server);
  const ratios: number[] = [];
  const few: number[] = [];
  const many: number[] = [];
  for (let round = 0; round < (isQuick ? 1 : 3); round++) {
    const measured = await visit(server, profile);
    few.push(measured.few);
    many.push(measured.many);
    ratios.push(measured.many / measured.few);
    print(`round ${String(round + 1)}: ${measured.few.toFixed(0)} MB, then ${measured.many.toFixed(0)} MB`);
  }
  discardProfile(profile);
  await server.stop();
  return {
    verdicts: [
      {
        goal: 16,
        what: `memory after visiting ${String(MANY)} conversations, in times of after ${String(FEW)}`,
        unit: "×",
        value: spread(ratios),
        limit: 1.3,
        isAtMost: true,
        note: "Proportional set size of all processes of the browser, in one session, after a garbage collection each time",
      },
    ],
    figures: [
      { what: `memory after ${String(FEW)} conversations`, unit: "MB", value: spread(few) },
      { what: `memory after ${String(MANY)} conversations`, unit: "MB", value: spread(many) },
    ],
    skipped: [],
  };
}

async function visit(server: BenchServer, profile: string): Promise<{ few: number; many: number }> {
  const browser = await openApp(server, profile);
  const { page } = browser;
  const targets = busyConversations(server.backend.workload, 50).slice(0, MANY);
  const settledMb = async () => {
    await collectGarbage(page);
    await page.waitForTimeout(SETTLE_MS);
    return proportionalMb(processTree(browserProcess(profile)));
  };
  await goToConversation(page, targets[0] ?? "");
  for (const target of targets.slice(1, FEW)) await openConversation(page, target);
  const few = await settledMb();
  for (const target of targets.slice(FEW)) await openConversation(page, target);
  const many = await settledMb();
  await browser.close();
  return { few, many };
}
