import {
  nameOf,
  parentPath,
  TOP,
  drivePathSchema,
  type DriveEntry,
  type DrivePath,
  type DriveQuota,
} from "#contract/drives.ts";
import { toIsoTime } from "#contract/time.ts";
import { DriveError } from "../drives/drive-error.ts";
import type {
  Drive,
  DriveCall,
  DriveCapabilities,
  DriveChange,
  DriveContent,
  HeldLock,
  NewContent,
  PlaceOptions,
  ReadOptions,
} from "../drives/drive.ts";

interface MemoryFile {
  kind: "file" | "folder";
  bytes: Uint8Array<ArrayBuffer>;
  modifiedMs: number;
  version: number;
  id: number;
  lock?: { token: string; expiresMs: number };
}

export interface MemoryDriveOptions {
  canWrite?: boolean;
  canTellChanges?: boolean;
  canReadParts?: boolean;
  /** Bytes that fit. */
  roomBytes?: number;
  now?: () => number;
}

const LOCK_MS = 60_000;

/** A drive of a test: all of the port, in memory. What somebody else changes is done through `drive` as well. */
export class MemoryDrive implements Drive {
  readonly #files = new Map<string, MemoryFile>();
  readonly #options: Required<MemoryDriveOptions>;
  readonly #changes: DrivePath[] = [];
  #count = 0;
  /** Thrown by every call while it is set: a server that is gone, a password that ended. */
  failure: DriveError | undefined;
  /** Calls wait for it. */
  holdUp: Promise<void> = Promise.resolve();
  /** What was asked, by name of the call and path. */
  readonly asked: string[] = [];
  isClosed = false;

