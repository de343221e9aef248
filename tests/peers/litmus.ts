import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isInstalled, skipLoudly } from "./peer-process.ts";

/** What a suite of litmus said: how many of its tests passed, and every line of those that did not. */
export interface LitmusResult {
  passed: number;
  total: number;
  failures: string[];
  output: string;
}

export interface LitmusTarget {
  url: string;
  username: string;
  password: string;
}

export const litmusSuites = ["basic", "copymove", "props", "locks", "http"] as const;

/** Whether litmus, the compliance suite of WebDAV servers, can be had; says loudly when not. */
export function hasLitmus(): boolean {
  const isThere = isInstalled("litmus", ["litmus"]);
  if (!isThere) skipLoudly("litmus");
  return isThere;
}

export async function runLitmus(
  suite: (typeof litmusSuites)[number],
  { url, username, password }: LitmusTarget,
): Promise<LitmusResult> {
  const folder = await mkdtemp(join(tmpdir(), "parvis-litmus-"));
  try {
    const output = await new Promise<string>((resolve) => {
      const options = { cwd: folder, env: { ...process.env, TESTS: suite }, timeout: 120_000 };
      execFile("litmus", ["-k", url, username, password], options, (_error, stdout, stderr) =>
        resolve(stdout + stderr),
      );
    });
    const counts = /summary for `\w+': of (\d+) tests run: (\d+) passed/.exec(output);
    return {
      total: Number(counts?.[1] ?? 0),
      passed: Number(counts?.[2] ?? 0),
      failures: output.split("\n").filter((line) => /FAIL|WARNING/.test(line)),
      output,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
