import { randomUUID } from "node:crypto";
import { constants, type Stats } from "node:fs";
import { copyFile, lstat, mkdir, opendir, rename, rm, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import { errorCode } from "../../files/atomic-file.ts";
import { DriveError } from "../drive-error.ts";
import { localFault } from "./local-fault.ts";
import { isLitter, temporaryName } from "./local-names.ts";
import { renameToNew, syncFolder } from "./local-write.ts";

/** Puts a file or folder elsewhere. @throws DriveError exists, notFound */
export async function moveLocal(
  from: string,
  to: string,
  overwrite: boolean,
  signal: AbortSignal,
): Promise<void> {
  const [source, present] = [await lstat(from), await lstatOf(to)];
  assertNotInside(from, to);
  // Only its case, or how its accents are composed, is another: the same file under both names.
  const isSame = present !== undefined && present.ino === source.ino && present.dev === source.dev;
  if (present !== undefined && !isSame) {
    if (!overwrite) throw nameTaken();
    if (present.isDirectory()) await removeLocal(to, signal);
  }
  try {
    if (present === undefined && source.isFile()) await renameToNew(from, to);
    else await rename(from, to);
    await syncFolder(dirname(to));
  } catch (error) {
    if (errorCode(error) !== "EXDEV") throw error;
    // Another disk is mounted within the drive.
    await copyLocal(from, to, overwrite, signal);
    await removeLocal(from, signal);
  }
}

/** Whole or not at all: made beside its place first. @throws DriveError exists, notFound */
export async function copyLocal(
  from: string,
  to: string,
  overwrite: boolean,
  signal: AbortSignal,
): Promise<void> {
  assertNotInside(from, to);
  const present = await lstatOf(to);
  if (present !== undefined && !overwrite) throw nameTaken();
  const temporary = join(dirname(to), temporaryName(randomUUID()));
  try {
    await copyTree(from, temporary, signal);
    if (present?.isDirectory() === true) await removeLocal(to, signal);
    const isFile = (await lstat(temporary)).isFile();
    if (isFile && !overwrite) await renameToNew(temporary, to);
    else await rename(temporary, to);
    await syncFolder(dirname(to));
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}

/** A folder with all that it holds; a link goes, not what it leads to. */
export async function removeLocal(path: string, signal: AbortSignal): Promise<void> {
  const stats = await lstat(path);
  if (!stats.isDirectory()) {
    await rm(path);
    return;
  }
  // Out of sight at once, so that nobody sees half of it while it goes.
  const leaving = join(dirname(path), temporaryName(randomUUID()));
  await rename(path, leaving);
  try {
    signal.throwIfAborted();
    await rm(leaving, { recursive: true });
  } catch (error) {
    await rename(leaving, path).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(path));
}

async function copyTree(from: string, to: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const stats = await lstat(from);
  // What a link leads to may lie anywhere: it is not taken along.
  if (stats.isSymbolicLink()) return;
  if (stats.isFile()) {
    await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    await utimes(to, stats.atime, stats.mtime);
    return;
  }
  if (!stats.isDirectory()) return;
  await mkdir(to);
  for await (const { name } of await opendir(from))
    if (!isLitter(name)) await copyTree(join(from, name), join(to, name), signal);
}

async function lstatOf(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw localFault(error, "The file");
  }
}

function assertNotInside(from: string, to: string): void {
  if (!to.startsWith(`${from}/`) && !to.startsWith(`${from}\\`)) return;
  throw new DriveError("forbidden", { title: "A folder cannot be put into itself" });
}

function nameTaken(): DriveError {
  return new DriveError("exists", { title: "Something of this name is there" });
}
