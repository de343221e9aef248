import type { Page } from "playwright";
import { readdirSync, readFileSync } from "node:fs";

/** A file of /proc, or nothing when its process has just ended. */
function readProcess(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${String(pid)}/${file}`, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ESRCH"))
      return "";
    throw error;
  }
}

function allProcesses(): number[] {
  return readdirSync("/proc").map(Number).filter(Number.isInteger);
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s+(\d+)/m.exec(readProcess(pid, "status"))?.[1] ?? Number.NaN);
}

export function commandOf(pid: number): string {
  return readProcess(pid, "cmdline").replaceAll("\0", " ");
}

/** The process and everything it has started. */
export function processTree(root: number): number[] {
  const parents = new Map(allProcesses().map((pid) => [pid, parentOf(pid)]));
  const tree = [root];
  for (const parent of tree) {
    for (const [pid, its] of parents) if (its === parent) tree.push(pid);
  }
  return tree;
}

/** The browser that was started on this profile. */
export function browserProcess(profile: string): number {
  const pid = allProcesses().find((each) => {
    const command = readProcess(each, "cmdline");
    return command.includes(`--user-data-dir=${profile}`) && !command.includes("--type=");
  });
  if (pid === undefined) throw new Error(`no browser runs on ${profile}`);
  return pid;
}

function kilobytes(text: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text)?.[1] ?? 0);
}

/** Proportional set size in MB: what these processes cost the machine, shared pages counted once. */
export function proportionalMb(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + kilobytes(readProcess(pid, "smaps_rollup"), "Pss"), 0) / 1024;
}

export function residentMb(pid: number): number {
  return kilobytes(readProcess(pid, "status"), "VmRSS") / 1024;
}

/** Processor time of these processes so far, in milliseconds (clock ticks of 10 ms). */
export function processorMs(pids: readonly number[]): number {
  const ticks = pids.map((pid) => {
    const fields = readProcess(pid, "stat").split(") ")[1]?.split(" ") ?? [];
    return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  });
  return ticks.reduce((sum, each) => sum + each, 0) * 10;
}

/** What a page no longer needs is not counted as its memory. */
export async function collectGarbage(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  await session.detach();
}
