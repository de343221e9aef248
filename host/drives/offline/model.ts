import type { DriveEntry, DrivePath } from "#contract/drives.ts";

/** What tells that a file is still the one that was looked at, without reading it. Times of this machine only. */
export interface FileMark {
  sizeBytes: number;
  mtimeNs: bigint;
  inode: bigint;
  /** When it was made; 0 where the system does not say. Together with the inode it outlasts renames. */
  birthNs: bigint;
}

/** What both sides agreed on last. */
export interface BaseEntry {
  path: DrivePath;
  kind: "file" | "folder";
  /** Of the drive, as `versionOf` says it; empty for folders. */
  version: string;
  fileId: string | null;
  /** SHA-256 in hexadecimal; empty for folders. */
  hash: string;
  mark: FileMark;
  /** Known to be on the disk for good: before that, a power cut may have left less of it. */
  isSettled: boolean;
}

/** What lies on this machine. */
export interface HereEntry {
  path: DrivePath;
  kind: "file" | "folder";
  mark: FileMark;
  /**
   * Against the base; without one it is `changed`. `busy`: somebody may be writing it right now.
   */
  state: "same" | "changed" | "busy";
}

export type Here = Map<DrivePath, HereEntry>;
export type There = Map<DrivePath, DriveEntry>;
export type Base = Map<DrivePath, BaseEntry>;

/** The version of an entry, made of what else is known where the drive has none. */
export function versionOf(entry: DriveEntry): string {
  if (entry.kind === "folder") return "";
  return entry.version ?? `~${entry.sizeBytes ?? "?"}@${entry.modifiedAt ?? "?"}`;
}

export function isSameMark(one: FileMark, other: FileMark): boolean {
  return one.sizeBytes === other.sizeBytes && one.mtimeNs === other.mtimeNs && one.inode === other.inode;
}

/** Whether `path` is `folder` or lies in it. */
export function isWithin(path: string, folder: string): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`);
}

/** As `parentPath`, without examining the path once more: these are asked for by the hundred thousand. */
export function folderOf(path: DrivePath): DrivePath {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the beginning of a path up to a slash is one
  return path.slice(0, Math.max(0, path.lastIndexOf("/"))) as DrivePath;
}

/** As `nameOf`. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** As `childPath`, for names that a file system gave. */
export function inFolder(folder: DrivePath, name: string): DrivePath {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- names of a file system hold no slash
  return (folder === "" ? name : `${folder}/${name}`) as DrivePath;
}
