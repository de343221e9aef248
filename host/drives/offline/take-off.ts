import { mkdir, rename, rm, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { DriveId, DrivePath } from "#contract/drives.ts";
import type { Journal, PinRow } from "./journal.ts";
import { statOf, toMark, type LocalFiles } from "./local-files.ts";
import { folderOf, isSameMark, isWithin, type Base, type HereEntry } from "./model.ts";
import { scanHere } from "./tree-here.ts";

export interface TakeOffParts {
  driveId: DriveId;
  journal: Journal;
  files: LocalFiles;
  base: Base;
}

/** What lies in a pin and the drive does not have. Files that are being written count. */
export async function findUnsynced(parts: TakeOffParts, pin: PinRow): Promise<HereEntry[]> {
  const { here } = await scan(parts, pin);
  return [...here.values()].filter(({ kind, state }) => kind === "file" && state !== "same");
}

/**
 * Takes a pin off this machine. What the drive does not have goes aside or into the trash; the rest is deleted, each file
 * only as it was agreed on. Begun again from the start after a crash.
 */
export async function takeOff(parts: TakeOffParts, pin: PinRow): Promise<void> {
  const { driveId, journal, files, base } = parts;
  const { here, leftOut } = await scan(parts, pin);
  const others = leftOut.filter(({ path, reason }) => reason !== "notPinned" && isWithin(path, pin.path));
  for (const { path, kind, state } of here.values())
    if (kind === "file" && state !== "same") await putAway(files, path, pin.removing);
  for (const { path } of others) await putAway(files, path, pin.removing);
  for (const entry of here.values())
    if (entry.kind === "file" && entry.state === "same") await deleteSame(files, entry, pin.removing);
  const folders = [...here.values()].filter(({ kind }) => kind === "folder").map(({ path }) => path);
  for (const path of folders.toSorted((one, other) => other.length - one.length))
    if (path !== "" && !(await files.removeFolder(path))) await putAway(files, path, pin.removing);
  journal.together(() => {
    for (const path of base.keys())
      if (isWithin(path, pin.path)) {
        base.delete(path);
        journal.dropBase(driveId, path);
      }
  });
  for (const conflict of journal.conflicts())
    if (conflict.driveId === driveId && isWithin(conflict.path, pin.path)) journal.dropConflict(conflict.id);
  journal.dropPin(driveId, pin.path);
  await removeEmptyAbove(files, pin.path);
}

function scan({ files, base }: TakeOffParts, pin: PinRow): ReturnType<typeof scanHere> {
  return scanHere({
    files,
    pins: [pin],
    base,
    seen: new Map(),
    settleMs: 0,
    elapsed: () => 0,
    signal: new AbortController().signal,
    onTouched: () => undefined,
  });
}

async function putAway(files: LocalFiles, path: DrivePath, how: PinRow["removing"]): Promise<void> {
  const place = how === "keep" ? await files.asidePlace(path) : await files.trashPlace(path, "deleted");
  await rename(files.pathOf(path), place);
}

/** Out of its place first, so that what is written at this very moment is seen. */
async function deleteSame(
  files: LocalFiles,
  { path, mark }: HereEntry,
  how: PinRow["removing"],
): Promise<void> {
  const part = await files.newPart();
  await rename(files.pathOf(path), part);
  const stats = await statOf(part);
  if (stats !== undefined && isSameMark(toMark(stats), mark)) {
    await unlink(part);
    return;
  }
  const place = how === "keep" ? await files.asidePlace(path) : await files.trashPlace(path, "deleted");
  await mkdir(dirname(place), { recursive: true, mode: 0o700 });
  await rename(part, place);
}

/** Folders that are only there because of what lay in them. */
async function removeEmptyAbove(files: LocalFiles, path: DrivePath): Promise<void> {
  for (let folder = folderOf(path); folder !== ""; folder = folderOf(folder))
    if (!(await files.removeFolder(folder))) return;
}

/** Nothing that was brought in part is of use any more. */
export async function dropParts(files: LocalFiles): Promise<void> {
  await rm(join(files.places.parts), { recursive: true, force: true });
}
