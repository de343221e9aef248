import { networkError } from "./api.ts";

export interface LinesOptions {
  body: ReadableStream<Uint8Array>;
  signal: AbortSignal;
  /** Called with each piece that arrives, for watchdogs. */
  onBytes?: () => void;
}

/**
 * The complete lines of a text stream, those of one network piece at a time; at the end what has no line end.
 * @throws AppError when the stream breaks off.
 */
export async function* readLines(options: LinesOptions): AsyncGenerator<string[]> {
  const reader = options.body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  // A body is tied to the signal of its fetch, which may be another one. Cancelling twice is harmless.
  const cancel = () => {
    reader.cancel().catch(() => undefined);
  };
  options.signal.addEventListener("abort", cancel, { once: true });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      options.signal.throwIfAborted();
      options.onBytes?.();
      const text = done ? decoder.decode() : decoder.decode(value, { stream: true });
      const lines: string[] = [];
      let start = 0;
      // Only what is new is searched: a line of megabytes comes in hundreds of pieces.
      for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
        lines.push(rest + text.slice(start, end));
        rest = "";
        start = end + 1;
      }
      rest += text.slice(start);
      if (done && rest !== "") lines.push(rest);
      if (lines.length > 0) yield lines;
      if (done) return;
    }
  } catch (error) {
    throw networkError(error, options.signal);
  } finally {
    options.signal.removeEventListener("abort", cancel);
    // Left early (a failure further on): the rest is not wanted.
    cancel();
  }
}
