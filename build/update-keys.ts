import { createPublicKey } from "node:crypto";

/**
 * Public keys whose signatures over a list of updates the packed application accepts: `PARVIS_UPDATE_KEYS`, separated by
 * commas. They go into the application's package.json, within the archive whose hash the program carries.
 */
export function updateKeysOf(env: NodeJS.ProcessEnv): string[] {
  const keys = (env["PARVIS_UPDATE_KEYS"] ?? "")
    .split(",")
    .map((key) => key.trim())
    .filter((key) => key !== "");
  for (const key of keys) assertKey(key);
  return keys;
}

function assertKey(key: string): void {
  const bytes = Buffer.from(key, "base64");
  const isKey = bytes.length === 32 && bytes.toString("base64") === key;
  if (!isKey) throw new TypeError(`PARVIS_UPDATE_KEYS: “${key}” is not 32 bytes in base64`);
  createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: bytes.toString("base64url") }, format: "jwk" });
}
