import { X509Certificate } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { createSecureContext } from "node:tls";
import type { Log } from "../log/log.ts";
import { parsePrincipal, rulesFor, type CertificateRule } from "./certificate-rules.ts";
import type { ClientCertificate } from "./certificate-choice.ts";

export interface CertificateFile extends ClientCertificate {
  /** What TLS needs of it. */
  secret: { cert: Buffer; key: Buffer };
}

/** The certificates that rules name as files for this address. */
export async function certificateFilesFor(
  url: string,
  rules: readonly CertificateRule[],
  log: Log,
): Promise<CertificateFile[]> {
  const files: CertificateFile[] = [];
  for (const { file } of rulesFor(rules, url)) {
    if (file === undefined) continue;
    for (const path of await pathsOf(file, log)) {
      const read = await readOne(path, log);
      if (read !== undefined && !files.some(({ fingerprint }) => fingerprint === read.fingerprint))
        files.push(read);
    }
  }
  return files;
}

async function pathsOf(file: string, log: Log): Promise<string[]> {
  try {
    if (!(await stat(file)).isDirectory()) return [file];
    const names = await readdir(file);
    return names
      .filter((name) => /\.pem$/i.test(name))
      .toSorted()
      .map((name) => join(file, name));
  } catch (error) {
    log.write("error", "The file of a client certificate cannot be read", {
      path: file,
      reason: String(error),
    });
    return [];
  }
}

async function readOne(path: string, log: Log): Promise<CertificateFile | undefined> {
  try {
    const bytes = await readFile(path);
    const secret = { cert: bytes, key: bytes };
    // Throws unless both are in it and belong together.
    createSecureContext(secret);
    const certificate = new X509Certificate(bytes);
    return {
      fingerprint: certificate.fingerprint256,
      subject: parsePrincipal(certificate.subject),
      issuer: parsePrincipal(certificate.issuer),
      validUntil: new Date(certificate.validTo).toISOString(),
      secret,
    };
  } catch (error) {
    log.write("error", "A client certificate cannot be used: it has no key, or asks for a passphrase", {
      path,
      reason: String(error),
    });
    return undefined;
  }
}