  constructor(options: MemoryDriveOptions = {}) {
    this.#options = {
      canWrite: true,
      canTellChanges: false,
      canReadParts: true,
      roomBytes: 1e9,
      now: Date.now,
      ...options,
    };
    this.#files.set(TOP, this.#made("folder"));
  }

  async capabilities(call: DriveCall): Promise<DriveCapabilities> {
    await this.#begin("capabilities", TOP, call);
    const { canWrite, canReadParts, canTellChanges } = this.#options;
    return { canWrite, canReadParts, canTellChanges, canLock: true, isCaseSensitive: true };
  }

  async *list(path: DrivePath, call: DriveCall): AsyncGenerator<DriveEntry> {
    await this.#begin("list", path, call);
    this.#folder(path);
    for (const child of this.#childrenOf(path)) {
      if (call.signal.aborted) throw givenUp();
      await this.#begin("entry", child, call);
      const file = this.#files.get(child);
      if (file !== undefined) yield this.#entry(child, file);
    }
  }

  async stat(path: DrivePath, call: DriveCall): Promise<DriveEntry> {
    await this.#begin("stat", path, call);
    return this.#entry(path, this.#find(path));
  }

  async read(path: DrivePath, wanted: ReadOptions, call: DriveCall): Promise<DriveContent> {
    await this.#begin("read", path, call);
    const file = this.#find(path);
    if (file.kind !== "file") throw new DriveError("notAFile", { title: "It is a folder" });
    const entry = this.#entry(path, file);
    if (wanted.ifVersion !== undefined && wanted.ifVersion !== entry.version) throw changed();
    const range = this.#options.canReadParts ? wanted.range : undefined;
    const first = range?.first ?? 0;
    const bytes = file.bytes.subarray(first, (range?.last ?? file.bytes.length - 1) + 1);
    return { entry, first, sizeBytes: bytes.length, stream: this.#stream(path, file, bytes, call) };
  }

  async write(path: DrivePath, content: NewContent, call: DriveCall): Promise<DriveEntry> {
    await this.#begin("write", path, call);
    this.#assertWritable();
    this.#judge(path, content);
    const bytes = await this.#taken(content, call);
    this.#judge(path, content);
    const before = this.#files.get(path);
    const file = { ...this.#made("file"), ...(before === undefined ? {} : { id: before.id }), bytes };
    if (before?.lock !== undefined) file.lock = before.lock;
    if (content.modifiedAt !== undefined) file.modifiedMs = Date.parse(content.modifiedAt);
    this.#put(path, file);
    return this.#entry(path, file);
  }

  async makeFolder(path: DrivePath, call: DriveCall): Promise<DriveEntry> {
    await this.#begin("makeFolder", path, call);
    this.#assertWritable();
    this.#folder(parentPath(path));
    if (this.#files.has(path)) throw exists();
    const folder = this.#made("folder");
    this.#put(path, folder);
    return this.#entry(path, folder);
  }

  async move(from: DrivePath, to: DrivePath, options: PlaceOptions, call: DriveCall): Promise<DriveEntry> {
    await this.#begin("move", from, call);
    return this.#place(from, to, options, true);
  }

  async copy(from: DrivePath, to: DrivePath, options: PlaceOptions, call: DriveCall): Promise<DriveEntry> {
    await this.#begin("copy", from, call);
    return this.#place(from, to, options, false);
  }

  async remove(path: DrivePath, { ifVersion }: { ifVersion?: string }, call: DriveCall): Promise<void> {
    await this.#begin("remove", path, call);
    this.#assertWritable();
    const entry = this.#entry(path, this.#find(path));
    if (ifVersion !== undefined && ifVersion !== entry.version) throw changed();
    for (const one of this.#treeOf(path)) this.#drop(one);
  }

  async lock(path: DrivePath, call: DriveCall): Promise<HeldLock> {
    await this.#begin("lock", path, call);
    const file = this.#find(path);
    if (this.#lockOf(file) !== undefined) throw locked();
    const lock = { token: `token-${(this.#count += 1)}`, expiresMs: this.#options.now() + LOCK_MS };
    file.lock = lock;
    return { path, token: lock.token, expiresAt: toIsoTime(lock.expiresMs) };
  }

  async refresh(held: HeldLock, call: DriveCall): Promise<HeldLock> {
    await this.#begin("refresh", held.path, call);
    const lock = this.#lockOf(this.#find(held.path));
    if (lock?.token !== held.token) throw notFound("the lock");
    lock.expiresMs = this.#options.now() + LOCK_MS;
    return { ...held, expiresAt: toIsoTime(lock.expiresMs) };
  }

  async unlock(held: HeldLock, call: DriveCall): Promise<void> {
    await this.#begin("unlock", held.path, call);
    const file = this.#files.get(held.path);
    if (file?.lock?.token === held.token) delete file.lock;
  }

  async quota(call: DriveCall): Promise<DriveQuota> {
    await this.#begin("quota", TOP, call);
    const usedBytes = this.#used();
    return { usedBytes, availableBytes: this.#options.roomBytes - usedBytes };
  }

  async *changes(cursor: string | null, call: DriveCall): AsyncGenerator<DriveChange> {
    await this.#begin("changes", TOP, call);
    if (!this.#options.canTellChanges) throw new DriveError("unsupported", { title: "It tells no changes" });
    const since = cursor === null ? 0 : Number(cursor);
    const paths = cursor === null ? [...this.#files.keys()] : this.#changes.slice(since);
    for (const path of new Set(paths.filter((one) => one !== ""))) {
      const parsed = drivePathSchema.parse(path);
      const file = this.#files.get(path);
      if (file !== undefined) yield { kind: "put", entry: this.#entry(parsed, file) };
      else yield { kind: "removed", path: parsed };
    }
    yield { kind: "cursor", cursor: String(this.#changes.length) };
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }

  /** Every path, of folders with a `/` behind. */
  get paths(): string[] {
    return [...this.#files]
      .flatMap(([path, { kind }]) => (path === "" ? [] : [kind === "folder" ? `${path}/` : path]))
      .toSorted();
  }

  /** Puts a file there with the folders that it needs, as somebody else does. */
  seed(path: string, text = ""): void {
    const parsed = drivePathSchema.parse(path);
    const parent = parentPath(parsed);
    if (!this.#files.has(parent)) this.seedFolder(parent);
    this.#put(parsed, { ...this.#made("file"), bytes: new TextEncoder().encode(text) });
  }

  seedFolder(path: string): void {
    const parsed = drivePathSchema.parse(path);
    if (this.#files.has(parsed)) return;
    this.seedFolder(parentPath(parsed));
    this.#put(parsed, this.#made("folder"));
  }

  /** As somebody else does. */
  drop(path: string): void {
    for (const one of this.#treeOf(drivePathSchema.parse(path))) this.#drop(one);
  }

  async #begin(what: string, path: DrivePath, { signal }: DriveCall): Promise<void> {
    this.asked.push(`${what} ${path}`);
    const aborted = Promise.withResolvers<never>();
    aborted.promise.catch(() => undefined);
    const onAbort = (): void => aborted.reject(givenUp());
    signal.addEventListener("abort", onAbort, { once: true });
    try {
      if (signal.aborted) throw givenUp();
      await Promise.race([this.holdUp, aborted.promise]);
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
    if (this.isClosed) throw givenUp();
    if (this.failure !== undefined) throw this.failure;
  }

  #made(kind: "file" | "folder"): MemoryFile {
    this.#count += 1;
    return {
      kind,
      bytes: new Uint8Array(),
      modifiedMs: this.#options.now(),
      version: this.#count,
      id: this.#count,
    };
  }

  #entry(path: DrivePath, file: MemoryFile): DriveEntry {
    const lock = this.#lockOf(file);
    return {
      path,
      name: nameOf(path),
      kind: file.kind,
      sizeBytes: file.kind === "file" ? file.bytes.length : null,
      modifiedAt: toIsoTime(file.modifiedMs),
      version: `v${file.version}`,
      fileId: `f${file.id}`,
      mediaType: null,
      lock: lock === undefined ? null : { owner: null, isMine: false, expiresAt: toIsoTime(lock.expiresMs) },
    };
  }

  #stream(
    path: DrivePath,
    file: MemoryFile,
    bytes: Uint8Array<ArrayBuffer>,
    { signal }: DriveCall,
  ): ReadableStream<Uint8Array> {
    let at = 0;
    return new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        await this.holdUp;
        if (signal.aborted) throw givenUp();
        if (this.failure !== undefined) throw this.failure;
        if (this.#files.get(path)?.version !== file.version) throw changed();
        if (at >= bytes.length) {
          controller.close();
          return;
        }
        controller.enqueue(bytes.slice(at, at + 4096));
        at += 4096;
      },
    });
  }

  async #taken({ stream, sizeBytes }: NewContent, { signal }: DriveCall): Promise<Uint8Array<ArrayBuffer>> {
    const pieces: Uint8Array[] = [];
    const room = this.#options.roomBytes - this.#used();
    let length = 0;
    for await (const piece of stream) {
      await this.holdUp;
      if (signal.aborted) throw givenUp();
      pieces.push(piece);
      length += piece.length;
      if (length > room) throw new DriveError("full", { title: "There is no room left" });
    }
    if (signal.aborted) throw givenUp();
    if (sizeBytes !== null && sizeBytes !== length)
      throw new DriveError("damaged", { title: `${length} bytes came instead of ${sizeBytes}` });
    return new Uint8Array(Buffer.concat(pieces));
  }

  #judge(path: DrivePath, { condition, lock }: NewContent): void {
    this.#folder(parentPath(path));
    const there = this.#files.get(path);
    if (there?.kind === "folder") throw new DriveError("notAFile", { title: "It is a folder" });
    const held = there === undefined ? undefined : this.#lockOf(there);
    if (held !== undefined && held.token !== lock?.token) throw locked();
    if (condition === "new" && there !== undefined) throw exists();
    if (typeof condition === "object" && (there === undefined || `v${there.version}` !== condition.ifVersion))
      throw changed();
  }

  #place(from: DrivePath, to: DrivePath, { overwrite = false }: PlaceOptions, isMove: boolean): DriveEntry {
    this.#assertWritable();
    this.#find(from);
    this.#folder(parentPath(to));
    if (to === from || to.startsWith(`${from}/`))
      throw new DriveError("outside", { title: "A folder cannot be put into itself" });
    if (this.#files.has(to) && !overwrite) throw exists();
    if (this.#files.has(to)) for (const one of this.#treeOf(to)) this.#drop(one);
    for (const one of this.#treeOf(from).toReversed()) {
      const file = this.#find(one);
      if (isMove) this.#drop(one);
      const place = drivePathSchema.parse(to + one.slice(from.length));
      const made = this.#made(file.kind);
      this.#put(place, { ...file, ...(isMove ? {} : { id: made.id, version: made.version }) });
    }
    return this.#entry(to, this.#find(to));
  }

  /** What lies deepest first. */
  #treeOf(path: DrivePath): DrivePath[] {
    return [...this.#files.keys()]
      .filter((one) => one === path || one.startsWith(`${path}/`))
      .toSorted()
      .toReversed()
      .map((one) => drivePathSchema.parse(one));
  }

  #childrenOf(path: DrivePath): DrivePath[] {
    return [...this.#files.keys()]
      .map((one) => drivePathSchema.parse(one))
      .filter((one) => one !== "" && parentPath(one) === path);
  }

  #put(path: DrivePath, file: MemoryFile): void {
    const isNew = !this.#files.has(path);
    this.#files.set(path, file);
    this.#changes.push(path);
    if (isNew) this.#touch(parentPath(path));
  }

  #drop(path: DrivePath): void {
    this.#files.delete(path);
    this.#changes.push(path);
    this.#touch(parentPath(path));
  }

  /** A folder is another one when a name in it comes or goes. */
  #touch(path: DrivePath): void {
    const folder = this.#files.get(path);
    if (folder === undefined) return;
    this.#count += 1;
    this.#files.set(path, { ...folder, version: this.#count, modifiedMs: this.#options.now() });
  }

  #find(path: DrivePath): MemoryFile {
    const parent = this.#files.get(parentPath(path));
    if (path !== "" && parent?.kind === "file") throw notFound(path);
    const file = this.#files.get(path);
    if (file === undefined) throw notFound(path);
    return file;
  }

  #folder(path: DrivePath): void {
    if (this.#find(path).kind !== "folder") throw new DriveError("notAFolder", { title: "It is a file" });
  }

  #lockOf(file: MemoryFile): MemoryFile["lock"] {
    return file.lock !== undefined && file.lock.expiresMs > this.#options.now() ? file.lock : undefined;
  }

  #assertWritable(): void {
    if (!this.#options.canWrite) throw new DriveError("readOnly", { title: "It may only be read" });
  }

  #used(): number {
    return [...this.#files.values()].reduce((sum, { bytes }) => sum + bytes.length, 0);
  }
}

function notFound(what: string): DriveError {
  return new DriveError("notFound", { title: `There is no ${what}` });
}

function exists(): DriveError {
  return new DriveError("exists", { title: "Something of this name is there" });
}

function changed(): DriveError {
  return new DriveError("changed", { title: "It is no longer what was seen" });
}

function locked(): DriveError {
  return new DriveError("locked", { title: "Somebody has it locked" });
}

function givenUp(): DriveError {
  return new DriveError("cancelled", { title: "It was given up" });
}
