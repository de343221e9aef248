import { createHash, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { buildBlockMap } from "app-builder-lib/out/targets/blockmap/blockmap.js";
import { headTextOf } from "#contract/desktop/update-signature.ts";

/** A folder of updates as an administrator puts it on a server, and a server that gives parts of files. */

export interface SigningKey {
  privateKey: KeyObject;
  publicKey: string;
}

export function createSigningKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const bytes = publicKey.export({ type: "spki", format: "der" }).subarray(-32);
  return { privateKey, publicKey: bytes.toString("base64") };
}

/** Bytes that do not compress and of which no two blocks are alike, always the same. */
function noise(seed: string, sizeBytes: number): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < sizeBytes; at += 64) parts.push(createHash("sha512").update(`${seed}${at}`).digest());
  return Buffer.concat(parts).subarray(0, sizeBytes);
}

/** Leaves a mark when it is started, and ends. */
const SCRIPT = '#!/bin/sh\ntouch "$0.started"\nexit 0\n';

/** A program with its block map, as electron-builder makes an AppImage: versions differ in their middle. */
export async function writeProgram(path: string, version: string, hasOwnMap = true) {
  const same = noise("same", 400_000);
  const content = Buffer.concat([Buffer.from(SCRIPT), same, noise(version, 40_000), same.toReversed()]);
  await writeFile(path, content);
  // Within the file for an AppImage, beside it for an installer of Windows.
  return hasOwnMap ? buildBlockMap(path, "deflate") : buildBlockMap(path, "gzip", `${path}.blockmap`);
}

export interface Offer {
  version?: string;
  releaseDate?: string;
  stagingPercentage?: number;
  /** Name of a file in the list other than the program's own. */
  url?: string;
  key?: SigningKey;
  signedAt?: string;
  expiresAt?: string;
  /** Other than that of the list itself. */
  signedFile?: string;
  channel?: string;
  /** An installer of Windows. */
  isWindows?: boolean;
}

export class UpdateMirror {
  readonly folder: string;
  readonly key = createSigningKey();
  /** Bytes given out, by name. */
  readonly given = new Map<string, number>();
  /** Names of the headers that it was asked with. */
  readonly headers = new Set<string>();
  /** Instead of the file itself. */
  readonly instead = new Map<string, (response: ServerResponse) => void>();

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Writes program, list and signature of one version. */
  async offer(offer: Offer = {}): Promise<string> {
    const { version = "1.1.0", channel = "latest", stagingPercentage, key = this.key } = offer;
    const isWindows = offer.isWindows === true;
    const name = `Parvis-${version}.${isWindows ? "exe" : "AppImage"}`;
    const program = join(this.folder, name);
    const { sha512, size, blockMapSize } = await writeProgram(program, version, !isWindows);
    const url = offer.url ?? name;
    const list = [
      `version: ${version}`,
      "files:",
      `  - url: ${url}`,
      `    sha512: ${sha512}`,
      `    size: ${size}`,
      ...(blockMapSize === undefined ? [] : [`    blockMapSize: ${blockMapSize}`]),
      `path: ${url}`,
      `sha512: ${sha512}`,
      `releaseDate: '${offer.releaseDate ?? "2026-11-01T18:00:00.000Z"}'`,
      ...(stagingPercentage === undefined ? [] : [`stagingPercentage: ${stagingPercentage}`]),
      "",
    ].join("\n");
    const file = isWindows ? `${channel}.yml` : `${channel}-linux.yml`;
    await writeFile(join(this.folder, file), list);
    const { signedAt = new Date().toISOString(), expiresAt, signedFile = file } = offer;
    const head = headTextOf({
      file: signedFile,
      signedAt,
      ...(expiresAt === undefined ? {} : { expiresAt }),
    });
    const id = createHash("sha256").update(Buffer.from(key.publicKey, "base64")).digest("hex").slice(0, 16);
    const signature = sign(null, Buffer.from(head + list), key.privateKey).toString("base64");
    await writeFile(join(this.folder, `${file}.sig`), `${head}signature: ${id} ${signature}\n`);
    return program;
  }

  /** What its server says. */
  async answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const name = decodeURIComponent(new URL(incoming.url ?? "", "http://x").pathname.slice(1));
    for (const header of Object.keys(incoming.headers)) this.headers.add(header);
    const instead = this.instead.get(name);
    if (instead !== undefined) {
      instead(response);
      return;
    }
    const file = await readFile(join(this.folder, name)).catch(() => undefined);
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    const sent = send(incoming, response, file);
    this.given.set(name, (this.given.get(name) ?? 0) + sent);
  }
}

const BOUNDARY = "PARVIS_PART";

/** The file, one range of it, or several as `multipart/byteranges`; how much that was. */
function send(incoming: IncomingMessage, response: ServerResponse, file: Buffer): number {
  const ranges = (incoming.headers.range ?? "").replace("bytes=", "").split(", ").filter(Boolean);
  const parts = ranges.map((range) => {
    const [from = 0, to = 0] = range.split("-").map(Number);
    return { from, to, bytes: file.subarray(from, to + 1) };
  });
  const [first] = parts;
  if (first === undefined) {
    response.writeHead(200, { "content-length": file.length }).end(file);
    return file.length;
  }
  const head = ({ from, to }: { from: number; to: number }): string => `bytes ${from}-${to}/${file.length}`;
  if (parts.length === 1) {
    response.writeHead(206, { "content-range": head(first) }).end(first.bytes);
    return first.bytes.length;
  }
  const body = Buffer.concat([
    ...parts.flatMap((part) => [
      Buffer.from(`\r\n--${BOUNDARY}\r\nContent-Range: ${head(part)}\r\n\r\n`),
      part.bytes,
    ]),
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
  ]);
  response.writeHead(206, { "content-type": `multipart/byteranges; boundary=${BOUNDARY}` }).end(body);
  return body.length;
}
