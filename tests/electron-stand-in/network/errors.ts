/** Chromium's words for what goes wrong with Node's sockets. */
const NAMES: Record<string, string> = {
  ECONNREFUSED: "ERR_CONNECTION_REFUSED",
  ECONNRESET: "ERR_CONNECTION_RESET",
  EPIPE: "ERR_CONNECTION_RESET",
  UND_ERR_SOCKET: "ERR_CONNECTION_CLOSED",
  ENOTFOUND: "ERR_NAME_NOT_RESOLVED",
  EAI_AGAIN: "ERR_NAME_NOT_RESOLVED",
  EHOSTUNREACH: "ERR_ADDRESS_UNREACHABLE",
  ENETUNREACH: "ERR_INTERNET_DISCONNECTED",
  ETIMEDOUT: "ERR_CONNECTION_TIMED_OUT",
  UND_ERR_CONNECT_TIMEOUT: "ERR_CONNECTION_TIMED_OUT",
  EPROTO: "ERR_SSL_PROTOCOL_ERROR",
  ERR_SSL_WRONG_VERSION_NUMBER: "ERR_SSL_PROTOCOL_ERROR",
};

export function toNetError(error: unknown, isByProxy = false): unknown {
  if (!(error instanceof Error) || error.name === "AbortError" || error.name === "TimeoutError") return error;
  if (error.message.startsWith("net::")) return error;
  const source = error.cause instanceof Error ? error.cause : error;
  if (source.message === "bad port") return new Error("net::ERR_UNSAFE_PORT");
  const code = "code" in source ? String(source.code) : "";
  const name = NAMES[code] ?? "ERR_FAILED";
  // Chromium has one word for the rest.
  const isProxyGone = isByProxy && /REFUSED|RESOLVED|TIMED_OUT|UNREACHABLE/.test(name);
  return new Error(`net::${isProxyGone ? "ERR_PROXY_CONNECTION_FAILED" : name}`);
}
