import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { DrivePath } from "#contract/drives.ts";
import type { LeftOut } from "#contract/drive-offline.ts";
import { errorCode } from "../../files/atomic-file.ts";
import { ChangedHere } from "./local-fault.ts";
import { statOf, toMark, type LocalFiles } from "./local-files.ts";
import {
  folderOf,
  inFolder,
  isSameMark,
  isWithin,
  type Base,
  type BaseEntry,
  type FileMark,
  type Here,
} from "./model.ts";
import { isLitter } from "./names.ts";

export interface HereOptions {
  files: LocalFiles;
  pins: readonly { path: DrivePath; kind: "file" | "folder" }[];
  base: Base;
  /** What was seen when, by a clock that only goes on: what does not change for a while is not being written. */
  seen: Map<DrivePath, { mark: FileMark; at: number }>;
  settleMs: number;
  /** Milliseconds, of the same clock as `seen`. */
  elapsed: () => number;
  signal: AbortSignal;
  /** The same content under another mark: a copy that was put back, or touched. */
  onTouched: (entry: BaseEntry) => void;
}

export interface HereTree {
  here: Here;
  leftOut: Pick<LeftOut, "path" | "reason">[];
  /** Somebody is writing something. */
  isBusy: boolean;
}

const AT_ONCE = 64;

/** What lies on this machine of all that is pinned of one drive. Links are not followed, wherever they lead. */
export async function scanHere(options: HereOptions): Promise<HereTree> {
  const tree: HereTree = { here: new Map(), leftOut: [], isBusy: false };
  const scan = new HereScan(options, tree);
  for (const pin of options.pins) await scan.entry(pin.path);
  await scan.strays();
  await scan.finish();
  return tree;
}

class HereScan {
  readonly #options: HereOptions;
  readonly #tree: HereTree;
  readonly #doubtful: DrivePath[] = [];

  constructor(options: HereOptions, tree: HereTree) {
    this.#options = options;
    this.#tree = tree;
  }

  async entry(path: DrivePath): Promise<void> {
    const stats = await statOf(this.#options.files.pathOf(path));
    if (stats === undefined) return;
    if (stats.isDirectory()) {
      this.#tree.here.set(path, { path, kind: "folder", mark: toMark(stats), state: "same" });
      await this.#folder(path);
    } else if (stats.isFile()) this.#file(path, toMark(stats));
    else this.#tree.leftOut.push({ path, reason: "notAFile" });
  }

  /** What lies beside pins, in the folders above them. */
  async strays(): Promise<void> {
    const { pins, files } = this.#options;
    const above = new Set<DrivePath>();
    for (const { path } of pins) {
      for (let folder = path; folder !== "";) {
        folder = folderOf(folder);
        above.add(folder);
      }
    }
    for (const folder of above) {
      if (pins.some(({ path, kind }) => kind === "folder" && isWithin(folder, path))) continue;
      for (const name of await namesIn(files.pathOf(folder))) {
        const path = inFolder(folder, name.name);
        const isOnTheWay = pins.some((pin) => isWithin(pin.path, path));
        if (!isOnTheWay && !isLitter(name.name)) this.#tree.leftOut.push({ path, reason: "notPinned" });
      }
    }
  }

  /** Reads what looks changed and may not be. */
  async finish(): Promise<void> {
    const { files, base, signal } = this.#options;
    for (const path of this.#doubtful) {
      signal.throwIfAborted();
      const entry = this.#tree.here.get(path);
      const known = base.get(path);
      if (entry === undefined || known === undefined) continue;
      try {
        if ((await files.hash(path, entry.mark)) !== known.hash) continue;
        const touched = { ...known, mark: entry.mark };
        base.set(path, touched);
        this.#options.onTouched(touched);
        entry.state = "same";
      } catch (error) {
        if (!(error instanceof ChangedHere) && errorCode(error) === "") throw error;
        entry.state = "busy";
        this.#tree.isBusy = true;
      }
    }
  }

  async #folder(folder: DrivePath): Promise<void> {
    const { files, signal } = this.#options;
    signal.throwIfAborted();
    const place = files.pathOf(folder);
    const names = (await namesIn(place)).filter(({ name }) => !isLitter(name));
    const folders: DrivePath[] = [];
    for (let at = 0; at < names.length; at += AT_ONCE) {
      const some = names.slice(at, at + AT_ONCE);
      const stats = await Promise.all(some.map(({ name }) => statOf(join(place, name))));
      for (const [index, { name }] of some.entries()) {
        const found = stats[index];
        const path = inFolder(folder, name);
        if (found === undefined) continue;
        if (!name.isWellFormed()) this.#tree.leftOut.push({ path, reason: "name" });
        else if (found.isDirectory()) {
          this.#tree.here.set(path, { path, kind: "folder", mark: toMark(found), state: "same" });
          folders.push(path);
        } else if (found.isFile()) this.#file(path, toMark(found));
        else this.#tree.leftOut.push({ path, reason: "notAFile" });
      }
    }
    for (const path of folders) await this.#folder(path);
  }

  #file(path: DrivePath, mark: FileMark): void {
    const { base, seen } = this.#options;
    const known = base.get(path);
    if (known?.kind === "file" && isSameMark(known.mark, mark)) {
      seen.delete(path);
      this.#tree.here.set(path, { path, kind: "file", mark, state: "same" });
      return;
    }
    const state = this.#isQuiet(path, mark) ? "changed" : "busy";
    if (state === "busy") this.#tree.isBusy = true;
    else if (known?.kind === "file" && known.mark.sizeBytes === mark.sizeBytes) this.#doubtful.push(path);
    this.#tree.here.set(path, { path, kind: "file", mark, state });
  }

  #isQuiet(path: DrivePath, mark: FileMark): boolean {
    const { seen, settleMs, elapsed } = this.#options;
    const before = seen.get(path);
    if (before !== undefined && isSameMark(before.mark, mark)) return elapsed() - before.at >= settleMs;
    seen.set(path, { mark, at: elapsed() });
    return settleMs === 0;
  }
}

async function namesIn(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(errorCode(error))) return [];
    throw error;
  }
}
