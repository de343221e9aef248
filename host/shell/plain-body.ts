import { IncomingMessage } from "node:http";

/**
 * A file on its way to a drive, with the pieces that came from the socket: Node's own way from its streams to those of the
 * web copies each of them, which was a third of the work of an upload. Other requests stay as they are.
 */
export function withPlainBody(request: Request, incoming: unknown): Request {
  const isUpload =
    incoming instanceof IncomingMessage &&
    incoming.method === "PUT" &&
    incoming.url?.startsWith("/drives/") === true;
  if (!isUpload) return request;
  let body: ReadableStream<Uint8Array> | undefined;
  // The same request, not another one made of it: that would no longer hear of its end once this one is collected.
  return Object.defineProperty(request, "body", { get: () => (body ??= plainBody(incoming)) });
}

function plainBody(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  let isCancelled = false;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        for (;;) {
          const piece: unknown = incoming.read();
          if (piece instanceof Uint8Array) return controller.enqueue(piece);
          if (incoming.readableEnded) return controller.close();
          // oxlint-disable-next-line no-await-in-loop -- until something is there
          await somethingCame(incoming);
          if (isCancelled) return;
        }
      },
      // The shell itself reads what nobody wants, or ends the connection.
      cancel() {
        isCancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
}

/** @throws Error when the connection broke */
async function somethingCame(incoming: IncomingMessage): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onClose = (): void => {
    if (incoming.readableEnded) resolve();
    else reject(incoming.errored ?? new Error("The connection broke before everything had come"));
  };
  incoming.on("readable", resolve).on("end", resolve).on("close", onClose).on("error", reject);
  try {
    if (incoming.destroyed) onClose();
    await promise;
  } finally {
    incoming.off("readable", resolve).off("end", resolve).off("close", onClose).off("error", reject);
  }
}
