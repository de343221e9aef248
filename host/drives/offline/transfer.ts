import { createHash, type Hash } from "node:crypto";
import { open, stat, unlink, type FileHandle } from "node:fs/promises";
import { createReadStream } from "node:fs";
import type { DriveEntry, DrivePath } from "#contract/drives.ts";
import { toIsoTime } from "#contract/time.ts";
import { DriveError } from "../drive-error.ts";
import type { Drive, DriveCall } from "../drive.ts";
import { ChangedHere } from "./local-fault.ts";
import { statOf, toMark, type LocalFiles } from "./local-files.ts";
import { isSameMark, type FileMark, type HereEntry } from "./model.ts";

export interface TransferOptions {
  drive: Pick<Drive, "read" | "write" | "stat">;
  files: LocalFiles;
  call: DriveCall;
  /** Told of each piece; waits where the line is to be spared. */
  onBytes: (count: number) => Promise<void> | void;
}

/** What was brought, whole, but not in its place yet. */
export interface Part {
  place: string;
  entry: DriveEntry;
  hash: string;
  mark: FileMark;
  /** It was waited for until the disk had it. */
  isSettled: boolean;
}

/** Smaller ones are held in memory, and the disk is not waited for after each. */
const SMALL = 256 * 1024;
/** From here on, what was brought before an interruption is not brought again. */
const RESUMED = 8 * 1024 * 1024;
const SYNC_EACH = 64 * 1024 * 1024;

/** Brings a file, with its hash and the drive's time, into the folder of parts. @throws DriveError changed, damaged… */
export async function bring(
  path: DrivePath,
  there: DriveEntry,
  options: TransferOptions,
  partName?: string,
): Promise<Part> {
  const size = there.sizeBytes ?? Number.POSITIVE_INFINITY;
  return size <= SMALL ? bringSmall(path, there, options) : bringLarge(path, there, options, partName);
}

async function bringSmall(
  path: DrivePath,
  there: DriveEntry,
  { drive, files, call, onBytes }: TransferOptions,
): Promise<Part> {
  const content = await drive.read(path, ifVersion(there), call);
  const pieces: Uint8Array[] = [];
  for await (const piece of content.stream) {
    pieces.push(piece);
    await onBytes(piece.length);
  }
  const bytes = pieces.length === 1 ? (pieces[0] ?? new Uint8Array()) : Buffer.concat(pieces);
  assertWhole(path, bytes.length, content.entry);
  const place = await files.newPart();
  const file = await open(place, "wx", 0o600);
  try {
    await file.writeFile(bytes);
    const mark = await finish(file, content.entry);
    const hash = createHash("sha256").update(bytes).digest("hex");
    return { place, entry: content.entry, hash, mark, isSettled: false };
  } finally {
    await file.close();
  }
}

async function bringLarge(
  path: DrivePath,
  there: DriveEntry,
  options: TransferOptions,
  partName: string | undefined,
): Promise<Part> {
  const { drive, files, call, onBytes } = options;
  const place = await files.newPart(partName);
  const hash = createHash("sha256");
  const file = await open(place, partName === undefined ? "wx" : "a", 0o600);
  try {
    const first = partName === undefined ? 0 : await resumeAt(place, file, hash, there);
    const range = first === 0 ? {} : { range: { first } };
    const content = await drive.read(path, { ...ifVersion(there), ...range }, call);
    let length = content.first;
    if (length !== first)
      throw new DriveError("damaged", { title: "The drive sent another part than asked for" });
    let synced = length;
    for await (const piece of content.stream) {
      hash.update(piece);
      await writeAll(file, piece);
      length += piece.length;
      if (length - synced >= SYNC_EACH) {
        await file.datasync();
        synced = length;
      }
      await onBytes(piece.length);
    }
    assertWhole(path, length, content.entry);
    const mark = await finish(file, content.entry);
    await file.sync();
    return { place, entry: content.entry, hash: hash.digest("hex"), mark, isSettled: true };
  } catch (error) {
    if (!canGoOn(error, partName)) await unlink(place).catch(() => undefined);
    throw error;
  } finally {
    await file.close();
  }
}

/** Whether what is there of a part is of use at another try. */
function canGoOn(error: unknown, partName: string | undefined): boolean {
  if (partName === undefined) return false;
  if (!(error instanceof DriveError)) return error instanceof Error && error.name === "AbortError";
  return error.fault === "unreachable" || error.fault === "cancelled" || error.fault === "needsPassword";
}

/** Reads what is there already into the hash. A power cut may have spoiled the last of it: that is brought again. */
async function resumeAt(place: string, file: FileHandle, hash: Hash, there: DriveEntry): Promise<number> {
  const { size } = await stat(place);
  const sure = Math.floor(size / RESUMED) * RESUMED;
  const first = sure > 0 && sure < (there.sizeBytes ?? 0) ? sure : 0;
  await file.truncate(first);
  if (first > 0)
    for await (const piece of createReadStream(place, { end: first - 1 }))
      if (piece instanceof Uint8Array) hash.update(piece);
  return first;
}

