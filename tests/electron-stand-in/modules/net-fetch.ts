import { Readable } from "node:stream";
import { createBrotliDecompress, createUnzip } from "node:zlib";
import type { IncomingMessage } from "node:http";
import { toNetError } from "../network/errors.ts";
import { send, type Way } from "../network/request.ts";

/** https://www.electronjs.org/docs/latest/api/net#netfetchinput-init: without cookies, as the shell wants it. */
export async function fetchAsChromium(
  input: string | Request,
  init: RequestInit,
  way: Way,
): Promise<Response> {
  const request = new Request(input, {
    ...init,
    // Streaming bodies: Node asks for it, Chromium does not.
    ...(init.body instanceof ReadableStream ? { duplex: "half" } : {}),
  });
  const response = (await isPlain(request.url, way)) ? await plainly(request) : await byOwnWay(request, way);
  if (response.status < 300 || response.status > 399 || !response.headers.has("location")) return response;
  await response.body?.cancel();
  // https://www.electronjs.org/docs/latest/api/client-request#event-redirect: not followed at once, it is an error.
  if (request.redirect === "manual") throw new Error("Redirect was cancelled");
  if (request.redirect === "error") throw new Error("Attempted to redirect, but redirect policy was 'error'");
  const next = new URL(response.headers.get("location") ?? "", request.url).href;
  return fetchAsChromium(next, { headers: request.headers }, way);
}

/** Nothing of a proxy or a certificate to it: Node's own fetch does. */
async function isPlain(url: string, way: Way): Promise<boolean> {
  return url.startsWith("http:") && (await way.resolveProxy(url)) === "DIRECT";
}

async function plainly(request: Request): Promise<Response> {
  return fetch(new Request(request, { redirect: "manual" })).catch((error: unknown) => {
    throw toNetError(error);
  });
}

async function byOwnWay(request: Request, way: Way): Promise<Response> {
  const chunks = request.body?.getReader();
  const body =
    chunks === undefined
      ? undefined
      : new Readable({
          read() {
            chunks.read().then(
              ({ done, value }) => this.push(done ? null : value),
              (error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))),
            );
          },
        });
  const { method, url, signal } = request;
  const headers = { "accept-encoding": "gzip, deflate, br", ...Object.fromEntries(request.headers) };
  return toResponse(await send({ method, url, headers, body, signal, login: nobody }, way), method);
}

function toResponse(incoming: IncomingMessage, method: string): Response {
  const { statusCode: status = 200, statusMessage: statusText = "" } = incoming;
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  const hasBody = method !== "HEAD" && ![101, 204, 205, 304].includes(status);
  return new Response(hasBody ? streamOf(decoded(incoming)) : null, { status, statusText, headers });
}

function decoded(incoming: IncomingMessage): Readable {
  const encoding = incoming.headers["content-encoding"];
  if (encoding === "br") return incoming.pipe(createBrotliDecompress());
  return encoding === "gzip" || encoding === "deflate" ? incoming.pipe(createUnzip()) : incoming;
}

function streamOf(readable: Readable): ReadableStream<Uint8Array> {
  const chunks = readable.iterator();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel() {
      readable.destroy();
    },
  });
}

/** Nobody listens for a login of a fetch: it is given up. */
async function nobody(): Promise<undefined> {
  return undefined;
}
