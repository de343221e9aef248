import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { inward, outward } from "./addresses.ts";

export type SchemeHandler = (request: Request) => Response | Promise<Response>;

/** Answers what Chromium asks of custom schemes with the handler given to `protocol.handle`, streaming both ways. */
export async function startSchemeServer(
  handlerOf: (scheme: string) => SchemeHandler | undefined,
): Promise<{ port: number }> {
  const server = createServer((incoming, outgoing) => {
    answer(handlerOf, incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.keepAliveTimeout = 60_000;
  server.requestTimeout = 0;
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  server.unref();
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { port: address.port };
}

async function answer(
  handlerOf: (scheme: string) => SchemeHandler | undefined,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const url = outward(`http://${incoming.headers.host ?? ""}${incoming.url ?? "/"}`);
  const handler = handlerOf(url.slice(0, url.indexOf(":")));
  // As for a scheme without a handler: net::ERR_UNKNOWN_URL_SCHEME, no response at all.
  if (handler === undefined) {
    outgoing.destroy();
    return;
  }
  const response = await handler(toRequest(url, incoming));
  if (response.type === "error") {
    outgoing.destroy();
    return;
  }
  await send(response, outgoing, url);
}

/** Electron gives the request no signal that would tell of its end, so neither does this. */
function toRequest(url: string, incoming: IncomingMessage): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value === undefined || HOP_BY_HOP.has(name)) continue;
    const text = Array.isArray(value) ? value.join(", ") : value;
    headers.set(name, name === "origin" || name === "referer" ? outward(text) : text);
  }
  const method = incoming.method ?? "GET";
  const hasBody = method !== "GET" && method !== "HEAD";
  return new Request(url, {
    method,
    headers,
    ...(hasBody ? { body: streamOf(incoming), duplex: "half" } : {}),
  });
}

function streamOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks = incoming.iterator();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel() {
      incoming.destroy();
    },
  });
}

const HOP_BY_HOP = new Set(["host", "connection", "keep-alive", "transfer-encoding", "upgrade"]);

const held = new Set<string>();
let release = Promise.withResolvers<void>();

/** `DownloadItem.pause`: its bytes wait here. */
export function holdDownload(url: string, isHeld: boolean): void {
  if (isHeld) held.add(outward(url));
  else held.delete(outward(url));
  release.resolve();
  release = Promise.withResolvers<void>();
}

/** Those whose `will-download` is still to come: what it decides holds from the first bytes on. */
const undecided = new Map<string, () => void>();

export function downloadDecided(url: string): void {
  undecided.get(outward(url))?.();
}

/** A file that is fetched, and not downloaded, has nobody to decide. */
async function decided(url: string): Promise<void> {
  await new Promise<void>((resolve) => {
    undecided.set(url, resolve);
    setTimeout(resolve, 300);
  });
  undecided.delete(url);
}

async function send(response: Response, outgoing: ServerResponse, url: string): Promise<void> {
  // Several Set-Cookie come together, as there: https://github.com/electron/electron/issues/40085
  const headers = Object.fromEntries(response.headers);
  for (const name of HOP_BY_HOP) delete headers[name];
  if (headers["location"] !== undefined) headers["location"] = inward(headers["location"]);
  outgoing.writeHead(response.status, headers);
  if (response.body === null) {
    outgoing.end();
    return;
  }
  outgoing.flushHeaders();
  const reader = response.body.getReader();
  let isAttachment = headers["content-disposition"]?.startsWith("attachment") ?? false;
  outgoing.once("close", () => {
    reader.cancel().catch(() => undefined);
  });
  for (;;) {
    const { done, value } = await reader.read();
    if (done || outgoing.destroyed) break;
    while (held.has(url)) await release.promise;
    const isFirst = isAttachment;
    isAttachment = false;
    if (!outgoing.write(value)) await drained(outgoing);
    if (isFirst) await decided(url);
  }
  while (held.has(url)) await release.promise;
  outgoing.end();
}

async function drained(outgoing: ServerResponse): Promise<void> {
  await new Promise<void>((resolve) => {
    outgoing.once("drain", resolve);
    outgoing.once("close", resolve);
  });
}
