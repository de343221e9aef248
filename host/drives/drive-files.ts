import { parentPath, TOP, type DriveEntry, type DriveId, type DrivePath } from "#contract/drives.ts";
import { toIsoTime } from "#contract/time.ts";
import type { HostEvents } from "../events.ts";
import { placeAcross } from "./across-drives.ts";
import { DriveError } from "./drive-error.ts";
import type { DriveLink } from "./drive-link.ts";
import type { DriveService } from "./drive-service.ts";
import type { DriveCapabilities, DriveChange, DriveContent, NewContent, ReadOptions } from "./drive.ts";
import { HeldLocks } from "./held-locks.ts";
import { Operations } from "./operations.ts";

/** Told what this host itself changed, or saw, on drives. */
export interface DriveWatcher {
  put?: (driveId: DriveId, entry: DriveEntry) => void;
  removed?: (driveId: DriveId, path: DrivePath) => void;
  /** A folder came with all that it holds. */
  arrived?: (driveId: DriveId, path: DrivePath) => void;
}

export interface Placing {
  driveId: DriveId;
  path: DrivePath;
  toDriveId: DriveId;
  to: DrivePath;
  overwrite?: boolean | undefined;
  operation?: string | undefined;
}

interface FilesOptions {
  service: DriveService;
  events: HostEvents;
  /** Parvis is locked: pages hear nothing. */
  isLocked: () => boolean;
  now: () => number;
}

/** Files and folders of all drives by the ids of their drives: for pages, and for the host itself. */
export class DriveFiles {
  readonly operations: Operations;
  readonly #service: DriveService;
  readonly #events: HostEvents;
  readonly #isLocked: () => boolean;
  readonly #locks: HeldLocks;
  readonly #watchers = new Set<DriveWatcher>();

  constructor({ service, events, isLocked, now }: FilesOptions) {
    this.#service = service;
    this.#events = events;
    this.#isLocked = isLocked;
    this.#locks = new HeldLocks(now);
    this.operations = new Operations(events, now);
  }

  watch(watcher: DriveWatcher): void {
    this.#watchers.add(watcher);
  }

  async stop(): Promise<void> {
    this.operations.cancelAll();
    await this.#locks.giveBackAll(2000);
  }

  capabilities(id: DriveId, signal: AbortSignal): Promise<DriveCapabilities> {
    return this.#link(id).use(signal, (drive, both) => drive.capabilities({ signal: both }));
  }

  async *list(id: DriveId, path: DrivePath, signal: AbortSignal): AsyncGenerator<DriveEntry> {
    const link = this.#link(id);
    // The first answer says whether the drive is there; what breaks off later is thrown by the listing itself.
    const begun = await link.use(signal, async (drive, both) => {
      const iterator = drive.list(path, { signal: both })[Symbol.asyncIterator]();
      return { iterator, first: await iterator.next() };
    });
    try {
      for (let next = begun.first; next.done !== true; next = await begun.iterator.next()) yield next.value;
    } finally {
      await begun.iterator.return?.();
    }
  }

  async stat(id: DriveId, path: DrivePath, signal: AbortSignal): Promise<DriveEntry> {
    const entry = await this.#link(id).use(signal, (drive, both) => drive.stat(path, { signal: both }));
    return this.#withLock(id, entry);
  }

