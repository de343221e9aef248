import type { Page } from "playwright";
import { openApp, goToConversation, places, syncedProfile } from "../harness/app-page.ts";
import { discardProfile, openBrowser } from "../harness/browser.ts";
import { buildApp, buildPages } from "../harness/build.ts";
import type { BenchServer } from "../harness/bench-server.ts";
import { installWatch } from "../harness/page-watch.ts";
import type { BenchOptions, BenchProgram, BenchResult } from "../harness/program.ts";
import { percentileOfRounds, spread } from "../harness/statistics.ts";
import { startSyncServer } from "../harness/sync-pages.ts";
import { generateWorkload, oneChannel } from "../workload/generate.ts";

/** Goal 7: scrolling in a channel of 100,000 messages, next to a page that only scrolls, in the same run. */
export const scrolling: BenchProgram = { name: "scrolling", run };

const PIXELS_PER_SECOND = 4000;
const SLOW_FRAME_MS = 33.5;

async function run({ isQuick, print }: BenchOptions): Promise<BenchResult> {
  await buildPages();
  await buildApp();
  const server = await startSyncServer(generateWorkload(oneChannel));
  const profile = await syncedProfile(server);
  const seconds = isQuick ? 4 : 8;
  const ours: number[][] = [];
  const floor: number[][] = [];
  const read: number[] = [];
  for (let round = 0; round < (isQuick ? 1 : 3); round++) {
    floor.push(await scrollFloor(server, profile, seconds));
    const scrolled = await scrollApp(server, profile, seconds);
    ours.push(scrolled.frames);
    read.push(scrolled.messages);
    print(
      `round ${String(round + 1)}: ${String(slow(ours.at(-1)))} slow frames of ${String(ours.at(-1)?.length)} through ${String(scrolled.messages)} messages; a bare page ${String(slow(floor.at(-1)))}`,
    );
  }
  discardProfile(profile);
  await server.stop();
  return {
    verdicts: [
      {
        goal: 7,
        what: "frames over 33 ms while scrolling up and down in 100,000 messages",
        unit: "frames",
        value: spread(ours.map(slow)),
        limit: 0,
        isAtMost: true,
        note: `${String(seconds)} s up from the newest, ${String(seconds)} s down, ${String(PIXELS_PER_SECOND)} pixels a second`,
      },
    ],
    figures: [
      {
        what: "frames over 33 ms on a page of plain text, same gesture",
        unit: "frames",
        value: spread(floor.map(slow)),
      },
      { what: "frames in a round", unit: "frames", value: spread(ours.map((frames) => frames.length)) },
      { what: "messages scrolled through", unit: "messages", value: spread(read) },
      { what: "time between frames, p99", unit: "ms", value: percentileOfRounds(ours, 0.99) },
      { what: "time between frames, longest", unit: "ms", value: percentileOfRounds(ours, 1) },
    ],
    skipped: [],
  };
}

function slow(frames: readonly number[] = []): number {
  return frames.filter((frame) => frame > SLOW_FRAME_MS).length;
}

/** One long drag of the wheel, as the compositor sees it. Returns the times between the page's frames. */
async function gesture(page: Page, seconds: number): Promise<number[]> {
  const session = await page.context().newCDPSession(page);
  const distance = seconds * PIXELS_PER_SECOND;
  await page.evaluate(() => window.watch.watchFrames(true));
  for (const yDistance of [distance, -distance]) {
    await session.send("Input.synthesizeScrollGesture", {
      x: 800,
      y: 400,
      yDistance,
      speed: PIXELS_PER_SECOND,
      gestureSourceType: "mouse",
    });
  }
  const frames = await page.evaluate(() => {
    window.watch.watchFrames(false);
    return window.watch.frames;
  });
  await session.detach();
  return frames;
}

async function scrollFloor(server: BenchServer, profile: string, seconds: number): Promise<number[]> {
  const browser = await openBrowser(profile);
  await browser.context.addInitScript(installWatch);
  await browser.page.goto(`${server.origin}/bench/minimal/`);
  await browser.page.evaluate((height) => {
    for (let top = 0; top < height; top += 40) document.body.append(document.createElement("p"), "Bonjour");
    window.scrollTo(0, document.body.scrollHeight);
  }, seconds * PIXELS_PER_SECOND);
  const frames = await gesture(browser.page, seconds);
  await browser.close();
  return frames;
}

async function scrollApp(
  server: BenchServer,
  profile: string,
  seconds: number,
): Promise<{ frames: number[]; messages: number }> {
  const browser = await openApp(server, profile);
  const { page } = browser;
  await goToConversation(page, server.backend.workload.conversations[0]?.conversationId ?? "");
  await page.waitForTimeout(1000);
  await page.evaluate((selector) => {
    const seen = new Set<string>();
    const look = (): void => {
      for (const each of document.querySelectorAll<HTMLElement>(selector))
        seen.add(each.dataset["message"] ?? "");
    };
    document.addEventListener("scroll", look, { capture: true });
    Object.assign(window, { countSeen: () => seen.size });
  }, places.message);
  const frames = await gesture(page, seconds);
  const messages = await page.evaluate(() => {
    const count: unknown = Reflect.get(window, "countSeen");
    return typeof count === "function" ? Number(count()) : 0;
  });
  await browser.close();
  return { frames, messages };
}
