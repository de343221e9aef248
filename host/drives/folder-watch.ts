import { watch, type FSWatcher } from "node:fs";
import type { DriveId, DriveInfo, DrivePath } from "#contract/drives.ts";
import type { HostEvents } from "../events.ts";
import { LocalPlaces } from "./local/local-places.ts";

/** Folders that pages looked at last: nobody sees more at once. */
const MOST = 16;
/** Programs save in several steps. */
const QUIET_MS = 300;

interface Watched {
  watcher: FSWatcher;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Tells pages when somebody else changes a folder that they look at. Folders of this machine alone: of others the system is
 * told nothing, and pages look again by themselves.
 */
export class FolderWatch {
  readonly #events: HostEvents;
  readonly #isLocked: () => boolean;
  /** By drive and path, the longest ago first. */
  readonly #watched = new Map<string, Watched>();
  #isStopped = false;

  /** @param isLocked Parvis is locked: pages hear nothing */
  constructor(events: HostEvents, isLocked: () => boolean) {
    this.#events = events;
    this.#isLocked = isLocked;
  }

  /** A page has listed it. */
  async listed(
    { id, kind, address }: Pick<DriveInfo, "id" | "kind" | "address">,
    path: DrivePath,
  ): Promise<void> {
    if (kind !== "folder") return;
    const key = `${id}/${path}`;
    const known = this.#watched.get(key);
    if (known !== undefined) {
      this.#watched.delete(key);
      this.#watched.set(key, known);
      return;
    }
    const folder = await new LocalPlaces(address).existing(path);
    if (this.#isStopped || this.#watched.has(key)) return;
    this.#watched.set(key, this.#begin(key, folder, id, path));
    const [oldest] = this.#watched.keys();
    if (this.#watched.size > MOST && oldest !== undefined) this.#end(oldest);
  }

  stop(): void {
    this.#isStopped = true;
    for (const key of this.#watched.keys()) this.#end(key);
  }

  #begin(key: string, folder: string, driveId: DriveId, path: DrivePath): Watched {
    const watched: Watched = { watcher: watch(folder, { persistent: false }), timer: undefined };
    watched.watcher.on("change", () => {
      clearTimeout(watched.timer);
      watched.timer = setTimeout(() => {
        if (!this.#isLocked()) this.#events.emit({ type: "driveFolderChanged", driveId, path });
      }, QUIET_MS).unref();
    });
    // It was taken away, or the system watches no more: pages still look again by themselves.
    watched.watcher.on("error", () => this.#end(key));
    return watched;
  }

  #end(key: string): void {
    const watched = this.#watched.get(key);
    this.#watched.delete(key);
    clearTimeout(watched?.timer);
    watched?.watcher.close();
  }
}
