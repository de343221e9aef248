import type { Page } from "playwright";
import {
  busyConversations,
  openApp,
  goToConversation,
  places,
  syncedProfile,
  waitUntilSynced,
} from "../harness/app-page.ts";
import { discardProfile } from "../harness/browser.ts";
import { buildApp, buildPages } from "../harness/build.ts";
import type { BenchServer } from "../harness/bench-server.ts";
import type { BenchOptions, BenchProgram, BenchResult } from "../harness/program.ts";
import { percentile, percentileOfRounds, ratios, spread } from "../harness/statistics.ts";
import { startSyncServer } from "../harness/sync-pages.ts";
import { startTrace, type Task } from "../harness/trace.ts";
import { generateWorkload, workloadW } from "../workload/generate.ts";
import { startTraffic } from "../workload/live-traffic.ts";

/** Goal 3: what the sync of W and a thousand events a second do to the page in front of them. */
export const pageDuringSync: BenchProgram = { name: "page-during-sync", run };

const EVENTS_PER_SECOND = 1000;
const TEXT = "Bonjour, le planning des astreintes de la semaine prochaine est en ligne. ";

async function run({ isQuick, print }: BenchOptions): Promise<BenchResult> {
  await buildPages();
  await buildApp();
  const workload = generateWorkload(workloadW);
  const rounds = isQuick ? 1 : 3;
  const longest: Task[] = [];
  for (let round = 0; round < rounds; round++) {
    const server = await startSyncServer(workload);
    longest.push(await longestTask(server));
    await server.stop();
    print(`round ${String(round + 1)}: longest task ${(longest.at(-1)?.wallMs ?? 0).toFixed(1)} ms`);
  }
  const server = await startSyncServer(workload);
  const typed = await typeDuringEvents(server, rounds, print);
  await server.stop();
  const quiet = typed.quiet.map((values) => percentile(values, 0.95));
  const busy = typed.busy.map((values) => percentile(values, 0.95));
  return {
    verdicts: [
      {
        goal: 3,
        what: "longest task of the page while W is synced for the first time",
        unit: "ms",
        value: spread(longest.map(({ wallMs }) => wallMs)),
        limit: 50,
        isAtMost: true,
        note: "The application's own window, from the first row asked for to the last",
      },
      {
        goal: 3,
        what: "typing in the composer while 1,000 events a second arrive, p95 in times of idle",
        unit: "×",
        value: spread(ratios(busy, quiet)),
        limit: 1.2,
        isAtMost: true,
        note: "From the key going down to the next frame drawn; the events are new messages in all 400 channels",
      },
    ],
    figures: [
      {
        what: "longest task of the page during the first sync, processor time",
        unit: "ms",
        value: spread(longest.map(({ processorMs }) => processorMs)),
      },
      { what: "typing, idle, p95", unit: "ms", value: percentileOfRounds(typed.quiet, 0.95) },
      { what: "typing, 1,000 events a second, p95", unit: "ms", value: percentileOfRounds(typed.busy, 0.95) },
      { what: "typing, 1,000 events a second, p50", unit: "ms", value: percentileOfRounds(typed.busy, 0.5) },
    ],
    skipped: [],
  };
}

/** The backend answers only once the page has drawn itself and the recording runs. */
async function longestTask(server: BenchServer): Promise<Task> {
  const gate = Promise.withResolvers<void>();
  server.backend.gate = gate.promise;
  const browser = await openApp(server);
  while (server.backend.scopesAsked === 0) await browser.page.waitForTimeout(50);
  await browser.page.waitForTimeout(1000);
  const trace = await startTrace(browser.page);
  gate.resolve();
  await waitUntilSynced(browser.page, server);
  const tasks = await trace.stop();
  await browser.close();
  browser.discard();
  const none = { wallMs: 0, processorMs: 0 };
  return {
    wallMs: tasks.reduce((most, task) => (task.wallMs > most.wallMs ? task : most), none).wallMs,
    processorMs: tasks.reduce((most, task) => (task.processorMs > most.processorMs ? task : most), none)
      .processorMs,
  };
}

async function typeDuringEvents(
  server: BenchServer,
  rounds: number,
  print: (line: string) => void,
): Promise<{ quiet: number[][]; busy: number[][] }> {
  const profile = await syncedProfile(server);
  const browser = await openApp(server, profile);
  const [target = ""] = busyConversations(server.backend.workload, 50);
  await goToConversation(browser.page, target);
  const quiet: number[][] = [];
  const busy: number[][] = [];
  await typeText(browser.page);
  for (let round = 0; round < rounds; round++) {
    quiet.push(await typeText(browser.page));
    const stop = startTraffic(server.backend, EVENTS_PER_SECOND);
    await browser.page.waitForTimeout(500);
    busy.push(await typeText(browser.page));
    const sent = stop();
    await browser.page.waitForTimeout(2000);
    print(
      `round ${String(round + 1)}: idle ${p95(quiet.at(-1))}, ${String(sent)} events ${p95(busy.at(-1))}`,
    );
  }
  await browser.close();
  discardProfile(profile);
  return { quiet, busy };
}

function p95(values: readonly number[] = []): string {
  return percentile(values, 0.95).toFixed(1);
}

/** Two lines at the speed of a quick typist. Returns the time of each key. */
async function typeText(page: Page): Promise<number[]> {
  await page.locator(places.composer).focus();
  await page.evaluate(() => (window.watch.keys = []));
  await page.keyboard.type(TEXT + TEXT, { delay: 40 });
  return await page.evaluate(() => window.watch.keys);
}
