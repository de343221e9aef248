import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { AppError } from "#contract/problem.ts";

/**
 * Keeps a data folder to one process. The lock is the operating system's, taken through a little database of its own, so
 * that it ends with the process however that ends; the file beside it only says who holds it.
 * @throws AppError locked
 */
export function lockFolder(folder: string): () => void {
  const ownerFile = join(folder, "lock-owner.json");
  const db = new DatabaseSync(join(folder, "lock.db"), { timeout: 0 });
  try {
    db.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    db.close();
    throw new AppError("locked", {
      title: "This data folder is in use",
      detail: `${ownerOf(ownerFile)} writes ${folder}. Stop it first, or give another folder with --data.`,
      cause: error,
    });
  }
  writeFileSync(ownerFile, JSON.stringify({ pid: process.pid, since: new Date().toISOString() }));
  return () => {
    rmSync(ownerFile, { force: true });
    db.exec("ROLLBACK");
    db.close();
  };
}

function ownerOf(file: string): string {
  try {
    const owner: unknown = JSON.parse(readFileSync(file, "utf8"));
    const pid: unknown = typeof owner === "object" && owner !== null ? Reflect.get(owner, "pid") : undefined;
    return typeof pid === "number" ? `Process ${pid}` : "Another process";
  } catch {
    // The holder is between taking the lock and writing its name.
    return "Another process";
  }
}
