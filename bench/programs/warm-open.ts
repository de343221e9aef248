import { discardProfile, openBrowser } from "../harness/browser.ts";
import { places, SCREENFUL, syncedProfile } from "../harness/app-page.ts";
import { buildApp, buildPages } from "../harness/build.ts";
import type { BenchServer } from "../harness/bench-server.ts";
import type { BenchOptions, BenchProgram, BenchResult } from "../harness/program.ts";
import { measureFirstSight, type Sight } from "../harness/first-sight.ts";
import { inTurn, valuesOf } from "../harness/rounds.ts";
import { ratios, spread } from "../harness/statistics.ts";
import { startSyncServer } from "../harness/sync-pages.ts";
import { generateWorkload, workloadW } from "../workload/generate.ts";

/** Goal 4: a browser that has just been started, from navigation to messages that can be read. */
export const warmOpen: BenchProgram = { name: "warm-open", run };

async function run({ isQuick, print }: BenchOptions): Promise<BenchResult> {
  await buildPages();
  await buildApp();
  const server = await startSyncServer(generateWorkload(workloadW));
  const profile = await syncedProfile(server);
  const newest = server.backend.workload.conversations[0]?.conversationId ?? "";
  const rounds = isQuick ? 2 : 7;
  // The first start after the sync puts files and compiled code where later ones find them.
  await measureApp(server, profile, newest);
  await measureFloor(server, profile);
  const measured = await inTurn(
    [
      { name: "minimal React page, first paint", rounds, measure: () => measureFloor(server, profile) },
      { name: "messages drawn", rounds, measure: () => measureApp(server, profile, newest) },
    ],
    print,
  );
  discardProfile(profile);
  await server.stop();
  const ours = valuesOf(measured, "messages drawn");
  const floor = valuesOf(measured, "minimal React page, first paint");
  return {
    verdicts: [
      {
        goal: 4,
        what: "warm open to the newest messages drawn, in times of a minimal React page's first paint",
        unit: "×",
        value: spread(ratios(ours, floor)),
        limit: 2,
        isAtMost: true,
        note: "W on disk, encrypted; 50 messages are read, a screenful is drawn; a browser just started, both from navigation",
      },
    ],
    figures: [...measured].map(([what, values]) => ({ what, unit: "ms", value: spread(values) })),
    skipped: [],
  };
}

async function inBrowser(profile: string, url: string, sight: Sight): Promise<number> {
  const browser = await openBrowser(profile);
  try {
    return await measureFirstSight(browser, url, sight);
  } finally {
    await browser.close();
  }
}

function measureFloor({ origin }: BenchServer, profile: string): Promise<number> {
  return inBrowser(profile, `${origin}/bench/minimal/`, { selector: "main", count: 1 });
}

function measureApp({ origin }: BenchServer, profile: string, conversationId: string): Promise<number> {
  const opener = places.conversation(conversationId);
  return inBrowser(profile, origin, { selector: places.message, count: SCREENFUL, opener });
}
