import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { z } from "zod";
import { startApache, type WebdavPeer } from "#tests/peers/webdav.ts";
import type { BenchOptions, BenchProgram, BenchResult } from "../harness/program.ts";
import { inTurn, valuesOf } from "../harness/rounds.ts";
import { ratios, spread } from "../harness/statistics.ts";

/** Goal 12: many small files pinned, against `rclone copy` of the same ones from the same server. */
export const drivePin: BenchProgram = { name: "drive-pin", run };

const FILES = 20_000;
const QUICK_FILES = 2000;
const IN_A_FOLDER = 100;
const ONCE = join(import.meta.dirname, "drive-pin-once.ts");
const runProgram = promisify(execFile);

async function run({ isQuick, print }: BenchOptions): Promise<BenchResult> {
  const server = await startApache();
  if (server === undefined)
    return { verdicts: [], figures: [], skipped: ["pinned files: Apache or rclone are not to be had"] };
  try {
    const files = isQuick ? QUICK_FILES : FILES;
    fill(server.folder, files);
    const measured = await inTurn(
      [
        { name: "ours", rounds: isQuick ? 1 : 3, measure: () => measureOurs(server, files) },
        { name: "rclone", rounds: isQuick ? 1 : 3, measure: () => measureRclone(server, files) },
      ],
      print,
    );
    const ours = valuesOf(measured, "ours");
    const unit = "files a second";
    return {
      verdicts: [
        {
          goal: 12,
          what: `${files.toLocaleString("en")} small files pinned, rate against rclone copy`,
          unit: "×",
          value: spread(ratios(ours, valuesOf(measured, "rclone"))),
          limit: 0.5,
          isAtMost: false,
          note: "Apache mod_dav on loopback; ours with hashes and a journal; rclone asks a WebDAV server at most a hundred times a second",
        },
      ],
      figures: [
        { what: "pinned", unit, value: spread(ours) },
        { what: "rclone copy", unit, value: spread(valuesOf(measured, "rclone")) },
      ],
      skipped: [],
    };
  } finally {
    await server.stop();
  }
}

/** One to four kilobytes each, by the hundred in a folder. */
function fill(folder: string, files: number): void {
  for (let count = 0; count < files; count += 1) {
    const inner = join(folder, `folder ${Math.floor(count / IN_A_FOLDER)}`);
    if (count % IN_A_FOLDER === 0) mkdirSync(inner);
    writeFileSync(join(inner, `file ${count}.txt`), "x".repeat(1000 + (count % 3000)));
  }
}

async function inFolder(measure: (folder: string) => Promise<number>): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "parvis-bench-pin-"));
  try {
    return await measure(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const printedSchema = z.object({ elapsedMs: z.number(), files: z.int() });

function measureOurs({ url, username, password }: WebdavPeer, files: number): Promise<number> {
  return inFolder(async (folder) => {
    const { stdout } = await runProgram(process.execPath, [ONCE, url, username, password, folder]);
    const printed = printedSchema.parse(JSON.parse(stdout));
    if (printed.files !== files) throw new Error(`${printed.files} files were pinned instead of ${files}`);
    return (files * 1000) / printed.elapsedMs;
  });
}

function measureRclone({ url, username, password }: WebdavPeer, files: number): Promise<number> {
  const secret = execFileSync("rclone", ["obscure", password]).toString().trim();
  const account = ["--webdav-url", url, "--webdav-user", username, "--webdav-pass", secret];
  const env = { ...process.env, RCLONE_CONFIG: "/dev/null" };
  return inFolder(async (folder) => {
    const startedAt = performance.now();
    await runProgram("rclone", ["copy", ":webdav:", folder, ...account], { env });
    return (files * 1000) / (performance.now() - startedAt);
  });
}
