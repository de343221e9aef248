import type { Page } from "playwright";
import {
  busyConversations,
  openApp,
  goToConversation,
  openConversation,
  places,
  syncedProfile,
} from "../harness/app-page.ts";
import { discardProfile, openBrowser } from "../harness/browser.ts";
import { buildApp, buildPages } from "../harness/build.ts";
import type { BenchServer } from "../harness/bench-server.ts";
import { browserProcess, collectGarbage, processTree, proportionalMb } from "../harness/process-memory.ts";
import type { BenchOptions, BenchProgram, BenchResult } from "../harness/program.ts";
import { inTurn, valuesOf } from "../harness/rounds.ts";
import { ratios, spread } from "../harness/statistics.ts";
import { startSyncServer } from "../harness/sync-pages.ts";
import { generateWorkload, workloadW } from "../workload/generate.ts";
import { startTraffic } from "../workload/live-traffic.ts";

/** Goal 8: what all processes of the browser cost the machine, against the same browser on a minimal React page. */
export const memory: BenchProgram = { name: "memory", run };

/** What one person does in an hour, without the pauses. */
const HOUR = { switches: 24, messagesSent: 8, seconds: 8, eventsPerSecond: 50 };
const SETTLE_MS = 5000;

async function run({ isQuick, print }: BenchOptions): Promise<BenchResult> {
  await buildPages();
  await buildApp();
  const server = await startSyncServer(generateWorkload(workloadW));
  const profile = await syncedProfile(server);
  const newest = server.backend.workload.conversations[0]?.conversationId ?? "";
  const rounds = isQuick ? 1 : 3;
  const hours = isQuick ? 3 : 8;
  const started = await inTurn(
    [
      { name: "minimal React page", rounds, measure: () => floorMb(server, profile) },
      { name: "at start", rounds, measure: () => startMb(server, profile, newest) },
    ],
    print,
  );
  const floor = valuesOf(started, "minimal React page");
  const byHour = await sessionMb(server, profile, hours, print);
  discardProfile(profile);
  await server.stop();
  const [afterFirst = 0, afterSecond = 0] = byHour;
  const growth = ((byHour.at(-1) ?? 0) / afterSecond - 1) * 100;
  const session = `${String(HOUR.switches)} conversations opened and scrolled, ${String(HOUR.messagesSent)} messages sent, ${String(HOUR.seconds * HOUR.eventsPerSecond)} received`;
  return {
    verdicts: [
      {
        goal: 8,
        what: "memory with a conversation of W open, in times of a minimal React page",
        unit: "×",
        value: spread(ratios(valuesOf(started, "at start"), floor)),
        limit: 1.15,
        isAtMost: true,
        note: "Proportional set size of all processes of the browser, 5 s after opening",
      },
      {
        goal: 8,
        what: "memory after an hour's session",
        unit: "×",
        value: spread(floor.map((mb) => afterFirst / mb)),
        limit: 1.45,
        isAtMost: true,
        note: `An hour without its pauses: ${session}`,
      },
      {
        goal: 8,
        what: `growth from the second to the last of ${String(hours)} such hours`,
        unit: "%",
        value: spread([growth]),
        limit: 2,
        isAtMost: true,
        note: "After a garbage collection of page and worker each time",
      },
    ],
    figures: [
      ...[...started].map(([what, values]) => ({
        what: `memory, ${what}`,
        unit: "MB",
        value: spread(values),
      })),
      { what: "memory after each hour, lowest and highest", unit: "MB", value: spread(byHour) },
    ],
    skipped: [],
  };
}

async function settledMb(page: Page, profile: string): Promise<number> {
  await page.waitForTimeout(SETTLE_MS);
  return proportionalMb(processTree(browserProcess(profile)));
}

async function floorMb(server: BenchServer, profile: string): Promise<number> {
  const browser = await openBrowser(profile);
  await browser.page.goto(`${server.origin}/bench/minimal/`);
  const mb = await settledMb(browser.page, profile);
  await browser.close();
  return mb;
}

async function startMb(server: BenchServer, profile: string, newest: string): Promise<number> {
  const browser = await openApp(server, profile);
  await goToConversation(browser.page, newest);
  const mb = await settledMb(browser.page, profile);
  await browser.close();
  return mb;
}

/** Megabytes after each simulated hour of one session. */
async function sessionMb(
  server: BenchServer,
  profile: string,
  hours: number,
  print: (line: string) => void,
): Promise<number[]> {
  const browser = await openApp(server, profile);
  const targets = busyConversations(server.backend.workload, 50);
  await goToConversation(browser.page, targets[1] ?? "");
  const byHour: number[] = [];
  for (let hour = 0; hour < hours; hour++) {
    await liveAnHour(browser.page, server, targets);
    await collectGarbage(browser.page);
    byHour.push(await settledMb(browser.page, profile));
    print(`hour ${String(hour + 1)}: ${(byHour.at(-1) ?? 0).toFixed(0)} MB`);
  }
  await browser.close();
  return byHour;
}

async function liveAnHour(page: Page, server: BenchServer, targets: readonly string[]): Promise<void> {
  const stop = startTraffic(server.backend, HOUR.eventsPerSecond);
  const until = performance.now() + HOUR.seconds * 1000;
  for (let i = 0; i < HOUR.switches; i++) {
    await openConversation(page, targets[i % targets.length] ?? "");
    await page.mouse.move(800, 400);
    await page.mouse.wheel(0, -2000);
    if (i % Math.floor(HOUR.switches / HOUR.messagesSent) !== 0) continue;
    await page.locator(places.composer).fill(`Message ${String(i)} : le dossier est complet.`);
    await page.locator(places.composer).press("Enter");
  }
  await page.waitForTimeout(Math.max(0, until - performance.now()));
  stop();
}
