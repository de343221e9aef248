import type { Logger } from "../logger.ts";

/** So much is handed over at once: fewer turns of the event loop, and pieces need not be copied together. */
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
          for (let size = 0; size < CHUNK_BYTES;) {
            const next = await pieces.next();
            if (next.done === true) {
              controller.close();
              return;
            }
            size += next.value.byteLength;
            controller.enqueue(next.value);
          }
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
