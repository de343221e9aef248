import { calendarComponents, type CalendarComponent } from "#contract/calendar-accounts.ts";
import { nearestColour } from "#contract/calendar-colours.ts";
import { drivePathSchema } from "#contract/drives.ts";
import type { LabelColour } from "#contract/entities/task.ts";
import { DriveError } from "../../drives/drive-error.ts";
import type { DavClient } from "../../drives/webdav/dav-client.ts";
import { mayWrite } from "../../drives/webdav/dav-discovery.ts";
import type { DavUrls } from "../../drives/webdav/dav-urls.ts";
import { childOf, childrenOf, dav, textOf, type XmlElement } from "../../drives/webdav/dav-xml.ts";
import { askMany } from "../../drives/webdav/multistatus.ts";
import { CALDAV } from "./caldav-calendar.ts";

export interface FoundCalendar {
  address: string;
  /** Null: the server does not say. */
  name: string | null;
  colour: LabelColour | null;
  canWrite: boolean;
  holds: CalendarComponent[];
}

interface Found {
  url: string;
  properties: XmlElement;
}

const WELL_KNOWN = "/.well-known/caldav";
const APPLE = "http://apple.com/ns/ical/";
const PROPERTIES = `<?xml version="1.0" encoding="utf-8"?>
<propfind xmlns="DAV:" xmlns:C="${CALDAV}" xmlns:A="${APPLE}"><prop><resourcetype/><displayname/><current-user-principal/><current-user-privilege-set/><C:calendar-home-set/><C:supported-calendar-component-set/><A:calendar-color/></prop></propfind>`;

/** Calendars and lists of tasks that somebody has on a server, from its address, that of a person or that of one calendar (RFC 6764 section 6). */
export class CaldavDiscovery {
  readonly #client: DavClient;
  /** Of the server as a whole. */
  readonly #urls: DavUrls;

  constructor(client: DavClient, urls: DavUrls) {
    this.#client = client;
    this.#urls = urls;
  }

  /** @throws DriveError unsupported when there are no calendars at this address */
  async calendars(address: string, signal: AbortSignal): Promise<FoundCalendar[]> {
    const beginning = await this.#beginning(address, signal);
    if (isCalendar(beginning)) return [calendarOf(beginning)].filter(({ holds }) => holds.length > 0);
    const homes = this.#hrefs(beginning, `{${CALDAV}}calendar-home-set`);
    for (const principal of this.#hrefs(beginning, dav("current-user-principal"))) {
      if (homes.length > 0) break;
      // oxlint-disable-next-line no-await-in-loop -- the first that knows
      const [person] = await this.#ask(principal, "0", signal);
      if (person !== undefined) homes.push(...this.#hrefs(person, `{${CALDAV}}calendar-home-set`));
    }
    const found: FoundCalendar[] = [];
    // A folder of calendars says nothing of homes.
    for (const home of homes.length === 0 ? [beginning.url] : homes) {
      // oxlint-disable-next-line no-await-in-loop -- there is one, as good as always
      const children = await this.#ask(home, "1", signal);
      found.push(...children.filter(isCalendar).map(calendarOf));
    }
    if (found.length === 0 && homes.length === 0) throw noCalendars();
    return found.filter(({ holds }) => holds.length > 0);
  }

  /** A server is asked where its calendars begin (RFC 6764 section 5), before its own first page. */
  async #beginning(address: string, signal: AbortSignal): Promise<Found> {
    const url = new URL(address);
    const isServer = url.pathname === "/";
    if (isServer) {
      const known = await this.#answering(new URL(WELL_KNOWN, url).href, signal);
      if (known !== undefined) return known;
    }
    const [first] = await this.#ask(url.href, "0", signal);
    if (first === undefined) throw noCalendars();
    return first;
  }

  async #answering(url: string, signal: AbortSignal): Promise<Found | undefined> {
    try {
      const [first] = await this.#ask(url, "0", signal);
      return first;
    } catch (error) {
      const faults = ["notFound", "unsupported", "elsewhere", "forbidden", "damaged", "invalidName"];
      if (error instanceof DriveError && faults.includes(error.fault)) return undefined;
      throw error;
    }
  }

  async #ask(url: string, depth: "0" | "1", signal: AbortSignal): Promise<Found[]> {
    const headers = { depth, "content-type": "application/xml; charset=utf-8" };
    const found: Found[] = [];
    const call = { method: "PROPFIND", url, headers, body: PROPERTIES, signal };
    for await (const part of askMany(this.#client, this.#urls, call)) {
      if (part.kind !== "resource" || part.resource.path === undefined || part.resource.status >= 300)
        continue;
      found.push({ url: this.#urls.of(part.resource.path, true), properties: part.resource.properties });
    }
    return found;
  }

  /** Of this server alone: nothing is asked, and no password shown, elsewhere. */
  #hrefs({ url, properties }: Found, name: string): string[] {
    return childrenOf(childOf(properties, name), dav("href")).flatMap((href) => {
      const path = this.#urls.pathOf(URL.parse(textOf(href), url)?.href ?? "");
      return path === undefined ? [] : [this.#urls.of(drivePathSchema.parse(path), true)];
    });
  }
}

function isCalendar({ properties }: Found): boolean {
  return childOf(childOf(properties, dav("resourcetype")), `{${CALDAV}}calendar`) !== undefined;
}

/** One that says nothing of its components takes all (RFC 4791 section 5.2.3). */
function holdsOf({ properties }: Found): CalendarComponent[] {
  const set = childOf(properties, `{${CALDAV}}supported-calendar-component-set`);
  if (set === undefined || set.children.length === 0) return [...calendarComponents];
  const names = new Set(set.children.map(({ attributes }) => attributes?.["name"]?.toUpperCase()));
  return calendarComponents.filter((name) => names.has(name));
}

function calendarOf(found: Found): FoundCalendar {
  const { url, properties } = found;
  const name = textOf(childOf(properties, dav("displayname"))).slice(0, 200);
  return {
    address: url,
    name: name === "" ? null : name,
    colour: nearestColour(textOf(childOf(properties, `{${APPLE}}calendar-color`))) ?? null,
    canWrite: mayWrite(properties),
    holds: holdsOf(found),
  };
}

function noCalendars(): DriveError {
  return new DriveError("unsupported", {
    title: "There are no calendars at this address",
    detail: "It is no CalDAV server, or not the address of one of its calendars.",
  });
}
