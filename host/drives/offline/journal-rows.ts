import { offlineConflictSchema, type OfflineConflict } from "#contract/drive-offline.ts";
import { driveIdSchema, type DrivePath } from "#contract/drives.ts";
import { toIsoTime } from "#contract/time.ts";
import type { PinRow, StepRow } from "./journal.ts";
import type { BaseEntry } from "./model.ts";

type Row = Record<string, unknown>;

export function textOf(value: unknown): string {
  if (typeof value !== "string")
    throw new TypeError("the journal of pinned files holds something that is no text");
  return value;
}

export function textOrNull(value: unknown): string | null {
  return value === null ? null : textOf(value);
}

export function integerOf(value: unknown): number {
  if (typeof value !== "number")
    throw new TypeError("the journal of pinned files holds something that is no number");
  return value;
}

/** They were paths when they went in: not examined once more, a folder may have a hundred thousand. */
function pathOf(row: Row, name = "path"): DrivePath {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only ever written from a path
  return textOf(row[name]) as DrivePath;
}

function kindOf(row: Row): "file" | "folder" {
  return row["kind"] === "folder" ? "folder" : "file";
}

export function baseOf(row: Row): BaseEntry {
  return {
    path: pathOf(row),
    kind: kindOf(row),
    version: textOf(row["version"]),
    fileId: textOrNull(row["file_id"]),
    hash: textOf(row["hash"]),
    mark: {
      sizeBytes: integerOf(row["size"]),
      mtimeNs: BigInt(textOf(row["mtime_ns"])),
      inode: BigInt(textOf(row["inode"])),
      birthNs: BigInt(textOf(row["birth_ns"])),
    },
    isSettled: row["settled"] === 1,
  };
}

export function pinOf(row: Row): PinRow {
  const { removing, synced_at: syncedAt } = row;
  return {
    driveId: driveIdSchema.parse(row["drive"]),
    path: pathOf(row),
    kind: kindOf(row),
    pinnedAt: integerOf(row["pinned_at"]),
    syncedAt: syncedAt === null ? null : integerOf(syncedAt),
    removing: removing === "keep" || removing === "discard" ? removing : null,
    approvedHere: integerOf(row["approved_here"]),
    approvedDrive: integerOf(row["approved_drive"]),
  };
}

export function stepOf(row: Row): StepRow {
  return { path: pathOf(row), kind: textOf(row["kind"]), detail: textOf(row["detail"]) };
}

export function conflictOf(row: Row): OfflineConflict {
  return offlineConflictSchema.parse({
    id: row["id"],
    driveId: row["drive"],
    path: row["path"],
    copyPath: row["copy_path"],
    reason: row["reason"],
    at: toIsoTime(integerOf(row["at"])),
    mine: JSON.parse(textOf(row["mine"])),
    theirs: JSON.parse(textOf(row["theirs"])),
  });
}
