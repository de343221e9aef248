import { randomBytes } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { AppError } from "#contract/problem.ts";

const FULL = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/**
 * Replaces a file wholly or not at all: a reader, or a start after a power cut, sees the old content or the new one.
 * @throws AppError storageFull
 */
export async function writeFileAtomic(path: string, content: string): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    await writeDurably(temporary, content);
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true });
    if (!FULL.has(errorCode(error))) throw error;
    throw new AppError("storageFull", {
      title: "The disk is full",
      detail: `Writing ${path} failed: free some space and try again.`,
      cause: error,
    });
  }
}

async function writeDurably(path: string, content: string): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(content, "utf8");
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the rename itself durable. Windows cannot open a folder for this and needs no such step. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** The `code` of a system error, empty when it has none. */
export function errorCode(error: unknown): string {
  if (typeof error !== "object" || error === null || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}
