import { driveEntrySchema, nameOf, TOP, type DriveEntry, type DrivePath } from "#contract/drives.ts";
import { DriveError } from "../drive-error.ts";
import { toIsoTime, type IsoTime } from "#contract/time.ts";
import { childOf, childrenOf, dav, textOf, type XmlElement } from "./dav-xml.ts";

const OWNCLOUD = "{http://owncloud.org/ns}";

/** What is asked of every file and folder. */
export const ENTRY_PROPERTIES = `<?xml version="1.0" encoding="utf-8"?>
<propfind xmlns="DAV:" xmlns:oc="http://owncloud.org/ns"><prop><resourcetype/><getcontentlength/><getlastmodified/><getetag/><getcontenttype/><lockdiscovery/><resource-id/><oc:fileid/></prop></propfind>`;

export interface EntryContext {
  /** Tokens of locks that this drive holds. */
  isMine: (token: string) => boolean;
  now: () => number;
}

export function isFolder(properties: XmlElement): boolean {
  return childOf(childOf(properties, dav("resourcetype")), dav("collection")) !== undefined;
}

/** @throws DriveError damaged for what is no entry */
export function entryOf(path: DrivePath, properties: XmlElement, context: EntryContext): DriveEntry {
  const text = (name: string): string => textOf(childOf(properties, name));
  const facts = {
    etag: text(dav("getetag")),
    size: text(dav("getcontentlength")),
    modified: text(dav("getlastmodified")),
  };
  const isAFolder = isFolder(properties);
  const entry = driveEntrySchema.safeParse({
    path,
    name: nameOf(path),
    kind: isAFolder ? "folder" : "file",
    sizeBytes: isAFolder ? null : sizeOf(facts.size),
    modifiedAt: timeOf(facts.modified),
    version: versionOf(facts),
    fileId: fileIdOf(properties),
    mediaType: isAFolder ? null : mediaTypeIn(text(dav("getcontenttype"))),
    lock: lockOf(childOf(properties, dav("lockdiscovery")), context),
  });
  if (entry.success) return entry.data;
  throw new DriveError("damaged", { title: "The server describes a file as none can be" });
}

export interface VersionFacts {
  etag: string;
  size: string;
  modified: string;
}

/**
 * The opaque part of the ETag, whether it is weak or not: Apache's is weak for a second after each write, and the same one
 * strong from then on. Without one: size and time.
 */
export function versionOf({ etag, size, modified }: VersionFacts): string | null {
  const opaque = /^(?:W\/)?("[^"]{1,900}")$/.exec(etag)?.[1];
  // Some servers forget the quotes.
  if (opaque !== undefined) return opaque;
  if (/^[\w.:-]{1,900}$/.test(etag)) return `"${etag}"`;
  const time = timeOf(modified);
  const bytes = sizeOf(size);
  return time === null || bytes === null ? null : `${bytes} ${time}`;
}

/** May stand in `If-Match`, where only strong ones are equal. */
export function isStrong(etag: string): boolean {
  return /^"[^"]{1,900}"$/.test(etag);
}

export function sizeOf(text: string): number | null {
  const size = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(size) ? size : null;
}

export function timeOf(text: string): IsoTime | null {
  const time = Date.parse(text);
  // What a server of the year 0 says of a file would stop a list of thousands.
  return Number.isNaN(time) || time < 0 || time > 8e12 ? null : toIsoTime(time);
}

export function mediaTypeIn(text: string): string | null {
  // Apache's name for a folder; and what says nothing.
  return text === "" || text.length > 200 || text === "application/octet-stream" ? null : text;
}

function fileIdOf(properties: XmlElement): string | null {
  const resourceId = textOf(childOf(childOf(properties, dav("resource-id")), dav("href")));
  const id = resourceId === "" ? textOf(childOf(properties, `${OWNCLOUD}fileid`)) : resourceId;
  return id === "" || id.length > 500 ? null : id;
}

/** Of those in force, the first that keeps writers out. */
function lockOf(discovery: XmlElement | undefined, context: EntryContext): DriveEntry["lock"] {
  const active = childrenOf(discovery, dav("activelock"));
  const mine = active.find((lock) => context.isMine(tokenOf(lock)));
  const lock = mine ?? active[0];
  if (lock === undefined) return null;
  return {
    owner: ownerOf(childOf(lock, dav("owner"))),
    isMine: mine !== undefined,
    expiresAt: expiryOf(textOf(childOf(lock, dav("timeout"))), context.now()),
  };
}

export function tokenOf(lock: XmlElement): string {
  return textOf(childOf(childOf(lock, dav("locktoken")), dav("href")));
}

/** Counted from now, by this machine's clock: the server's is never looked at. */
export function expiryOf(timeout: string, nowMs: number): IsoTime | null {
  const seconds = /^Second-(\d{1,10})$/i.exec(timeout)?.[1];
  return seconds === undefined ? null : toIsoTime(nowMs + Number(seconds) * 1000);
}

function ownerOf(owner: XmlElement | undefined): string | null {
  if (owner === undefined) return null;
  const texts = [owner.text, ...owner.children.map((child) => child.text)].map((text) => text.trim());
  return texts.find((text) => text !== "")?.slice(0, 500) ?? null;
}

/** The path of an answer about one: some servers say it in another case, or with accents composed in another way. */
export function isSamePath(path: DrivePath | undefined, asked: DrivePath): boolean {
  if (path === asked) return true;
  if (path === undefined || path === TOP) return false;
  return path.normalize("NFC").toLowerCase() === asked.normalize("NFC").toLowerCase();
}
