import { randomUUID } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { OfflineConflict } from "#contract/drive-offline.ts";
import { driveIdSchema, drivePathSchema, TOP } from "#contract/drives.ts";
import type { OfflineDrive } from "../offline-drive.ts";
import { errorCode } from "../../../files/atomic-file.ts";
import { DELETION_LIMITS, type DeletionLimits } from "../deletions.ts";
import { Journal, type PinRow } from "../journal.ts";
import { LocalFiles } from "../local-files.ts";
import { SyncDrive, type PassOutcome, type SyncParts } from "../sync-drive.ts";

export const DRIVE_ID = driveIdSchema.parse("00000000-0000-4000-8000-000000000001");

export interface MachineOptions {
  folder: string;
  drive: OfflineDrive;
  who?: string;
  pins?: string[];
  limits?: DeletionLimits;
  reached?: SyncParts["reached"];
  reserve?: SyncParts["reserve"];
  isCaseSensitive?: boolean;
  settleMs?: number;
  elapsed?: () => number;
  capacity?: () => number;
}

const NOON = Date.parse("2026-11-23T12:00:00.000Z");

/** A machine of a test: a folder, a journal, and rounds by hand. What its person does is done to the files. */
export class Machine {
  readonly #options: MachineOptions;
  readonly conflicts: OfflineConflict[] = [];
  journal: Journal;
  sync: SyncDrive;
  #lives = 0;

  private constructor(options: MachineOptions) {
    this.#options = options;
    this.journal = new Journal(this.#journalPath());
    const known = new Set<string>(this.journal.pins().map(({ path }) => path));
    for (const path of options.pins ?? [""]) if (!known.has(path)) this.journal.putPin(newPin(path));
    this.sync = this.#begin();
  }

  static async start(options: MachineOptions): Promise<Machine> {
    await mkdir(join(options.folder, "files"), { recursive: true });
    return new Machine(options);
  }

  /** As after the end of the process, however that came. */
  restart(): void {
    this.journal.close();
    this.journal = new Journal(this.#journalPath());
    this.sync = this.#begin();
  }

  /** As after a kill: only what is on the disk by now is there, and whoever was at work never ends. */
  async resurrect(): Promise<void> {
    const before = this.#journalPath();
    this.#lives += 1;
    for (const ending of ["", "-wal"]) await copyFile(before + ending, this.#journalPath() + ending);
    const dead = this.journal;
    this.journal = new Journal(this.#journalPath());
    this.sync = this.#begin();
    dead.close();
  }

  close(): void {
    this.journal.close();
  }

  async pass(isFresh = true, signal: AbortSignal = new AbortController().signal): Promise<PassOutcome> {
    return this.sync.pass({ pins: this.journal.pins(), signal, isFresh });
  }

  /** Rounds until nothing is left to do. */
  async converge(most = 10): Promise<PassOutcome> {
    for (let round = 0; round < most; round += 1) {
      const outcome = await this.pass();
      if (!outcome.isAgain && !outcome.isBusy) return outcome;
    }
    throw new Error("it never ends");
  }

  place(path: string): string {
    return join(this.#options.folder, "files", path);
  }

  get parts(): string {
    return join(this.#options.folder, "parts");
  }

  get trash(): string {
    return join(this.#options.folder, "trash");
  }

  async write(path: string, text: string): Promise<void> {
    await mkdir(dirname(this.place(path)), { recursive: true });
    // As careful programs save: another file in its place.
    const temporary = join(this.#options.folder, randomUUID());
    await writeFile(temporary, text);
    await rename(temporary, this.place(path));
  }

  async rename(from: string, to: string): Promise<void> {
    await mkdir(dirname(this.place(to)), { recursive: true });
    await rename(this.place(from), this.place(to));
  }

  async remove(path: string): Promise<void> {
    await rm(this.place(path), { recursive: true, force: true });
  }

  /** Every path with its content, of folders with a `/` behind and null. */
  async files(folder = this.place("")): Promise<Record<string, string | null>> {
    const found: [string, string | null][] = [];
    for (const entry of await readdirIfThere(folder)) {
      const path = join(entry.parentPath, entry.name);
      const name = path.slice(join(folder, "/").length);
      if (entry.isDirectory()) found.push([`${name}/`, null]);
      else found.push([name, await readFile(path, "utf8")]);
    }
    return Object.fromEntries(found.toSorted(([one], [other]) => (one < other ? -1 : 1)));
  }

  #journalPath(): string {
    return join(this.#options.folder, this.#lives === 0 ? "offline.db" : `offline-${this.#lives}.db`);
  }

  #begin(): SyncDrive {
    const { folder, drive, who = "Anna", limits, reached, settleMs = 0, elapsed, capacity } = this.#options;
    const { reserve = () => Promise.resolve(), isCaseSensitive = true } = this.#options;
    const places = {
      folder: join(folder, "files"),
      parts: this.parts,
      trash: this.trash,
      aside: join(folder, "aside"),
    };
    return new SyncDrive({
      driveId: DRIVE_ID,
      open: () => drive,
      journal: this.journal,
      files: new LocalFiles(places, () => NOON),
      names: { platform: "linux", isCaseSensitive },
      words: () => ({ conflict: "conflit", who, at: NOON }),
      limits: limits ?? DELETION_LIMITS,
      settleMs,
      elapsed: elapsed ?? (() => performance.now()),
      capacity: capacity ?? (() => 8),
      reserve,
      onBytes: () => undefined,
      onConflict: (conflict) => this.conflicts.push(conflict),
      onPlan: () => undefined,
      onStep: () => undefined,
      ...(reached === undefined ? {} : { reached }),
    });
  }
}

function newPin(path: string): PinRow {
  return {
    driveId: DRIVE_ID,
    path: path === "" ? TOP : drivePathSchema.parse(path),
    kind: "folder",
    pinnedAt: NOON,
    syncedAt: null,
    removing: null,
    approvedHere: 0,
    approvedDrive: 0,
  };
}

async function readdirIfThere(folder: string) {
  try {
    return await readdir(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  }
}

/** The same of a drive. */
export async function filesOn(drive: OfflineDrive): Promise<Record<string, string | null>> {
  const found: [string, string | null][] = [];
  const call = { signal: new AbortController().signal };
  const walk = async (folder: typeof TOP): Promise<void> => {
    for await (const entry of drive.list(folder, call)) {
      if (entry.kind === "folder") {
        found.push([`${entry.path}/`, null]);
        await walk(entry.path);
      } else {
        const { stream } = await drive.read(entry.path, {}, call);
        found.push([entry.path, await new Response(stream).text()]);
      }
    }
  };
  await walk(TOP);
  return Object.fromEntries(found.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
