import { watch, type FSWatcher } from "node:fs";
import { join } from "node:path";
import type { DrivePath } from "#contract/drives.ts";
import { isLitter } from "./names.ts";

export interface LocalWatchOptions {
  /** Of one drive. */
  folder: string;
  platform: NodeJS.Platform;
  onChange: () => void;
}

/** Linux watches folder by folder, and gives each person some thousands: beyond these, looking now and then has to do. */
const MOST_FOLDERS = 2000;

/** Tells that something changed in a folder. It may miss something: whoever relies on it looks now and then, too. */
export class LocalWatch {
  readonly #options: LocalWatchOptions;
  readonly #watchers = new Map<string, FSWatcher>();

  constructor(options: LocalWatchOptions) {
    this.#options = options;
  }

  /** The folders that are pinned now, with all that lie in them. */
  follow(folders: Iterable<DrivePath>): void {
    const { folder, platform } = this.#options;
    const isRecursive = platform === "win32" || platform === "darwin";
    const wanted = new Set(
      isRecursive ? [folder] : [...folders].slice(0, MOST_FOLDERS).map((path) => join(folder, path)),
    );
    for (const [place, watcher] of this.#watchers) {
      if (wanted.has(place)) continue;
      watcher.close();
      this.#watchers.delete(place);
    }
    for (const place of wanted) if (!this.#watchers.has(place)) this.#watch(place, isRecursive);
  }

  stop(): void {
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  #watch(place: string, recursive: boolean): void {
    try {
      const watcher = watch(place, { recursive, persistent: false }, (_kind, name) => {
        if (name === null || !isLitter(name.split(/[\\/]/).at(-1) ?? "")) this.#options.onChange();
      });
      // Taken away, or too many: the next look finds out.
      watcher.on("error", () => {
        watcher.close();
        this.#watchers.delete(place);
      });
      this.#watchers.set(place, watcher);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
    }
  }
}
