import type { OfflineConflict } from "#contract/drive-offline.ts";
import type { DriveEntry, DriveId, DrivePath } from "#contract/drives.ts";
import type { DriveError } from "../drive-error.ts";
import type { DriveCall } from "../drive.ts";
import type { OfflineDrive } from "./offline-drive.ts";
import type { Journal } from "./journal.ts";
import type { LocalFiles } from "./local-files.ts";
import { moveKeys, type Move } from "./moves.ts";
import { isSameMark, type Base, type BaseEntry, type Here, type There } from "./model.ts";
import type { ConflictWords } from "./names.ts";

/** Points of a step at which a test may stop the whole process. */
export type Stage =
  | "begun"
  | "brought"
  | "placed"
  | "sent"
  | "noted"
  | "conflictNoted"
  | "conflictRenamed"
  | "done";

export interface BenchParts {
  driveId: DriveId;
  drive: OfflineDrive;
  journal: Journal;
  files: LocalFiles;
  base: Base;
  here: Here;
  there: There;
  call: DriveCall;
  canWrite: boolean;
  words: () => ConflictWords;
  /** Waits for room for so many bytes more, and holds it. @throws DriveError full */
  reserve: (bytes: number) => Promise<void>;
  onBytes: (path: DrivePath, count: number) => Promise<void> | void;
  onConflict: (conflict: OfflineConflict) => void;
  /** Nothing, outside tests. */
  reached: (stage: Stage, kind: string, path: DrivePath) => void | Promise<void>;
}

/** What one round of synchronising works with: both sides, what is agreed, and what went wrong so far. */
export class StepBench {
  readonly parts: BenchParts;
  readonly failures = new Map<DrivePath, DriveError>();
  /** Something was not as it had been seen: looked at again, also on the drive. */
  isStale = false;
  /** There is no room on this machine; `drive`: on the drive. */
  readonly full = new Set<"here" | "drive">();

  /** Parts of files that a round before this one did not come to the end of. */
  readonly begun: ReadonlyMap<DrivePath, string>;

  constructor(parts: BenchParts) {
    this.parts = parts;
    const steps = parts.journal.steps(parts.driveId).filter(({ kind }) => kind === "download");
    this.begun = new Map(steps.map(({ path, detail }) => [path, detail]));
  }

  /** Both sides are the same from here on. */
  agree(entry: BaseEntry): void {
    const { journal, driveId, base } = this.parts;
    base.set(entry.path, entry);
    journal.putBase(driveId, entry);
    journal.endStep(driveId, entry.path);
  }

  forget(path: DrivePath): void {
    const { journal, driveId, base } = this.parts;
    base.delete(path);
    journal.dropBase(driveId, path);
    journal.endStep(driveId, path);
  }

  begin(kind: string, path: DrivePath, detail = ""): void {
    this.parts.journal.beginStep(this.parts.driveId, { path, kind, detail });
  }

  isThere(entry: DriveEntry, path: DrivePath): void {
    this.parts.there.set(path, { ...entry, path });
  }

  /** What both agreed on goes along with what was moved, at once. */
  moveBase(move: Move): void {
    const { journal, driveId, base, here } = this.parts;
    const after = moveKeys(base, move);
    journal.together(() => {
      for (const { from } of after) journal.dropBase(driveId, from);
      for (const { entry } of after) journal.putBase(driveId, entry);
      journal.endStep(driveId, move.from);
    });
    for (const { entry } of after) {
      const { path, kind, mark } = entry;
      const mine = here.get(path);
      if (mine?.kind === "file" && kind === "file" && mine.state !== "busy")
        here.set(path, { ...mine, state: isSameMark(mine.mark, mark) ? "same" : "changed" });
    }
  }
}
