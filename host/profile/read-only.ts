import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether a data folder can be made and written to. Trying is the only way to know: shares and policies lie. */
export function canWrite(folder: string): boolean {
  const probe = join(folder, `.parvis-${process.pid}.tmp`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(probe, "");
    rmSync(probe, { force: true });
    return true;
  } catch {
    return false;
  }
}

/** Why a data folder that cannot be written to cannot be read either; null: it can. */
export function folderFault(folder: string): "notAFolder" | "notThere" | null {
  try {
    return statSync(folder).isDirectory() ? null : "notAFolder";
  } catch {
    return "notThere";
  }
}

/** For one run, where nothing may be kept. */
export function scratchFolder(): string {
  return mkdtempSync(join(tmpdir(), "parvis-"));
}
