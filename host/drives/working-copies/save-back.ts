import {
  childPath,
  nameOf,
  parentPath,
  type DriveEntry,
  type DriveId,
  type DrivePath,
} from "#contract/drives.ts";
import { DriveError } from "../drive-error.ts";
import type { DriveFiles } from "../drive-files.ts";
import { conflictName, type ConflictWords } from "../offline/names.ts";
import type { CopyRow } from "./copies-file.ts";
import { hashOf, streamOf, type Snapshot } from "./copy-files.ts";

export type CopyDrives = Pick<DriveFiles, "stat" | "read" | "write" | "lock" | "unlock" | "capabilities">;

/** What the drive has afterwards. */
export interface Saved {
  path: DrivePath;
  version: string | null;
  conflictWith: DrivePath | null;
}

export interface SaveParts {
  drives: CopyDrives;
  words: () => ConflictWords;
  signal: AbortSignal;
}

const MOST_NAMES = 20;

/**
 * Puts a saved copy on the drive, in place of the version that it was made of. Where somebody else's stands there now, both
 * are kept: this one beside it, under a name that says so. Done twice after a crash, it is there once.
 * @throws DriveError
 */
export async function saveBack(row: CopyRow, snapshot: Snapshot, parts: SaveParts): Promise<Saved> {
  try {
    const entry = await replace(row, snapshot, parts);
    return { path: row.path, version: entry.version, conflictWith: row.conflictWith };
  } catch (error) {
    if (!(error instanceof DriveError)) throw error;
    if (error.fault !== "changed" && error.fault !== "exists" && error.fault !== "notFound") throw error;
    if (await isGone(row, parts)) return await putAnew(row, snapshot, parts);
    return await keepBoth(row, snapshot, parts);
  }
}

async function replace(row: CopyRow, snapshot: Snapshot, { drives, signal }: SaveParts): Promise<DriveEntry> {
  if (row.version !== null)
    return write(row.driveId, row.path, snapshot, { ifVersion: row.version }, { drives, signal });
  // It has no versions: its content tells.
  const there = await hashThere(row.driveId, row.path, { drives, signal });
  if (there !== row.hash) throw new DriveError("changed", { title: "The file was changed on the drive" });
  return write(row.driveId, row.path, snapshot, "any", { drives, signal });
}

async function isGone({ driveId, path }: CopyRow, { drives, signal }: SaveParts): Promise<boolean> {
  try {
    await drives.stat(driveId, path, signal);
    return false;
  } catch (error) {
    if (error instanceof DriveError && error.fault === "notFound") return true;
    throw error;
  }
}

/** It was deleted there meanwhile: what was saved is not lost for that. */
async function putAnew(row: CopyRow, snapshot: Snapshot, parts: SaveParts): Promise<Saved> {
  const { version } = await write(row.driveId, row.path, snapshot, "new", parts);
  return { path: row.path, version, conflictWith: row.conflictWith };
}

async function keepBoth(row: CopyRow, snapshot: Snapshot, parts: SaveParts): Promise<Saved> {
  const { drives, signal, words } = parts;
  const there = await drives.stat(row.driveId, row.path, signal);
  // Sent before a crash, and only not written down: it is this one.
  if ((await hashThere(row.driveId, row.path, parts)) === snapshot.hash)
    return { path: row.path, version: there.version, conflictWith: row.conflictWith };
  const taken = new Set<string>();
  for (let tries = 0; tries < MOST_NAMES; tries += 1) {
    const name = conflictName(nameOf(row.path), words(), (one) => taken.has(one));
    const path = childPath(parentPath(row.path), name);
    try {
      const { version } = await write(row.driveId, path, snapshot, "new", parts);
      return { path, version, conflictWith: row.path };
    } catch (error) {
      if (!(error instanceof DriveError) || (error.fault !== "exists" && error.fault !== "changed"))
        throw error;
      if ((await hashThere(row.driveId, path, parts)) === snapshot.hash) {
        const { version } = await drives.stat(row.driveId, path, signal);
        return { path, version, conflictWith: row.path };
      }
      taken.add(name);
    }
  }
  throw new DriveError("exists", { title: "There are too many versions of this file" });
}

async function write(
  driveId: DriveId,
  path: DrivePath,
  { file, sizeBytes }: Snapshot,
  condition: "new" | "any" | { ifVersion: string },
  { drives, signal }: Pick<SaveParts, "drives" | "signal">,
): Promise<DriveEntry> {
  return await drives.write(driveId, path, { stream: streamOf(file), sizeBytes, condition }, signal);
}

async function hashThere(
  driveId: DriveId,
  path: DrivePath,
  { drives, signal }: Pick<SaveParts, "drives" | "signal">,
): Promise<string> {
  return hashOf((await drives.read(driveId, path, {}, signal)).stream);
}
