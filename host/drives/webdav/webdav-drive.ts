import { randomUUID } from "node:crypto";
import {
  nameOf,
  parentPath,
  TOP,
  type DriveEntry,
  type DrivePath,
  type DriveQuota,
} from "#contract/drives.ts";
import { NAME_BYTES } from "#contract/file-names.ts";
import type { Fetch } from "../../gateway/upstream.ts";
import { DriveError } from "../drive-error.ts";
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
} from "../drive.ts";
import { isLitter } from "../local/local-names.ts";
import { changesSince } from "./dav-changes.ts";
import { DavClient, type DavAuthorization } from "./dav-client.ts";
import { discoverServer, type DavServer } from "./dav-discovery.ts";
import { ENTRY_PROPERTIES, entryOf, isFolder, isSamePath, sizeOf, type EntryContext } from "./dav-entry.ts";
import { statusFault } from "./dav-faults.ts";
import { DavLocks } from "./dav-locks.ts";
import { DavReader } from "./dav-reader.ts";
import { DavUrls } from "./dav-urls.ts";
import { FileIds } from "./file-ids.ts";
import { childOf, dav, textOf, type XmlElement } from "./dav-xml.ts";
import { writeFile } from "./dav-write.ts";
import { askMany, doneAll, type DavResource } from "./multistatus.ts";
import { givenUp, type PatienceLimits } from "./patience.ts";

export interface WebdavDriveOptions {
  /** Of the top: `https:` address without credentials. */
  address: string;
  fetch: Fetch;
  authorization: DavAuthorization;
  limits?: Partial<PatienceLimits>;
  now?: () => number;
  /** Names temporary files. */
  random?: () => string;
  /** No server says so: true unless it is known to be otherwise. */
  isCaseSensitive?: boolean;
  /** A `PUT` that breaks off is known to leave what was there; otherwise by what the server says of itself. */
  isAtomic?: boolean;
  /** Shown to others who meet our locks. */
  lockOwner?: string;
}

const QUOTA = `<?xml version="1.0" encoding="utf-8"?>
<propfind xmlns="DAV:"><prop><quota-available-bytes/><quota-used-bytes/></prop></propfind>`;
const XML = { "content-type": "application/xml; charset=utf-8" };

/** Any WebDAV server (RFC 4918) as a drive. */
export class WebdavDrive implements Drive {
  readonly #urls: DavUrls;
  readonly #client: DavClient;
  readonly #locks: DavLocks;
  readonly #reader: DavReader;
  readonly #fileIds = new FileIds();
  readonly #context: EntryContext;
  readonly #ending = new AbortController();
  readonly #random: () => string;
  readonly #isCaseSensitive: boolean;
  readonly #isAtomic: boolean;
  #server: DavServer | undefined;

