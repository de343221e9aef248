import { randomUUID } from "node:crypto";
import { watch, type FSWatcher } from "node:fs";
import { chmod, mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { nameOf, type DriveId, type DrivePath } from "#contract/drives.ts";
import { AppError } from "#contract/problem.ts";
import { toIsoTime } from "#contract/time.ts";
import type { WorkingCopy } from "#contract/working-copies.ts";
import { isRiskyFile, safeFileName } from "../../desktop/safe-file-name.ts";
import { errorCode } from "../../files/atomic-file.ts";
import type { JsonFile } from "../../files/json-file.ts";
import { DriveError } from "../drive-error.ts";
import type { ConflictWords } from "../offline/names.ts";
import { createCopiesFile, type CopiesContent, type CopyRow } from "./copies-file.ts";
import { storeStream, takeSnapshot } from "./copy-files.ts";
import { saveBack, type CopyDrives } from "./save-back.ts";

export interface WorkingCopiesOptions {
  dataDir: string;
  drives: CopyDrives;
  openFile: (file: string) => Promise<void>;
  words: () => ConflictWords;
  now: () => number;
  onChange: (copies: WorkingCopy[]) => void;
  onNotice: (message: string) => void;
  /** Undefined: it cannot be asked at the moment. */
  isAboveCeiling: (driveId: DriveId) => Promise<boolean | undefined>;
  /** A save has settled when nothing was written for so long. */
  settleMs?: number;
  /** What could not be sent is tried again after this, and what no watcher tells is looked for. */
  pollMs?: number;
}

/** What a copy is doing, besides what is written down. */
interface Live {
  state: WorkingCopy["state"];
  problem: WorkingCopy["problem"];
  watcher: FSWatcher | undefined;
  timer: NodeJS.Timeout | undefined;
  /** As it was when it was last looked at: size and time. */
  seen: string;
  turn: Promise<void>;
}

const OPEN_MS = 600_000;

/** Files that are open in programs of this machine. */
export class WorkingCopies {
  readonly #options: WorkingCopiesOptions;
  readonly #folder: string;
  readonly #file: JsonFile<CopiesContent>;
  readonly #live = new Map<string, Live>();
  readonly #ending = new AbortController();
  #rows: readonly CopyRow[] = [];
  #poll: NodeJS.Timeout | undefined;

  private constructor(options: WorkingCopiesOptions) {
    this.#options = options;
    this.#folder = join(options.dataDir, "working-copies");
    this.#file = createCopiesFile(this.#folder, options.onNotice);
  }

  /** What was open when Parvis ended goes on: what was saved since is sent. */
  static async start(options: WorkingCopiesOptions): Promise<WorkingCopies> {
    const copies = new WorkingCopies(options);
    // In a profile that cannot be written to nothing is opened: that is said when it is tried.
    await copies.#makeFolder().catch(() => undefined);
    copies.#rows = (await copies.#file.read()).copies;
    for (const row of copies.#rows)
      if (!row.isFetched || !(await isAnythingIn(copies.#folderOf(row.id)))) await copies.#drop(row.id);
    for (const row of copies.#rows) copies.#follow(row.id);
    copies.#poll = setInterval(() => copies.#lookAtAll(), options.pollMs ?? 15_000).unref();
    copies.#lookAtAll();
    return copies;
  }

  list(): WorkingCopy[] {
    return this.#rows.filter(({ isFetched }) => isFetched).map((row) => this.#told(row));
  }

  /** @throws DriveError */
  async open(driveId: DriveId, path: DrivePath): Promise<WorkingCopy> {
    assertHarmless(nameOf(path));
    const open = this.#rows.find((row) => row.driveId === driveId && row.path === path && row.isFetched);
    const row = open ?? (await this.#fetch(driveId, path));
    await this.#options.openFile(this.#fileOf(row));
    return this.#told(row);
  }

  /** @throws DriveError what keeps it from being sent; it is kept then */
  async close(id: string): Promise<void> {
    const row = this.#row(id);
    await this.#look(id, true);
    const problem = this.#live.get(id)?.problem ?? null;
    if (problem !== null) throw AppError.from(problem);
    await this.#unlock(row);
    await this.#drop(id);
    this.#tell();
  }

  /** A drive is no longer one: nothing of it stays here. */
  async forget(driveId: DriveId | "all"): Promise<void> {
    for (const row of this.#rows) if (driveId === "all" || row.driveId === driveId) await this.#drop(row.id);
    this.#tell();
  }

  async stop(): Promise<void> {
    clearInterval(this.#poll);
    this.#ending.abort();
    for (const live of this.#live.values()) {
      live.watcher?.close();
      clearTimeout(live.timer);
      await live.turn;
    }
  }

  async #fetch(driveId: DriveId, path: DrivePath): Promise<CopyRow> {
    const { drives, isAboveCeiling } = this.#options;
    if ((await isAboveCeiling(driveId)) !== false)
      throw new DriveError("forbidden", {
        title: "What is marked like this must not be kept on this machine",
      });
    const signal = AbortSignal.any([this.#ending.signal, AbortSignal.timeout(OPEN_MS)]);
    const { canWrite, canLock } = await drives.capabilities(driveId, signal);
    const isLocked = canWrite && canLock && (await this.#lock(driveId, path, signal));
    const row: CopyRow = {
      id: randomUUID(),
      driveId,
      path,
      name: safeFileName(nameOf(path)),
      isFetched: false,
      isReadOnly: !canWrite || (canLock && !isLocked),
      version: null,
      hash: "",
      conflictWith: null,
      savedAt: null,
    };
    await this.#makeFolder();
    await this.#put(row);
    try {
      await mkdir(this.#folderOf(row.id), { mode: 0o700 });
      const { entry, stream } = await drives.read(driveId, path, {}, signal);
      const hash = await storeStream(stream, this.#fileOf(row));
      if (row.isReadOnly) await chmod(this.#fileOf(row), 0o400);
      const fetched = { ...row, isFetched: true, version: entry.version, hash };
      await this.#put(fetched);
      this.#follow(row.id);
      this.#tell();
      return fetched;
    } catch (error) {
      await this.#drop(row.id);
      if (isLocked) await drives.unlock(driveId, path, signal).catch(() => undefined);
      throw error;
    }
  }

  /** @throws DriveError forbidden */
  async #makeFolder(): Promise<void> {
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    } catch (error) {
      throw new DriveError("forbidden", { title: "Nothing can be kept in this profile", cause: error });
    }
  }

  /** Somebody else has it: it is opened to be read. */
  async #lock(driveId: DriveId, path: DrivePath, signal: AbortSignal): Promise<boolean> {
    try {
      await this.#options.drives.lock(driveId, path, signal);
      return true;
    } catch (error) {
      if (error instanceof DriveError && ["locked", "forbidden", "readOnly"].includes(error.fault))
        return false;
      throw error;
    }
  }

  /** One that cannot be given back now ends by itself. */
  async #unlock({ driveId, path }: CopyRow): Promise<void> {
    await this.#options.drives.unlock(driveId, path, this.#ending.signal).catch(() => undefined);
  }

  #follow(id: string): void {
    const live: Live = {
      state: "open",
      problem: null,
      watcher: undefined,
      timer: undefined,
      seen: "",
      turn: Promise.resolve(),
    };
    this.#live.set(id, live);
    try {
      // The folder, not the file: many programs save under another name and rename.
      live.watcher = watch(this.#folderOf(id), () => this.#lookSoon(id));
      live.watcher.on("error", () => live.watcher?.close());
    } catch (error) {
      // No more watchers are to be had: it is looked at now and then.
      if (errorCode(error) === "") throw error;
    }
  }

  #lookAtAll(): void {
    for (const { id } of this.#rows) this.#lookSoon(id);
  }

  #lookSoon(id: string): void {
    const live = this.#live.get(id);
    if (live === undefined || this.#ending.signal.aborted) return;
    clearTimeout(live.timer);
    live.timer = setTimeout(() => void this.#look(id), this.#options.settleMs ?? 1500).unref();
  }

  /** One after the other. */
  async #look(id: string, isForced = false): Promise<void> {
    const live = this.#live.get(id);
    if (live === undefined) return;
    live.turn = live.turn
      .then(() => this.#saveIfChanged(id, live, isForced))
      .catch((error: unknown) => this.#failed(id, live, error));
    await live.turn;
  }

  async #saveIfChanged(id: string, live: Live, isForced: boolean): Promise<void> {
    const row = this.#row(id);
    const seen = await lookOf(this.#fileOf(row));
    // Missing for the moment between two steps of a save by renaming.
    if (row.isReadOnly || seen === undefined) return;
    if (seen === live.seen && live.problem === null && !isForced) return;
    const snapshot = await takeSnapshot(this.#fileOf(row), join(this.#folder, `${id}.sending`));
    try {
      if (snapshot.hash !== row.hash) {
        this.#set(live, { state: "sending" });
        const saved = await saveBack(row, snapshot, { ...this.#options, signal: this.#ending.signal });
        const savedAt = toIsoTime(this.#options.now());
        await this.#put({ ...row, ...saved, hash: snapshot.hash, savedAt });
        // It goes on under another name.
        if (saved.path !== row.path) await this.#unlock(row);
      }
      live.seen = seen;
      if (live.state !== "open" || live.problem !== null) this.#set(live, { state: "open", problem: null });
    } finally {
      await rm(snapshot.file, { force: true });
    }
    // Written while it was sent.
    if ((await lookOf(this.#fileOf(row))) !== seen) this.#lookSoon(id);
  }

  #failed(id: string, live: Live, error: unknown): void {
    if (this.#ending.signal.aborted || !this.#live.has(id)) return;
    const problem =
      error instanceof AppError
        ? error.problem
        : new AppError("serverFault", { title: "The file could not be read here", cause: error }).problem;
    this.#set(live, { state: "waiting", problem });
  }

  #set(live: Live, change: Partial<Pick<Live, "state" | "problem">>): void {
    Object.assign(live, change);
    this.#tell();
  }

  #tell(): void {
    if (!this.#ending.signal.aborted) this.#options.onChange(this.list());
  }

  #told({ id, driveId, path, isReadOnly, conflictWith, savedAt }: CopyRow): WorkingCopy {
    const { state = "open", problem = null } = this.#live.get(id) ?? {};
    const saved = savedAt === null ? null : toIsoTime(Date.parse(savedAt));
    return { id, driveId, path, isReadOnly, conflictWith, savedAt: saved, state, problem };
  }

  #row(id: string): CopyRow {
    const row = this.#rows.find((one) => one.id === id);
    if (row === undefined) throw new DriveError("notFound", { title: "This file is not open" });
    return row;
  }

  #folderOf(id: string): string {
    return join(this.#folder, id);
  }

  #fileOf({ id, name }: CopyRow): string {
    return join(this.#folderOf(id), name);
  }

  async #put(row: CopyRow): Promise<void> {
    await this.#update((rows) => [...rows.filter(({ id }) => id !== row.id), row]);
  }

  /** Its files first: a row without them is dropped by the next start. */
  async #drop(id: string): Promise<void> {
    const live = this.#live.get(id);
    live?.watcher?.close();
    clearTimeout(live?.timer);
    this.#live.delete(id);
    await rm(this.#folderOf(id), { recursive: true, force: true });
    await rm(join(this.#folder, `${id}.sending`), { force: true });
    await this.#update((rows) => rows.filter((row) => row.id !== id));
  }

  async #update(change: (rows: readonly CopyRow[]) => CopyRow[]): Promise<void> {
    const { copies } = await this.#file.update((content) => ({ ...content, copies: change(content.copies) }));
    this.#rows = copies;
  }
}

function assertHarmless(name: string): void {
  if (!isRiskyFile(name)) return;
  throw new DriveError("forbidden", {
    title: "Files of this kind are not opened from here",
    detail: "They can run something on this machine. Download it and look at where it comes from.",
  });
}

async function lookOf(file: string): Promise<string | undefined> {
  try {
    const { size, mtimeNs, ino } = await stat(file, { bigint: true });
    return `${size} ${mtimeNs} ${ino}`;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

async function isAnythingIn(folder: string): Promise<boolean> {
  return (await readdir(folder).catch((): string[] => [])).length > 0;
}
