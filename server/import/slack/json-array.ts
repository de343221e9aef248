import { AppError } from "#contract/problem.ts";

/** A longer element is not a message: the parser would otherwise hold it whole. */
const MAX_ELEMENT_BYTES = 64 * 1024 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = new Set([0x7b, 0x5b]);
const CLOSE = new Set([0x7d, 0x5d]);
const SPACE = new Set([0x20, 0x09, 0x0a, 0x0d]);
const COMMA = 0x2c;
const LINE_FEED = 0x0a;

/**
 * Reads a file that is one JSON array of objects, however long, holding one element at a time. Yields the elements of
 * each chunk read. @throws AppError badRequest naming the file and the byte and line where it cannot be read.
 */
export async function* readJsonArray(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  maxElementBytes = MAX_ELEMENT_BYTES,
): AsyncGenerator<unknown[]> {
  const scanner = new ArrayScanner(file, maxElementBytes);
  for await (const chunk of chunks) {
    const values = scanner.push(chunk);
    if (values.length > 0) yield values;
  }
  scanner.end();
}

class ArrayScanner {
  readonly #file: string;
  readonly #maxElementBytes: number;
  #state: "start" | "value" | "afterValue" | "done" = "start";
  #isFirst = true;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  #offset = 0;
  #line = 1;
  #elementOffset = 0;
  #elementLine = 1;
  #held: Uint8Array[] = [];
  #heldBytes = 0;

  constructor(file: string, maxElementBytes: number) {
    this.#file = file;
    this.#maxElementBytes = maxElementBytes;
  }

  push(chunk: Uint8Array): unknown[] {
    const values: unknown[] = [];
    let from = this.#depth > 0 ? 0 : -1;
    for (let index = 0; index < chunk.length; index += 1) {
      const byte = chunk[index] ?? 0;
      if (byte === LINE_FEED) this.#line += 1;
      if (this.#depth === 0) {
        if (this.#between(byte, this.#offset + index)) from = index;
        continue;
      }
      if (!this.#inside(byte)) continue;
      values.push(this.#parse(chunk.subarray(from, index + 1)));
      from = -1;
      this.#state = "afterValue";
    }
    if (from >= 0) this.#hold(chunk.subarray(from));
    this.#offset += chunk.length;
    return values;
  }

  end(): void {
    if (this.#state !== "done") throw this.#refuse(this.#offset, this.#line, "the file ends too soon");
  }

  /** Outside elements: true where one begins. */
  #between(byte: number, offset: number): boolean {
    if (SPACE.has(byte)) return false;
    // a byte order mark
    if (this.#state === "start" && offset < 3 && (byte === 0xef || byte === 0xbb || byte === 0xbf))
      return false;
    if (this.#state === "start" && byte === 0x5b) this.#state = "value";
    else if (this.#state === "afterValue" && byte === COMMA) this.#state = "value";
    else if (byte === 0x5d && (this.#state === "afterValue" || (this.#state === "value" && this.#isFirst)))
      this.#state = "done";
    else if (this.#state === "value" && byte === 0x7b) return this.#begin(offset);
    else
      throw this.#refuse(
        offset,
        this.#line,
        this.#state === "start" ? "a JSON array is expected" : "an object is expected",
      );
    return false;
  }

  #begin(offset: number): boolean {
    this.#isFirst = false;
    this.#depth = 1;
    this.#elementOffset = offset;
    this.#elementLine = this.#line;
    return true;
  }

  /** Inside an element: true on its last byte. */
  #inside(byte: number): boolean {
    if (this.#isInString) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (byte === BACKSLASH) this.#isEscaped = true;
      else if (byte === QUOTE) this.#isInString = false;
      return false;
    }
    if (byte === QUOTE) this.#isInString = true;
    else if (OPEN.has(byte)) this.#depth += 1;
    else if (CLOSE.has(byte)) this.#depth -= 1;
    return this.#depth === 0;
  }

  #hold(part: Uint8Array): void {
    this.#held.push(Buffer.from(part));
    this.#heldBytes += part.length;
    if (this.#heldBytes > this.#maxElementBytes) {
      throw this.#refuse(
        this.#elementOffset,
        this.#elementLine,
        `an element is longer than ${this.#maxElementBytes} bytes`,
      );
    }
  }

  #parse(part: Uint8Array): unknown {
    const bytes = this.#held.length === 0 ? part : Buffer.concat([...this.#held, part]);
    this.#held = [];
    this.#heldBytes = 0;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
    try {
      return JSON.parse(text);
    } catch (error) {
      throw this.#refuse(
        this.#elementOffset,
        this.#elementLine,
        error instanceof Error ? error.message : "not JSON",
      );
    }
  }

  #refuse(offset: number, line: number, why: string): AppError {
    const detail = `${this.#file}: byte ${offset}, line ${line}: ${why}`;
    return new AppError("badRequest", { title: "A file of the export cannot be read", detail });
  }
}
