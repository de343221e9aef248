import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { onTestFinished } from "vitest";

/** A folder that goes when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "parvis-import-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files by name; what is not text is written as JSON. */
export async function writeFiles(folder: string, files: Record<string, unknown>): Promise<string> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, typeof content === "string" ? content : JSON.stringify(content));
  }
  return folder;
}

/** Everything a closed SQLite workplace holds, but for the order in which it was written. */
export function contentOf(folder: string): string[] {
  const db = new DatabaseSync(join(folder, "workplace.db"), { readOnly: true });
  try {
    const rows = db
      .prepare(
        "SELECT s.scope || ' ' || r.collection || ' ' || r.op || ' ' || r.data AS text FROM rows r JOIN scopes s ON s.key = r.scope",
      )
      .all();
    const readers = db
      .prepare(
        "SELECT r.person || ' reads ' || s.scope AS text FROM readers r JOIN scopes s ON s.key = r.scope",
      )
      .all();
    return [...rows, ...readers].map((row) => String(row["text"])).toSorted();
  } finally {
    db.close();
  }
}
