import { createHash, createPublicKey, type KeyObject } from "node:crypto";

/** 32 bytes in base64, as policies and builds name an Ed25519 key. */
export function isSigningKey(text: string): boolean {
  const bytes = Buffer.from(text, "base64");
  return bytes.length === 32 && bytes.toString("base64") === text;
}

export function importSigningKey(text: string): KeyObject {
  const x = Buffer.from(text, "base64").toString("base64url");
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
}

/** By which a signature names its key. */
export function signingKeyId(text: string): string {
  return createHash("sha256").update(Buffer.from(text, "base64")).digest("hex").slice(0, 16);
}
