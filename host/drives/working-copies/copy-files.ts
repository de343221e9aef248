import { createHash } from "node:crypto";
import { copyFile, open, rename, rm, type FileHandle } from "node:fs/promises";

/** Puts a stream into a new file, durably, and only whole under its name. Answers its hash. */
export async function storeStream(stream: ReadableStream<Uint8Array>, file: string): Promise<string> {
  const half = `${file}.part`;
  const hash = createHash("sha256");
  const handle = await open(half, "w", 0o600);
  try {
    for await (const piece of stream) {
      hash.update(piece);
      await writeAll(handle, piece);
    }
    await handle.sync();
  } catch (error) {
    await handle.close();
    await rm(half, { force: true });
    throw error;
  }
  await handle.close();
  await rename(half, file);
  return hash.digest("hex");
}

export interface Snapshot {
  file: string;
  hash: string;
  sizeBytes: number;
}

/** As it is now: a program may write on while it is sent. */
export async function takeSnapshot(file: string, to: string): Promise<Snapshot> {
  await copyFile(file, to);
  const hash = createHash("sha256");
  let sizeBytes = 0;
  for await (const piece of streamOf(to)) {
    hash.update(piece);
    sizeBytes += piece.byteLength;
  }
  return { file: to, hash: hash.digest("hex"), sizeBytes };
}

export async function hashOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of stream) hash.update(piece);
  return hash.digest("hex");
}

const PIECE_BYTES = 256 * 1024;

export function streamOf(file: string): ReadableStream<Uint8Array> {
  let handle: FileHandle | undefined;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        handle ??= await open(file, "r");
        const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(PIECE_BYTES), 0, PIECE_BYTES);
        if (bytesRead > 0) return controller.enqueue(buffer.subarray(0, bytesRead));
        await handle.close();
        controller.close();
      },
      async cancel() {
        await handle?.close();
      },
    },
    { highWaterMark: 0 },
  );
}

async function writeAll(handle: FileHandle, piece: Uint8Array): Promise<void> {
  for (let at = 0; at < piece.byteLength;) {
    const { bytesWritten } = await handle.write(piece, at, piece.byteLength - at);
    at += bytesWritten;
  }
}
