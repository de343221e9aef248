import { rename, writeFile } from "node:fs/promises";
import { driveIdSchema, type DriveId, type DrivePath } from "#contract/drives.ts";
import { LocalDrive } from "../../local/local-drive.ts";
import type { CopyDrives } from "../save-back.ts";
import type { WorkingCopiesOptions } from "../working-copies.ts";

export const DRIVE = driveIdSchema.parse("00000000-0000-4000-8000-000000000001");

/** A folder as a drive among drives; `step` is told before and after each of its calls. */
export function drivesOf(folder: string, step: () => void = () => undefined): CopyDrives {
  const drive = new LocalDrive(folder);
  const stepped = async <T>(run: () => Promise<T>): Promise<T> => {
    step();
    const value = await run();
    step();
    return value;
  };
  return {
    capabilities: (_: DriveId, signal: AbortSignal) => stepped(() => drive.capabilities({ signal })),
    stat: (_, path: DrivePath, signal) => stepped(() => drive.stat(path, { signal })),
    read: (_, path, wanted, signal) => stepped(() => drive.read(path, wanted, { signal })),
    write: (_, path, content, signal) => stepped(() => drive.write(path, content, { signal })),
    lock: () => drive.lock(),
    unlock: () => drive.unlock(),
  };
}

/** As programs save: another file, put in place of the first. */
export async function saveInPlace(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}

export function copyOptions(dataDir: string, drives: CopyDrives): WorkingCopiesOptions {
  return {
    dataDir,
    drives,
    openFile: async () => undefined,
    words: () => ({ conflict: "conflit", who: "Anna", at: Date.parse("2026-11-23T10:00:00Z") }),
    now: () => Date.parse("2026-11-23T10:00:00Z"),
    onChange: () => undefined,
    onNotice: () => undefined,
    isAboveCeiling: async () => false,
    settleMs: 40,
    pollMs: 200,
  };
}
