import { open, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DriveId } from "#contract/drives.ts";
import { errorCode } from "../../files/atomic-file.ts";
import type { Journal } from "./journal.ts";
import { ChangedHere } from "./local-fault.ts";
import { hashFile, statOf, type LocalFiles } from "./local-files.ts";
import { isSameMark, type Base, type BaseEntry } from "./model.ts";

interface Recovered {
  driveId: DriveId;
  journal: Journal;
  files: LocalFiles;
  base: Base;
}

/**
 * What an end in the middle left behind: steps that had begun (what they did is found out by looking), parts that nobody
 * goes on with, and files of which a power cut may have kept the name and lost the content.
 */
export async function recover({ driveId, journal, files, base }: Recovered): Promise<void> {
  const steps = journal.steps(driveId);
  const goesOn = new Set(steps.flatMap(({ kind, detail }) => (kind === "download" ? [detail] : [])));
  await clearParts(files.places.parts, goesOn);
  for (const { path } of steps) journal.endStep(driveId, path);
  for (const conflict of journal.conflicts()) {
    if (conflict.driveId !== driveId || base.has(conflict.copyPath)) continue;
    // Its row was written, and then nothing was renamed.
    if ((await files.markOf(conflict.copyPath)) === undefined) journal.dropConflict(conflict.id);
  }
  for (const entry of base.values()) {
    if (entry.isSettled || entry.kind === "folder") continue;
    if (await isSpoiled(files, entry)) {
      base.delete(entry.path);
      journal.dropBase(driveId, entry.path);
    }
  }
  journal.flush();
}

async function clearParts(parts: string, goesOn: ReadonlySet<string>): Promise<void> {
  let names: string[] = [];
  try {
    names = await readdir(parts);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
  for (const name of names)
    if (!goesOn.has(name)) await rm(join(parts, name), { recursive: true, force: true });
}

/** Whether the disk has lost what was in it; it is then put into the trash, and brought anew. */
async function isSpoiled(files: LocalFiles, entry: BaseEntry): Promise<boolean> {
  const place = files.pathOf(entry.path);
  const mark = await files.markOf(entry.path);
  if (mark === undefined) return false;
  const isOurs = isSameMark(mark, entry.mark) && mark.sizeBytes > 0;
  if (isOurs && (await hashFile(place)) === entry.hash) return false;
  // Somebody's change, unless nothing is in it.
  if (!isOurs && (entry.mark.sizeBytes === 0 || !(await isBlank(place, mark.sizeBytes)))) return false;
  try {
    await files.discard(entry.path, mark, "replaced");
    return true;
  } catch (error) {
    if (error instanceof ChangedHere) return false;
    throw error;
  }
}

const MOST_LOOKED_AT = 1024 * 1024;

async function isBlank(place: string, size: number): Promise<boolean> {
  return size <= MOST_LOOKED_AT && (await readFile(place)).every((byte) => byte === 0);
}

/** Waits until the disk has what was brought in small files. Told in the journal, so that it is waited for once. */
export async function settle(
  { driveId, journal, files, base }: Recovered,
  signal: AbortSignal,
): Promise<void> {
  const waiting = [...base.values()].filter(({ isSettled }) => !isSettled);
  const runner = async (): Promise<void> => {
    for (let entry = waiting.pop(); entry !== undefined && !signal.aborted; entry = waiting.pop()) {
      const stats = await statOf(files.pathOf(entry.path));
      if (
        stats === undefined ||
        base.get(entry.path) !== entry ||
        !(await isSynced(files.pathOf(entry.path)))
      )
        continue;
      if (base.get(entry.path) !== entry) continue;
      const settled = { ...entry, isSettled: true };
      base.set(entry.path, settled);
      journal.putBase(driveId, settled);
    }
  };
  await Promise.all([runner(), runner()]);
}

/** False when it is not there any more, or may not be opened. */
async function isSynced(place: string): Promise<boolean> {
  try {
    // Windows flushes only what may be written to.
    const file = await open(place, process.platform === "win32" ? "r+" : "r");
    try {
      await file.datasync();
      return true;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (errorCode(error) === "") throw error;
    return false;
  }
}
