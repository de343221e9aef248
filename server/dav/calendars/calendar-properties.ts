import { MOST_OBJECT_BYTES } from "#contract/icalendar/object-resource.ts";
import type { PersonId } from "#contract/ids.ts";
import { APPLE, CALDAV, CALENDAR_SERVER, emptyElement, escapeXml, NAMESPACES } from "../dav-xml.ts";
import { appleColour } from "#contract/calendar-colours.ts";
import {
  homeHref,
  principalHref,
  type CalendarResource,
  type SeenCalendar,
  type SeenObject,
} from "./calendar-tree.ts";

export interface CalendarFacts {
  resource: CalendarResource;
  personId: PersonId;
  /** What a calendar is at now: RFC 6578 section 3. */
  syncToken: string | undefined;
}

type Live = (facts: CalendarFacts) => string | undefined;

const href = (address: string) => `<D:href>${escapeXml(address)}</D:href>`;
const privilege = (name: string) => `<D:privilege><D:${name}/></D:privilege>`;
const READING = ["read", "read-current-user-privilege-set"].map(privilege).join("");
const WRITING = ["write", "write-content", "write-properties", "bind", "unbind"].map(privilege).join("");
const report = (name: string) => `<D:supported-report><D:report><${name}/></D:report></D:supported-report>`;
const REPORTS = ["C:calendar-multiget", "C:calendar-query", "D:sync-collection", "C:free-busy-query"];

const inCalendar =
  (text: (at: SeenCalendar, facts: CalendarFacts) => string | undefined): Live =>
  (facts) =>
    facts.resource.kind === "calendar" ? text(facts.resource.at, facts) : undefined;

const ofObject =
  (text: (object: SeenObject) => string | undefined): Live =>
  ({ resource }) =>
    resource.kind === "object" ? text(resource.object) : undefined;

const atPerson =
  (text: (facts: CalendarFacts) => string): Live =>
  (facts) =>
    facts.resource.kind === "principal" || facts.resource.kind === "home" ? text(facts) : undefined;

/** Live properties, each with the prefix of `NAMESPACES`; undefined: it has none. */
const live: Readonly<Record<string, Live>> = {
  "D:resourcetype": ({ resource }) => {
    if (resource.kind === "object") return "";
    const more = { principal: "<D:principal/>", calendar: "<C:calendar/>" };
    return `<D:collection/>${resource.kind === "principal" || resource.kind === "calendar" ? more[resource.kind] : ""}`;
  },
  "D:displayname": ({ resource }) => {
    if (resource.kind === "principal") return escapeXml(resource.person?.displayName ?? "");
    if (resource.kind === "calendar") return escapeXml(shownName(resource.at));
    return undefined;
  },
  "D:getetag": ofObject(({ etag }) => escapeXml(etag)),
  "D:getcontenttype": ofObject(({ row }) => `text/calendar; charset=utf-8; component=${row.kind}`),
  "D:getcontentlength": ofObject(({ row }) => String(Buffer.byteLength(row.data))),
  "D:getlastmodified": ofObject(({ row }) => new Date(row.modifiedAt).toUTCString()),
  "D:creationdate": ofObject(({ row }) => row.createdAt),
  "D:current-user-principal": ({ personId }) => href(principalHref(personId)),
  "D:owner": ({ personId, resource }) =>
    resource.kind === "calendar" && resource.at.spaceName !== undefined
      ? undefined
      : href(principalHref(personId)),
  "D:principal-URL": ({ personId, resource }) =>
    resource.kind === "principal" ? href(principalHref(personId)) : undefined,
  "D:current-user-privilege-set": ({ resource }) => {
    const isWritten = (resource.kind === "calendar" || resource.kind === "object") && !resource.at.isReadOnly;
    const isHome = resource.kind === "home";
    return READING + (isWritten ? WRITING : isHome ? ["bind", "unbind"].map(privilege).join("") : "");
  },
  "D:supported-report-set": inCalendar(() => REPORTS.map(report).join("")),
  "D:sync-token": inCalendar((_, { syncToken }) => escapeXml(syncToken ?? "")),
  "CS:getctag": inCalendar((_, { syncToken }) => escapeXml(syncToken ?? "")),
  "A:calendar-color": inCalendar(({ calendar }) => appleColour(calendar.colour)),
  "C:supported-calendar-component-set": inCalendar(() => '<C:comp name="VEVENT"/><C:comp name="VTODO"/>'),
  "C:supported-calendar-data": inCalendar(
    () => '<C:calendar-data content-type="text/calendar" version="2.0"/>',
  ),
  "C:supported-collation-set": inCalendar(() =>
    ["i;ascii-casemap", "i;octet"]
      .map((name) => `<C:supported-collation>${name}</C:supported-collation>`)
      .join(""),
  ),
  "C:max-resource-size": inCalendar(() => String(MOST_OBJECT_BYTES)),
  "C:calendar-home-set": atPerson(() => href(homeHref())),
  "C:calendar-user-address-set": ({ personId, resource }) => {
    if (resource.kind !== "principal") return undefined;
    const email = resource.person?.email;
    return (email === undefined ? "" : href(`mailto:${email}`)) + href(principalHref(personId));
  },
  "C:calendar-user-type": ({ resource }) => (resource.kind === "principal" ? "INDIVIDUAL" : undefined),
};

