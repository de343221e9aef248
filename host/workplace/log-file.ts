import { createWriteStream, mkdirSync, renameSync, statSync, type WriteStream } from "node:fs";
import { dirname } from "node:path";
import { errorCode } from "../files/atomic-file.ts";

const MAX_BYTES = 2_000_000;
const KEPT = 3;

/** Lines appended to a file that is put aside when it grows large: `name.log`, `name.log.1`, `name.log.2`… */
export class LogFile {
  readonly #path: string;
  readonly #maxBytes: number;
  #stream: WriteStream;
  #size: number;

  constructor(path: string, maxBytes = MAX_BYTES) {
    this.#path = path;
    this.#maxBytes = maxBytes;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.#size = sizeOf(path);
    this.#stream = openStream(path);
  }

  write(text: string): void {
    const size = Buffer.byteLength(text);
    if (this.#size + size > this.#maxBytes && this.#size > 0) this.#rotate();
    this.#size += size;
    this.#stream.write(text);
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#stream.end(resolve);
    });
  }

  #rotate(): void {
    this.#stream.end();
    for (let index = KEPT - 1; index >= 0; index -= 1) {
      const from = index === 0 ? this.#path : `${this.#path}.${index}`;
      if (sizeOf(from) > 0) renameSync(from, `${this.#path}.${index + 1}`);
    }
    this.#stream = openStream(this.#path);
    this.#size = 0;
  }
}

function openStream(path: string): WriteStream {
  const stream = createWriteStream(path, { flags: "a", mode: 0o600 });
  // A full disk must not bring the application down for want of a log.
  stream.on("error", () => stream.destroy());
  return stream;
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return 0;
    throw error;
  }
}
