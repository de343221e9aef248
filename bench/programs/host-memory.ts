import { startParvis, temporaryFolder } from "#tests/support/processes.ts";
import { setTimeout as wait } from "node:timers/promises";
import { openBrowser } from "../harness/browser.ts";
import { places } from "../harness/app-page.ts";
import { processorMs, processTree, residentMb } from "../harness/process-memory.ts";
import type { BenchOptions, BenchProgram, BenchResult } from "../harness/program.ts";
import { spread } from "../harness/statistics.ts";

/** Goal 9: the real host with its embedded demonstration workplace, while a window is open and after it has gone. */
export const hostMemory: BenchProgram = { name: "host-memory", run };

async function run({ isQuick, print }: BenchOptions): Promise<BenchResult> {
  const resident: number[] = [];
  const workplace: number[] = [];
  const idle: number[] = [];
  const idleSeconds = isQuick ? 5 : 10;
  for (let round = 0; round < (isQuick ? 1 : 2); round++) {
    const folder = temporaryFolder("bench-host");
    const parvis = await startParvis(["--data", folder.path, "--port", "0"]);
    const host = parvis.child.pid ?? 0;
    try {
      const browser = await openBrowser();
      await browser.page.goto(parvis.url);
      await browser.page.locator(places.anyConversation).first().click();
      await browser.page.locator(places.message).first().waitFor();
      await wait(3000);
      const [, ...children] = processTree(host);
      resident.push(residentMb(host));
      workplace.push(...children.map(residentMb));
      print(
        `round ${String(round + 1)}: host ${residentMb(host).toFixed(0)} MB, its children ${children.map((pid) => residentMb(pid).toFixed(0)).join(", ")} MB`,
      );
      await browser.close();
      browser.discard();
      await wait(2000);
      const before = processorMs([host]);
      await wait(idleSeconds * 1000);
      idle.push((processorMs([host]) - before) / idleSeconds / 10);
    } finally {
      await parvis.stop();
      folder.remove();
    }
  }
  return {
    verdicts: [
      {
        goal: 9,
        what: "host process, resident, a window open on the demonstration workplace",
        unit: "MB",
        value: spread(resident),
        limit: 120,
        isAtMost: true,
      },
      {
        goal: 9,
        what: "host process without a window, processor time",
        unit: "%",
        value: spread(idle),
        limit: 0.5,
        isAtMost: true,
        note: `Of one core, over ${String(idleSeconds)} s`,
      },
    ],
    figures: [
      { what: "the embedded workplace's own process, resident", unit: "MB", value: spread(workplace) },
    ],
    skipped: [],
  };
}
