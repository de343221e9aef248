import { X509Certificate } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Log } from "../log/log.ts";

const MAX_BYTES = 1_000_000;
const PEM = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** The certification authorities of a folder; what is no certificate is said and left out. */
export async function readCertificateFolder(folder: string, log: Log): Promise<X509Certificate[]> {
  const found: X509Certificate[] = [];
  for (const name of await namesIn(folder, log)) {
    const path = join(folder, name);
    for (const pem of await pemsIn(path, log)) {
      const certificate = parse(pem);
      if (certificate?.ca === true) found.push(certificate);
      else log.write("warning", "A file of CertificateFolder holds no certification authority", { path });
    }
  }
  return found;
}

async function namesIn(folder: string, log: Log): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names.filter((name) => /\.(pem|crt|cer)$/i.test(name)).toSorted();
  } catch (error) {
    log.write("error", "CertificateFolder cannot be read", { path: folder, reason: String(error) });
    return [];
  }
}

/** Text with one or many certificates, or the bytes of one. */
async function pemsIn(path: string, log: Log): Promise<(string | Buffer)[]> {
  try {
    if ((await stat(path)).size > MAX_BYTES) return [];
    const bytes = await readFile(path);
    const pems = bytes.toString("latin1").match(PEM);
    return pems ?? [bytes];
  } catch (error) {
    log.write("error", "A file of CertificateFolder cannot be read", { path, reason: String(error) });
    return [];
  }
}

function parse(pem: string | Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    // Reported by the caller, with its path.
    return undefined;
  }
}
