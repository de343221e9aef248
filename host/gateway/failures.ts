import { AppError, type ProblemKind } from "#contract/problem.ts";
import { errorCode } from "../files/atomic-file.ts";

const OFFLINE = new Set(["ECONNREFUSED", "ENETUNREACH", "EHOSTUNREACH", "ENETDOWN", "EADDRNOTAVAIL"]);
const NO_NAME = new Set(["ENOTFOUND", "EAI_AGAIN"]);
const BROKEN = new Set([
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "UND_ERR_SOCKET",
  "ERR_STREAM_PREMATURE_CLOSE",
]);
const SLOW = new Set([
  "ETIMEDOUT",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
]);
/** Why a certificate was refused, where it is known better. */
const CERTIFICATES: readonly [RegExp, ProblemKind][] = [
  [/^CERT_HAS_EXPIRED$/, "certificateExpired"],
  [/^CERT_NOT_YET_VALID$/, "certificateNotYetValid"],
  [/^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/, "certificateWrongHost"],
  [
    /^(UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED|CERT_UNTRUSTED|INVALID_CA)/,
    "certificateUntrusted",
  ],
  // What a server says that got no certificate, or one that it does not accept.
  [
    /^ERR_SSL_(TLSV13_ALERT_CERTIFICATE_REQUIRED|(SSLV3|TLSV1)_ALERT_(HANDSHAKE_FAILURE|BAD_CERTIFICATE|CERTIFICATE_UNKNOWN|UNKNOWN_CA|ACCESS_DENIED))|^ERR_SSL_SSL\/TLS_ALERT_(HANDSHAKE_FAILURE|BAD_CERTIFICATE)/,
    "clientCertificateRequired",
  ],
];
const CERTIFICATE =
  /^(CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|HOSTNAME_MISMATCH|ERR_TLS_CERT|INVALID_CA|INVALID_PURPOSE)/;
const NOT_TLS = /^(ERR_SSL_|EPROTO)/;
const NOT_HTTP = /^(HPE_|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_|UND_ERR_INVALID_RETURN)/;

/** Chromium's names for the same things, `net::ERR_…`, as `net.fetch` of the desktop shell reports them. */
const CHROMIUM: readonly [RegExp, ProblemKind][] = [
  [/ERR_CERT_AUTHORITY_INVALID/, "certificateUntrusted"],
  [/ERR_CERT_COMMON_NAME_INVALID/, "certificateWrongHost"],
  [/ERR_CERT_DATE_INVALID/, "certificateExpired"],
  [/ERR_BAD_SSL_CLIENT_AUTH|ERR_SSL_CLIENT_AUTH/, "clientCertificateRequired"],
  [/ERR_CERT_|ERR_SSL_PINNED/, "certificateRefused"],
  [
    /ERR_PROXY_AUTH_(REQUESTED|UNSUPPORTED)|ERR_MALFORMED_IDENTITY|ERR_TOO_MANY_RETRIES/,
    "proxySignInRequired",
  ],
  [/ERR_PROXY_CONNECTION_FAILED|ERR_MANDATORY_PROXY_CONFIGURATION_FAILED|ERR_PAC_/, "proxyUnreachable"],
  [/ERR_PROXY_CERTIFICATE_INVALID|ERR_SOCKS_CONNECTION/, "proxyUnreachable"],
  [/ERR_TUNNEL_CONNECTION_FAILED/, "proxyRefused"],
  [/ERR_NAME_NOT_RESOLVED|ERR_NAME_RESOLUTION_FAILED|ERR_DNS_/, "nameNotFound"],
  [/ERR_SSL_|ERR_UNSAFE_PORT|ERR_INVALID_URL|ERR_UNKNOWN_URL_SCHEME|ERR_TOO_MANY_REDIRECTS/, "wrongAddress"],
  [/[Rr]edirect was cancelled/, "wrongAddress"],
  [/ERR_TIMED_OUT|ERR_CONNECTION_TIMED_OUT/, "timeout"],
  [/ERR_INVALID_HTTP_RESPONSE|ERR_EMPTY_RESPONSE|ERR_INVALID_RESPONSE/, "notAWorkplace"],
  [/ERR_/, "offline"],
];

export interface Failure {
  error: AppError;
  /** The connection broke before an answer: the same call may be tried again when it is idempotent. */
  isBroken: boolean;
}

/** Names what went wrong between here and `origin`; a failure it does not know is a bug and is thrown as it is. */
export function nameFailure(cause: unknown, origin: string): Failure {
  if (cause instanceof AppError) return { error: cause, isBroken: false };
  const root = rootOf(cause);
  if (root instanceof AppError) return { error: root, isBroken: false };
  const { code, message } = root;
  const kind = kindOf(code, message);
  if (kind === undefined) throw cause;
  const reason =
    code === "" || code.endsWith("_") || message.includes(code) ? message : `${message} (${code})`;
  return {
    error: new AppError(kind, { title: titles[kind] ?? kind, detail: `${origin}: ${reason}`, cause }),
    isBroken: BROKEN.has(code) || /net::ERR_(CONNECTION_(RESET|CLOSED)|NETWORK_CHANGED)/.test(message),
  };
}

const titles: Partial<Record<ProblemKind, string>> = {
  offline: "The workplace cannot be reached",
  timeout: "The workplace took too long to answer",
  nameNotFound: "The network does not know this name",
  proxyUnreachable: "The proxy does not answer",
  proxySignInRequired: "The proxy asks for a name and password",
  proxyRefused: "The proxy did not let this through",
  certificateRefused: "The workplace's certificate was refused",
  certificateUntrusted: "The certificate comes from an unknown authority",
  certificateExpired: "The certificate has expired",
  certificateNotYetValid: "The certificate is not valid yet",
  certificateWrongHost: "The certificate is for another host",
  clientCertificateRequired: "The server asks for a personal certificate",
  wrongAddress: "There is no workplace at this address",
  notAWorkplace: "What answers at this address is not a workplace",
};

function kindOf(code: string, message: string): ProblemKind | undefined {
  if (OFFLINE.has(code) || BROKEN.has(code)) return "offline";
  if (SLOW.has(code)) return "timeout";
  if (NO_NAME.has(code)) return "nameNotFound";
  const certificate = CERTIFICATES.find(([pattern]) => pattern.test(code))?.[1];
  if (certificate !== undefined) return certificate;
  if (CERTIFICATE.test(code)) return "certificateRefused";
  if (NOT_TLS.test(code) || code === "ERR_INVALID_URL" || message === "bad port") return "wrongAddress";
  if (NOT_HTTP.test(code)) return "notAWorkplace";
  if (!/net::ERR_|[Rr]edirect was cancelled/.test(message)) return undefined;
  return CHROMIUM.find(([pattern]) => pattern.test(message))?.[1];
}

/** fetch wraps the system's error, which for several addresses is in turn a list of errors. */
function rootOf(error: unknown): AppError | { code: string; message: string } {
  let current = error;
  for (let depth = 0; depth < 5; depth += 1) {
    // The way to the network has named it already.
    if (current instanceof AppError) return current;
    if (errorCode(current) !== "" || !(current instanceof Error)) break;
    const inner: unknown = current instanceof AggregateError ? current.errors[0] : current.cause;
    if (inner === undefined) break;
    current = inner;
  }
  // undici gives this one a name and no code.
  if (current instanceof Error && current.name === "HTTPParserError")
    return { code: "HPE_", message: current.message };
  return { code: errorCode(current), message: current instanceof Error ? current.message : String(current) };
}
