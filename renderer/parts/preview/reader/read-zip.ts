import { unzipSync } from "fflate";
import { LIMITS, ReadRefused, type ArchiveEntry, type ReadAnswer } from "./read-answer.ts";

/** Parts of an archive by their names. */
export type Parts = ReadonlyMap<string, Uint8Array>;

const ZIP_MARK = [0x50, 0x4b];
/** Programs before 2007, and any Office file that has a password. */
const COMPOUND_MARK = [0xd0, 0xcf, 0x11, 0xe0];

/** @throws ReadRefused for what is not an archive */
function checkArchive(bytes: Uint8Array): void {
  if (bytes.length === 0) throw new ReadRefused("empty");
  if (COMPOUND_MARK.every((byte, at) => bytes[at] === byte)) {
    throw new ReadRefused(names(bytes, "EncryptedPackage") ? "encrypted" : "legacy");
  }
  if (!ZIP_MARK.every((byte, at) => bytes[at] === byte)) throw new ReadRefused("damaged");
}

/** A stream's name stands in UTF-16 in the directory of a compound file. */
function names(bytes: Uint8Array, word: string): boolean {
  return new TextDecoder("utf-16le").decode(bytes.subarray(0, bytes.length & ~1)).includes(word);
}

/**
 * The parts that are wanted, and no others: nothing else is inflated, and none into more room than it declared. An archive
 * within an archive stays closed.
 * @throws ReadRefused
 */
export function readParts(bytes: Uint8Array, isWanted: (name: string) => boolean): Parts {
  checkArchive(bytes);
  let entries = 0;
  let inflated = 0;
  const unzipped = walk(bytes, ({ name, size, originalSize }) => {
    entries += 1;
    if (entries > LIMITS.entries) throw new ReadRefused("bomb");
    if (!isWanted(name)) return false;
    inflated += originalSize;
    const isBomb = originalSize > LIMITS.ratioFromBytes && originalSize / Math.max(1, size) > LIMITS.ratio;
    if (isBomb || originalSize > LIMITS.partBytes || inflated > LIMITS.inflatedBytes) {
      throw new ReadRefused("bomb");
    }
    return true;
  });
  return new Map(Object.entries(unzipped));
}

/** What an archive says that it contains; nothing is inflated. @throws ReadRefused */
export function listArchive(bytes: Uint8Array): ReadAnswer {
  checkArchive(bytes);
  const entries: ArchiveEntry[] = [];
  let count = 0;
  walk(bytes, ({ name, originalSize }) => {
    count += 1;
    if (count > LIMITS.entries) throw new ReadRefused("bomb");
    if (entries.length < LIMITS.shownEntries) entries.push({ name, sizeBytes: originalSize });
    return false;
  });
  return { kind: "archive", entries, count, isCut: count > entries.length };
}

interface Entry {
  name: string;
  size: number;
  originalSize: number;
}

function walk(bytes: Uint8Array, filter: (entry: Entry) => boolean): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, { filter });
  } catch (error) {
    if (error instanceof ReadRefused) throw error;
    throw new ReadRefused("damaged");
  }
}
