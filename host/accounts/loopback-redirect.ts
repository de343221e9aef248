import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pageAfterSignIn } from "./after-sign-in-page.ts";

export interface Loopback {
  redirectUri: string;
  /**
   * Waits for the browser to come back with this `state`, lets `finish` do the rest, and tells the person in the browser
   * how it ended. Anything else that calls at this port gets 404 and changes nothing.
   */
  receive<T>(state: string, finish: (callback: URL) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

interface Arrival {
  url: URL;
  request: IncomingMessage;
  response: ServerResponse;
}

/** A port on this machine for one redirect (RFC 8252 section 7.3). Aborting `signal` ends the wait. */
export async function openLoopback(signal: AbortSignal): Promise<Loopback> {
  const arrivals = Promise.withResolvers<Arrival>();
  let expected = "";
  let origin = "";
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", origin);
    const isIt =
      url.pathname === "/callback" && url.searchParams.get("state") === expected && expected !== "";
    if (isIt && request.method === "GET") arrivals.resolve({ url, request, response });
    else response.writeHead(404, { "content-type": "text/plain" }).end("Not found");
  });
  const onAbort = (): void => arrivals.reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  origin = `http://127.0.0.1:${portOf(server.address())}`;
  return {
    redirectUri: `${origin}/callback`,
    async receive(state, finish) {
      expected = state;
      if (signal.aborted) onAbort();
      return answer(await arrivals.promise, finish);
    },
    async close() {
      signal.removeEventListener("abort", onAbort);
      // Whoever still waits has gone; without a reader the rejection must not count as unhandled.
      arrivals.promise.catch(() => undefined);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new TypeError("the server has no port");
  return address.port;
}

async function answer<T>(
  { url, request, response }: Arrival,
  finish: (callback: URL) => Promise<T>,
): Promise<T> {
  const language = request.headers["accept-language"] ?? "";
  try {
    const value = await finish(url);
    await send(response, 200, pageAfterSignIn(language, true));
    return value;
  } catch (error) {
    await send(response, 400, pageAfterSignIn(language, false));
    throw error;
  }
}

async function send(response: ServerResponse, status: number, page: string): Promise<void> {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    connection: "close",
  });
  await new Promise<void>((resolve) => {
    // A browser that has gone meanwhile closes without finishing.
    response.once("close", resolve);
    response.end(page);
  });
}
