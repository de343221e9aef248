import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { errorCode } from "../files/atomic-file.ts";

const MAX_BYTES = 2_000_000;
const KEPT = 3;

/**
 * Lines appended to a file that is put aside when it grows large: `name.log`, `name.log.1`, `name.log.2`… Written at once,
 * so that the last words before a crash are there.
 */
export class LogFile {
  readonly #path: string;
  readonly #maxBytes: number;
  #descriptor: number | undefined;
  #size: number;

  constructor(path: string, maxBytes = MAX_BYTES) {
    this.#path = path;
    this.#maxBytes = maxBytes;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.#size = sizeOf(path);
    this.#descriptor = openSync(path, "a", 0o600);
  }

  /** Does nothing once closed. */
  write(text: string): void {
    if (this.#descriptor === undefined) return;
    const size = Buffer.byteLength(text);
    try {
      if (this.#size + size > this.#maxBytes && this.#size > 0) this.#rotate(this.#descriptor);
      writeSync(this.#descriptor, text);
      this.#size += size;
    } catch (error) {
      // A full disk must not bring the application down for want of a log.
      if (errorCode(error) !== "ENOSPC") throw error;
    }
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #rotate(descriptor: number): void {
    closeSync(descriptor);
    this.#descriptor = undefined;
    for (let index = KEPT - 1; index >= 0; index -= 1) {
      const from = index === 0 ? this.#path : `${this.#path}.${index}`;
      if (sizeOf(from) > 0) renameSync(from, `${this.#path}.${index + 1}`);
    }
    this.#descriptor = openSync(this.#path, "a", 0o600);
    this.#size = 0;
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
