import { z } from "zod";

/**
 * `latest-linux.yml.sig`, beside the list of updates that it signs. Plain text with line feeds:
 *
 *     parvis-updates 1
 *     file: latest-linux.yml
 *     signed: 2026-11-23T08:00:00.000Z
 *     expires: 2027-05-23T08:00:00.000Z      (may be left out)
 *     signature: KEY-ID BASE64               (once for each key)
 *
 * Each signature is Ed25519 over the lines before the first `signature:`, line feeds included, followed by the list's
 * exact bytes. So neither the list, nor its name, nor its age can be another. KEY-ID is the beginning of the SHA-256 of the
 * public key's 32 bytes, 16 hexadecimal digits.
 */

const FIRST_LINE = "parvis-updates 1";

export const signatureHeadSchema = z.object({
  /** Name of the list: one for another platform or channel does not pass for this one. */
  file: z.string().regex(/^[a-z0-9-]+\.yml$/),
  signedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().optional(),
});
export type SignatureHead = z.infer<typeof signatureHeadSchema>;

export interface UpdateSignature {
  head: SignatureHead;
  /** What stands before the list in the signed bytes. */
  headText: string;
  signatures: readonly { keyId: string; signature: string }[];
}

export function headTextOf({ file, signedAt, expiresAt }: SignatureHead): string {
  const expires = expiresAt === undefined ? "" : `expires: ${expiresAt}\n`;
  return `${FIRST_LINE}\nfile: ${file}\nsigned: ${signedAt}\n${expires}`;
}

const FORM =
  /^parvis-updates 1\nfile: (?<file>[^\n]+)\nsigned: (?<signedAt>[^\n]+)\n(?:expires: (?<expiresAt>[^\n]+)\n)?(?<signatures>(?:signature: [0-9a-f]{16} [A-Za-z0-9+/]{86}==\n)+)$/;

/** Undefined: it is none. */
export function parseUpdateSignature(text: string): UpdateSignature | undefined {
  const groups = FORM.exec(text)?.groups;
  const head = signatureHeadSchema.safeParse(groups);
  if (!head.success) return undefined;
  const lines = (groups?.["signatures"] ?? "").trimEnd().split("\n");
  return {
    head: head.data,
    headText: headTextOf(head.data),
    signatures: lines.map((line) => {
      const [, keyId = "", signature = ""] = line.split(" ");
      return { keyId, signature };
    }),
  };
}
