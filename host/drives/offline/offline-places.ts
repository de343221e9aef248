import { randomUUID } from "node:crypto";
import { chmod, mkdir, readFile, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { foldName, nameFault, numberedName } from "#contract/file-names.ts";
import { errorCode, writeFileAtomic } from "../../files/atomic-file.ts";
import type { Journal } from "./journal.ts";
import type { LocalPlaces } from "./local-files.ts";

const PRIVATE = 0o700;
/** Beside the pinned files, on the same disk, for what is neither on the drive nor in its place. */
const OWN = ".parvis";

/** The folder of pinned files: nobody but its owner reads it, and one that was put in its place is not taken for it. */
export class OfflinePlaces {
  readonly root: string;
  readonly #journal: Journal;

  constructor(root: string, journal: Journal) {
    this.root = root;
    this.#journal = journal;
  }

  of(driveFolder: string): LocalPlaces {
    return {
      folder: join(this.root, driveFolder),
      parts: join(this.root, OWN, "parts", driveFolder),
      trash: join(this.root, OWN, "trash", driveFolder),
      aside: join(this.root, OWN, "aside", driveFolder),
    };
  }

  folder(which: "trash" | "aside" | "all"): string {
    return which === "all" ? this.root : join(this.root, OWN, which);
  }

  /** Whether it is the folder that it was, made when nothing was pinned yet. */
  async isThere(): Promise<boolean> {
    const known = this.#journal.meta("root");
    const place = join(this.root, OWN, "id");
    const found = await readText(place);
    if (known !== null && found === known) return true;
    if (known !== null && this.#journal.bytes() > 0) return false;
    await this.#make(place, known ?? randomUUID());
    return true;
  }

  /** A name for the folder of a drive, that every system can hold and no other drive has. */
  nameFor(driveName: string): string {
    const clean = driveName
      .replaceAll(/[\\/:*?"<>|\p{C}]/gu, "_")
      .trim()
      .replace(/[. ]+$/, "")
      .slice(0, 80);
    const name = nameFault(clean) === undefined && !clean.startsWith(".") ? clean : `_${clean}`;
    const taken = new Set(this.#journal.drives().map(({ folder }) => foldName(folder)));
    for (let count = 1; ; count += 1) {
      const one = count === 1 ? name : numberedName(name, count);
      if (!taken.has(foldName(one))) return one;
    }
  }

  /** Everything of one drive. */
  async remove(driveFolder: string): Promise<void> {
    for (const place of Object.values(this.of(driveFolder)))
      await rm(place, { recursive: true, force: true });
  }

  /** Everything. */
  async removeAll(): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }

  /** Only when nothing is in it. */
  async removeEmpty(folder: string): Promise<void> {
    try {
      await rmdir(folder);
    } catch (error) {
      if (!["ENOTEMPTY", "ENOENT", "EEXIST"].includes(errorCode(error))) throw error;
    }
  }

  async #make(place: string, id: string): Promise<void> {
    await mkdir(join(this.root, OWN), { recursive: true, mode: PRIVATE });
    for (const folder of [this.root, join(this.root, OWN)])
      if (process.platform !== "win32") await chmod(folder, PRIVATE);
    await writeFileAtomic(place, id);
    this.#journal.setMeta("root", id);
  }
}

async function readText(place: string): Promise<string | undefined> {
  try {
    return await readFile(place, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR") return undefined;
    throw error;
  }
}
