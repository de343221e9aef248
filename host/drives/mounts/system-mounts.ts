import { readdir, readFile } from "node:fs/promises";
import { parseGvfsNames, parseMountInfo } from "./linux-mounts.ts";
import { parseMacMounts } from "./macos-mounts.ts";
import type { Mounted } from "./mounted.ts";
import { runProgram } from "./run-program.ts";
import { parseSmbMappings } from "./windows-mounts.ts";

/** What the system has mounted now. None of the mounts is touched: one that hangs would hang whoever looks. */
export type SystemMounts = (signal: AbortSignal) => Promise<Mounted[]>;

const MAPPINGS =
  "[Console]::OutputEncoding = [Text.Encoding]::UTF8; Get-SmbMapping | Select-Object LocalPath,RemotePath | ConvertTo-Json";

export function systemMounts(platform: NodeJS.Platform = process.platform): SystemMounts {
  if (platform === "linux") return linuxMounts;
  if (platform === "darwin")
    return async (signal) => parseMacMounts((await runProgram("/sbin/mount", [], { signal })).output);
  if (platform !== "win32") return async () => [];
  const args = ["-NoProfile", "-NonInteractive", "-Command", MAPPINGS];
  return async (signal) => parseSmbMappings((await runProgram("powershell.exe", args, { signal })).output);
}

async function linuxMounts(): Promise<Mounted[]> {
  const mounts = parseMountInfo(await readFile("/proc/self/mountinfo", "utf8"));
  const gvfs = `/run/user/${process.getuid?.() ?? ""}/gvfs`;
  // Its own names are given by a program of this machine, which asks no server for them.
  const names = await readdir(gvfs).catch((): string[] => []);
  return [...mounts, ...parseGvfsNames(gvfs, names)];
}
