import { DavError } from "../dav-error.ts";
import { failed, namesTag, requireThere, type CalendarRequest } from "./calendar-request.ts";

/** GET and HEAD of an object: the bytes as they were written. */
export async function readObject({ dav, tree }: CalendarRequest): Promise<Response> {
  const resource = requireThere(await tree.find(dav.steps));
  const isHead = dav.request.method === "HEAD";
  if (resource.kind !== "object") {
    if (isHead) return new Response(null, { status: 200, headers: { "content-length": "0" } });
    throw new DavError(405, "Ask for what is in a calendar with PROPFIND or REPORT.");
  }
  const { row, etag } = resource.object;
  const headers = new Headers({
    etag,
    "content-type": "text/calendar; charset=utf-8",
    "x-content-type-options": "nosniff",
    "content-security-policy": "sandbox; default-src 'none'",
    "content-disposition": "attachment",
    "cache-control": "private, no-cache",
    "last-modified": new Date(row.modifiedAt).toUTCString(),
  });
  const [match, noneMatch] = [dav.header("if-match"), dav.header("if-none-match")];
  if (match !== null && !namesTag(match, etag)) throw failed();
  if (noneMatch !== null && namesTag(noneMatch, etag)) return new Response(null, { status: 304, headers });
  const bytes = new TextEncoder().encode(row.data);
  headers.set("content-length", String(bytes.length));
  return new Response(isHead ? null : bytes, { status: 200, headers });
}
