import type { Page } from "playwright";
import { discardProfile } from "../harness/browser.ts";
import {
  busyConversations,
  goToConversation,
  openApp,
  openConversation,
  syncedProfile,
} from "../harness/app-page.ts";
import { buildApp, buildPages } from "../harness/build.ts";
import type { BenchOptions, BenchProgram, BenchResult } from "../harness/program.ts";
import { percentile, percentileOfRounds } from "../harness/statistics.ts";
import { startSyncServer } from "../harness/sync-pages.ts";
import { generateWorkload, workloadW } from "../workload/generate.ts";

/** Goal 5: from the click on a conversation until its messages are drawn, everything in the cache. */
export const channelSwitch: BenchProgram = { name: "channel-switch", run };

const SWITCHES = 40;

async function run({ isQuick, print }: BenchOptions): Promise<BenchResult> {
  await buildPages();
  await buildApp();
  const server = await startSyncServer(generateWorkload(workloadW));
  const profile = await syncedProfile(server);
  const [start = "", ...others] = busyConversations(server.backend.workload, 50);
  const targets = others.slice(0, SWITCHES);
  const first: number[][] = [];
  const again: number[][] = [];
  for (let round = 0; round < (isQuick ? 1 : 3); round++) {
    const browser = await openApp(server, profile);
    await goToConversation(browser.page, start);
    await browser.page.waitForTimeout(2000);
    first.push(await switchThrough(browser.page, targets));
    again.push(await switchThrough(browser.page, targets));
    await browser.close();
    print(`round ${String(round + 1)}: p50 ${percentile(first.at(-1) ?? [], 0.5).toFixed(1)}`);
  }
  discardProfile(profile);
  await server.stop();
  return {
    verdicts: [
      {
        goal: 5,
        what: "channel switch, first visit, p95 from click to drawn",
        unit: "ms",
        value: percentileOfRounds(first, 0.95),
        limit: 33,
        isAtMost: true,
        note: `${String(targets.length)} channels of W in the application's own window`,
      },
    ],
    figures: [
      { what: "channel switch, first visit, p50", unit: "ms", value: percentileOfRounds(first, 0.5) },
      { what: "channel switch, later visits, p50", unit: "ms", value: percentileOfRounds(again, 0.5) },
      { what: "channel switch, later visits, p95", unit: "ms", value: percentileOfRounds(again, 0.95) },
    ],
    skipped: [],
  };
}

async function switchThrough(page: Page, targets: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (const target of targets) times.push(await openConversation(page, target));
  return times;
}
