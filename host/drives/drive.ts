import type { DriveEntry, DrivePath, DriveQuota } from "#contract/drives.ts";

/**
 * Files and folders somewhere else: a folder of this machine, a mount of the system, a WebDAV server, a library of a
 * workplace. One behavioural suite (`host/testing/drive-rules.ts`) holds for all of them.
 *
 * Every call ends: by its answer, by a `DriveError`, or when its signal is aborted (fault `cancelled`); none waits for ever
 * for somebody who does not answer (fault `unreachable`). Whatever fails leaves what was there as it was.
 */
export interface Drive {
  /** What this one can do, asked of it the first time. */
  capabilities(call: DriveCall): Promise<DriveCapabilities>;
  /** What lies in a folder, as it comes, in no order. @throws DriveError notFound, notAFolder… also half-way */
  list(path: DrivePath, call: DriveCall): AsyncIterable<DriveEntry>;
  /** @throws DriveError notFound */
  stat(path: DrivePath, call: DriveCall): Promise<DriveEntry>;
  /**
   * The content, as a stream that fails (`damaged`) when it ends early or is not as long as announced, and (`changed`)
   * when the file became another one meanwhile. @throws DriveError notFound, notAFile, changed
   */
  read(path: DrivePath, wanted: ReadOptions, call: DriveCall): Promise<DriveContent>;
  /**
   * Puts a whole file there at once, or not at all: nobody ever reads a half of it, where the drive allows it.
   * @throws DriveError changed, exists, locked, full, readOnly, notFound (its folder), damaged (fewer bytes than announced)
   */
  write(path: DrivePath, content: NewContent, call: DriveCall): Promise<DriveEntry>;
  /** @throws DriveError exists, notFound (its folder) */
  makeFolder(path: DrivePath, call: DriveCall): Promise<DriveEntry>;
  /** A folder goes with all that it holds. @throws DriveError notFound, exists, locked */
  move(from: DrivePath, to: DrivePath, options: PlaceOptions, call: DriveCall): Promise<DriveEntry>;
  /** A folder with all that it holds. @throws DriveError notFound, exists */
  copy(from: DrivePath, to: DrivePath, options: PlaceOptions, call: DriveCall): Promise<DriveEntry>;
  /** A folder with all that it holds. @throws DriveError notFound, changed, locked */
  remove(path: DrivePath, options: { ifVersion?: string }, call: DriveCall): Promise<void>;
  /** Against writes of others. Only where `canLock`. @throws DriveError locked, unsupported */
  lock(path: DrivePath, call: DriveCall): Promise<HeldLock>;
  /** Makes it last longer. @throws DriveError notFound when it has ended */
  refresh(lock: HeldLock, call: DriveCall): Promise<HeldLock>;
  /** Once it has ended, nothing happens. */
  unlock(lock: HeldLock, call: DriveCall): Promise<void>;
  /** Nulls where the drive does not say. */
  quota(call: DriveCall): Promise<DriveQuota>;
  /**
   * What changed since `cursor` (RFC 6578; none for a first one, which lists everything). Only where `canTellChanges`.
   * @throws DriveError notFound when the cursor is too old: begin anew
   */
  changes(cursor: string | null, call: DriveCall): AsyncIterable<DriveChange>;
  /** Lets go of connections and processes; calls under way end with `cancelled`. */
  close(): Promise<void>;
}

export interface DriveCall {
  signal: AbortSignal;
}

export interface DriveCapabilities {
  canWrite: boolean;
  canLock: boolean;
  /** `Range` is honoured. */
  canReadParts: boolean;
  /** `changes` answers. */
  canTellChanges: boolean;
  /** `a` and `A` are two files. */
  isCaseSensitive: boolean;
}

export interface ReadOptions {
  /** First byte, and the last one, both counted in; absent: all of it. */
  range?: { first: number; last?: number };
  /** Only while it still has this version (fault `changed`). */
  ifVersion?: string;
}

export interface DriveContent {
  entry: DriveEntry;
  /** First byte of `stream` in the file. */
  first: number;
  /** Bytes that `stream` will give; null when the drive does not say. */
  sizeBytes: number | null;
  stream: ReadableStream<Uint8Array>;
}

export interface NewContent {
  stream: ReadableStream<Uint8Array>;
  /** Null: not known yet. Another number of bytes is `damaged`. */
  sizeBytes: number | null;
  /** A new file, one that still has this version, or whatever is there. */
  condition: "new" | { ifVersion: string } | "any";
  /** Kept where the drive can. */
  modifiedAt?: string;
  mediaType?: string;
  /** The lock under which it is written. */
  lock?: HeldLock;
}

export interface PlaceOptions {
  /** Takes the place of what is there. */
  overwrite?: boolean;
}

export interface HeldLock {
  path: DrivePath;
  /** Opaque; never shown. */
  token: string;
  /** ISO 8601; null: until it is given back. */
  expiresAt: string | null;
}

export type DriveChange =
  | { kind: "put"; entry: DriveEntry }
  | { kind: "removed"; path: DrivePath }
  /** The last: where to go on from. */
  | { kind: "cursor"; cursor: string };
