import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { chromiumPath } from "#tests/support/system-packages.ts";
import { z } from "zod";
import { isMet, resultSchema, type BenchResult, type Verdict } from "./program.ts";
import type { Spread } from "./statistics.ts";

const root = join(import.meta.dirname, "..", "..");
const resultsFolder = join(root, "bench", "results");
const table = join(root, "docs", "performance.md");

const storedSchema = resultSchema.extend({
  name: z.string(),
  machine: z.string(),
  /** Processes that ran or wanted to, on average, in the last minute of the measurement. */
  load: z.number().optional(),
});
export type StoredResult = z.infer<typeof storedSchema>;

/** What a figure depends on, without what it does not (a name, a date). */
export function describeMachine(): string {
  const version = spawnSync(chromiumPath() ?? "chromium", ["--version"], { encoding: "utf8" }).stdout;
  const chromium = /\d+/.exec(version)?.[0] ?? "unknown";
  return `${String(cpus().length)} shared cores, Chromium ${chromium} headless without GPU, Node ${process.versions.node}`;
}

export function saveResult(result: StoredResult): void {
  mkdirSync(resultsFolder, { recursive: true });
  writeFileSync(join(resultsFolder, `${result.name}.json`), `${JSON.stringify(result, undefined, 2)}\n`);
}

function readResult(name: string): StoredResult | undefined {
  try {
    return storedSchema.parse(JSON.parse(readFileSync(join(resultsFolder, `${name}.json`), "utf8")));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

function round(value: number): string {
  const digits = Math.abs(value) < 1 ? 3 : Math.abs(value) < 20 ? 2 : Math.abs(value) < 200 ? 1 : 0;
  return Number(value.toFixed(digits)).toLocaleString("en-US");
}

function withSpread(value: Spread): string {
  if (value.min === value.max) return round(value.median);
  return `${round(value.median)} (${round(value.min)} – ${round(value.max)})`;
}

function goalOf({ limit, unit, isAtMost }: Verdict): string {
  return `${isAtMost ? "≤" : "≥"} ${round(limit)} ${unit}`;
}

export function printResult(result: BenchResult, print: (line: string) => void): void {
  for (const figure of result.figures)
    print(`    ${figure.what}: ${withSpread(figure.value)} ${figure.unit}`);
  for (const verdict of result.verdicts) {
    const mark = isMet(verdict) ? "met   " : "MISSED";
    const value = `${withSpread(verdict.value)} ${verdict.unit}`;
    print(`  ${mark} goal ${String(verdict.goal)}, ${verdict.what}: ${value}, goal ${goalOf(verdict)}`);
  }
  for (const reason of result.skipped) print(`  skipped: ${reason}`);
}

function verdictRow(verdict: Verdict): string {
  const note = verdict.note === undefined ? "" : `. ${verdict.note}`;
  const value = `${withSpread(verdict.value)} ${verdict.unit}`;
  const met = isMet(verdict) ? "yes" : "**no**";
  return `| ${String(verdict.goal)} | ${verdict.what}${note} | ${value} | ${goalOf(verdict)} | ${met} |`;
}

/** Rewrites what stands between the two marks of docs/performance.md from the results on disk. */
export function refreshTable(names: readonly string[]): void {
  const results = names.flatMap((name) => readResult(name) ?? []);
  const verdicts = results.flatMap((each) => each.verdicts).sort((a, b) => a.goal - b.goal);
  const machines = [...new Set(results.map(({ machine }) => machine))];
  const loads = results
    .flatMap(({ name, load }) => (load === undefined ? [] : [`${name} ${load.toFixed(1)}`]))
    .join(", ");
  const lines = [
    `Measured on: ${machines.join("; ")}. Medians, with the lowest and highest round in brackets.`,
    `Processes that wanted a processor when each ended (with ${String(cpus().length)} processors, more than a few mean that others disturbed it): ${loads}.`,
    "",
    "| goal | what | measured | goal | met |",
    "|---|---|---|---|---|",
    ...verdicts.map(verdictRow),
    "",
    "Figures behind the ratios:",
    "",
    "| program | figure | measured |",
    "|---|---|---|",
    ...results.flatMap(({ name, figures }) =>
      figures.map(({ what, unit, value }) => `| ${name} | ${what} | ${withSpread(value)} ${unit} |`),
    ),
    ...results.flatMap(({ name, skipped }) => skipped.map((reason) => `\nSkipped in ${name}: ${reason}`)),
  ];
  const text = readFileSync(table, "utf8");
  const [head, rest] = text.split(/<!-- results -->\n/u);
  const tail = rest?.split(/<!-- end of results -->\n/u)[1];
  if (head === undefined || tail === undefined) throw new Error("docs/performance.md has lost its two marks");
  writeFileSync(table, `${head}<!-- results -->\n${lines.join("\n")}\n<!-- end of results -->\n${tail}`);
}
