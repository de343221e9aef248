import { nameOf, TOP, type DriveEntry, type DrivePath } from "#contract/drives.ts";
import { DriveError } from "../drive-error.ts";
import type { DriveContent, ReadOptions } from "../drive.ts";
import { dismiss, type DavAnswer, type DavClient } from "./dav-client.ts";
import { mediaTypeIn, timeOf, versionOf } from "./dav-entry.ts";
import { statusFault } from "./dav-faults.ts";
import { bodyOf, nothing, rangeHeader, wholeSize } from "./dav-read.ts";
import type { DavUrls } from "./dav-urls.ts";
import type { FileIds } from "./file-ids.ts";

export interface ReaderParts {
  client: DavClient;
  urls: DavUrls;
  stat: (path: DrivePath, signal: AbortSignal) => Promise<DriveEntry>;
  fileIds: FileIds;
}

/** Reads files: with one call each where the server's answers to `GET` tell the same version as its lists, with two elsewhere. */
export class DavReader {
  readonly #parts: ReaderParts;
  #tellsVersions = false;
  /** Until it was seen to send the whole of a file of which a part was wanted. */
  knowsParts = true;

  constructor(parts: ReaderParts) {
    this.#parts = parts;
  }

  /** @throws DriveError notFound, notAFile, changed */
  async read(path: DrivePath, wanted: ReadOptions, signal: AbortSignal): Promise<DriveContent> {
    if (path === TOP) throw notAFile();
    // An answer to `GET` says nothing of it.
    if (this.#tellsVersions && this.#parts.fileIds.isKnown(path)) {
      const content = await this.#readOnce(path, wanted, signal);
      if (content !== undefined) return content;
    }
    // It is looked at before, so that a version never belongs to older content than what is read.
    const entry = await this.#parts.stat(path, signal);
    if (entry.kind === "folder") throw notAFile();
    assertVersion(entry, wanted);
    return this.#readAs(entry, wanted, signal);
  }

  /** Undefined where the answer does not say enough. */
  async #readOnce(
    path: DrivePath,
    wanted: ReadOptions,
    signal: AbortSignal,
  ): Promise<DriveContent | undefined> {
    const answer = await this.#get(path, wanted, signal);
    const fileId = this.#parts.fileIds.of(path);
    const entry = isContent(answer) ? { ...entryIn(answer, path), fileId } : undefined;
    // A folder's answer is a page: it has no ETag, or comes from its address with a slash.
    if (entry?.version?.startsWith('"') !== true || answer.url.endsWith("/")) {
      await dismiss(answer);
      return undefined;
    }
    try {
      assertVersion(entry, wanted);
      return this.#contentOf(entry, answer, wanted);
    } catch (error) {
      await dismiss(answer);
      throw error;
    }
  }

  async #readAs(entry: DriveEntry, wanted: ReadOptions, signal: AbortSignal): Promise<DriveContent> {
    const answer = await this.#get(entry.path, wanted, signal);
    if (answer.status === 416 && wanted.range !== undefined) {
      await dismiss(answer);
      return { entry, ...nothing(wanted.range.first) };
    }
    try {
      if (!isContent(answer)) throw statusFault(answer, "GET");
      const said = entryIn(answer, entry.path);
      const isSame = said.version !== null && said.version === entry.version;
      if (isSame) this.#tellsVersions = said.version?.startsWith('"') === true;
      const isOther =
        said.sizeBytes !== null && entry.sizeBytes !== null && said.sizeBytes !== entry.sizeBytes;
      if (isOther) throw isSame ? twoLengths() : changed();
      return this.#contentOf(entry, answer, wanted);
    } catch (error) {
      await dismiss(answer);
      throw error;
    }
  }

  #get(path: DrivePath, wanted: ReadOptions, signal: AbortSignal): Promise<DavAnswer> {
    const { client, urls } = this.#parts;
    // Packed content has another length and other parts than the file.
    const headers = { "accept-encoding": "identity", ...rangeHeader(wanted) };
    return client.ask({ method: "GET", url: urls.of(path), headers, signal });
  }

  #contentOf(entry: DriveEntry, answer: DavAnswer, wanted: ReadOptions): DriveContent {
    if (answer.status === 200 && wanted.range !== undefined && (entry.sizeBytes ?? 0) > 0)
      this.knowsParts = false;
    return { entry, ...bodyOf(this.#parts.client, answer, wanted) };
  }
}

function isContent({ status }: DavAnswer): boolean {
  return status === 200 || status === 206;
}

/** What an answer to `GET` says of the file. */
function entryIn(answer: DavAnswer, path: DrivePath): DriveEntry {
  const header = (name: string): string => (answer.headers.get(name) ?? "").trim();
  const sizeBytes = wholeSize(answer);
  const modified = header("last-modified");
  return {
    path,
    name: nameOf(path),
    kind: "file",
    sizeBytes,
    modifiedAt: timeOf(modified),
    version: versionOf({ etag: header("etag"), size: String(sizeBytes ?? ""), modified }),
    fileId: null,
    mediaType: mediaTypeIn(header("content-type")),
    lock: null,
  };
}

function assertVersion({ version }: DriveEntry, { ifVersion }: ReadOptions): void {
  if (ifVersion !== undefined && version !== ifVersion) throw changed();
}

function changed(): DriveError {
  return new DriveError("changed", { title: "The file is no longer the one that was seen" });
}

function twoLengths(): DriveError {
  return new DriveError("damaged", { title: "The server says two lengths of one file" });
}

function notAFile(): DriveError {
  return new DriveError("notAFile", { title: "This is a folder, not a file" });
}
