import type { Page } from "playwright";
import { openApp, syncedProfile } from "../harness/app-page.ts";
import { discardProfile } from "../harness/browser.ts";
import { buildApp, buildPages } from "../harness/build.ts";
import type { BenchOptions, BenchProgram, BenchResult } from "../harness/program.ts";
import { percentile, percentileOfRounds } from "../harness/statistics.ts";
import { startSyncServer } from "../harness/sync-pages.ts";
import { generateWorkload, workloadW } from "../workload/generate.ts";
import { withPosts } from "../workload/posts.ts";

/** Goal 14: from the click on a community until the posts of its wall are drawn, everything in the cache. */
export const spaceOpen: BenchProgram = { name: "space-open", run };

const SPACES = 30;
const LIMIT_MS = 100;
const ROW = ".community-row";
const POST = "article.post";
/** As many posts as the window shows at least. */
const SCREENFUL = 2;

async function run({ isQuick, print }: BenchOptions): Promise<BenchResult> {
  await buildPages();
  await buildApp();
  const server = await startSyncServer(withPosts(generateWorkload(workloadW)));
  server.backend.modules = ["messaging", "feed", "communities"];
  const profile = await syncedProfile(server);
  const first: number[][] = [];
  const again: number[][] = [];
  for (let round = 0; round < (isQuick ? 1 : 3); round++) {
    const browser = await openApp(server, profile);
    await openCommunities(browser.page);
    first.push(await openEach(browser.page));
    again.push(await openEach(browser.page));
    await browser.close();
    print(`round ${String(round + 1)}: p95 ${percentile(again.at(-1) ?? [], 0.95).toFixed(1)} ms`);
  }
  discardProfile(profile);
  await server.stop();
  return {
    verdicts: [
      {
        goal: 14,
        what: "opening a space, later visits, p95 from click to its wall drawn",
        unit: "ms",
        value: percentileOfRounds(again, 0.95),
        limit: LIMIT_MS,
        isAtMost: true,
        note: `${String(SPACES)} spaces of W with 20,000 posts and 60,000 comments, in the application's own window`,
      },
      {
        goal: 14,
        what: "opening a space, first visits, p95",
        unit: "ms",
        value: percentileOfRounds(first, 0.95),
        limit: LIMIT_MS,
        isAtMost: true,
      },
    ],
    figures: [
      { what: "opening a space, first visits, p50", unit: "ms", value: percentileOfRounds(first, 0.5) },
      { what: "opening a space, later visits, p50", unit: "ms", value: percentileOfRounds(again, 0.5) },
    ],
    skipped: [],
  };
}

/** The list of communities is there, its module read, and the window at rest. */
async function openCommunities(page: Page): Promise<void> {
  await page.locator('.rail__item[href="#/communities"]').click();
  await page
    .locator(ROW)
    .nth(SPACES + 1)
    .waitFor();
  await page
    .locator(ROW)
    .nth(SPACES + 1)
    .click();
  await page.locator(POST).first().waitFor();
  await page.waitForTimeout(3000);
}

async function openEach(page: Page): Promise<number[]> {
  const times: number[] = [];
  // The first row leads to the directory.
  for (let index = 1; index <= SPACES; index++) {
    const row = page.locator(ROW).nth(index);
    await row.scrollIntoViewIfNeeded();
    const drawn = page.evaluate(({ selector, count }) => window.watch.drawn(selector, count), {
      selector: POST,
      count: SCREENFUL,
    });
    await row.click();
    times.push((await drawn) - (await page.evaluate(() => window.watch.clickedAt)));
  }
  return times;
}
