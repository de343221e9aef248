/** Larger bodies are not kept for a second try. */
const REPLAYABLE_BYTES = 1_000_000;

export type RequestBody =
  | { kind: "none" }
  /** Whole in memory: may be sent again. */
  | { kind: "bytes"; bytes: Uint8Array<ArrayBuffer> }
  /** Sent as it comes, once. */
  | { kind: "stream"; stream: ReadableStream<Uint8Array> };

type Reader = ReadableStreamDefaultReader<Uint8Array>;

/** Takes the body into memory when it is small, so that the call can be sent again, and leaves it a stream otherwise. */
export async function takeBody(request: Request): Promise<RequestBody> {
  if (request.body === null) return { kind: "none" };
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { kind: "bytes", bytes: join(chunks, size) };
    chunks.push(value);
    size += value.byteLength;
    if (size > REPLAYABLE_BYTES) return { kind: "stream", stream: continued(chunks, reader) };
  }
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}

function continued(chunks: Uint8Array[], reader: Reader): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const kept = chunks.shift();
        if (kept !== undefined) {
          controller.enqueue(kept);
          return;
        }
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel(reason) {
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
