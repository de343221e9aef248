import { randomUUID } from "node:crypto";
import { constants, type BigIntStats } from "node:fs";
import { link, open, rename, rm, stat, unlink, type FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import { errorCode } from "../../files/atomic-file.ts";
import { DriveError } from "../drive-error.ts";
import type { NewContent } from "../drive.ts";
import { localVersion } from "./local-entry.ts";
import { localFault } from "./local-fault.ts";
import { temporaryName } from "./local-names.ts";

/**
 * Writes beside its place, makes that durable, then renames: nobody ever reads a half of it, and whatever fails leaves what
 * was there. @throws DriveError
 */
export async function writeLocal(target: string, content: NewContent, signal: AbortSignal): Promise<void> {
  const temporary = join(dirname(target), temporaryName(randomUUID()));
  try {
    await checkCondition(target, content.condition);
    await fill(temporary, content, signal);
    signal.throwIfAborted();
    await putInPlace(temporary, target, content.condition);
    await syncFolder(dirname(target));
  } catch (error) {
    await content.stream.cancel().catch(() => undefined);
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function fill(temporary: string, content: NewContent, signal: AbortSignal): Promise<void> {
  const { stream, sizeBytes, modifiedAt } = content;
  const file = await open(temporary, "wx", 0o666);
  try {
    const written = await pour(stream, file, sizeBytes, signal);
    if (sizeBytes !== null && written < sizeBytes)
      throw wrongLength(`${written} bytes came of ${sizeBytes} that were announced.`);
    await file.sync();
    // The time of the content, where the file system can keep it.
    if (modifiedAt !== undefined) await file.utimes(new Date(), new Date(modifiedAt));
  } finally {
    await file.close();
  }
}

async function pour(
  stream: NewContent["stream"],
  file: FileHandle,
  sizeBytes: number | null,
  signal: AbortSignal,
): Promise<number> {
  let written = 0;
  const reader = stream.getReader();
  // A reader that waits for the next piece does not look at the signal.
  const stop = () => void reader.cancel(signal.reason).catch(() => undefined);
  signal.addEventListener("abort", stop, { once: true });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      signal.throwIfAborted();
      if (done) return written;
      written += value.length;
      if (sizeBytes !== null && written > sizeBytes)
        throw wrongLength(`More bytes came than the ${sizeBytes} that were announced.`);
      await file.writeFile(value);
    }
  } finally {
    signal.removeEventListener("abort", stop);
    reader.releaseLock();
  }
}

async function putInPlace(
  temporary: string,
  target: string,
  condition: NewContent["condition"],
): Promise<void> {
  if (condition !== "new") {
    // As late as can be: no file system renames on a condition.
    await checkCondition(target, condition);
    await rename(temporary, target);
    return;
  }
  try {
    await link(temporary, target);
    await unlink(temporary);
  } catch (error) {
    if (!HAS_NO_LINKS.has(errorCode(error))) throw localFault(error, "The file");
    await renameToNew(temporary, target);
  }
}

/** Of FAT, and of many mounts. */
const HAS_NO_LINKS = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK", "EXDEV", "EACCES"]);

/** Takes the name first, so that of two who want it one is refused. */
export async function renameToNew(from: string, to: string): Promise<void> {
  const { O_CREAT, O_EXCL, O_WRONLY } = constants;
  const taken = await open(to, O_CREAT | O_EXCL | O_WRONLY).catch((error: unknown) => {
    throw localFault(error, "The file");
  });
  await taken.close();
  try {
    await rename(from, to);
  } catch (error) {
    await unlink(to);
    throw error;
  }
}

/** @throws DriveError exists, changed, notAFile */
async function checkCondition(target: string, condition: NewContent["condition"]): Promise<void> {
  const present = await statOf(target);
  if (present?.isDirectory() === true)
    throw condition === "new" ? nameTaken() : new DriveError("notAFile", { title: "A folder has this name" });
  if (condition === "any") return;
  if (condition === "new") {
    if (present !== undefined) throw nameTaken();
    return;
  }
  if (present === undefined || localVersion(present) !== condition.ifVersion)
    throw new DriveError("changed", { title: "The file is no longer the one that was read" });
}

async function statOf(path: string): Promise<BigIntStats | undefined> {
  try {
    return await stat(path, { bigint: true });
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw localFault(error, "The file");
  }
}

function nameTaken(): DriveError {
  return new DriveError("exists", { title: "Something of this name is there" });
}

function wrongLength(detail: string): DriveError {
  return new DriveError("damaged", { title: "The file is not as long as announced", detail });
}

/** Makes a rename durable. Windows cannot open a folder for this, and some mounts have no such thing. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  let folder;
  try {
    folder = await open(path, "r");
    await folder.sync();
  } catch (error) {
    if (!["EINVAL", "ENOTSUP", "EACCES", "EPERM", "EISDIR", "EBADF"].includes(errorCode(error))) throw error;
  } finally {
    await folder?.close();
  }
}
