import { chmodSync, closeSync, openSync } from "node:fs";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { accountIdSchema, type AccountId } from "#contract/account.ts";
import { offlineConflictSchema, type OfflineConflict } from "#contract/drive-offline.ts";
import { driveIdSchema, type DriveId, type DrivePath } from "#contract/drives.ts";
import { JOURNAL_SCHEMA } from "./journal-schema.ts";
import { baseOf, conflictOf, integerOf, pinOf, stepOf, textOf, textOrNull } from "./journal-rows.ts";
import type { Base, BaseEntry } from "./model.ts";

export interface PinRow {
  driveId: DriveId;
  path: DrivePath;
  kind: "file" | "folder";
  pinnedAt: number;
  syncedAt: number | null;
  /** It is being taken off this machine: what becomes of changes that the drive does not have. */
  removing: "keep" | "discard" | null;
  /** How many deletions somebody agreed to. */
  approvedHere: number;
  approvedDrive: number;
}

export interface DriveRow {
  driveId: DriveId;
  /** Its folder among the pinned files. */
  folder: string;
  accountId: AccountId | null;
  cursor: string | null;
}

/** Begun and not known to have ended. */
export interface StepRow {
  path: DrivePath;
  kind: string;
  detail: string;
}

/** How long what is only for speed may wait for others of its kind before it is on the disk. */
const GROUP_MS = 100;

/**
 * What is known of every pinned file, on the disk. Whoever is killed goes on from here; what was written in the last tenth of
 * a second may be missing after that, and is found out again by comparing the files.
 */
export class Journal {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #commit: ReturnType<typeof setTimeout> | undefined;
  #isOpen = true;

