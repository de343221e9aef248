import { createHash, timingSafeEqual, type Hash } from "node:crypto";
import { DriveError } from "../drive-error.ts";

const FIELD_ALGORITHMS: Readonly<Record<string, string>> = { "sha-256": "sha256", "sha-512": "sha512" };
const OWNCLOUD_ALGORITHMS: Readonly<Record<string, string>> = { SHA256: "sha256", SHA1: "sha1", MD5: "md5" };

export interface AnnouncedHash {
  hash: Hash;
  expected: Buffer;
}

/** What an answer says its bytes hash to. Undefined: nothing that is understood. */
export function announcedHash(headers: Headers, isWhole: boolean): AnnouncedHash | undefined {
  // RFC 9530: of these bytes, or of the whole file; RFC 3230 before it; ownCloud's own.
  const fields = [
    headers.get("content-digest"),
    ...(isWhole ? [headers.get("repr-digest"), headers.get("digest")] : []),
  ];
  for (const field of fields) {
    for (const [, name = "", value = ""] of (field ?? "").matchAll(/([\w-]+)=:?([\w+/=]+):?/g)) {
      const algorithm = FIELD_ALGORITHMS[name.toLowerCase()];
      if (algorithm !== undefined)
        return { hash: createHash(algorithm), expected: Buffer.from(value, "base64") };
    }
  }
  const [, name = "", hex = ""] =
    /\b(SHA256|SHA1|MD5):([0-9a-f]{32,64})\b/i.exec(headers.get("oc-checksum") ?? "") ?? [];
  const algorithm = isWhole ? OWNCLOUD_ALGORITHMS[name.toUpperCase()] : undefined;
  return algorithm === undefined
    ? undefined
    : { hash: createHash(algorithm), expected: Buffer.from(hex, "hex") };
}

/** @throws DriveError damaged */
export function assertHash({ hash, expected }: AnnouncedHash): void {
  const actual = hash.digest();
  if (actual.length === expected.length && timingSafeEqual(actual, expected)) return;
  throw new DriveError("damaged", {
    title: "The file is not the one that the server announced",
    detail: "Its hash is another one.",
  });
}
