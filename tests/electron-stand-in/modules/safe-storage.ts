import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type * as Electron from "electron";
import { app } from "./app.ts";

/**
 * https://www.electronjs.org/docs/latest/api/safe-storage. AES under a key that lies beside the profile, where the system's
 * keyring would hold it. `STAND_IN_SAFE_STORAGE` in the environment: `basic_text`, `unavailable`.
 */

const chosen = process.env["STAND_IN_SAFE_STORAGE"] ?? "gnome_libsecret";
const PREFIX = Buffer.from("v11");

function key(): Buffer {
  if (!app.isReady()) throw new Error("safeStorage cannot be used before app is ready");
  if (chosen === "unavailable")
    throw new Error(
      "Error while encrypting the text provided to safeStorage.encryptString. Encryption is not available.",
    );
  const path = join(app.getPath("userData"), "..", ".stand-in-keyring");
  if (!existsSync(path)) {
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, randomBytes(32), { mode: 0o600 });
  }
  return readFileSync(path);
}

function encryptString(text: string): Buffer {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key(), iv);
  return Buffer.concat([PREFIX, iv, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
}

function decryptString(sealed: Buffer): string {
  const secret = key();
  try {
    if (!sealed.subarray(0, 3).equals(PREFIX)) throw new Error("of another kind");
    const decipher = createDecipheriv("aes-256-gcm", secret, sealed.subarray(3, 15));
    decipher.setAuthTag(sealed.subarray(-16));
    return Buffer.concat([decipher.update(sealed.subarray(15, -16)), decipher.final()]).toString("utf8");
  } catch {
    throw new Error("Error while decrypting the ciphertext provided to safeStorage.decryptString.");
  }
}

export const safeStorage = {
  isEncryptionAvailable: () => app.isReady() && chosen !== "unavailable",
  isAsyncEncryptionAvailable: async () => chosen !== "unavailable",
  encryptString,
  decryptString,
  encryptStringAsync: async (text: string) => encryptString(text),
  decryptStringAsync: async (sealed: Buffer) => ({ result: decryptString(sealed), shouldReEncrypt: false }),
  getSelectedStorageBackend: () => (chosen === "basic_text" ? "basic_text" : "gnome_libsecret"),
  setUsePlainTextEncryption: () => undefined,
} satisfies Electron.SafeStorage;