  constructor(options: WebdavDriveOptions) {
    const { now = Date.now, random = randomUUID, isCaseSensitive = true, lockOwner = "Parvis" } = options;
    this.#urls = new DavUrls(options.address);
    this.#random = random;
    this.#isCaseSensitive = isCaseSensitive;
    this.#isAtomic = options.isAtomic === true;
    this.#client = new DavClient({ ...options, urls: this.#urls, ending: this.#ending.signal });
    this.#locks = new DavLocks({ client: this.#client, now, owner: lockOwner });
    this.#context = { isMine: (token) => this.#locks.isMine(token), now };
    this.#reader = new DavReader({
      client: this.#client,
      urls: this.#urls,
      fileIds: this.#fileIds,
      stat: (path, signal) => this.stat(path, { signal }),
    });
  }

  async capabilities({ signal }: DriveCall): Promise<DriveCapabilities> {
    const { capabilities } = await this.#known(signal);
    return { ...capabilities, canReadParts: capabilities.canReadParts && this.#reader.knowsParts };
  }

  async *list(path: DrivePath, call: DriveCall): AsyncGenerator<DriveEntry> {
    const seen = new Set<DrivePath>();
    try {
      for await (const { path: found, properties, status } of this.#find(path, "1", ENTRY_PROPERTIES, call)) {
        if (found !== undefined && isSamePath(found, path)) {
          if (!isFolder(properties)) throw notAFolder();
          continue;
        }
        // What lies deeper or elsewhere was not asked for; one name may come in two encodings.
        if (found === undefined || !isSamePath(parentPath(found), path) || seen.has(found)) continue;
        seen.add(found);
        if (status < 300 && !isLitter(nameOf(found))) yield this.#entry(found, properties);
      }
    } catch (error) {
      throw await this.#unlessFile(path, error, call);
    }
  }

  async stat(path: DrivePath, call: DriveCall): Promise<DriveEntry> {
    const there = await this.#look(path, call.signal);
    if (there === undefined) throw new DriveError("notFound", { title: "There is no such file or folder" });
    return there.entry;
  }

  read(path: DrivePath, wanted: ReadOptions, { signal }: DriveCall): Promise<DriveContent> {
    return this.#reader.read(path, wanted, signal);
  }

  async write(path: DrivePath, content: NewContent, call: DriveCall): Promise<DriveEntry> {
    const { signal } = call;
    try {
      assertName(path);
      const { isAtomic } = await this.#known(signal);
      const parts = {
        client: this.#client,
        urls: this.#urls,
        random: this.#random,
        isAtomic: isAtomic || this.#isAtomic,
      };
      const look = (at: DrivePath, within: AbortSignal) => this.#look(at, within);
      await writeFile({ ...parts, look }, path, content, signal);
    } catch (cause) {
      const error = await this.#unlessNoFolder(path, cause, call);
      if (!content.stream.locked) await content.stream.cancel().catch(() => undefined);
      throw error;
    }
    const entry = await this.stat(path, call);
    if (content.sizeBytes !== null && entry.sizeBytes !== null && entry.sizeBytes !== content.sizeBytes)
      throw new DriveError("damaged", { title: "The server did not keep the whole file" });
    return entry;
  }

  async makeFolder(path: DrivePath, call: DriveCall): Promise<DriveEntry> {
    assertName(path);
    // Not every server says of a folder that it is there.
    if ((await this.#look(path, call.signal)) !== undefined) throw exists();
    const made = { method: "MKCOL", url: this.#urls.of(path, true), signal: call.signal };
    const { status } = await this.#client.done(made, [405]);
    // Somebody was faster, or the folder that it should lie in is missing.
    if (status === 405) throw (await this.#look(path, call.signal)) === undefined ? noFolder() : exists();
    return this.stat(path, call);
  }

  move(from: DrivePath, to: DrivePath, options: PlaceOptions, call: DriveCall): Promise<DriveEntry> {
    return this.#place("MOVE", { from, to, options }, call);
  }

  copy(from: DrivePath, to: DrivePath, options: PlaceOptions, call: DriveCall): Promise<DriveEntry> {
    return this.#place("COPY", { from, to, options }, call);
  }

  async remove(path: DrivePath, { ifVersion }: { ifVersion?: string }, call: DriveCall): Promise<void> {
    assertNotTop(path);
    const entry = await this.stat(path, call);
    if (ifVersion !== undefined && entry.version !== ifVersion) throw changed();
    const url = this.#urls.of(path, entry.kind === "folder");
    await doneAll(this.#client, this.#urls, { method: "DELETE", url, signal: call.signal });
  }

  async lock(path: DrivePath, call: DriveCall): Promise<HeldLock> {
    const { capabilities } = await this.#known(call.signal);
    if (!capabilities.canLock) throw new DriveError("unsupported", { title: "The server knows no locks" });
    // A lock on nothing would make an empty file (RFC 4918 section 7.3).
    const { kind } = await this.stat(path, call);
    return this.#locks.take(path, this.#urls.of(path, kind === "folder"), call.signal);
  }

  refresh(lock: HeldLock, { signal }: DriveCall): Promise<HeldLock> {
    return this.#locks.refresh(lock, this.#urls.of(lock.path), signal);
  }

  unlock(lock: HeldLock, { signal }: DriveCall): Promise<void> {
    return this.#locks.giveBack(lock, this.#urls.of(lock.path), signal);
  }

  async quota(call: DriveCall): Promise<DriveQuota> {
    for await (const { properties } of this.#find(TOP, "0", QUOTA, call))
      return {
        usedBytes: bytesIn(properties, "quota-used-bytes"),
        availableBytes: bytesIn(properties, "quota-available-bytes"),
      };
    return { usedBytes: null, availableBytes: null };
  }

  async *changes(cursor: string | null, { signal }: DriveCall): AsyncGenerator<DriveChange> {
    const { capabilities } = await this.#known(signal);
    if (!capabilities.canTellChanges)
      throw new DriveError("unsupported", { title: "The server does not tell what changed" });
    const parts = { client: this.#client, urls: this.#urls, context: this.#context };
    yield* changesSince(parts, cursor, signal);
  }

  close(): Promise<void> {
    this.#ending.abort(givenUp());
    return Promise.resolve();
  }

  async #known(signal: AbortSignal): Promise<DavServer> {
    const parts = { client: this.#client, urls: this.#urls, isCaseSensitive: this.#isCaseSensitive };
    this.#server ??= await discoverServer(parts, signal);
    return this.#server;
  }

  async *#find(
    path: DrivePath,
    depth: "0" | "1",
    body: string,
    { signal }: DriveCall,
  ): AsyncGenerator<DavResource> {
    // A single one is asked for by its plain name: whether it is a folder is what is asked.
    const url = this.#urls.of(path, depth === "1");
    const call = { method: "PROPFIND", url, headers: { ...XML, depth }, body, signal };
    for await (const part of askMany(this.#client, this.#urls, call))
      if (part.kind === "resource") yield part.resource;
  }

  async #look(
    path: DrivePath,
    signal: AbortSignal,
  ): Promise<{ entry: DriveEntry; etag: string } | undefined> {
    try {
      for await (const { path: found, properties, status } of this.#find(path, "0", ENTRY_PROPERTIES, {
        signal,
      })) {
        if (!isSamePath(found, path)) continue;
        if (status === 404) return undefined;
        if (status >= 300) throw statusFault({ status }, "PROPFIND");
        const entry = this.#entry(path, properties);
        return { entry, etag: textOf(childOf(properties, dav("getetag"))) };
      }
    } catch (error) {
      if (error instanceof DriveError && error.fault === "notFound") return undefined;
      throw error;
    }
    throw new DriveError("damaged", { title: "The server answers about something else" });
  }

  #entry(path: DrivePath, properties: XmlElement): DriveEntry {
    const entry = entryOf(path, properties, this.#context);
    this.#fileIds.note(entry);
    return entry;
  }

  /** A file that was asked for as a folder is to some servers not there, to others a fault. */
  async #unlessFile(path: DrivePath, error: unknown, call: DriveCall): Promise<unknown> {
    const isUnclear =
      error instanceof DriveError &&
      ["notFound", "forbidden", "unsupported", "elsewhere", "invalidName"].includes(error.fault);
    if (!isUnclear || path === TOP) return error;
    const there = await this.#look(path, call.signal);
    return there?.entry.kind === "file" ? notAFolder() : error;
  }

  /** What some servers say of a file whose folder is missing. */
  async #unlessNoFolder(path: DrivePath, error: unknown, call: DriveCall): Promise<unknown> {
    const isUnclear =
      error instanceof DriveError && ["damaged", "forbidden", "unsupported"].includes(error.fault);
    const folder = parentPath(path);
    if (!isUnclear || folder === TOP || call.signal.aborted) return error;
    const there = await this.#look(folder, call.signal).catch(() => null);
    return there === undefined ? noFolder() : error;
  }

  async #place(
    method: "MOVE" | "COPY",
    { from, to, options }: { from: DrivePath; to: DrivePath; options: PlaceOptions },
    call: DriveCall,
  ): Promise<DriveEntry> {
    assertNotTop(from);
    assertName(to);
    if (to === from || to.startsWith(`${from}/`))
      throw new DriveError("forbidden", { title: "A folder cannot be put into itself" });
    const { kind } = await this.stat(from, call);
    const overwrite = options.overwrite === true;
    // Not every server heeds `Overwrite`. One that takes both for the same name has the file itself there.
    if (!overwrite && !isSamePath(from, to) && (await this.#look(to, call.signal)) !== undefined)
      throw exists();
    const isAFolder = kind === "folder";
    const headers = {
      destination: this.#urls.of(to, isAFolder),
      overwrite: overwrite ? "T" : "F",
      ...(method === "COPY" ? { depth: "infinity" } : {}),
    };
    const url = this.#urls.of(from, isAFolder);
    try {
      await doneAll(this.#client, this.#urls, { method, url, headers, signal: call.signal });
    } catch (error) {
      throw error instanceof DriveError && error.fault === "changed" && !overwrite ? exists() : error;
    }
    return this.stat(to, call);
  }
}

function bytesIn(properties: XmlElement, name: string): number | null {
  return sizeOf(textOf(childOf(properties, dav(name))));
}

/** @throws DriveError invalidName */
function assertName(path: DrivePath): void {
  assertNotTop(path);
  if (Buffer.byteLength(nameOf(path)) > NAME_BYTES)
    throw new DriveError("invalidName", { title: "The name is too long" });
}

function assertNotTop(path: DrivePath): void {
  if (path === TOP) throw new DriveError("forbidden", { title: "This is the drive itself" });
}

function exists(): DriveError {
  return new DriveError("exists", { title: "Something of that name is there" });
}

function noFolder(): DriveError {
  return new DriveError("notFound", { title: "The folder that it should lie in is not there" });
}

function changed(): DriveError {
  return new DriveError("changed", { title: "The file is no longer the one that was seen" });
}

function notAFolder(): DriveError {
  return new DriveError("notAFolder", { title: "This is a file, not a folder" });
}
