import { TOP } from "#contract/drives.ts";
import { DriveError } from "../drive-error.ts";
import type { DriveCapabilities } from "../drive.ts";
import { dismiss, type DavClient } from "./dav-client.ts";
import { statusFault } from "./dav-faults.ts";
import type { DavUrls } from "./dav-urls.ts";
import { childOf, childrenOf, dav, type XmlElement } from "./dav-xml.ts";
import { askMany } from "./multistatus.ts";

/** What is known of a server once it was asked. */
export interface DavServer {
  capabilities: DriveCapabilities;
  /** A `PUT` that breaks off leaves what was there: others get the file under another name first. */
  isAtomic: boolean;
}

export interface DiscoveryParts {
  client: DavClient;
  urls: DavUrls;
  isCaseSensitive: boolean;
}

const PROPERTIES = `<?xml version="1.0" encoding="utf-8"?>
<propfind xmlns="DAV:"><prop><resourcetype/><supported-report-set/><current-user-privilege-set/><supportedlock/></prop></propfind>`;
const WRITING = /\b(?:PUT|MKCOL|MOVE|DELETE)\b/i;
/** RFC 3744 section 3. */
const WRITE_PRIVILEGES = new Set(["all", "write", "write-content", "bind"].map(dav));

/** @throws DriveError unsupported when it is no WebDAV server */
export async function discoverServer(parts: DiscoveryParts, signal: AbortSignal): Promise<DavServer> {
  const { headers } = await optionsOf(parts, signal);
  const properties = await propertiesOf(parts, signal);
  const [classes, allowed] = [headers.get("dav") ?? "", headers.get("allow") ?? ""];
  const reports = childrenOf(childOf(properties, dav("supported-report-set")), dav("supported-report"));
  const knowsLocks = /(?:^|[\s,])2(?:$|[\s,])/.test(classes) && (allowed === "" || /\bLOCK\b/i.test(allowed));
  return {
    isAtomic: isKnownAtomic(classes, headers.get("server") ?? ""),
    capabilities: {
      canWrite: (allowed === "" || WRITING.test(allowed)) && mayWrite(properties),
      canLock: knowsLocks,
      canReadParts: headers.get("accept-ranges")?.toLowerCase() !== "none",
      canTellChanges: reports.some(
        (report) => childOf(childOf(report, dav("report")), dav("sync-collection")) !== undefined,
      ),
      isCaseSensitive: parts.isCaseSensitive,
    },
  };
}

/**
 * Apache writes into a file beside it and renames that; so do Nextcloud, nginx and Parvis. Of the others nobody knows: rclone
 * and whatever is built on Go's library keep the half that arrived.
 */
function isKnownAtomic(classes: string, server: string): boolean {
  if (/apache\.org\/dav\/propset\/fs|nextcloud|\bparvis\b/i.test(classes)) return true;
  return /^nginx\b/i.test(server) && classes.trim() === "2";
}

/** Some servers know neither the method nor its answer: then the properties have to do. */
async function optionsOf(
  { client, urls }: DiscoveryParts,
  signal: AbortSignal,
): Promise<{ headers: Headers }> {
  const answer = await client.ask({ method: "OPTIONS", url: urls.of(TOP), signal });
  await dismiss(answer);
  if (answer.status === 429 || answer.status >= 502) throw statusFault(answer, "OPTIONS");
  return answer.status < 300 ? answer : { headers: new Headers() };
}

async function propertiesOf({ client, urls }: DiscoveryParts, signal: AbortSignal): Promise<XmlElement> {
  const headers = { depth: "0", "content-type": "application/xml; charset=utf-8" };
  const call = { method: "PROPFIND", url: urls.of(TOP), headers, body: PROPERTIES, signal };
  try {
    for await (const part of askMany(client, urls, call))
      if (part.kind === "resource") return part.resource.properties;
  } catch (error) {
    if (!(error instanceof DriveError && error.fault === "unsupported")) throw error;
  }
  throw new DriveError("unsupported", {
    title: "What answers at this address is no WebDAV server",
    detail: "It does not list folders.",
  });
}

/** Unless the server says that nothing may be written. */
export function mayWrite(properties: XmlElement): boolean {
  const set = childOf(properties, dav("current-user-privilege-set"));
  if (set === undefined || set.children.length === 0) return true;
  return set.children.some((privilege) => privilege.children.some(({ name }) => WRITE_PRIVILEGES.has(name)));
}
