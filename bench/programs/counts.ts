import type { Page } from "playwright";
import type { Envelope } from "#contract/envelope.ts";
import { personScope, spaceScope } from "#contract/scope.ts";
import { spaceIdSchema } from "#contract/ids.ts";
import { toIsoTime } from "#contract/time.ts";
import { openApp, places, syncedProfile } from "../harness/app-page.ts";
import type { BenchServer } from "../harness/bench-server.ts";
import { discardProfile } from "../harness/browser.ts";
import { buildApp, buildPages } from "../harness/build.ts";
import type { BenchOptions, BenchProgram, BenchResult } from "../harness/program.ts";
import { percentile, percentileOfRounds } from "../harness/statistics.ts";
import { startSyncServer } from "../harness/sync-pages.ts";
import { generateWorkload, workloadW } from "../workload/generate.ts";
import { createRandom, seededId } from "../workload/random.ts";

/** Goal 15: from the moment the backend sends an item until the count in the rail is another. */
export const counts: BenchProgram = { name: "counts", run };

declare global {
  interface Window {
    /** When the rail changed, since the measurement began. */
    countsSeen?: number[];
  }
}

const EVENTS = 60;
const APART_MS = 120;
const LIMIT_MS = 50;

async function run({ isQuick, print }: BenchOptions): Promise<BenchResult> {
  await buildPages();
  await buildApp();
  const server = await startSyncServer(generateWorkload(workloadW));
  // A rail with counts: one module alone has none.
  server.backend.modules = ["messaging", "inbox"];
  const profile = await syncedProfile(server);
  const rounds: number[][] = [];
  for (let round = 0; round < (isQuick ? 1 : 3); round++) {
    const browser = await openApp(server, profile);
    await browser.page.locator(places.message).first().waitFor();
    await browser.page.waitForTimeout(2000);
    rounds.push(await countThrough(browser.page, server, round));
    await browser.close();
    print(`round ${String(round + 1)}: p95 ${percentile(rounds.at(-1) ?? [], 0.95).toFixed(1)} ms`);
  }
  discardProfile(profile);
  await server.stop();
  return {
    verdicts: [
      {
        goal: 15,
        what: "an item's arrival until its count is shown, p95",
        unit: "ms",
        value: percentileOfRounds(rounds, 0.95),
        limit: LIMIT_MS,
        isAtMost: true,
        note: `${String(EVENTS)} items, ${String(APART_MS)} ms apart, W in the cache`,
      },
    ],
    figures: [
      {
        what: "an item's arrival until its count is shown, p50",
        unit: "ms",
        value: percentileOfRounds(rounds, 0.5),
      },
    ],
    skipped: [],
  };
}

/** Times from the sending to the change of the rail, by the machine's one clock. */
async function countThrough(page: Page, server: BenchServer, round: number): Promise<number[]> {
  await page.evaluate(() => {
    const seen: number[] = [];
    const rail = document.querySelector(".rail");
    if (rail === null) throw new Error("the window has no rail");
    const watch = new MutationObserver(() => seen.push(Date.now()));
    watch.observe(rail, { subtree: true, characterData: true, childList: true });
    window.countsSeen = seen;
  });
  const random = createRandom(100 + round);
  const times: number[] = [];
  for (let i = 0; i < EVENTS; i++) {
    const before = await seenCount(page);
    const sentAt = Date.now();
    server.backend.publish([itemOf(server, seededId(random, sentAt), sentAt)]);
    await page.waitForFunction((count) => (window.countsSeen ?? []).length > count, before);
    times.push((await page.evaluate(() => window.countsSeen?.at(-1) ?? 0)) - sentAt);
    await page.waitForTimeout(APART_MS);
  }
  return times;
}

function seenCount(page: Page): Promise<number> {
  return page.evaluate(() => window.countsSeen?.length ?? 0);
}

/** A request to decide, which does not touch a conversation. */
function itemOf({ backend }: BenchServer, id: string, atMs: number): Envelope {
  const scope = personScope(backend.workload.me);
  const data = {
    id,
    kind: "decision",
    ask: "know",
    scope: spaceScope(spaceIdSchema.parse(id)),
    excerpt: "Demande acceptée",
    createdAt: toIsoTime(atMs),
  };
  return { scope, seq: 1, collection: "notification", id, rev: 1, op: "put", data };
}
