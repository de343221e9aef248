import { parseRange } from "../blobs/ranges.ts";
import { contentDisposition } from "../blobs/headers.ts";
import { DavError } from "./dav-error.ts";
import { contentEtag } from "./dav-etag.ts";
import type { DavRequest } from "./dav-request.ts";
import { requireThere } from "./dav-tree.ts";

/** GET and HEAD of a file, whole or in part (RFC 9110 sections 9.3.1 and 14); of a collection there is nothing to read. */
export async function get(dav: DavRequest): Promise<Response> {
  const resource = requireThere(await dav.find());
  const isHead = dav.request.method === "HEAD";
  if (resource.kind !== "item" || resource.item.content === undefined) {
    if (isHead) return new Response(null, { status: 200, headers: { "content-length": "0" } });
    throw new DavError(405, "A folder has no content: ask for it with PROPFIND.");
  }
  const { item } = resource;
  const { content } = resource.item;
  const etag = contentEtag(item) ?? "";
  const headers = new Headers({
    etag,
    "accept-ranges": "bytes",
    "content-type": content.mediaType,
    // A file that somebody put here never runs as a page of the workplace.
    "content-disposition": contentDisposition(item.name),
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
    "cache-control": "private, no-cache",
    "last-modified": new Date(item.modifiedAt).toUTCString(),
  });
  const noneMatch = dav.header("if-none-match");
  if (noneMatch !== null && noneMatch.split(",").some((tag) => tag.trim() === etag || tag.trim() === "*"))
    return new Response(null, { status: 304, headers });
  const ifMatch = dav.header("if-match");
  if (ifMatch !== null && ifMatch.trim() !== "*" && !ifMatch.split(",").some((tag) => tag.trim() === etag))
    throw new DavError(412, "The file has another content now.");
  const ifRange = dav.header("if-range");
  const isSame = ifRange === null || ifRange.trim() === etag;
  const range = parseRange(isSame ? (dav.header("range") ?? undefined) : undefined, content.sizeBytes);
  if (range.kind === "unsatisfiable") {
    headers.set("content-range", `bytes */${content.sizeBytes}`);
    return new Response(null, { status: 416, headers });
  }
  const { first, last } = range.kind === "part" ? range : { first: 0, last: content.sizeBytes - 1 };
  headers.set("content-length", String(last - first + 1));
  if (range.kind === "part") headers.set("content-range", `bytes ${first}-${last}/${content.sizeBytes}`);
  const hasBody = !isHead && last >= first;
  const bytes = dav.options.store.blobs.read(content.blobId, first, last);
  return new Response(hasBody ? ReadableStream.from(bytes) : null, {
    status: range.kind === "part" ? 206 : 200,
    headers,
  });
}