  async *changes(id: DriveId, cursor: string | null, signal: AbortSignal): AsyncGenerator<DriveChange> {
    const changes = await this.#link(id).use(signal, async (drive, both) =>
      drive.changes(cursor, { signal: both }),
    );
    yield* changes;
  }

  read(id: DriveId, path: DrivePath, wanted: ReadOptions, signal: AbortSignal): Promise<DriveContent> {
    return this.#link(id).use(signal, (drive, both) => drive.read(path, wanted, { signal: both }));
  }

  async write(id: DriveId, path: DrivePath, content: NewContent, signal: AbortSignal): Promise<DriveEntry> {
    const lock = this.#locks.get(id, path);
    const entry = await this.#link(id).use(signal, (drive, both) =>
      drive.write(path, lock === undefined ? content : { lock, ...content }, { signal: both }),
    );
    this.#notePut(id, entry);
    return this.#withLock(id, entry);
  }

  async makeFolder(id: DriveId, path: DrivePath, signal: AbortSignal): Promise<DriveEntry> {
    const entry = await this.#link(id).use(signal, (drive, both) => drive.makeFolder(path, { signal: both }));
    this.#notePut(id, entry);
    return entry;
  }

  async remove(
    id: DriveId,
    path: DrivePath,
    options: { ifVersion?: string },
    signal: AbortSignal,
  ): Promise<void> {
    assertNotTop(path);
    await this.#link(id).use(signal, (drive, both) => drive.remove(path, options, { signal: both }));
    this.#noteRemoved(id, path);
  }

  copy(placing: Placing): Promise<DriveEntry> {
    return this.#place(placing, false);
  }

  move(placing: Placing): Promise<DriveEntry> {
    return this.#place(placing, true);
  }

  async lock(id: DriveId, path: DrivePath, signal: AbortSignal): Promise<DriveEntry> {
    const link = this.#link(id);
    if (this.#locks.get(id, path) === undefined)
      this.#locks.keep(link, await link.use(signal, (drive, both) => drive.lock(path, { signal: both })));
    this.#changed(id, parentPath(path));
    return this.stat(id, path, signal);
  }

  async unlock(id: DriveId, path: DrivePath, signal: AbortSignal): Promise<DriveEntry> {
    await this.#locks.giveBack(id, path);
    this.#changed(id, parentPath(path));
    return this.stat(id, path, signal);
  }

  /** Somebody else changed this folder: seen by whoever looks after drives. */
  noteChanged(id: DriveId, folder: DrivePath): void {
    this.#changed(id, folder);
  }

  async #place(placing: Placing, isMove: boolean): Promise<DriveEntry> {
    const { driveId, path, toDriveId, to, overwrite = false, operation } = placing;
    assertNotTop(path);
    assertNotTop(to);
    const from = this.#link(driveId);
    const target = this.#link(toDriveId);
    const entry = await this.operations.run(operation, async (signal, progress) => {
      if (driveId !== toDriveId)
        return placeAcross({ from, path, target, to, overwrite, isMove }, { signal, progress });
      return from.use(signal, (drive, both) =>
        drive[isMove ? "move" : "copy"](path, to, { overwrite }, { signal: both }),
      );
    });
    if (isMove) this.#noteRemoved(driveId, path);
    this.#notePut(toDriveId, entry);
    if (entry.kind === "folder") for (const one of this.#watchers) one.arrived?.(toDriveId, entry.path);
    return entry;
  }

  #link(id: DriveId): DriveLink {
    return this.#service.link(id);
  }

  /** A drive may not know that a lock is held by this very host. */
  #withLock(id: DriveId, entry: DriveEntry): DriveEntry {
    const held = this.#locks.get(id, entry.path);
    if (held === undefined) return entry;
    const expiresAt = held.expiresAt === null ? null : toIsoTime(Date.parse(held.expiresAt));
    return { ...entry, lock: { owner: null, expiresAt, ...entry.lock, isMine: true } };
  }

  #notePut(id: DriveId, entry: DriveEntry): void {
    for (const one of this.#watchers) one.put?.(id, entry);
    this.#changed(id, parentPath(entry.path));
  }

  #noteRemoved(id: DriveId, path: DrivePath): void {
    for (const one of this.#watchers) one.removed?.(id, path);
    this.#changed(id, parentPath(path));
  }

  #changed(driveId: DriveId, path: DrivePath): void {
    if (!this.#isLocked()) this.#events.emit({ type: "driveFolderChanged", driveId, path });
  }
}

function assertNotTop(path: DrivePath): void {
  if (path !== TOP) return;
  throw new DriveError("forbidden", { title: "The top of a drive stays where it is" });
}
