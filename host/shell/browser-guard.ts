/** Who may talk to the browser shell: pages of its own origin, with its cookie. */
export interface GuardOptions {
  /** `http://127.0.0.1:PORT`. */
  origin: string;
  isSession: (cookie: string | undefined) => boolean;
}

export type Refusal = "host" | "origin" | "session";

/**
 * Why a request is refused, if it is. The Host header stops a foreign name that resolves to this machine (DNS rebinding);
 * Origin and Sec-Fetch-Site stop other pages, those on other ports of this machine included, since SameSite does not.
 */
export function refuseForeign(request: Request, origin: string): Refusal | undefined {
  if (`http://${request.headers.get("host") ?? ""}` !== origin) return "host";
  const site = request.headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && site !== "none") return "origin";
  const claimed = request.headers.get("origin");
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (claimed === null ? !isRead : claimed !== origin) return "origin";
  return undefined;
}

export function refuseStranger(request: Request, options: GuardOptions): Refusal | undefined {
  const foreign = refuseForeign(request, options.origin);
  if (foreign !== undefined) return foreign;
  return options.isSession(readCookie(request, cookieName(options.origin))) ? undefined : "session";
}

/** Cookies of 127.0.0.1 are shared by all its ports: the port is in the name. */
export function cookieName(origin: string): string {
  return `parvis-${new URL(origin).port}`;
}

function readCookie(request: Request, name: string): string | undefined {
  for (const part of (request.headers.get("cookie") ?? "").split(";")) {
    const [key, value] = part.trim().split("=", 2);
    if (key === name) return value;
  }
  return undefined;
}
