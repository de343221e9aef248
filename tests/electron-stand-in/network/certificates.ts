import type { DetailedPeerCertificate, TLSSocket } from "node:tls";
import type * as Electron from "electron";

/** Chromium's judgement of a server's certificate, and the shell's. */

export type VerifyProc = Parameters<Electron.Session["setCertificateVerifyProc"]>[0];

const CODES: Record<string, [string, number]> = {
  ERR_TLS_CERT_ALTNAME_INVALID: ["net::ERR_CERT_COMMON_NAME_INVALID", -200],
  CERT_HAS_EXPIRED: ["net::ERR_CERT_DATE_INVALID", -201],
  CERT_NOT_YET_VALID: ["net::ERR_CERT_DATE_INVALID", -201],
};
const UNKNOWN_AUTHORITY: [string, number] = ["net::ERR_CERT_AUTHORITY_INVALID", -202];

/** Why the connection is refused; undefined when it is not. */
export async function judge(
  socket: TLSSocket,
  hostname: string,
  verify: VerifyProc,
): Promise<string | undefined> {
  // Its code, whatever the types say.
  const name = `${socket.authorizationError}`;
  const [result, errorCode] = socket.authorized ? ["net::OK", 0] : (CODES[name] ?? UNKNOWN_AUTHORITY);
  const own = errorCode === 0 ? undefined : result;
  if (verify === null) return own;
  const certificate = toElectron(socket.getPeerCertificate(true), new Set());
  const answer = await new Promise<number>((resolve) => {
    verify(
      {
        hostname,
        certificate,
        validatedCertificate: certificate,
        isIssuedByKnownRoot: false,
        verificationResult: result,
        errorCode,
      },
      resolve,
    );
  });
  // https://www.electronjs.org/docs/latest/api/session#sessetcertificateverifyprocproc
  if (answer === 0) return undefined;
  return answer === -3 ? own : "net::ERR_FAILED";
}

function toElectron(peer: DetailedPeerCertificate, seen: Set<string>): Electron.Certificate {
  seen.add(peer.fingerprint256);
  const { issuerCertificate } = peer;
  const isLast = issuerCertificate === undefined || seen.has(issuerCertificate.fingerprint256);
  const pem = peer.raw === undefined ? "" : peer.raw.toString("base64").replaceAll(/.{64}/g, "$&\n");
  const certificate = {
    data: `-----BEGIN CERTIFICATE-----\n${pem}\n-----END CERTIFICATE-----\n`,
    fingerprint: `sha256/${Buffer.from(peer.fingerprint256.replaceAll(":", ""), "hex").toString("base64")}`,
    subject: principal(peer.subject),
    subjectName: peer.subject.CN?.toString() ?? "",
    issuer: principal(peer.issuer),
    issuerName: peer.issuer.CN?.toString() ?? "",
    serialNumber: peer.serialNumber,
    validStart: Date.parse(peer.valid_from) / 1000,
    validExpiry: Date.parse(peer.valid_to) / 1000,
  };
  const issuerCert = isLast ? undefined : toElectron(issuerCertificate, seen);
  // The last one has none there either, whatever the types say.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- As just said.
  return Object.assign({ issuerCert }, certificate) as Electron.Certificate;
}

function principal(name: DetailedPeerCertificate["subject"]): Electron.CertificatePrincipal {
  return {
    commonName: listOf(name.CN)[0] ?? "",
    organizations: listOf(name.O),
    organizationUnits: listOf(name.OU),
    locality: listOf(name.L)[0] ?? "",
    state: listOf(name.ST)[0] ?? "",
    country: listOf(name.C)[0] ?? "",
  };
}

function listOf(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : [value].flat();
}
