import { execFileSync } from "node:child_process";
import { startParvis, temporaryFolder } from "#tests/support/processes.ts";
import type { BenchOptions, BenchProgram, BenchResult } from "../harness/program.ts";
import { spread } from "../harness/statistics.ts";

/**
 * From starting the program until the host answers, on a profile that was used before: settings, policies, secrets, accounts
 * and the demonstration workplace with its own process. The floor is a Node that does nothing.
 */
export const coldStart: BenchProgram = { name: "cold-start", run };

async function run({ isQuick, print }: BenchOptions): Promise<BenchResult> {
  const folder = temporaryFolder("bench-cold-start");
  const args = ["--data", folder.path, "--port", "0"];
  const ready: number[] = [];
  const times: number[] = [];
  try {
    // The first start makes the demonstration and keeps compiled code: it is another thing.
    await (await startParvis(args)).stop();
    for (let round = 0; round < (isQuick ? 2 : 5); round++) {
      const floorMs = nodeMs();
      const startMs = performance.now();
      const parvis = await startParvis(args);
      const tookMs = performance.now() - startMs;
      await parvis.stop();
      ready.push(tookMs);
      times.push(tookMs / floorMs);
      print(`round ${String(round + 1)}: ${tookMs.toFixed(0)} ms, Node alone ${floorMs.toFixed(0)} ms`);
    }
  } finally {
    folder.remove();
  }
  return {
    verdicts: [],
    figures: [
      { what: "cold start of the host until it answers", unit: "ms", value: spread(ready) },
      { what: "the same, in times of a Node that does nothing", unit: "×", value: spread(times) },
    ],
    skipped: [],
  };
}

function nodeMs(): number {
  const startMs = performance.now();
  execFileSync(process.execPath, ["--eval", "0"]);
  return performance.now() - startMs;
}
