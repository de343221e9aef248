import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { AppError } from "#contract/problem.ts";

/** What stands between the secret store and the cache keys: while a code is chosen, they are sealed once more. */
export interface KeyGuard {
  /** @throws AppError locked */
  seal(text: string): string;
  /** @throws AppError locked; secretsUnavailable when it was sealed with another key */
  open(stored: string): string;
}

const PREFIX = "sealed:";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function isSealed(stored: string): boolean {
  return stored.startsWith(PREFIX);
}

/** AES-256-GCM, base64 of nonce, ciphertext and tag. */
export function sealText(text: string, key: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const sealed = Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return PREFIX + sealed.toString("base64");
}

export function openText(stored: string, key: Buffer): string {
  const bytes = Buffer.from(stored.slice(PREFIX.length), "base64");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  try {
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    return (
      decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, "utf8") + decipher.final("utf8")
    );
  } catch (cause) {
    throw new AppError("secretsUnavailable", {
      title: "A cache key cannot be opened with this code",
      detail:
        "It was sealed for another profile or has been altered. Sign in again: the cache is fetched anew.",
      cause,
    });
  }
}

/** Nothing stands between. */
export const openGuard: KeyGuard = { seal: (text) => text, open: (stored) => stored };
