import type { BigIntStats } from "node:fs";
import { open } from "node:fs/promises";
import { nameOf, type DriveEntry, type DrivePath } from "#contract/drives.ts";
import { toIsoTime } from "#contract/time.ts";

/** What a file of this machine is to the drive. Times are those of its file system, and only ever compared with each other. */
export function localEntry(path: DrivePath, stats: BigIntStats): DriveEntry {
  const isFolder = stats.isDirectory();
  const name = nameOf(path);
  return {
    path,
    name,
    kind: isFolder ? "folder" : "file",
    sizeBytes: isFolder ? null : Number(stats.size),
    modifiedAt: toIsoTime(Number(stats.mtimeMs)),
    version: localVersion(stats),
    fileId: `${stats.dev}-${stats.ino}`,
    mediaType: null,
    lock: null,
  };
}

/** Another whenever content or place on the disk is. */
export function localVersion({ size, mtimeNs, ino }: BigIntStats): string {
  return `${size}-${mtimeNs}-${ino}`;
}

/** Longer than any owner file. */
const MOST_OWNER_BYTES = 400;

/** Who has it open, by the file that their program put beside it; empty when it does not say. */
export async function ownerIn(file: string): Promise<string> {
  let handle;
  try {
    handle = await open(file, "r");
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(MOST_OWNER_BYTES), 0, MOST_OWNER_BYTES, 0);
    return ownerOf(buffer.subarray(0, bytesRead));
  } catch {
    return "";
  } finally {
    await handle?.close();
  }
}

/** LibreOffice: `Name,user,machine,…;`. Microsoft: a byte with the length of the name, then the name. */
function ownerOf(bytes: Buffer): string {
  const length = bytes[0] ?? 0;
  const isMicrosoft = length > 0 && length < 54 && bytes.length > 54;
  const text = isMicrosoft
    ? bytes.subarray(1, 1 + length).toString("latin1")
    : (bytes.toString("utf8").split(",")[0] ?? "");
  return text.replaceAll(/[\p{C}]/gu, "").trim();
}
