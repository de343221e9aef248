import { TOP } from "#contract/drives.ts";
import { DriveError } from "../drive-error.ts";
import type { DriveChange } from "../drive.ts";
import type { DavClient } from "./dav-client.ts";
import { entryOf, type EntryContext } from "./dav-entry.ts";
import type { DavUrls } from "./dav-urls.ts";
import { escapeXml } from "./dav-xml.ts";
import { askMany } from "./multistatus.ts";

export interface ChangesParts {
  client: DavClient;
  urls: DavUrls;
  context: EntryContext;
}

/** RFC 6578, in as many parts as the server makes of it. @throws DriveError notFound when the cursor is too old */
export async function* changesSince(
  parts: ChangesParts,
  cursor: string | null,
  signal: AbortSignal,
): AsyncGenerator<DriveChange> {
  let token = cursor ?? "";
  for (;;) {
    const { next, isCut } = yield* onePart(parts, token, signal);
    if (next === "" || (isCut && next === token))
      throw new DriveError("damaged", { title: "The server does not say where its changes go on" });
    if (!isCut) {
      yield { kind: "cursor", cursor: next };
      return;
    }
    token = next;
  }
}

async function* onePart(
  { client, urls, context }: ChangesParts,
  token: string,
  signal: AbortSignal,
): AsyncGenerator<DriveChange, { next: string; isCut: boolean }> {
  const call = {
    method: "REPORT",
    url: urls.of(TOP),
    headers: { depth: "0", "content-type": "application/xml; charset=utf-8" },
    body: reportOf(token),
    signal,
  };
  let next = "";
  let isCut = false;
  try {
    for await (const part of askMany(client, urls, call)) {
      if (part.kind === "syncToken") {
        next = part.token;
        continue;
      }
      const { path, status, properties } = part.resource;
      if (path === TOP) isCut ||= status === 507;
      else if (path === undefined) continue;
      else if (status === 404 || status === 410) yield { kind: "removed", path };
      else if (status < 300) yield { kind: "put", entry: entryOf(path, properties, context) };
    }
  } catch (error) {
    throw isTooOld(error, token) ? tooOld(error) : error;
  }
  return { next, isCut };
}

function reportOf(token: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<sync-collection xmlns="DAV:" xmlns:oc="http://owncloud.org/ns"><sync-token>${escapeXml(token)}</sync-token><sync-level>infinite</sync-level><prop><resourcetype/><getcontentlength/><getlastmodified/><getetag/><getcontenttype/><lockdiscovery/><resource-id/><oc:fileid/></prop></sync-collection>`;
}

/** A server that no longer knows a token answers with `valid-sync-token`, by RFC 6578 with 403 and by others with 409, 410 or 412. */
function isTooOld(error: unknown, token: string): boolean {
  const faults = ["forbidden", "notFound", "changed", "invalidName"];
  return token !== "" && error instanceof DriveError && faults.includes(error.fault);
}

function tooOld(cause: unknown): DriveError {
  return new DriveError("notFound", {
    title: "The server no longer knows what it told last",
    detail: "Everything has to be listed anew.",
    cause,
  });
}