export function isResumable(there: DriveEntry): boolean {
  return there.version !== null && (there.sizeBytes ?? 0) >= RESUMED * 2;
}

/** The time of the drive, for people: nothing is ever decided by it. */
async function finish(file: FileHandle, { modifiedAt }: DriveEntry): Promise<FileMark> {
  if (modifiedAt !== null) {
    const time = new Date(modifiedAt);
    await file.utimes(time, time);
  }
  return toMark(await file.stat({ bigint: true }));
}

function ifVersion({ version }: DriveEntry): { ifVersion?: string } {
  return version === null ? {} : { ifVersion: version };
}

function assertWhole(path: DrivePath, length: number, { sizeBytes }: DriveEntry): void {
  if (sizeBytes === null || sizeBytes === length) return;
  throw new DriveError("damaged", {
    title: "The drive sent another number of bytes than it said",
    detail: `${path}: ${length} instead of ${sizeBytes}. It is tried again.`,
  });
}

async function writeAll(file: FileHandle, piece: Uint8Array): Promise<void> {
  for (let at = 0; at < piece.length;) at += (await file.write(piece, at)).bytesWritten;
}

export interface Sent {
  entry: DriveEntry;
  hash: string;
}

/**
 * Takes a file to the drive. Its last piece is held back until the file has been looked at once more: what is written while
 * it is read never becomes a version of the drive. @throws ChangedHere, DriveError changed, exists, full…
 */
export async function take(
  { path, mark }: HereEntry,
  there: DriveEntry | undefined,
  { drive, files, call, onBytes }: TransferOptions,
): Promise<Sent> {
  await files.assertStill(path, mark);
  if (there?.version === null) await assertUnchanged(path, there, drive, call);
  const hash = createHash("sha256");
  const source = heldBack(files.pathOf(path), mark, path, async (piece) => {
    hash.update(piece);
    await onBytes(piece.length);
  });
  let failure: unknown;
  const stream = ReadableStream.from(remember(source, (error) => (failure = error)));
  try {
    const entry = await drive.write(
      path,
      {
        stream,
        sizeBytes: mark.sizeBytes,
        condition: conditionOf(there),
        modifiedAt: toIsoTime(Math.max(0, Number(mark.mtimeNs / 1_000_000n))),
      },
      call,
    );
    if (failure !== undefined) throw failure;
    if (entry.sizeBytes !== null && entry.sizeBytes !== mark.sizeBytes)
      throw new DriveError("changed", { title: "Somebody has written it at the same time" });
    return { entry, hash: hash.digest("hex") };
  } catch (error) {
    // What the drive makes of a body that breaks off is not what happened.
    throw failure ?? error;
  }
}

function conditionOf(there: DriveEntry | undefined): "new" | "any" | { ifVersion: string } {
  if (there === undefined) return "new";
  return there.version === null ? "any" : { ifVersion: there.version };
}

/** Where the drive knows no versions, the best that can be done. */
async function assertUnchanged(
  path: DrivePath,
  there: DriveEntry,
  drive: Pick<Drive, "stat">,
  call: DriveCall,
): Promise<void> {
  const now = await drive.stat(path, call);
  if (now.sizeBytes === there.sizeBytes && now.modifiedAt === there.modifiedAt) return;
  throw new DriveError("changed", { title: "It is no longer what was seen" });
}

async function* heldBack(
  place: string,
  mark: FileMark,
  path: DrivePath,
  onPiece: (piece: Uint8Array) => Promise<void>,
): AsyncGenerator<Uint8Array> {
  const file = await open(place, "r");
  try {
    const isStill = async (): Promise<boolean> => isSameMark(toMark(await file.stat({ bigint: true })), mark);
    if (!(await isStill())) throw new ChangedHere(path);
    for (let at = 0; at < mark.sizeBytes;) {
      const size = Math.min(256 * 1024, mark.sizeBytes - at);
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(size), 0, size, at);
      if (bytesRead === 0) throw new ChangedHere(path);
      at += bytesRead;
      const isLast = at === mark.sizeBytes;
      if (isLast && (!(await isStill()) || !(await isAt(place, mark)))) throw new ChangedHere(path);
      const piece = bytesRead === size ? buffer : buffer.subarray(0, bytesRead);
      await onPiece(piece);
      yield piece;
    }
  } finally {
    await file.close();
  }
}

/** Programs that save by putting another file in its place leave the one that is open as it was. */
async function isAt(place: string, mark: FileMark): Promise<boolean> {
  const stats = await statOf(place);
  return stats !== undefined && isSameMark(toMark(stats), mark);
}

async function* remember(
  source: AsyncGenerator<Uint8Array>,
  onError: (error: unknown) => void,
): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (error) {
    onError(error);
    throw error;
  }
}
