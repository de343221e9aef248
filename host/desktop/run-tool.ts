import { execFile } from "node:child_process";

const LIMIT_MS = 3000;

/** What a small program of the system answers; undefined when it is not there, fails or takes too long. */
export type RunTool = (program: string, args: readonly string[]) => Promise<string | undefined>;

export const runTool: RunTool = (program, args) =>
  new Promise((resolve) => {
    execFile(
      program,
      [...args],
      { timeout: LIMIT_MS, windowsHide: true, maxBuffer: 64 * 1024 },
      (error, out) => {
        resolve(error === null ? out.trim() : undefined);
      },
    );
  });
