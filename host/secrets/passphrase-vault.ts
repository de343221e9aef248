import { createCipheriv, createDecipheriv, randomBytes, scrypt } from "node:crypto";
import { z } from "zod";
import { AppError } from "#contract/problem.ts";

/** scrypt cost as OWASP's password storage guide recommends it: 128 MB, about half a second. */
export const DEFAULT_COST = 2 ** 17;

const base64 = z.base64().max(10_000_000);

/** The file: everything needed to open it but the passphrase. */
export const vaultSchema = z.object({
  format: z.literal("parvis-secrets"),
  version: z.literal(1),
  kdf: z.object({
    name: z.literal("scrypt"),
    /** Bounded so that a planted file cannot exhaust memory. */
    cost: z
      .int()
      .min(2)
      .max(2 ** 20),
    blockSize: z.literal(8),
    parallelization: z.literal(1),
    salt: base64,
  }),
  cipher: z.object({ name: z.literal("aes-256-gcm"), iv: base64, tag: base64 }),
  data: base64,
});
export type Vault = z.infer<typeof vaultSchema>;
export type Kdf = Vault["kdf"];

const entriesSchema = z.record(z.string(), z.string());
export type Entries = z.infer<typeof entriesSchema>;

export function createKdf(cost: number): Kdf {
  return {
    name: "scrypt",
    cost,
    blockSize: 8,
    parallelization: 1,
    salt: randomBytes(16).toString("base64"),
  };
}

export async function deriveKey(passphrase: string, kdf: Kdf): Promise<Buffer> {
  const options = {
    N: kdf.cost,
    r: kdf.blockSize,
    p: kdf.parallelization,
    maxmem: 256 * kdf.cost * kdf.blockSize + 1_000_000,
  };
  return new Promise((resolve, reject) => {
    // NFC: the same passphrase typed on another keyboard or system must give the same key.
    scrypt(passphrase.normalize("NFC"), Buffer.from(kdf.salt, "base64"), 32, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

export function seal(entries: Entries, key: Buffer, kdf: Kdf): Vault {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  cipher.setAAD(header(kdf));
  const data = Buffer.concat([cipher.update(JSON.stringify(entries), "utf8"), cipher.final()]);
  return {
    format: "parvis-secrets",
    version: 1,
    kdf,
    cipher: {
      name: "aes-256-gcm",
      iv: iv.toString("base64"),
      tag: cipher.getAuthTag().toString("base64"),
    },
    data: data.toString("base64"),
  };
}

/** @throws AppError locked when the key is not the one it was sealed with, or the file was altered. */
export function unseal(vault: Vault, key: Buffer): Entries {
  const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(vault.cipher.iv, "base64"), {
    authTagLength: 16,
  });
  decipher.setAAD(header(vault.kdf));
  decipher.setAuthTag(Buffer.from(vault.cipher.tag, "base64"));
  const clear = decipher.update(Buffer.from(vault.data, "base64"));
  try {
    return entriesSchema.parse(JSON.parse(Buffer.concat([clear, decipher.final()]).toString("utf8")));
  } catch (error) {
    throw new AppError("locked", {
      title: "The passphrase is not the right one",
      detail: "The secrets of this profile could not be opened with this passphrase.",
      cause: error,
    });
  }
}

/** Bound to the ciphertext, so that the derivation cannot be weakened in the file. */
function header(kdf: Kdf): Buffer {
  return Buffer.from(JSON.stringify(["parvis-secrets", 1, kdf.name, kdf.cost, kdf.salt]));
}
