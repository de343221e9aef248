import { loadavg } from "node:os";
import process from "node:process";
import { parseArgs } from "node:util";
import type { BenchProgram } from "./harness/program.ts";
import { describeMachine, printResult, refreshTable, saveResult } from "./harness/report.ts";
import { appSize } from "./programs/app-size.ts";
import { cacheEncryption } from "./programs/cache-encryption.ts";
import { calendarExpand } from "./programs/calendar-expand.ts";
import { calendarMonth } from "./programs/calendar-month.ts";
import { channelSwitch } from "./programs/channel-switch.ts";
import { counts } from "./programs/counts.ts";
import { drivePin } from "./programs/drive-pin.ts";
import { driveSearch } from "./programs/drive-search.ts";
import { driveTransfer } from "./programs/drive-transfer.ts";
import { fanOut } from "./programs/fan-out.ts";
import { firstSync } from "./programs/first-sync.ts";
import { coldStart } from "./programs/cold-start.ts";
import { hiddenState } from "./programs/hidden-state.ts";
import { homeFeed } from "./programs/home-feed.ts";
import { hostMemory } from "./programs/host-memory.ts";
import { memory } from "./programs/memory.ts";
import { newestFirst } from "./programs/newest-first.ts";
import { pageDuringSync } from "./programs/page-during-sync.ts";
import { realExport } from "./programs/real-export.ts";
import { scrolling } from "./programs/scrolling.ts";
import { serverSync } from "./programs/server-sync.ts";
import { spaceOpen } from "./programs/space-open.ts";
import { taskBoard } from "./programs/task-board.ts";
import { visitedMemory } from "./programs/visited-memory.ts";
import { warmOpen } from "./programs/warm-open.ts";

/** In the order in which they run. */
const programs: readonly BenchProgram[] = [
  firstSync,
  realExport,
  newestFirst,
  pageDuringSync,
  warmOpen,
  channelSwitch,
  scrolling,
  homeFeed,
  spaceOpen,
  taskBoard,
  counts,
  memory,
  visitedMemory,
  appSize,
  hostMemory,
  cacheEncryption,
  coldStart,
  hiddenState,
  serverSync,
  fanOut,
  driveSearch,
  driveTransfer,
  drivePin,
  calendarExpand,
  calendarMonth,
];

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function usage(): string {
  const names = programs.map(({ name }) => name).join(", ");
  return `Usage: npm run bench -- [NAME…] [--quick]\nNames: ${names}`;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { quick: { type: "boolean", default: false }, help: { type: "boolean", default: false } },
  });
  const unknown = positionals.filter((name) => !programs.some((program) => program.name === name));
  if (values.help || unknown.length > 0) {
    print(usage());
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const chosen = programs.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const machine = describeMachine();
  print(`Measuring on ${machine}`);
  for (const program of chosen) {
    print(`\n${program.name}`);
    try {
      const result = await program.run({ isQuick: values.quick, print: (line) => print(`    ${line}`) });
      printResult(result, print);
      // A quick run is for whoever changes something now: it leaves the published figures alone.
      if (!values.quick) saveResult({ name: program.name, machine, load: loadavg()[0], ...result });
    } catch (error) {
      // The others still have something to say.
      print(`  failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      process.exitCode = 1;
    }
  }
  if (!values.quick) refreshTable(programs.map(({ name }) => name));
}

await main();
