import { AppError } from "#contract/problem.ts";

export interface FileToZip {
  /** With `/` between folders; a folder ends with one. */
  path: string;
  /** Null for a folder. */
  url: string | null;
  modifiedAt: string;
}

interface Entry {
  name: Uint8Array<ArrayBuffer>;
  crc: number;
  size: number;
  stamp: number;
  offset: number;
}

/** Beyond, archives need another form (ZIP64) that old unpackers do not know. */
const MOST_BYTES = 4_000_000_000;
const MOST_ENTRIES = 65_000;
const UTF8_NAMES = 0x0800;
const NEEDED_VERSION = 20;

/**
 * One archive of several files, not compressed (most are already): .ZIP File Format Specification 6.3.10, 4.3. Bytes stay in
 * the browser's blobs, which live on disk when they are many.
 * @throws AppError when a file cannot be read, or it would be too large
 */
export async function zipFiles(files: readonly FileToZip[], fetch = globalThis.fetch): Promise<Blob> {
  if (files.length > MOST_ENTRIES) throw tooLarge(`${files.length} files`);
  const parts: BlobPart[] = [];
  const entries: Entry[] = [];
  let offset = 0;
  for (const file of files) {
    const body = file.url === null ? new Blob([]) : await read(file.url, file.path, fetch);
    const name = new TextEncoder().encode(file.path);
    const entry = { name, crc: await crcOf(body), size: body.size, stamp: stampOf(file.modifiedAt), offset };
    const head = localHead(entry);
    if (offset + head.length + body.size > MOST_BYTES) throw tooLarge(file.path);
    parts.push(head, body);
    entries.push(entry);
    offset += head.length + body.size;
  }
  const directory = entries.map(directoryHead);
  const size = directory.reduce((sum, each) => sum + each.length, 0);
  return new Blob([...parts, ...directory, endOf(entries.length, size, offset)], { type: "application/zip" });
}

function tooLarge(detail: string): AppError {
  return new AppError("tooLarge", { title: "This is too much for one archive", detail });
}

async function read(url: string, path: string, fetch: typeof globalThis.fetch): Promise<Blob> {
  const response = await fetch(url);
  if (response.ok) return await response.blob();
  throw new AppError(response.status === 404 ? "notFound" : "offline", {
    title: "A file could not be read",
    detail: path,
  });
}

function fields(bytes: number, write: (view: DataView) => void): Uint8Array<ArrayBuffer> {
  const array = new Uint8Array(bytes);
  write(new DataView(array.buffer));
  return array;
}

function joined(head: Uint8Array, name: Uint8Array): Uint8Array<ArrayBuffer> {
  const array = new Uint8Array(head.length + name.length);
  array.set(head);
  array.set(name, head.length);
  return array;
}

/** What both heads say of a file, from the version on. */
function facts(view: DataView, at: number, { crc, size, stamp, name }: Entry): void {
  view.setUint16(at, NEEDED_VERSION, true);
  view.setUint16(at + 2, UTF8_NAMES, true);
  view.setUint32(at + 6, stamp, true);
  view.setUint32(at + 10, crc, true);
  view.setUint32(at + 14, size, true);
  view.setUint32(at + 18, size, true);
  view.setUint16(at + 22, name.length, true);
}

function localHead(entry: Entry): Uint8Array<ArrayBuffer> {
  const head = fields(30, (view) => {
    view.setUint32(0, 0x04034b50, true);
    facts(view, 4, entry);
  });
  return joined(head, entry.name);
}

function directoryHead(entry: Entry): Uint8Array<ArrayBuffer> {
  const head = fields(46, (view) => {
    view.setUint32(0, 0x02014b50, true);
    view.setUint16(4, NEEDED_VERSION, true);
    facts(view, 6, entry);
    view.setUint32(42, entry.offset, true);
  });
  return joined(head, entry.name);
}

function endOf(count: number, size: number, offset: number): Uint8Array<ArrayBuffer> {
  return fields(22, (view) => {
    view.setUint32(0, 0x06054b50, true);
    view.setUint16(8, count, true);
    view.setUint16(10, count, true);
    view.setUint32(12, size, true);
    view.setUint32(16, offset, true);
  });
}

/** Date and time as MS-DOS had them, the time in the low half. */
function stampOf(iso: string): number {
  const date = new Date(iso);
  const years = Math.max(0, date.getFullYear() - 1980);
  const day = (years << 9) | ((date.getMonth() + 1) << 5) | date.getDate();
  const time = (date.getHours() << 11) | (date.getMinutes() << 5) | (date.getSeconds() >> 1);
  return ((day << 16) | time) >>> 0;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

async function crcOf(body: Blob): Promise<number> {
  let crc = 0xffffffff;
  for await (const chunk of body.stream())
    for (const byte of chunk) crc = (TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
