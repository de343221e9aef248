import type { Page } from "playwright";
import { openApp, syncedProfile } from "../harness/app-page.ts";
import { discardProfile } from "../harness/browser.ts";
import { buildApp, buildPages } from "../harness/build.ts";
import type { BenchOptions, BenchProgram, BenchResult } from "../harness/program.ts";
import { percentile, percentileOfRounds, ratios, spread } from "../harness/statistics.ts";
import { startSyncServer } from "../harness/sync-pages.ts";
import { boardName, withBoards } from "../workload/boards.ts";
import { generateWorkload, workloadW } from "../workload/generate.ts";

/** Goal 22: a large board against an empty one, and a card carried across it. */
export const taskBoard: BenchProgram = { name: "task-board", run };

const CARDS = 2000;
const VISITS = 12;
const OPEN_LIMIT = 1.5;
const SLOW_FRAME_MS = 33.5;
const ROW = ".board-row";
const CARD = ".task-card";
const EMPTY = ".kanban__empty";
/** As many cards as the window shows at least; and the columns of an empty board. */
const SCREENFUL = 12;
const COLUMNS = 4;

async function run({ isQuick, print }: BenchOptions): Promise<BenchResult> {
  await buildPages();
  await buildApp();
  const size = { ...workloadW, name: "boards", messages: 2000, people: 200, spaces: 2 };
  const server = await startSyncServer(withBoards(generateWorkload(size), [CARDS, 0]));
  server.backend.modules = ["messaging", "tasks"];
  const profile = await syncedProfile(server);
  const full: number[] = [];
  const empty: number[] = [];
  const fullTimes: number[][] = [];
  const frames: number[][] = [];
  for (let round = 0; round < (isQuick ? 2 : 5); round++) {
    const browser = await openApp(server, profile);
    const { page } = browser;
    await openTasks(page);
    const times = await openInTurn(page);
    fullTimes.push(times.full);
    full.push(percentile(times.full, 0.5));
    empty.push(percentile(times.empty, 0.5));
    await page.waitForTimeout(1000);
    frames.push(await carry(page));
    await browser.close();
    print(
      `round ${String(round + 1)}: ${String(CARDS)} cards ${full.at(-1)?.toFixed(1) ?? ""} ms, empty ${empty.at(-1)?.toFixed(1) ?? ""} ms; ${String(slow(frames.at(-1)))} slow frames of ${String(frames.at(-1)?.length)}`,
    );
  }
  discardProfile(profile);
  await server.stop();
  return {
    verdicts: [
      {
        goal: 22,
        what: `opening a board of ${String(CARDS)} cards, from click to drawn, in times of an empty board`,
        unit: "×",
        value: spread(ratios(full, empty)),
        limit: OPEN_LIMIT,
        isAtMost: true,
        note: `Medians of ${String(VISITS)} visits in turn, in the application's own window`,
      },
      {
        goal: 22,
        what: `frames over 33 ms while a card is carried across a board of ${String(CARDS)} cards and put down`,
        unit: "frames",
        value: spread(frames.map(slow)),
        limit: 0,
        isAtMost: true,
      },
    ],
    figures: [
      { what: `opening a board of ${String(CARDS)} cards, p50`, unit: "ms", value: spread(full) },
      {
        what: `opening a board of ${String(CARDS)} cards, p95`,
        unit: "ms",
        value: percentileOfRounds(fullTimes, 0.95),
      },
      { what: "opening an empty board, p50", unit: "ms", value: spread(empty) },
      { what: "time between frames of the drag, longest", unit: "ms", value: percentileOfRounds(frames, 1) },
    ],
    skipped: [],
  };
}

function slow(frames: readonly number[] = []): number {
  return frames.filter((frame) => frame > SLOW_FRAME_MS).length;
}

/** The module has been read, both boards stand in the list, and the window is at rest. */
async function openTasks(page: Page): Promise<void> {
  await page.locator('.rail__item[href="#/tasks"]').click();
  await open(page, boardName(0), { selector: EMPTY, count: COLUMNS });
  await open(page, boardName(CARDS), { selector: CARD, count: SCREENFUL });
  await page.waitForTimeout(1500);
}

async function openInTurn(page: Page): Promise<{ full: number[]; empty: number[] }> {
  const times = { full: [] as number[], empty: [] as number[] };
  for (let visit = 0; visit < VISITS; visit++) {
    times.empty.push(await open(page, boardName(0), { selector: EMPTY, count: COLUMNS }));
    times.full.push(await open(page, boardName(CARDS), { selector: CARD, count: SCREENFUL }));
  }
  return times;
}

/** Returns the milliseconds from the click until it was drawn. */
async function open(page: Page, name: string, sight: { selector: string; count: number }): Promise<number> {
  const row = page.locator(ROW).filter({ has: page.getByText(name, { exact: true }) });
  await row.waitFor();
  // What the visit before has left to do belongs to it.
  await page.waitForTimeout(150);
  const drawn = page.evaluate(({ selector, count }) => window.watch.drawn(selector, count), sight);
  await row.click();
  return (await drawn) - (await page.evaluate(() => window.watch.clickedAt));
}

/** A card from the first column over all others and into the third. Returns the times between frames until it stands there. */
async function carry(page: Page): Promise<number[]> {
  const columns = page.locator(".kanban__column");
  const card = columns.first().locator(CARD).nth(1);
  const key = await card.getAttribute("data-key");
  const from = await card.boundingBox();
  const target = await columns.nth(2).locator(CARD).nth(3).boundingBox();
  if (key === null || from === null || target === null) throw new Error("no card to carry");
  const start = { x: from.x + from.width / 2, y: from.y + 20 };
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.evaluate(() => window.watch.watchFrames(true));
  const end = { x: target.x + target.width / 2, y: target.y + 6 };
  await page.mouse.move(end.x, start.y, { steps: 60 });
  await page.mouse.move(end.x, 600, { steps: 40 });
  await page.mouse.move(end.x, end.y, { steps: 40 });
  await page.mouse.up();
  await columns.nth(2).locator(`${CARD}[data-key="${key}"]`).waitFor();
  await page.waitForTimeout(500);
  return await page.evaluate(() => {
    window.watch.watchFrames(false);
    return window.watch.frames;
  });
}
