import type { Logger } from "../logger.ts";

/** Chunks smaller than this are sent together: fewer, larger writes. */
const CHUNK_BYTES = 64 * 1024;

/**
 * A body made as fast as it is read and no faster. A failure half-way ends the body abnormally, so that the reader
 * notices that the last line is missing.
 */
export function streamText(
  chunks: AsyncGenerator<string>,
  logger: Logger,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          let text = "";
          while (text.length < CHUNK_BYTES) {
            const next = await chunks.next();
            if (next.done === true) {
              if (text !== "") controller.enqueue(encoder.encode(text));
              controller.close();
              return;
            }
            text += next.value;
          }
          controller.enqueue(encoder.encode(text));
        } catch (error) {
          logger.error("stream failed", { error: error instanceof Error ? error.stack : String(error) });
          controller.error(error);
        }
      },
      async cancel() {
        await chunks.return(undefined);
      },
    },
    { highWaterMark: 1 },
  );
}
