/**
 * `npm test`: everything. `npm test -- unit`, `npm test -- e2e`: a part. Further words narrow to files
 * (`npm test -- unit server/store`). Ends with `N passed, N failed, N skipped`.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { whyNoElectron } from "./electron/real-electron.ts";
import { chromiumPath, ensureSystemPrograms, systemName } from "./support/system-packages.ts";

const root = join(import.meta.dirname, "..");
const bin = (name: string) => join(root, "node_modules", ".bin", name);
const reports = join(root, ".cache", "reports");

interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function run(command: string, args: string[], env: Record<string, string> = {}): number {
  const done = spawnSync(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } });
  return done.status ?? 1;
}

function readReport(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

function numberAt(report: unknown, key: string): number {
  if (typeof report !== "object" || report === null) return 0;
  const value: unknown = Object.entries(report).find(([name]) => name === key)?.[1];
  return typeof value === "number" ? value : 0;
}

/** A runner that exits badly without a failed test (no report, a crash) counts as one failure. */
function settle(totals: Totals, status: number): Totals {
  return status !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals;
}

function runUnit(filters: string[]): Totals {
  // Some of them look at what is built: once for all, before two of them build it at the same time.
  if (run(process.execPath, ["build/bundle.ts", "--if-stale"]) !== 0)
    return { passed: 0, failed: 1, skipped: 0 };
  const file = join(reports, "unit.json");
  const status = run(bin("vitest"), [
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`,
    ...filters,
  ]);
  const report = readReport(file);
  const totals = {
    passed: numberAt(report, "numPassedTests"),
    failed: numberAt(report, "numFailedTests"),
    skipped: numberAt(report, "numPendingTests"),
  };
  return settle(totals, status);
}

function runEndToEnd(filters: string[]): Totals {
  if (chromiumPath() === undefined) {
    print("SKIPPED: the end-to-end tests need a Chromium (Debian: apt-get install chromium).");
    return { passed: 0, failed: 0, skipped: 1 };
  }
  if (run(process.execPath, ["build/bundle.ts"]) !== 0) return { passed: 0, failed: 1, skipped: 0 };
  const file = join(reports, "e2e.json");
  const status = run(bin("playwright"), ["test", ...filters], { PLAYWRIGHT_JSON_OUTPUT_NAME: file });
  const report = readReport(file);
  const stats: unknown =
    typeof report === "object" && report !== null && "stats" in report ? report.stats : undefined;
  const totals = {
    passed: numberAt(stats, "expected"),
    failed: numberAt(stats, "unexpected") + numberAt(stats, "flaky"),
    skipped: numberAt(stats, "skipped"),
  };
  const reason = whyNoElectron();
  if (reason === undefined) return settle(totals, status);
  print(`SKIPPED: tests/electron on a real Electron (they ran on the stand-in): ${reason}.`);
  return settle({ ...totals, skipped: totals.skipped + 1 }, status);
}

function main(): number {
  if (Number(process.versions.node.split(".")[0]) < 24) {
    print(`Node ${process.versions.node} runs this; Parvis needs 24. Run it as "npm test" after "npm ci".`);
    return 1;
  }
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const [part, ...filters] = process.argv.slice(2);
  print(`Tests on ${systemName()}, Node ${process.versions.node}`);
  const missing = ensureSystemPrograms(print);
  const parts: Totals[] = [];
  if (part !== "e2e") parts.push(runUnit(filters));
  if (part !== "unit") parts.push(runEndToEnd(filters));
  for (const line of missing) print(`SKIPPED SOME TESTS: ${line}`);
  const sum = (key: keyof Totals) => parts.reduce((total, each) => total + each[key], 0);
  print(`${sum("passed")} passed, ${sum("failed")} failed, ${sum("skipped")} skipped`);
  return sum("failed") === 0 ? 0 : 1;
}

process.exitCode = main();