  constructor(path: string) {
    if (path !== ":memory:") makePrivate(path);
    this.#db = new DatabaseSync(path);
    try {
      this.#db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON;");
      this.#db.exec(JOURNAL_SCHEMA);
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  close(): void {
    if (!this.#isOpen) return;
    this.flush();
    this.#isOpen = false;
    this.#db.close();
  }

  /** All that was written so far is on the disk, as far as a process that ends is concerned. */
  flush(): void {
    if (this.#commit === undefined) return;
    clearTimeout(this.#commit);
    this.#commit = undefined;
    if (this.#isOpen) this.#db.exec("COMMIT");
  }

  /** Several changes, of which all or none are there after a crash. */
  together(change: () => void): void {
    this.#begin();
    change();
    this.flush();
  }

  meta(name: string): string | null {
    const row = this.#get("SELECT value FROM meta WHERE name = ?", name);
    return row === undefined ? null : textOf(row["value"]);
  }

  setMeta(name: string, value: string): void {
    this.#now("INSERT OR REPLACE INTO meta VALUES (?, ?)", name, value);
  }

  drives(): DriveRow[] {
    return this.#all("SELECT * FROM drive").map((row) => ({
      driveId: driveIdSchema.parse(row["id"]),
      folder: textOf(row["folder"]),
      accountId: accountIdSchema.nullable().parse(row["account"]),
      cursor: textOrNull(row["cursor"]),
    }));
  }

  putDrive({ driveId, folder, accountId, cursor }: DriveRow): void {
    this.#now("INSERT OR REPLACE INTO drive VALUES (?, ?, ?, ?)", driveId, folder, accountId, cursor);
  }

  setCursor(driveId: DriveId, cursor: string | null): void {
    this.#soon("UPDATE drive SET cursor = ? WHERE id = ?", cursor, driveId);
  }

  /** Everything about it. */
  dropDrive(driveId: DriveId): void {
    this.together(() => {
      for (const table of ["pin", "base", "step", "conflict"])
        this.#soon(`DELETE FROM ${table} WHERE drive = ?`, driveId);
      this.#soon("DELETE FROM drive WHERE id = ?", driveId);
    });
    // What was deleted is not to be found in the file of the write-ahead log either.
    this.#db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  pins(): PinRow[] {
    return this.#all("SELECT * FROM pin ORDER BY drive, path").map(pinOf);
  }

  putPin(pin: PinRow): void {
    const { driveId, path, kind, pinnedAt, syncedAt, removing, approvedHere, approvedDrive } = pin;
    const values = [driveId, path, kind, pinnedAt, syncedAt, removing, approvedHere, approvedDrive];
    this.#now("INSERT OR REPLACE INTO pin VALUES (?, ?, ?, ?, ?, ?, ?, ?)", ...values);
  }

  dropPin(driveId: DriveId, path: DrivePath): void {
    this.#now("DELETE FROM pin WHERE drive = ? AND path = ?", driveId, path);
  }

  base(driveId: DriveId): Base {
    const rows = this.#all("SELECT * FROM base WHERE drive = ?", driveId).map(baseOf);
    return new Map(rows.map((row) => [row.path, row]));
  }

  putBase(driveId: DriveId, entry: BaseEntry): void {
    const { path, kind, version, fileId, hash, mark, isSettled } = entry;
    this.#soon(
      "INSERT OR REPLACE INTO base VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      driveId,
      path,
      kind,
      version,
      fileId,
      hash,
      mark.sizeBytes,
      String(mark.mtimeNs),
      String(mark.inode),
      String(mark.birthNs),
      isSettled ? 1 : 0,
    );
  }

  dropBase(driveId: DriveId, path: DrivePath): void {
    this.#soon("DELETE FROM base WHERE drive = ? AND path = ?", driveId, path);
  }

  beginStep(driveId: DriveId, { path, kind, detail }: StepRow): void {
    this.#soon("INSERT OR REPLACE INTO step VALUES (?, ?, ?, ?)", driveId, path, kind, detail);
  }

  endStep(driveId: DriveId, path: DrivePath): void {
    this.#soon("DELETE FROM step WHERE drive = ? AND path = ?", driveId, path);
  }

  steps(driveId: DriveId): StepRow[] {
    return this.#all("SELECT * FROM step WHERE drive = ?", driveId).map(stepOf);
  }

  conflicts(): OfflineConflict[] {
    return this.#all("SELECT * FROM conflict ORDER BY at, id").map(conflictOf);
  }

  putConflict(conflict: OfflineConflict): void {
    const { id, driveId, path, copyPath, reason, at, mine, theirs } = offlineConflictSchema.parse(conflict);
    const values = [
      id,
      driveId,
      path,
      copyPath,
      reason,
      Date.parse(at),
      JSON.stringify(mine),
      JSON.stringify(theirs),
    ];
    this.#now("INSERT OR REPLACE INTO conflict VALUES (?, ?, ?, ?, ?, ?, ?, ?)", ...values);
  }

  dropConflict(id: string): void {
    this.#now("DELETE FROM conflict WHERE id = ?", id);
  }

  totals(driveId: DriveId, path: DrivePath): { files: number; bytes: number } {
    const row = this.#get(
      `SELECT count(*) AS files, coalesce(sum(size), 0) AS bytes FROM base
        WHERE drive = ? AND kind = 'file' AND (?2 = '' OR path = ?2 OR (path > ?2 || '/' AND path < ?2 || '0'))`,
      driveId,
      path,
    );
    return { files: integerOf(row?.["files"]), bytes: integerOf(row?.["bytes"]) };
  }

  /** Of all pinned files. */
  bytes(): number {
    return integerOf(this.#get("SELECT coalesce(sum(size), 0) AS bytes FROM base")?.["bytes"]);
  }

  #begin(): void {
    if (this.#commit !== undefined) return;
    this.#db.exec("BEGIN");
    this.#commit = setTimeout(() => this.flush(), GROUP_MS);
  }

  #soon(sql: string, ...values: SQLInputValue[]): void {
    this.#begin();
    this.#prepare(sql).run(...values);
  }

  #now(sql: string, ...values: SQLInputValue[]): void {
    this.#soon(sql, ...values);
    this.flush();
  }

  #all(sql: string, ...values: SQLInputValue[]): Record<string, unknown>[] {
    return this.#prepare(sql).all(...values);
  }

  #get(sql: string, ...values: SQLInputValue[]): Record<string, unknown> | undefined {
    return this.#prepare(sql).get(...values);
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const made = this.#db.prepare(sql);
    this.#statements.set(sql, made);
    return made;
  }
}

/** Before its first byte: names of files are nobody else's business. */
function makePrivate(path: string): void {
  closeSync(openSync(path, "a", 0o600));
  if (process.platform !== "win32") chmodSync(path, 0o600);
}
