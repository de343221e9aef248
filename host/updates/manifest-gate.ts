import { verify } from "node:crypto";
import { parseUpdateSignature, type SignatureHead } from "#contract/desktop/update-signature.ts";
import { importSigningKey, signingKeyId } from "./signing-key.ts";

/** An update that is not to be had, whatever the rest says. Its message is for an administrator. */
export class UpdateRefused extends Error {
  override readonly name = "UpdateRefused";
}

export interface SignedManifest {
  /** Name of the list, as asked for. */
  file: string;
  manifest: Buffer;
  /** Undefined where the mirror has none. */
  signature: string | undefined;
}

export interface GateOptions {
  keys: readonly string[];
  /** When the newest list of this name that was ever seen was signed. */
  newestSigned: (file: string) => Promise<string | undefined>;
  remember: (file: string, signedAt: string) => Promise<void>;
  now: () => number;
}

const DAY_MS = 86_400_000;

/**
 * Lets a list of updates through, or throws UpdateRefused: it has to be signed by a key that is pinned, over these very
 * bytes and this name, not be older than one that was seen before, nor have expired.
 */
export async function admitManifest(signed: SignedManifest, options: GateOptions): Promise<SignatureHead> {
  const { file, manifest } = signed;
  const parsed = parseUpdateSignature(signed.signature ?? "");
  if (signed.signature === undefined)
    throw new UpdateRefused(`${file} is not signed: there is no ${file}.sig.`);
  if (parsed === undefined)
    throw new UpdateRefused(`${file}.sig is not a signature that this version reads.`);
  const { head, headText, signatures } = parsed;
  const known = options.keys.map((key) => ({ id: signingKeyId(key), key: importSigningKey(key) }));
  const bytes = Buffer.concat([Buffer.from(headText), manifest]);
  const ours = signatures.flatMap(({ keyId, signature }) =>
    known.filter(({ id }) => id === keyId).map(({ key }) => ({ key, signature })),
  );
  if (ours.length === 0) throw new UpdateRefused(`${file} is signed with no key that is trusted here.`);
  if (!ours.some(({ key, signature }) => verify(null, bytes, key, Buffer.from(signature, "base64")))) {
    throw new UpdateRefused(`${file} is not what was signed.`);
  }
  if (head.file !== file) throw new UpdateRefused(`${file}.sig is the signature of ${head.file}.`);
  await checkAge(head, options);
  return head;
}

async function checkAge({ file, signedAt, expiresAt }: SignatureHead, options: GateOptions): Promise<void> {
  const now = options.now();
  if (Date.parse(signedAt) > now + DAY_MS) {
    throw new UpdateRefused(`${file} was signed in the future (${signedAt}): one of the clocks is wrong.`);
  }
  if (expiresAt !== undefined && Date.parse(expiresAt) <= now) {
    throw new UpdateRefused(`${file} has expired (${expiresAt}): the mirror has not been renewed.`);
  }
  const newest = await options.newestSigned(file);
  if (newest !== undefined && Date.parse(signedAt) < Date.parse(newest)) {
    throw new UpdateRefused(`${file} is older (${signedAt}) than one that was here before (${newest}).`);
  }
  if (newest !== signedAt) await options.remember(file, signedAt);
}
