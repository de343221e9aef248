import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join, posix } from "node:path";
import type { Readable } from "node:stream";
import { openPromise, type Entry, type ZipFile } from "yauzl";
import { AppError } from "#contract/problem.ts";

/** The files of an export, wherever they are. Names are relative to where `users.json` or `channels.json` stands. */
export interface ExportSource {
  /** For the space, when none is given. */
  readonly name: string;
  readonly files: ReadonlyMap<string, { sizeBytes: number }>;
  open(name: string): Promise<Readable>;
  close(): void;
}

const MAX_FILES = 1_000_000;
/** Text packs about ten to one; a file that packs far better was made to fill a disk. Nothing is unpacked to disk here. */
const BOMB_RATIO = 200;
const BOMB_BYTES = 64 * 1024 * 1024;

/** @throws AppError badRequest, when this is no export that can be read; notFound, when there is nothing. */
export async function openExport(path: string): Promise<ExportSource> {
  const info = await stat(path).catch((cause: unknown) => {
    throw new AppError("notFound", { title: "Nothing is there", detail: path, cause });
  });
  return info.isDirectory() ? openFolder(path) : openZip(path);
}

async function openFolder(path: string): Promise<ExportSource> {
  const files = new Map<string, { sizeBytes: number }>();
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith(".json")) continue;
    const full = join(entry.parentPath, entry.name);
    const name = full.slice(path.replace(/\/+$/, "").length + 1).replaceAll("\\", "/");
    files.set(name, { sizeBytes: (await stat(full)).size });
    if (files.size > MAX_FILES) throw tooMany(path);
  }
  const root = rootOf(files, path);
  return {
    name: baseName(path),
    files: below(files, root),
    open: (name) => Promise.resolve(createReadStream(join(path, root, name), { highWaterMark: 256 * 1024 })),
    close: () => undefined,
  };
}

async function openZip(path: string): Promise<ExportSource> {
  const unreadable = (cause: unknown): AppError =>
    new AppError("badRequest", {
      title: "The archive cannot be read",
      detail: `${path}: ${cause instanceof Error ? cause.message : String(cause)}`,
      cause,
    });
  let zip: ZipFile;
  const entries = new Map<string, Entry>();
  try {
    zip = await openPromise(path, { autoClose: false, lazyEntries: true });
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith(".json")) entries.set(entry.fileName, entry);
      if (entries.size > MAX_FILES) throw tooMany(path);
    }
  } catch (error) {
    throw error instanceof AppError ? error : unreadable(error);
  }
  const sizes = new Map([...entries].map(([name, entry]) => [name, { sizeBytes: entry.uncompressedSize }]));
  const root = rootOf(sizes, path);
  return {
    name: baseName(path),
    files: below(sizes, root),
    open: async (name) => {
      const entry = entries.get(posix.join(root, name));
      if (entry === undefined) throw new AppError("notFound", { title: "Not in the archive", detail: name });
      refuseBomb(entry);
      return zip.openReadStreamPromise(entry).catch((error: unknown) => {
        throw unreadable(error);
      });
    },
    close: () => {
      zip.close();
    },
  };
}

function refuseBomb(entry: Entry): void {
  const { uncompressedSize, compressedSize, fileName } = entry;
  if (uncompressedSize < BOMB_BYTES || uncompressedSize < compressedSize * BOMB_RATIO) return;
  throw new AppError("badRequest", {
    title: "A file of the archive unpacks to far too much",
    detail: `${fileName}: ${compressedSize} bytes would become ${uncompressedSize}`,
  });
}

/** Archives made by hand often hold one folder that holds the export. */
function rootOf(files: ReadonlyMap<string, unknown>, path: string): string {
  const candidates = [...files.keys()].filter((name) => /(^|\/)(users|channels)\.json$/.test(name));
  const [shallowest] = candidates.toSorted((a, b) => a.split("/").length - b.split("/").length);
  if (shallowest !== undefined) return posix.dirname(shallowest) === "." ? "" : posix.dirname(shallowest);
  throw new AppError("badRequest", {
    title: "This is not a Slack export",
    detail: `${path}: neither users.json nor channels.json is in it`,
  });
}

function below<T>(files: ReadonlyMap<string, T>, root: string): Map<string, T> {
  if (root === "") return new Map(files);
  const prefix = `${root}/`;
  const kept = [...files].filter(([name]) => name.startsWith(prefix));
  return new Map(kept.map(([name, value]) => [name.slice(prefix.length), value]));
}

function baseName(path: string): string {
  return posix.basename(path.replaceAll("\\", "/").replace(/\/+$/, "")).replace(/\.zip$/i, "") || "Slack";
}

function tooMany(path: string): AppError {
  return new AppError("tooLarge", { title: "Too many files", detail: `${path}: more than ${MAX_FILES}` });
}
