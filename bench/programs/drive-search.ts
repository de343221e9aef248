import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { z } from "zod";
import { temporaryFolder } from "#tests/support/processes.ts";
import { projectRoot } from "../../build/project-root.ts";
import type { BenchOptions, BenchProgram, BenchResult } from "../harness/program.ts";
import { percentile, spread } from "../harness/statistics.ts";

/** Goal 19: a million names of a drive, searched while nothing is connected; against looking through all of them. */
export const driveSearch: BenchProgram = { name: "drive-search", run };

const builtSchema = z.object({ elapsedMs: z.number(), settledMs: z.number(), entries: z.number() });
const searchedSchema = z.object({
  firstMs: z.number(),
  times: z.array(z.number()),
  hits: z.number().positive(),
  memory: z.number(),
});
const floorSchema = z.object({ times: z.array(z.number()), memory: z.number() });

async function run({ isQuick, print }: BenchOptions): Promise<BenchResult> {
  const entries = isQuick ? 100_000 : 1_000_000;
  const folder = temporaryFolder("bench-drive-search");
  try {
    const names = join(folder.path, "names");
    mkdirSync(names);
    const built = builtSchema.parse(await ask(["build", names, String(entries)]));
    if (built.entries !== entries)
      throw new RangeError(`${built.entries} names were indexed, not ${entries}`);
    print(`indexed ${built.entries} names in ${(built.settledMs / 1000).toFixed(1)} s`);
    const rounds = [];
    for (let round = 0; round < (isQuick ? 1 : 3); round += 1) {
      const ours = searchedSchema.parse(await ask(["search", names, "0", "400"]));
      const floor = floorSchema.parse(await ask(["floor", "", String(entries), "40"]));
      print(
        `round ${round + 1}: p95 ${percentile(ours.times, 0.95).toFixed(1)} ms, floor ${percentile(floor.times, 0.95).toFixed(1)} ms`,
      );
      rounds.push({ ours, floor });
    }
    return resultOf(bytesIn(names) / built.entries, built, rounds);
  } finally {
    rmSync(folder.path, { recursive: true, force: true });
  }
}

interface Round {
  ours: z.infer<typeof searchedSchema>;
  floor: z.infer<typeof floorSchema>;
}

function resultOf(
  bytesAnEntry: number,
  built: z.infer<typeof builtSchema>,
  rounds: readonly Round[],
): BenchResult {
  const of = (value: (round: Round) => number) => spread(rounds.map(value));
  return {
    verdicts: [
      {
        goal: 19,
        what: "search in the names of a drive, p95",
        unit: "ms",
        value: of(({ ours }) => p95(ours)),
        limit: 30,
        isAtMost: true,
        note: `${built.entries} names; as people type: letter by letter, several words, endings; with the way to the thread and back`,
      },
      {
        goal: 19,
        what: "names on disk, sealed, a million of them",
        unit: "MB",
        value: spread([bytesAnEntry]),
        limit: 150,
        isAtMost: true,
        note: "The same number as bytes an entry",
      },
    ],
    figures: [
      {
        what: "p95, in times of looking through every path",
        unit: "×",
        value: of(({ ours, floor }) => p95(ours) / p95(floor)),
      },
      { what: "memory once searched", unit: "MB", value: of(({ ours }) => ours.memory / 1e6) },
      { what: "memory of every path as a text", unit: "MB", value: of(({ floor }) => floor.memory / 1e6) },
      {
        what: "first search: reading, opening the seal, finding",
        unit: "ms",
        value: of(({ ours }) => ours.firstMs),
      },
      { what: "indexing, without the drive's own time", unit: "s", value: spread([built.settledMs / 1000]) },
    ],
    skipped: [],
  };
}

function p95({ times }: { times: number[] }): number {
  return percentile(times, 0.95);
}

async function ask(args: readonly string[]): Promise<unknown> {
  const program = join(projectRoot, "bench", "programs", "drive-search-process.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args], { maxBuffer: 1e8 });
  return JSON.parse(stdout);
}

function bytesIn(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}
