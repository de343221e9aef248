import type { Logger } from "../logger.ts";

/** Pieces smaller than this are sent together: fewer, larger writes. */
const CHUNK_BYTES = 64 * 1024;

/**
 * A body made as fast as it is read and no faster. A failure half-way ends the body abnormally, so that the reader
 * notices that the last line is missing.
 */
export function streamBytes(pieces: AsyncGenerator<Uint8Array>, logger: Logger): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const chunk: Uint8Array[] = [];
          let size = 0;
          while (size < CHUNK_BYTES) {
            const next = await pieces.next();
            if (next.done === true) {
              if (size > 0) controller.enqueue(Buffer.concat(chunk));
              controller.close();
              return;
            }
            chunk.push(next.value);
            size += next.value.byteLength;
          }
          controller.enqueue(Buffer.concat(chunk));
        } catch (error) {
          logger.error("stream failed", { error: error instanceof Error ? error.stack : String(error) });
          controller.error(error);
        }
      },
      async cancel() {
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 1 },
  );
}
