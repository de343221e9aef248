import type { LibraryItem } from "#contract/entities/library.ts";
import type { PersonId } from "#contract/ids.ts";
import { principalHref } from "./calendars/calendar-tree.ts";
import { contentEtag } from "./dav-etag.ts";
import type { DavLock, DavLocks } from "./dav-locks.ts";
import { hrefOf, type DavSteps } from "./dav-path.ts";
import { isCollection, type Resource } from "./dav-tree.ts";
import { emptyElement, escapeXml } from "./dav-xml.ts";

export type There = Exclude<Resource, { kind: "missing" }>;

/** Live properties (RFC 4918 section 15), each as the text of its element; undefined: it has none. */
const live: Readonly<Record<string, (facts: PropertyFacts) => string | undefined>> = {
  // By which clients of calendars find the calendars, wherever they ask (RFC 5397).
  "current-user-principal": ({ personId }) => `<D:href>${escapeXml(principalHref(personId))}</D:href>`,
  resourcetype: ({ resource }) => (isCollection(resource) ? "<D:collection/>" : ""),
  displayname: ({ name }) => escapeXml(name),
  creationdate: ({ resource }) => itemOf(resource)?.createdAt,
  getlastmodified: ({ resource }) => {
    const item = itemOf(resource);
    return item === undefined ? undefined : new Date(item.modifiedAt).toUTCString();
  },
  getcontentlength: ({ resource }) => contentOf(resource)?.sizeBytes.toString(),
  getcontenttype: ({ resource }) => {
    const type = contentOf(resource)?.mediaType;
    return type === undefined ? undefined : escapeXml(type);
  },
  getetag: ({ resource }) => {
    const item = itemOf(resource);
    const etag = item === undefined ? undefined : contentEtag(item);
    return etag === undefined ? undefined : escapeXml(etag);
  },
  supportedlock: () =>
    ["exclusive", "shared"]
      .map(
        (scope) =>
          `<D:lockentry><D:lockscope><D:${scope}/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockentry>`,
      )
      .join(""),
  // Stays when it is renamed or moved (RFC 5842 section 3.1).
  "resource-id": ({ resource }) => {
    const item = itemOf(resource);
    return item === undefined ? undefined : `<D:href>urn:uuid:${item.id}</D:href>`;
  },
  lockdiscovery: (facts) => {
    const held = facts.locks.covering(facts.key).map((lock) => activeLock(lock, facts.locks));
    return held.length === 0 ? checkOutOf(facts) : held.join("");
  },
};

export interface PropertyFacts {
  resource: There;
  steps: DavSteps;
  /** How locks know it. */
  key: string;
  name: string;
  locks: DavLocks;
  personId: PersonId;
  nowMs: number;
}

export function isLive(name: string): boolean {
  return name.startsWith("{DAV:}") && Object.hasOwn(live, name.slice("{DAV:}".length));
}

/** Of files and folders; the tops of libraries keep none. */
export function deadProperties(resource: Resource): Readonly<Record<string, string>> {
  return itemOf(resource)?.properties ?? {};
}

export type Asked = { kind: "all" | "names" } | { kind: "these"; names: readonly string[] };

/** One `response` of a multistatus (RFC 4918 section 14.24). */
export function responseOf(facts: PropertyFacts, asked: Asked): string {
  const dead = deadProperties(facts.resource);
  const found: string[] = [];
  const missing: string[] = [];
  const liveNames = Object.keys(live).map((name) => `{DAV:}${name}`);
  const wanted = asked.kind === "these" ? asked.names : [...liveNames, ...Object.keys(dead)];
  for (const name of wanted) {
    const element = elementOf(name, facts, dead, asked.kind === "names");
    if (element !== undefined) found.push(element);
    else if (asked.kind === "these") missing.push(emptyElement(name));
  }
  const href = hrefOf(facts.steps, isCollection(facts.resource));
  const stats = [propstat(found, "200 OK"), propstat(missing, "404 Not Found")].join("");
  return `<D:response><D:href>${escapeXml(href)}</D:href>${stats === "" ? propstat([], "200 OK", true) : stats}</D:response>`;
}

function elementOf(
  name: string,
  facts: PropertyFacts,
  dead: Readonly<Record<string, string>>,
  isNameOnly: boolean,
): string | undefined {
  if (!isLive(name)) return isNameOnly && dead[name] !== undefined ? emptyElement(name) : dead[name];
  const local = name.slice("{DAV:}".length);
  const text = live[local]?.(facts);
  if (text === undefined) return undefined;
  return isNameOnly || text === "" ? `<D:${local}/>` : `<D:${local}>${text}</D:${local}>`;
}

export function propstat(elements: readonly string[], status: string, isAlways = false): string {
  if (elements.length === 0 && !isAlways) return "";
  return `<D:propstat><D:prop>${elements.join("")}</D:prop><D:status>HTTP/1.1 ${status}</D:status></D:propstat>`;
}

export function multistatus(responses: Iterable<string>): string {
  return `<D:multistatus xmlns:D="DAV:">${[...responses].join("")}</D:multistatus>`;
}

/** RFC 4918 section 14.1. */
export function activeLock(lock: DavLock, locks: DavLocks): string {
  const { isShared, isDeep, owner, token, steps } = lock;
  return [
    "<D:activelock>",
    `<D:lockscope><D:${isShared ? "shared" : "exclusive"}/></D:lockscope><D:locktype><D:write/></D:locktype>`,
    `<D:depth>${isDeep ? "infinity" : "0"}</D:depth>${owner}`,
    `<D:timeout>Second-${locks.secondsLeft(lock)}</D:timeout>`,
    `<D:locktoken><D:href>${token}</D:href></D:locktoken>`,
    `<D:lockroot><D:href>${escapeXml(hrefOf(steps, false))}</D:href></D:lockroot>`,
    "</D:activelock>",
  ].join("");
}

/** By somebody else, in Parvis or over another server: it keeps writers out, and has no token that one could send. */
function checkOutOf({ resource, steps, personId, nowMs }: PropertyFacts): string {
  const lock = itemOf(resource)?.lock;
  if (lock === undefined || lock.personId === personId) return "";
  const leftMs = lock.expiresAt === undefined ? Infinity : Date.parse(lock.expiresAt) - nowMs;
  if (leftMs <= 0) return "";
  return [
    "<D:activelock><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype><D:depth>0</D:depth>",
    `<D:timeout>${leftMs === Infinity ? "Infinite" : `Second-${Math.ceil(leftMs / 1000)}`}</D:timeout>`,
    `<D:lockroot><D:href>${escapeXml(hrefOf(steps, false))}</D:href></D:lockroot></D:activelock>`,
  ].join("");
}

function itemOf(resource: Resource): LibraryItem | undefined {
  return resource.kind === "item" ? resource.item : undefined;
}

function contentOf(resource: Resource): LibraryItem["content"] {
  return itemOf(resource)?.content;
}
