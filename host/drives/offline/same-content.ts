import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import type { DriveEntry } from "#contract/drives.ts";
import type { Move } from "./moves.ts";
import type { StepBench } from "./step-bench.ts";

/** Up to here the whole file is read; of larger ones, three pieces of this size. */
const PIECE = 128 * 1024;

/**
 * Whether what lies on the drive under a new name is what lies here under the old one. Size and version are the same already:
 * of a large file, its beginning, middle and end have to be, too, so that it is not brought again as a whole.
 */
export async function isSameContent(bench: StepBench, { from, to }: Move): Promise<boolean> {
  const { drive, there, base, files, call } = bench.parts;
  const entry = there.get(to);
  const known = base.get(from);
  if (entry === undefined || known === undefined || entry.sizeBytes !== known.mark.sizeBytes) return false;
  await files.assertStill(from, known.mark);
  const size = known.mark.sizeBytes;
  if (size <= PIECE)
    return (
      createHash("sha256")
        .update(await readThere(bench, entry))
        .digest("hex") === known.hash
    );
  if (!(await drive.capabilities(call)).canReadParts) return false;
  const file = await open(files.pathOf(from), "r");
  try {
    for (const first of [0, Math.floor((size - PIECE) / 2), size - PIECE]) {
      const { buffer } = await file.read(Buffer.alloc(PIECE), 0, PIECE, first);
      const theirs = await readThere(bench, entry, first);
      if (!buffer.equals(theirs)) return false;
    }
    return true;
  } finally {
    await file.close();
  }
}

async function readThere(
  { parts: { drive, call, onBytes } }: StepBench,
  entry: DriveEntry,
  first?: number,
): Promise<Buffer> {
  const range = first === undefined ? {} : { range: { first, last: first + PIECE - 1 } };
  const ifVersion = entry.version === null ? {} : { ifVersion: entry.version };
  const content = await drive.read(entry.path, { ...range, ...ifVersion }, call);
  const pieces: Uint8Array[] = [];
  for await (const piece of content.stream) {
    pieces.push(piece);
    await onBytes(entry.path, piece.length);
  }
  return Buffer.concat(pieces);
}
