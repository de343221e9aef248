import { createHash, randomUUID } from "node:crypto";
import { createReadStream, type BigIntStats } from "node:fs";
import { link, lstat, mkdir, readdir, rename, rm, rmdir, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { foldName, numberedName } from "#contract/file-names.ts";
import type { DrivePath } from "#contract/drives.ts";
import { errorCode } from "../../files/atomic-file.ts";
import { ChangedHere } from "./local-fault.ts";
import { baseName, folderOf, isSameMark, type FileMark } from "./model.ts";
import { isLitter } from "./names.ts";

export interface LocalPlaces {
  /** Of this drive: what is pinned lies in it as it lies on the drive. */
  folder: string;
  /** On the same disk: what is being brought, until it is whole. */
  parts: string;
  /** On the same disk: what was deleted, by day. */
  trash: string;
  /** What was put aside when something was taken off this machine. */
  aside: string;
}

const PRIVATE = 0o700;
const NO_LINKS = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK", "EXDEV", "EINVAL"]);

/**
 * The pinned files of one drive on this machine's disk. Nothing is ever overwritten or deleted that is not exactly what the
 * caller has looked at: it is moved away first and looked at again, so that also what is written in the last instant stays.
 */
export class LocalFiles {
  readonly places: LocalPlaces;
  readonly #now: () => number;
  readonly #made = new Set<string>();

  constructor(places: LocalPlaces, now: () => number) {
    this.places = places;
    this.#now = now;
  }

  pathOf(path: DrivePath): string {
    return path === "" ? this.places.folder : join(this.places.folder, ...path.split("/"));
  }

  async newPart(name: string = randomUUID()): Promise<string> {
    await this.#ensure(this.places.parts);
    return join(this.places.parts, name);
  }

  async markOf(path: DrivePath): Promise<FileMark | undefined> {
    const stats = await statOf(this.pathOf(path));
    return stats === undefined ? undefined : toMark(stats);
  }

  async kindOf(path: DrivePath): Promise<"file" | "folder" | "other" | undefined> {
    const stats = await statOf(this.pathOf(path));
    if (stats === undefined) return undefined;
    if (stats.isDirectory()) return "folder";
    return stats.isFile() ? "file" : "other";
  }

  /** @throws ChangedHere when it is no longer so */
  async assertStill(path: DrivePath, mark: FileMark | undefined): Promise<void> {
    const found = await this.markOf(path);
    const isSame = mark === undefined ? found === undefined : found !== undefined && isSameMark(found, mark);
    if (!isSame) throw new ChangedHere(path);
  }

  /** Puts what was brought in its place. `expected`: what is there now, undefined for nothing. @throws ChangedHere */
  async place(part: string, path: DrivePath, expected: FileMark | undefined): Promise<void> {
    const target = this.pathOf(path);
    if (expected !== undefined) await this.discard(path, expected, "replaced");
    try {
      await link(part, target);
      await unlink(part);
    } catch (error) {
      if (errorCode(error) === "EEXIST") throw new ChangedHere(path);
      if (!NO_LINKS.has(errorCode(error))) throw error;
      await this.assertStill(path, undefined);
      await rename(part, target);
    }
  }

  /** Into the trash, by which nothing is lost. @throws ChangedHere when it is another one, which then stays */
  async discard(path: DrivePath, expected: FileMark, why: "deleted" | "replaced"): Promise<void> {
    await this.assertStill(path, expected);
    const place = await this.trashPlace(path, why);
    await rename(this.pathOf(path), place);
    const stats = await statOf(place);
    if (stats !== undefined && isSameMark(toMark(stats), expected)) return;
    await this.#putBack(place, path);
    throw new ChangedHere(path);
  }

  /** A free place in the trash of today. */
  async trashPlace(path: DrivePath, why: "deleted" | "replaced"): Promise<string> {
    const day = new Date(this.#now()).toISOString().slice(0, 10);
    const folder = join(this.places.trash, `${day}-${why}`, ...folderOf(path).split("/"));
    await this.#ensure(folder);
    return freePlace(folder, baseName(path));
  }

  /** A free place among what is put aside. */
  async asidePlace(path: DrivePath): Promise<string> {
    const folder = join(this.places.aside, ...folderOf(path).split("/"));
    await this.#ensure(folder);
    return freePlace(folder, baseName(path));
  }

  /** Gives it another name; nothing may have that name. @throws ChangedHere */
  async move(from: DrivePath, to: DrivePath): Promise<void> {
    await this.makeFolder(folderOf(to));
    const there = await this.markOf(to);
    // Where case does not count, its new name leads to itself.
    const isItself = foldName(from) === foldName(to) && there?.inode === (await this.markOf(from))?.inode;
    if (there !== undefined && !isItself) throw new ChangedHere(to);
    await rename(this.pathOf(from), this.pathOf(to));
    this.#made.clear();
  }

  async makeFolder(path: DrivePath): Promise<void> {
    await this.#ensure(this.pathOf(path));
  }

  /** Only when nothing but litter is in it; false when there is. */
  async removeFolder(path: DrivePath): Promise<boolean> {
    const folder = this.pathOf(path);
    this.#made.clear();
    try {
      await rmdir(folder);
      return true;
    } catch (error) {
      if (errorCode(error) === "ENOENT") return true;
      if (errorCode(error) !== "ENOTEMPTY" && errorCode(error) !== "EEXIST") throw error;
    }
    const names = await readdir(folder);
    if (!names.every(isLitter)) return false;
    await rename(folder, await this.trashPlace(path, "deleted"));
    return true;
  }

  /** SHA-256 of what is there, which has to stay so until its end. @throws ChangedHere */
  async hash(path: DrivePath, mark: FileMark): Promise<string> {
    const hash = await hashFile(this.pathOf(path));
    await this.assertStill(path, mark);
    return hash;
  }

  /** Folders may have been taken away by somebody. */
  forgetFolders(): void {
    this.#made.clear();
  }

  async #ensure(folder: string): Promise<void> {
    if (this.#made.has(folder)) return;
    await mkdir(folder, { recursive: true, mode: PRIVATE });
    this.#made.add(folder);
  }

  async #putBack(place: string, path: DrivePath): Promise<void> {
    const target = this.pathOf(path);
    // Somebody has put a new one there meanwhile: both are changes of theirs, and this one gets a number.
    const back =
      (await statOf(target)) === undefined ? target : await freePlace(dirname(target), baseName(path));
    await rename(place, back);
  }
}

export async function hashFile(path: string, end?: number): Promise<string> {
  const hash = createHash("sha256");
  const options = { highWaterMark: 256 * 1024, ...(end === undefined ? {} : { end: end - 1 }) };
  if (end !== 0)
    for await (const chunk of createReadStream(path, options)) {
      if (chunk instanceof Uint8Array) hash.update(chunk);
    }
  return hash.digest("hex");
}

export async function statOf(path: string): Promise<BigIntStats | undefined> {
  try {
    return await lstat(path, { bigint: true });
  } catch (error) {
    if (errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR") return undefined;
    throw error;
  }
}

export function toMark(stats: BigIntStats): FileMark {
  const { size, mtimeNs, ino, birthtimeNs } = stats;
  return { sizeBytes: Number(size), mtimeNs, inode: ino, birthNs: birthtimeNs };
}

/** The name itself, or with a number. */
async function freePlace(folder: string, name: string): Promise<string> {
  for (let count = 1; ; count += 1) {
    const place = join(folder, count === 1 ? name : numberedName(name, count));
    if ((await statOf(place)) === undefined) return place;
  }
}

/** What was deleted longer ago than it is kept for. */
export async function emptyTrash(
  trash: string,
  days: Record<"deleted" | "replaced", number>,
  now: number,
): Promise<void> {
  let names: string[];
  try {
    names = await readdir(trash);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return;
    throw error;
  }
  for (const name of names) {
    const [, day = "", why = ""] = /^(\d{4}-\d{2}-\d{2})-(deleted|replaced)$/.exec(name) ?? [];
    if (why !== "deleted" && why !== "replaced") continue;
    if (now - Date.parse(day) > (days[why] + 1) * 86_400_000)
      await rm(join(trash, name), { recursive: true, force: true });
  }
}
