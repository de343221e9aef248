import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { projectRoot } from "../../build/project-root.ts";
import type { Desktop } from "#tests/electron/desktop.ts";
import { withPanel } from "#tests/electron/panel.ts";
import { openStandIn } from "#tests/electron/stand-in-desktop.ts";
import { temporaryFolder } from "#tests/support/processes.ts";
import { places } from "../harness/app-page.ts";
import { commandOf, processorMs, processTree, proportionalMb } from "../harness/process-memory.ts";
import type { BenchOptions, BenchProgram, BenchResult } from "../harness/program.ts";
import { spread } from "../harness/statistics.ts";

/**
 * Goal 9: what Parvis costs while it is only an icon beside the clock, against a window that is shown. On the stand-in of
 * Electron: its main process and its Chromium together, the demonstration workplace's own process left out.
 */
export const hiddenState: BenchProgram = { name: "hidden-state", run };

const RELEASE_MS = 1000;

interface Round {
  memory: number;
  shownProcessor: number;
  hiddenProcessor: number;
  reopened: number;
}

async function run({ isQuick, print }: BenchOptions): Promise<BenchResult> {
  buildDesktop();
  const rounds: Round[] = [];
  for (let round = 0; round < (isQuick ? 1 : 3); round++) {
    rounds.push(await measure(isQuick ? 4 : 15, print));
  }
  const of = (name: keyof Round) => spread(rounds.map((each) => each[name]));
  return {
    verdicts: [
      {
        goal: 9,
        what: "hidden in the tray and its window released: memory, in times of a window that is shown",
        unit: "×",
        value: of("memory"),
        limit: 0.7,
        isAtMost: true,
        note: "Proportional set size of main process and browser; the browser itself goes on",
      },
      {
        goal: 9,
        what: "hidden in the tray, processor time",
        unit: "%",
        value: of("hiddenProcessor"),
        limit: 0.5,
        isAtMost: true,
        note: "Of one core; host, notifications and the idle browser",
      },
      {
        goal: 9,
        what: "from a click on the tray until a conversation is drawn again",
        unit: "ms",
        value: of("reopened"),
        limit: 1000,
        isAtMost: true,
      },
    ],
    figures: [
      {
        what: "processor time with a window that is shown and left alone",
        unit: "%",
        value: of("shownProcessor"),
      },
    ],
    skipped: [],
  };
}

/** The stand-in runs what was built: never what an earlier version left. */
function buildDesktop(): void {
  execFileSync(process.execPath, [join(projectRoot, "build", "bundle.ts"), "--if-stale"], {
    stdio: "ignore",
  });
}

async function measure(seconds: number, print: (line: string) => void): Promise<Round> {
  const folder = temporaryFolder("bench-hidden");
  mkdirSync(folder.path, { recursive: true });
  const desktop = await openStandIn({
    dataDir: join(folder.path, "profile"),
    env: { ...withPanel(folder.path), PARVIS_RELEASE_AFTER_MS: String(RELEASE_MS) },
  });
  try {
    const page = await desktop.firstWindow();
    await page.locator(places.anyConversation).first().click();
    await page.locator(places.message).first().waitFor();
    const shown = await costOf(desktop, seconds);
    await desktop.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) window.hide();
    });
    while ((await windowCount(desktop)) > 0) await wait(200);
    const hidden = await costOf(desktop, seconds);
    const reopened = await reopen(desktop);
    print(
      `shown ${shown.mb.toFixed(0)} MB, ${shown.percent.toFixed(2)} %; hidden ${hidden.mb.toFixed(0)} MB, ${hidden.percent.toFixed(2)} %; back in ${reopened.toFixed(0)} ms`,
    );
    return {
      memory: hidden.mb / shown.mb,
      shownProcessor: shown.percent,
      hiddenProcessor: hidden.percent,
      reopened,
    };
  } finally {
    await desktop.close();
    folder.remove();
  }
}

function windowCount(desktop: Desktop): Promise<number> {
  return desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
}

async function costOf(desktop: Desktop, seconds: number): Promise<{ mb: number; percent: number }> {
  await wait(5000);
  const pids = processTree(desktop.process().pid ?? 0).filter((pid) => !commandOf(pid).includes("serve.js"));
  const before = processorMs(pids);
  await wait(seconds * 1000);
  return { mb: proportionalMb(pids), percent: (processorMs(pids) - before) / seconds / 10 };
}

async function reopen(desktop: Desktop): Promise<number> {
  const startMs = performance.now();
  const opening = desktop.waitForWindow();
  await desktop.evaluateStandIn(({ Tray }) => Tray.standInTrays[0]?.emit("click"));
  const page = await opening;
  await page.locator(places.message).first().waitFor();
  return performance.now() - startMs;
}