const prefixes: Readonly<Record<string, string>> = {
  "DAV:": "D",
  [CALDAV]: "C",
  [CALENDAR_SERVER]: "CS",
  [APPLE]: "A",
};

/** Calendars of spaces say of which one they are. */
function shownName({ calendar, spaceName }: SeenCalendar): string {
  return spaceName === undefined ? calendar.name : `${spaceName} – ${calendar.name}`;
}

/** `{namespace}local` as it is written here: `D:getetag`; undefined for other namespaces. */
export function prefixed(name: string): string | undefined {
  const match = /^\{(.*)\}(.*)$/s.exec(name);
  const prefix = prefixes[match?.[1] ?? ""];
  return prefix === undefined ? undefined : `${prefix}:${match?.[2] ?? ""}`;
}

export type Asked = { kind: "all" | "names" } | { kind: "these"; names: readonly string[] };

/** The elements of properties that are there, and those that are not. */
export function propertiesOf(facts: CalendarFacts, asked: Asked): { found: string[]; missing: string[] } {
  const found: string[] = [];
  const missing: string[] = [];
  if (asked.kind === "these") {
    for (const name of asked.names) {
      const element = elementOf(prefixed(name), facts, false);
      if (element === undefined) missing.push(emptyElement(name));
      else found.push(element);
    }
    return { found, missing };
  }
  for (const name of Object.keys(live)) {
    // What RFC 4791 adds is not given unless it is asked for (section 5.2).
    if (asked.kind === "all" && !name.startsWith("D:")) continue;
    const element = elementOf(name, facts, asked.kind === "names");
    if (element !== undefined) found.push(element);
  }
  return { found, missing };
}

function elementOf(name: string | undefined, facts: CalendarFacts, isNameOnly: boolean): string | undefined {
  if (name === undefined || !Object.hasOwn(live, name)) return undefined;
  const text = live[name]?.(facts);
  if (text === undefined) return undefined;
  return isNameOnly || text === "" ? `<${name}/>` : `<${name}>${text}</${name}>`;
}

export interface Properties {
  found: readonly string[];
  missing: readonly string[];
}

/** One `response` of a multistatus (RFC 4918 section 14.24). */
export function response(address: string, { found, missing }: Properties): string {
  const there = missing.length === 0 || found.length > 0 ? stat(found, "200 OK") : "";
  return propertyResponse(address, there + (missing.length === 0 ? "" : stat(missing, "404 Not Found")));
}

/** @param stats elements `propstat` */
export function propertyResponse(address: string, stats: string): string {
  return `<D:response>${href(address)}${stats}</D:response>`;
}

export function stat(elements: readonly string[], status: string): string {
  return `<D:propstat><D:prop>${elements.join("")}</D:prop><D:status>HTTP/1.1 ${status}</D:status></D:propstat>`;
}

/** A `response` about something as a whole. */
export function statusResponse(address: string, status: string, more = ""): string {
  return `<D:response>${href(address)}<D:status>HTTP/1.1 ${status}</D:status>${more}</D:response>`;
}

export function calendarMultistatus(responses: readonly string[], syncToken?: string): string {
  const token = syncToken === undefined ? "" : `<D:sync-token>${escapeXml(syncToken)}</D:sync-token>`;
  return `<D:multistatus ${NAMESPACES}>${responses.join("")}${token}</D:multistatus>`;
}
