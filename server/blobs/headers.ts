import { AppError } from "#contract/problem.ts";

/**
 * `Content-Disposition` that carries any file name safely: an ASCII stand-in for old readers and the true name in
 * RFC 8187 form. Always an attachment: a file that someone sent must never run as a page of the workplace's origin.
 */
export function contentDisposition(name: string): string {
  const plain = safeFileName(name);
  const ascii = plain.replaceAll(/[^\x20-\x7e]|["\\%]/g, "_");
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeExtended(plain)}`;
}

/** The last step of a path, without control characters or the marks that turn the direction of writing around. */
function safeFileName(name: string): string {
  const step = name.toWellFormed().split(/[/\\]/).at(-1) ?? "";
  const visible = step
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "")
    .trim();
  return /^\.*$/.test(visible) ? "file" : visible;
}

/** RFC 8187 section 3.2.1: what `encodeURIComponent` leaves alone and attr-char does not allow. */
function encodeExtended(name: string): string {
  return encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

const MEDIA_TYPE =
  /^[\w!#$&^.+-]{1,100}\/[\w!#$&^.+-]{1,100}(?:\s*;\s*[\w!#$&^.+-]+=(?:[\w!#$&^.+-]+|"[^"\\]*"))*$/;

/** The type as declared, when it is well formed. */
export function safeMediaType(declared: string | undefined): string {
  const trimmed = declared?.trim() ?? "";
  return trimmed.length <= 200 && MEDIA_TYPE.test(trimmed) ? trimmed : "application/octet-stream";
}

/** The SHA-256 of `Repr-Digest` (RFC 9530) in hexadecimal, if it names one. @throws AppError badRequest */
export function parseReprDigest(header: string | undefined): string | undefined {
  const member = header?.split(",").find((part) => part.trim().toLowerCase().startsWith("sha-256="));
  if (member === undefined) return undefined;
  const encoded = /^sha-256=:([A-Za-z0-9+/]{43}=):$/i.exec(member.trim())?.[1];
  if (encoded !== undefined) return Buffer.from(encoded, "base64").toString("hex");
  throw new AppError("badRequest", {
    title: "The Repr-Digest cannot be read",
    detail: "Send `Repr-Digest: sha-256=:BASE64:` with the 32 bytes of the file's SHA-256.",
    pointer: "Repr-Digest",
  });
}

/** Whether a list of entity tags (`If-None-Match`) names this one, weakly compared (RFC 9110 section 13.1.2). */
export function namesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === "*") return true;
  return header.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag);
}
