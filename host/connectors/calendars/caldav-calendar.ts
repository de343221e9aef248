import { TOP, drivePathSchema } from "#contract/drives.ts";
import { MOST_OBJECT_BYTES } from "#contract/icalendar/object-resource.ts";
import { DriveError } from "../../drives/drive-error.ts";
import type { DavClient } from "../../drives/webdav/dav-client.ts";
import { DavUrls } from "../../drives/webdav/dav-urls.ts";
import { childOf, dav, escapeXml, textOf } from "../../drives/webdav/dav-xml.ts";
import { askMany } from "../../drives/webdav/multistatus.ts";
import type { RemoteCalendar, RemoteListing, RemoteName, RemoteObject } from "./remote-calendar.ts";

export const CALDAV = "urn:ietf:params:xml:ns:caldav";
/** Objects in one answer: what is asked for stays well below what servers allow. */
const PORTION = 50;
const XML = { "content-type": "application/xml; charset=utf-8" };

/** A calendar collection of a CalDAV server (RFC 4791), followed by sync-collection (RFC 6578) where the server knows it. */
export class CaldavCalendar implements RemoteCalendar {
  readonly #client: DavClient;
  readonly #urls: DavUrls;
  #knowsSync = true;

  constructor(client: DavClient, address: string) {
    this.#client = client;
    this.#urls = new DavUrls(address);
  }

  async list(token: string | null, signal: AbortSignal): Promise<RemoteListing> {
    if (this.#knowsSync) {
      const listing = await this.#changes(token, signal);
      if (listing !== undefined) return listing;
      // A token that counts no longer (valid-sync-token): everything anew.
      if (token !== null) return this.list(null, signal);
      this.#knowsSync = false;
    }
    return { isWhole: true, put: await this.#names(signal), removed: [], token: null };
  }

  async read(names: readonly string[], signal: AbortSignal): Promise<RemoteObject[]> {
    const objects: RemoteObject[] = [];
    for (let start = 0; start < names.length; start += PORTION)
      // oxlint-disable-next-line no-await-in-loop -- one portion at a time
      objects.push(...(await this.#readSome(names.slice(start, start + PORTION), signal)));
    return objects;
  }

  async put(name: string, data: string, etag: string | null, signal: AbortSignal): Promise<string | null> {
    const { headers } = await this.#client.done({
      method: "PUT",
      url: this.#urlOf(name),
      headers: {
        "content-type": "text/calendar; charset=utf-8",
        ...(etag === null ? { "if-none-match": "*" } : { "if-match": etag }),
      },
      body: data,
      signal,
    });
    // Without a strong one the server may have written something else (RFC 4791 section 5.3.4).
    const written = headers.get("etag");
    return written === null || written.startsWith("W/") ? null : written;
  }

  async remove(name: string, etag: string, signal: AbortSignal): Promise<void> {
    const headers = { "if-match": etag };
    await this.#client.done({ method: "DELETE", url: this.#urlOf(name), headers, signal }, [404, 410]);
  }

  #urlOf(name: string): string {
    return this.#urls.of(drivePathSchema.parse(name));
  }

  /** Undefined where the server does not know the report, or no longer the token. */
  async #changes(token: string | null, signal: AbortSignal): Promise<RemoteListing | undefined> {
    const listing: RemoteListing = { isWhole: token === null, put: [], removed: [], token };
    try {
      for (;;) {
        // oxlint-disable-next-line no-await-in-loop -- each part says where the next one begins
        const isCut = await this.#somePart(listing, signal);
        if (!isCut) return listing;
      }
    } catch (error) {
      const faults = ["forbidden", "notFound", "changed", "invalidName", "unsupported"];
      if (error instanceof DriveError && faults.includes(error.fault)) return undefined;
      throw error;
    }
  }

  async #somePart(listing: RemoteListing, signal: AbortSignal): Promise<boolean> {
    const body = `<?xml version="1.0" encoding="utf-8"?>
<sync-collection xmlns="DAV:"><sync-token>${escapeXml(listing.token ?? "")}</sync-token><sync-level>1</sync-level><prop><getetag/></prop></sync-collection>`;
    const call = { method: "REPORT", url: this.#urls.of(TOP), headers: { ...XML, depth: "0" }, body, signal };
    const before = listing.token;
    let isCut = false;
    for await (const part of askMany(this.#client, this.#urls, call)) {
      if (part.kind === "syncToken") {
        listing.token = part.token;
        continue;
      }
      const { path, status, properties } = part.resource;
      if (path === TOP) isCut ||= status === 507;
      else if (path === undefined || path.includes("/")) continue;
      else if (status === 404 || status === 410) listing.removed.push(path);
      else if (status < 300)
        listing.put.push({ name: path, etag: textOf(childOf(properties, dav("getetag"))) });
    }
    if (listing.token === null || listing.token === "" || (isCut && listing.token === before))
      throw new DriveError("damaged", { title: "The server does not say where its changes go on" });
    return isCut;
  }

  async #names(signal: AbortSignal): Promise<RemoteName[]> {
    const body = `<?xml version="1.0" encoding="utf-8"?>
<propfind xmlns="DAV:"><prop><getetag/></prop></propfind>`;
    const call = {
      method: "PROPFIND",
      url: this.#urls.of(TOP),
      headers: { ...XML, depth: "1" },
      body,
      signal,
    };
    const names: RemoteName[] = [];
    for await (const part of askMany(this.#client, this.#urls, call)) {
      if (part.kind !== "resource") continue;
      const { path, status, properties } = part.resource;
      const etag = textOf(childOf(properties, dav("getetag")));
      if (path !== undefined && path !== TOP && !path.includes("/") && status < 300 && etag !== "")
        names.push({ name: path, etag });
    }
    return names;
  }

  /** One that is too large or broken does not keep the others: they are asked for without it. */
  async #readSome(names: readonly string[], signal: AbortSignal): Promise<RemoteObject[]> {
    try {
      return await this.#multiget(names, signal);
    } catch (error) {
      if (!(error instanceof DriveError && error.fault === "damaged")) throw error;
      if (names.length < 2) return [];
      const middle = Math.ceil(names.length / 2);
      const first = await this.#readSome(names.slice(0, middle), signal);
      return [...first, ...(await this.#readSome(names.slice(middle), signal))];
    }
  }

  /** RFC 4791 section 7.9. */
  async #multiget(names: readonly string[], signal: AbortSignal): Promise<RemoteObject[]> {
    const hrefs = names.map((name) => `<href>${escapeXml(new URL(this.#urlOf(name)).pathname)}</href>`);
    const body = `<?xml version="1.0" encoding="utf-8"?>
<C:calendar-multiget xmlns="DAV:" xmlns:C="${CALDAV}"><prop><getetag/><C:calendar-data/></prop>${hrefs.join("")}</C:calendar-multiget>`;
    const call = { method: "REPORT", url: this.#urls.of(TOP), headers: { ...XML, depth: "1" }, body, signal };
    const objects: RemoteObject[] = [];
    const wanted = new Set<string>(names);
    for await (const part of askMany(this.#client, this.#urls, call, MOST_OBJECT_BYTES)) {
      if (part.kind !== "resource") continue;
      const { path, properties } = part.resource;
      const data = childOf(properties, `{${CALDAV}}calendar-data`)?.text;
      if (path === undefined || data === undefined || !wanted.has(path)) continue;
      objects.push({ name: path, etag: textOf(childOf(properties, dav("getetag"))), data });
    }
    return objects;
  }
}
