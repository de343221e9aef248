import type { Page } from "playwright";
import { syncedProfile } from "../harness/app-page.ts";
import type { BenchServer } from "../harness/bench-server.ts";
import { discardProfile, openBrowser } from "../harness/browser.ts";
import { buildPages } from "../harness/build.ts";
import type { BenchOptions, BenchProgram, BenchResult } from "../harness/program.ts";
import { inTurn, valuesOf } from "../harness/rounds.ts";
import { ratios, spread } from "../harness/statistics.ts";
import { startSyncServer } from "../harness/sync-pages.ts";
import { generateWorkload, workloadW } from "../workload/generate.ts";
import { withPosts } from "../workload/posts.ts";

/** Goal 13: the home feed's first screen against one bare indexed read of the same rows. */
export const homeFeed: BenchProgram = { name: "home-feed", run };

const OURS = "first screen of the home feed";
const FLOOR = "bare indexed read of the same rows";
const COLD = "the same, in the first moment after a start, before the worker was asked ahead";

async function run({ isQuick, print }: BenchOptions): Promise<BenchResult> {
  await buildPages();
  const server = await startSyncServer(withPosts(generateWorkload(workloadW)));
  const profile = await syncedProfile(server);
  const cold: number[] = [];
  for (let round = 0; round < (isQuick ? 1 : 5); round++) cold.push(await coldStart(server, profile));
  const measured = await inBrowser(server, profile, (page) => measureWarm(page, isQuick ? 6 : 30, print));
  discardProfile(profile);
  await server.stop();
  const [ours, floor] = [valuesOf(measured, OURS), valuesOf(measured, FLOOR)];
  return {
    verdicts: [
      {
        goal: 13,
        what: "home feed's first screen, in times of one bare indexed read of the same rows",
        unit: "×",
        value: spread(ratios(ours, floor)),
        limit: 2,
        isAtMost: true,
        note: "W with 20,000 posts and 60,000 comments, encrypted; ranked, 12 posts with their people, spaces and likes; both from a worker into the page",
      },
    ],
    figures: [
      ...[...measured].map(([what, values]) => ({ what, unit: "ms", value: spread(values) })),
      { what: COLD, unit: "ms", value: spread(cold) },
    ],
    skipped: [],
  };
}

async function inBrowser<T>(
  server: BenchServer,
  profile: string,
  job: (page: Page) => Promise<T>,
): Promise<T> {
  const browser = await openBrowser(profile);
  try {
    await browser.page.goto(`${server.origin}/bench/feed/`);
    await browser.page.waitForFunction(() => window.feedBench !== undefined);
    await browser.page.evaluate(() => window.feedBench?.ready());
    return await job(browser.page);
  } finally {
    await browser.close();
  }
}

function coldStart(server: BenchServer, profile: string): Promise<number> {
  return inBrowser(server, profile, async (page) => (await firstScreen(page)).elapsedMs);
}

async function measureWarm(
  page: Page,
  rounds: number,
  print: (line: string) => void,
): Promise<Map<string, number[]>> {
  const filled = await page.evaluate(() => window.feedBench?.fillRows());
  print(`${String(filled)} rows in the plain database`);
  // The first of each finds everything unread.
  const { keys } = await firstScreen(page);
  await bareRead(page, keys);
  return await inTurn(
    [
      { name: FLOOR, rounds, measure: () => bareRead(page, keys) },
      { name: OURS, rounds, measure: async () => (await firstScreen(page)).elapsedMs },
    ],
    print,
  );
}

async function firstScreen(page: Page): Promise<{ elapsedMs: number; keys: string[] }> {
  const answer = await page.evaluate(() => window.feedBench?.firstScreen());
  if (answer === undefined) throw new Error("the page of the feed is gone");
  return answer;
}

async function bareRead(page: Page, keys: string[]): Promise<number> {
  const answer = await page.evaluate((wanted) => window.feedBench?.bareRead(wanted), keys);
  if (answer?.rows !== keys.length)
    throw new Error(`${String(answer?.rows)} of ${String(keys.length)} rows were read`);
  return answer.elapsedMs;
}
