import type { DriveEntry, DrivePath } from "#contract/drives.ts";

/** Of the files that were told of last. */
const MOST = 50_000;

/** Numbers of files, as lists told them, for answers that do not. */
export class FileIds {
  readonly #ids = new Map<DrivePath, string>();
  /** This server has such numbers. */
  #hasAny = false;

  note({ path, fileId }: DriveEntry): void {
    if (fileId === null) return;
    this.#hasAny = true;
    this.#ids.delete(path);
    this.#ids.set(path, fileId);
    if (this.#ids.size <= MOST) return;
    for (const oldest of this.#ids.keys()) {
      this.#ids.delete(oldest);
      return;
    }
  }

  of(path: DrivePath): string | null {
    return this.#ids.get(path) ?? null;
  }

  /** Also that there is none. */
  isKnown(path: DrivePath): boolean {
    return !this.#hasAny || this.#ids.has(path);
  }
}
