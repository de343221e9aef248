import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from "node:crypto";
import { headTextOf, type SignatureHead } from "#contract/desktop/update-signature.ts";

/** Signs lists of updates (contract/desktop/update-signature.ts). The private key is an Ed25519 key in PKCS#8, as PEM. */

export interface KeyPair {
  privatePem: string;
  /** Base64 of 32 bytes: for PARVIS_UPDATE_KEYS and the policy UpdateSigningKeys. */
  publicKey: string;
}

/** With a passphrase the private key is encrypted (AES-256-CBC, as OpenSSL reads it). */
export function createUpdateKey(passphrase?: string): KeyPair {
  const { privateKey } = generateKeyPairSync("ed25519");
  const form = { type: "pkcs8", format: "pem" } as const;
  const pem =
    passphrase === undefined
      ? privateKey.export(form)
      : privateKey.export({ ...form, cipher: "aes-256-cbc", passphrase });
  return { privatePem: pem.toString(), publicKey: publicKeyOf(privateKey) };
}

/** @throws when it is no Ed25519 key, or the passphrase is another. */
export function openUpdateKey(pem: string, passphrase?: string): KeyObject {
  const key = createPrivateKey(passphrase === undefined ? pem : { key: pem, passphrase });
  if (key.asymmetricKeyType !== "ed25519") throw new TypeError("the key is no Ed25519 key");
  return key;
}

export function publicKeyOf(privateKey: KeyObject): string {
  const { x } = createPublicKey(privateKey).export({ format: "jwk" });
  return Buffer.from(x ?? "", "base64url").toString("base64");
}

/** The text of `file`.sig: signed with each key, so that a new key can be brought in beside the old one. */
export function signManifest(manifest: Buffer, head: SignatureHead, keys: readonly KeyObject[]): string {
  const headText = headTextOf(head);
  const bytes = Buffer.concat([Buffer.from(headText), manifest]);
  const lines = keys.map((key) => {
    const id = createHash("sha256")
      .update(Buffer.from(publicKeyOf(key), "base64"))
      .digest("hex")
      .slice(0, 16);
    return `signature: ${id} ${sign(null, bytes, key).toString("base64")}\n`;
  });
  return headText + lines.join("");
}
