import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { basename } from "node:path";
import { errorCode } from "../../files/atomic-file.ts";

/**
 * Files of sealed pieces: length, nonce, AES-256-GCM, tag. Each piece is bound to its file's name and its place in it, so
 * that none can be put elsewhere. Blocking: only workers come here.
 */
const CIPHER = "aes-256-gcm";
const NONCE = 12;
const TAG = 16;
const HEAD = 4;
const PIECE = 1_048_576;

/** Of this drive alone. */
export function driveKey(master: Uint8Array, driveId: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hkdfSync("sha256", master, "", `parvis drive index ${driveId}`, 32));
}

/** Writes all of it before anybody can find it. */
export function writeSealed(path: string, key: Uint8Array, parts: readonly Uint8Array[]): number {
  const temporary = `${path}.tmp`;
  const file = openSync(temporary, "w", 0o600);
  let written = 0;
  try {
    let index = 0;
    for (const part of parts)
      for (let at = 0; at < part.length; at += PIECE) {
        const piece = seal(part.subarray(at, at + PIECE), key, placeOf(path, index));
        writeAll(file, piece);
        written += piece.length;
        index += 1;
      }
    fsyncSync(file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
  return written;
}

/** Undefined: it is not there, not whole, or not of this key. `length`: of what was sealed. */
export function readSealed(
  path: string,
  key: Uint8Array,
  length: number,
): Uint8Array<ArrayBuffer> | undefined {
  const sealed = readIfThere(path);
  if (sealed === undefined) return undefined;
  const plain = new Uint8Array(length);
  let at = 0;
  for (const { bytes } of pieces(sealed, path, key)) {
    if (at + bytes.length > length) return undefined;
    plain.set(bytes, at);
    at += bytes.length;
  }
  return at === length ? plain : undefined;
}

/** A file that grows by one piece at a time. What was cut off while it was written is left out, and cut off. */
export class SealedLog {
  readonly #path: string;
  readonly #key: Uint8Array;
  readonly #file: number;
  #index = 0;
  #bytes = 0;

  private constructor(path: string, key: Uint8Array, file: number) {
    this.#path = path;
    this.#key = key;
    this.#file = file;
  }

  static open(path: string, key: Uint8Array, onPiece: (bytes: Buffer) => void): SealedLog {
    const sealed = readIfThere(path) ?? Buffer.alloc(0);
    const file = openSync(path, "a", 0o600);
    const log = new SealedLog(path, key, file);
    for (const { bytes, end } of pieces(sealed, path, key)) {
      onPiece(bytes);
      log.#index += 1;
      log.#bytes = end;
    }
    if (log.#bytes < sealed.length) truncateSync(path, log.#bytes);
    return log;
  }

  get bytes(): number {
    return this.#bytes;
  }

  append(bytes: Uint8Array): void {
    const piece = seal(bytes, this.#key, placeOf(this.#path, this.#index));
    writeAll(this.#file, piece);
    this.#index += 1;
    this.#bytes += piece.length;
  }

  sync(): void {
    fsyncSync(this.#file);
  }

  close(): void {
    closeSync(this.#file);
  }
}

function* pieces(sealed: Buffer, path: string, key: Uint8Array): Generator<{ bytes: Buffer; end: number }> {
  let at = 0;
  for (let index = 0; at + HEAD + NONCE + TAG <= sealed.length; index += 1) {
    const end = at + HEAD + sealed.readUInt32LE(at);
    if (end > sealed.length || end < at + HEAD + NONCE + TAG) return;
    const bytes = open(sealed.subarray(at + HEAD, end), key, placeOf(path, index));
    if (bytes === undefined) return;
    yield { bytes, end };
    at = end;
  }
}

function seal(bytes: Uint8Array, key: Uint8Array, place: Buffer): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(place);
  const body = cipher.update(bytes);
  cipher.final();
  const head = Buffer.alloc(HEAD);
  head.writeUInt32LE(NONCE + body.length + TAG);
  return Buffer.concat([head, nonce, body, cipher.getAuthTag()]);
}

function open(sealed: Buffer, key: Uint8Array, place: Buffer): Buffer | undefined {
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE), { authTagLength: TAG });
  decipher.setAAD(place).setAuthTag(sealed.subarray(-TAG));
  const bytes = decipher.update(sealed.subarray(NONCE, -TAG));
  try {
    decipher.final();
    return bytes;
  } catch {
    return undefined;
  }
}

function placeOf(path: string, index: number): Buffer {
  return Buffer.from(`${basename(path)} ${index}`);
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
