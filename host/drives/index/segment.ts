/**
 * Names of a drive as they were at one time, packed into a few arrays: folders by `folderKey`, entries by folder and name (both
 * in the order of JavaScript's `<`), and from every word of a name to the entries that have it. What is packed never
 * changes; a newer segment says what became of it.
 */
export interface Segment {
  /** Of folders: where their keys begin in `folderPaths`, and their entries in those that follow. */
  folderPathStarts: Uint32Array;
  folderPaths: Uint8Array;
  folderStarts: Uint32Array;
  /** The folder that it lies in; `NO_FOLDER` for the top. Every folder has all those above it. */
  folderParents: Uint32Array;
  folderFlags: Uint8Array;
  /** In which pass it was last looked at. */
  folderPasses: Uint32Array;
  /** Two numbers each: what its version was, shortened; zero twice: it had none. */
  folderVersions: Uint32Array;

  nameStarts: Uint32Array;
  names: Uint8Array;
  sizesLow: Uint32Array;
  sizesHigh: Uint16Array;
  /** Seconds since 1970; zero: not known. */
  times: Uint32Array;
  entryFlags: Uint8Array;

  /** In the order of `<`. */
  wordStarts: Uint32Array;
  words: Uint8Array;
  /** Varints of differences: twice the entry, and one more where it is not the first word of the name. Folders follow entries. */
  postingStarts: Uint32Array;
  postings: Uint8Array;
  /** Varints of differences of words, by the hash of three bytes that they have. */
  gramStarts: Uint32Array;
  grams: Uint8Array;

  /** What older segments hold and is gone, as JSON. */
  removals: Uint8Array;
}

/** Nothing that an older segment says of this folder counts. */
export const WHOLE = 1;
/** It is itself known, and not only as the way to another. */
export const KNOWN = 2;

export const IS_FOLDER = 1;
export const NO_FOLDER = 0xffffffff;
export const GRAM_BUCKETS = 65_536;
/** No size is known. */
export const NO_SIZE = 2 ** 48 - 1;

const arrays = {
  folderPathStarts: Uint32Array,
  folderPaths: Uint8Array,
  folderStarts: Uint32Array,
  folderParents: Uint32Array,
  folderFlags: Uint8Array,
  folderPasses: Uint32Array,
  folderVersions: Uint32Array,
  nameStarts: Uint32Array,
  names: Uint8Array,
  sizesLow: Uint32Array,
  sizesHigh: Uint16Array,
  times: Uint32Array,
  entryFlags: Uint8Array,
  wordStarts: Uint32Array,
  words: Uint8Array,
  postingStarts: Uint32Array,
  postings: Uint8Array,
  gramStarts: Uint32Array,
  grams: Uint8Array,
  removals: Uint8Array,
} as const satisfies Record<keyof Segment, unknown>;

const NAMES = Object.keys(arrays);
const FORMAT = 1;

/** One buffer: the number of the format, the length of each array, the arrays. */
export function encodeSegment(segment: Segment): Buffer[] {
  const parts = NAMES.map((name) => bytesOf(Reflect.get(segment, name)));
  const head = Buffer.alloc(8 * (NAMES.length + 1));
  head.writeUInt32LE(FORMAT, 0);
  for (const [index, part] of parts.entries()) head.writeUIntLE(part.length, 8 * (index + 1), 6);
  return [head, ...parts.flatMap((part) => [part, Buffer.alloc(-part.length & 7)])];
}

function bytesOf(value: unknown): Buffer {
  if (!ArrayBuffer.isView(value)) throw new TypeError("a segment is made of arrays");
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}

/** Undefined: it was written by another version. */
export function decodeSegment(bytes: Uint8Array<ArrayBuffer>): Segment | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length < 8 * (NAMES.length + 1) || view.readUInt32LE(0) !== FORMAT) return undefined;
  const segment: Record<string, unknown> = {};
  let at = 8 * (NAMES.length + 1);
  for (const [index, [name, Kind]] of Object.entries(arrays).entries()) {
    const length = view.readUIntLE(8 * (index + 1), 6);
    if (at + length > view.length) return undefined;
    segment[name] = new Kind(bytes.buffer, bytes.byteOffset + at, length / Kind.BYTES_PER_ELEMENT);
    at += length + (-length & 7);
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every name has just been given its array
  return segment as unknown as Segment;
}

export function folderCount({ folderFlags }: Segment): number {
  return folderFlags.length;
}

export function entryCount({ entryFlags }: Segment): number {
  return entryFlags.length;
}

export function folderPathAt(segment: Segment, folder: number): string {
  return folderKeyAt(segment, folder).replaceAll("\0", "/");
}

function folderKeyAt(segment: Segment, folder: number): string {
  return textIn(segment.folderPaths, segment.folderPathStarts, folder);
}

/** In the order of these, what lies in a folder follows it: `a`, `a/b`, `a b`. */
export function folderKey(path: string): string {
  return path.replaceAll("/", "\0");
}

export function nameAt(segment: Segment, entry: number): string {
  return textIn(segment.names, segment.nameStarts, entry);
}

export function wordAt(segment: Segment, word: number): string {
  return textIn(segment.words, segment.wordStarts, word);
}

/** The last name of its path. */
export function folderNameAt(segment: Segment, folder: number): string {
  const path = folderPathAt(segment, folder);
  return path.slice(path.lastIndexOf("/") + 1);
}

export function sizeAt({ sizesLow, sizesHigh }: Segment, entry: number): number | null {
  const size = (sizesHigh[entry] ?? 0) * 2 ** 32 + (sizesLow[entry] ?? 0);
  return size === NO_SIZE ? null : size;
}

export function folderVersionAt({ folderVersions }: Segment, folder: number): string {
  const [high = 0, low = 0] = folderVersions.subarray(2 * folder, 2 * folder + 2);
  return high === 0 && low === 0 ? "" : hex(high) + hex(low);
}

/** Where a folder stands; -1: it is not here. */
export function findFolder(segment: Segment, path: string): number {
  const key = folderKey(path);
  const at = lowerBound(folderCount(segment), (index) => folderKeyAt(segment, index) < key);
  return at < folderCount(segment) && folderKeyAt(segment, at) === key ? at : -1;
}

/** This folder and those somewhere within it: from the first to before the second. */
export function foldersWithin(segment: Segment, path: string): [number, number] {
  const count = folderCount(segment);
  if (path === "") return [0, count];
  const key = folderKey(path);
  const from = lowerBound(count, (index) => folderKeyAt(segment, index) < key);
  const to = lowerBound(count, (index) => folderKeyAt(segment, index) < `${key}\u0001`);
  return [from, to];
}

/** -1: the folder has no such entry. */
export function findEntry(segment: Segment, folder: number, name: string): number {
  const from = segment.folderStarts[folder] ?? 0;
  const to = segment.folderStarts[folder + 1] ?? 0;
  const at = from + lowerBound(to - from, (index) => nameAt(segment, from + index) < name);
  return at < to && nameAt(segment, at) === name ? at : -1;
}

/** The first for which it is no longer before. */
export function lowerBound(count: number, isBefore: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The bucket of three bytes. */
export function gramOf(a: number, b: number, c: number): number {
  return Math.imul(a | (b << 8) | (c << 16), 0x9e3779b1) >>> 16;
}

function textIn(bytes: Uint8Array, starts: Uint32Array, index: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(
    "utf8",
    starts[index] ?? 0,
    starts[index + 1] ?? 0,
  );
}

function hex(value: number): string {
  return value.toString(16).padStart(8, "0");
}
