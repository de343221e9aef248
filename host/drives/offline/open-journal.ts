import { mkdir, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { errorCode } from "../../files/atomic-file.ts";
import { isReadOnly } from "../../files/json-file.ts";
import { Journal } from "./journal.ts";

/** SQLite: the file is damaged, or no database at all. */
const DAMAGED = new Set([11, 26]);

/**
 * The journal of a profile. A damaged one is put aside: what is pinned has to be pinned again, and what lies here is then
 * compared with the drive, so that nothing is lost. Where nothing may be written, it is kept until the end of this run.
 */
export async function openJournal(path: string, onNotice: (message: string) => void): Promise<Journal> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    return new Journal(path);
  } catch (error) {
    if (isReadOnly(error) || errorCode(error) === "EEXIST") return new Journal(":memory:");
    if (!(error instanceof Error) || !DAMAGED.has(Number(Reflect.get(error, "errcode")))) throw error;
    const aside = `${path}.damaged-${Date.now()}`;
    await rename(path, aside);
    for (const ending of ["-wal", "-shm"]) await rename(path + ending, aside + ending).catch(ignoreMissing);
    onNotice(`${path} could not be read. It was kept as ${aside}; what was pinned has to be pinned again.`);
    return new Journal(path);
  }
}

function ignoreMissing(error: unknown): void {
  if (errorCode(error) !== "ENOENT") throw error;
}
