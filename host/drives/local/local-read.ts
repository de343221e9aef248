import type { BigIntStats } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import type { DrivePath } from "#contract/drives.ts";
import { DriveError } from "../drive-error.ts";
import type { DriveContent, ReadOptions } from "../drive.ts";
import { localEntry, localVersion } from "./local-entry.ts";
import { localFault } from "./local-fault.ts";

const PIECE_BYTES = 256 * 1024;

/** @param file where it lies, without links. @throws DriveError notAFile, changed */
export async function readLocal(
  path: DrivePath,
  file: string,
  { range, ifVersion }: ReadOptions,
  signal: AbortSignal,
): Promise<DriveContent> {
  const handle = await open(file, "r");
  try {
    const stats = await handle.stat({ bigint: true });
    if (!stats.isFile()) throw new DriveError("notAFile", { title: "This is a folder" });
    if (ifVersion !== undefined && localVersion(stats) !== ifVersion)
      throw new DriveError("changed", { title: "The file is no longer the one that was listed" });
    const size = Number(stats.size);
    const first = Math.min(range?.first ?? 0, size);
    const end = Math.min((range?.last ?? size - 1) + 1, size);
    const sizeBytes = Math.max(0, end - first);
    const stream = streamOf({ handle, stats, first, end: first + sizeBytes, signal });
    return { entry: localEntry(path, stats), first, sizeBytes, stream };
  } catch (error) {
    await handle.close();
    throw localFault(error, "The file");
  }
}

interface Reading {
  handle: FileHandle;
  stats: BigIntStats;
  first: number;
  end: number;
  signal: AbortSignal;
}

/** Fails when the file became another one meanwhile: half of each is no content that anybody wrote. */
function streamOf({ handle, stats, first, end, signal }: Reading): ReadableStream<Uint8Array> {
  let at = first;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        if (signal.aborted) throw new DriveError("cancelled", { title: "Reading was given up" });
        const wanted = Math.min(PIECE_BYTES, end - at);
        const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(wanted), 0, wanted, at);
        at += bytesRead;
        if (bytesRead > 0) controller.enqueue(buffer.subarray(0, bytesRead));
        if (bytesRead === wanted && at < end) return;
        await checkSame(handle, stats);
        if (at < end) throw new DriveError("damaged", { title: "The file ended too early" });
        await handle.close();
        controller.close();
      } catch (error) {
        await handle.close().catch(() => undefined);
        controller.error(localFault(error, "The file"));
      }
    },
    async cancel() {
      await handle.close();
    },
  });
}

async function checkSame(handle: FileHandle, before: BigIntStats): Promise<void> {
  const now = await handle.stat({ bigint: true });
  if (localVersion(now) === localVersion(before)) return;
  throw new DriveError("changed", { title: "The file changed while it was read" });
}
