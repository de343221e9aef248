/** Node's network in the place of Chromium's: the same words for what goes wrong, no cookies, no proxy. */
const ERRORS: Record<string, string> = {
  ECONNREFUSED: "ERR_CONNECTION_REFUSED",
  ECONNRESET: "ERR_CONNECTION_RESET",
  UND_ERR_SOCKET: "ERR_CONNECTION_CLOSED",
  ENOTFOUND: "ERR_NAME_NOT_RESOLVED",
  EAI_AGAIN: "ERR_NAME_NOT_RESOLVED",
  EHOSTUNREACH: "ERR_ADDRESS_UNREACHABLE",
  ENETUNREACH: "ERR_INTERNET_DISCONNECTED",
  ETIMEDOUT: "ERR_CONNECTION_TIMED_OUT",
  UND_ERR_CONNECT_TIMEOUT: "ERR_CONNECTION_TIMED_OUT",
  SELF_SIGNED_CERT_IN_CHAIN: "ERR_CERT_AUTHORITY_INVALID",
  DEPTH_ZERO_SELF_SIGNED_CERT: "ERR_CERT_AUTHORITY_INVALID",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "ERR_CERT_AUTHORITY_INVALID",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "ERR_CERT_AUTHORITY_INVALID",
  CERT_HAS_EXPIRED: "ERR_CERT_DATE_INVALID",
  CERT_NOT_YET_VALID: "ERR_CERT_DATE_INVALID",
  ERR_TLS_CERT_ALTNAME_INVALID: "ERR_CERT_COMMON_NAME_INVALID",
};

export async function fetchAsChromium(input: string | Request, init: RequestInit = {}): Promise<Response> {
  const request = new Request(input, {
    ...init,
    // Streaming bodies: Node asks for it, Chromium does not.
    ...(init.body instanceof ReadableStream ? { duplex: "half" } : {}),
  });
  const { redirect } = request;
  const response = await fetch(new Request(request, { redirect: "manual" })).catch((error: unknown) => {
    throw toNetError(error);
  });
  if (response.status < 300 || response.status > 399 || !response.headers.has("location")) return response;
  await response.body?.cancel();
  // https://www.electronjs.org/docs/latest/api/client-request: a redirect that is not followed at once is an error.
  if (redirect === "manual") throw new Error("Redirect was cancelled");
  if (redirect === "error") throw new Error("Attempted to redirect, but redirect policy was 'error'");
  return fetchAsChromium(new URL(response.headers.get("location") ?? "", request.url).href, {
    headers: request.headers,
  });
}

function toNetError(error: unknown): unknown {
  if (!(error instanceof Error) || error.name === "AbortError" || error.name === "TimeoutError") return error;
  const { cause } = error;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  return new Error(`net::${ERRORS[code] ?? "ERR_FAILED"}`);
}
