import { CONTRACT_VERSION } from "#contract/version.ts";

/** What belongs to one connection (RFC 9110 section 7.6.1), to the page's own origin, or to whoever sits in between. */
const NOT_FORWARDED =
  /^(connection|keep-alive|te|trailer|transfer-encoding|upgrade|host|expect|http2-settings|cookie2?|origin|referer|authorization|parvis-contract|accept-encoding|content-length|forwarded|via|dnt|priority|upgrade-insecure-requests|user-agent|(proxy|sec|x-forwarded|access-control|cf)-.*)$/;

/** What a page may see of an answer: nothing that would act upon the page's own origin. */
const RETURNED =
  /^(content-(type|length|range|disposition|language)|accept-ranges|etag|last-modified|retry-after|upload-(offset|complete)|repr-digest|date|x-request-id|parvis-.*)$/;

export function upstreamHeaders(headers: Headers, isLoopback: boolean): Headers {
  const named = (headers.get("connection") ?? "").toLowerCase().split(/\s*,\s*/);
  const kept = new Headers();
  for (const [name, value] of headers) {
    if (!NOT_FORWARDED.test(name) && !named.includes(name)) kept.set(name, value);
  }
  kept.set("parvis-contract", String(CONTRACT_VERSION));
  // Compression on the way to this very machine costs time and saves nothing.
  if (isLoopback) kept.set("accept-encoding", "identity");
  return kept;
}

export function pageHeaders(headers: Headers): Headers {
  const kept = new Headers();
  for (const [name, value] of headers) {
    if (RETURNED.test(name)) kept.set(name, value);
  }
  // fetch has already decoded the body: the length on the wire is no longer its length.
  if (headers.has("content-encoding")) kept.delete("content-length");
  return secure(kept);
}

/** What a backend sends is data: never a page, a script or something that stays on the disk in clear. */
export function secure(headers: Headers): Headers {
  headers.set("cache-control", "no-store");
  headers.set("content-security-policy", "default-src 'none'; sandbox");
  headers.set("cross-origin-resource-policy", "same-origin");
  headers.set("x-content-type-options", "nosniff");
  return headers;
}
