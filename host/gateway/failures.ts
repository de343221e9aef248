import { AppError, type ProblemKind } from "#contract/problem.ts";
import { errorCode } from "../files/atomic-file.ts";

const OFFLINE = new Set([
  "ENOTFOUND",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ENETUNREACH",
  "EHOSTUNREACH",
  "ENETDOWN",
  "EADDRNOTAVAIL",
]);
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
const CERTIFICATE =
  /^(CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|HOSTNAME_MISMATCH|ERR_TLS_CERT|INVALID_CA|INVALID_PURPOSE)/;
const NOT_TLS = /^(ERR_SSL_|EPROTO)/;
const NOT_HTTP = /^(HPE_|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_|UND_ERR_INVALID_RETURN)/;

/** Chromium's names for the same things, `net::ERR_…`, as `net.fetch` of the desktop shell reports them. */
const CHROMIUM: readonly [RegExp, ProblemKind][] = [
  [/ERR_CERT_|ERR_SSL_PINNED|ERR_BAD_SSL_CLIENT_AUTH|ERR_SSL_CLIENT_AUTH/, "certificateRefused"],
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
  const { code, message } = rootOf(cause);
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
  certificateRefused: "The workplace's certificate was refused",
  wrongAddress: "There is no workplace at this address",
  notAWorkplace: "What answers at this address is not a workplace",
};

function kindOf(code: string, message: string): ProblemKind | undefined {
  if (OFFLINE.has(code) || BROKEN.has(code)) return "offline";
  if (SLOW.has(code)) return "timeout";
  if (CERTIFICATE.test(code)) return "certificateRefused";
  if (NOT_TLS.test(code) || code === "ERR_INVALID_URL" || message === "bad port") return "wrongAddress";
  if (NOT_HTTP.test(code)) return "notAWorkplace";
  if (!/net::ERR_|[Rr]edirect was cancelled/.test(message)) return undefined;
  return CHROMIUM.find(([pattern]) => pattern.test(message))?.[1];
}

/** fetch wraps the system's error, which for several addresses is in turn a list of errors. */
function rootOf(error: unknown): { code: string; message: string } {
  let current = error;
  for (let depth = 0; depth < 5; depth += 1) {
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
