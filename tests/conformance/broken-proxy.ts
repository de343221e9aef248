import { once } from "node:events";
import { serve } from "@hono/node-server";
import type { Mutant, ProxiedRequest } from "./mutants.ts";

export interface BrokenProxy {
  url: string;
  stop(): Promise<void>;
}

/** Stands in front of a good backend and gives it the fault of this mutant. */
export async function startBrokenProxy(target: string, mutant: Mutant): Promise<BrokenProxy> {
  const server = serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: (request: Request) => pass(target, mutant, request),
  });
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    async stop() {
      if ("closeAllConnections" in server) server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function pass(target: string, mutant: Mutant, incoming: Request): Promise<Response> {
  const { pathname, search } = new URL(incoming.url);
  const hasBody = incoming.method !== "GET" && incoming.method !== "HEAD";
  const headers = new Headers(incoming.headers);
  for (const name of ["host", "connection", "transfer-encoding", "content-length"]) headers.delete(name);
  const original: ProxiedRequest = {
    method: incoming.method,
    path: `${pathname}${search}`,
    headers,
    body: hasBody ? new Uint8Array(await incoming.arrayBuffer()) : undefined,
  };
  const request = mutant.request?.(original) ?? original;
  if (request instanceof Response) return request;
  const { method, path, body } = request;
  const response = await fetch(`${target}${path}`, {
    method,
    headers: request.headers,
    signal: incoming.signal,
    ...(body === undefined ? {} : { body }),
  });
  const isEvents = response.headers.get("content-type")?.startsWith("text/event-stream") === true;
  if (isEvents) return new Response(response.body?.pipeThrough(eachFrame(mutant)), response);
  if ([204, 304].includes(response.status) || method === "HEAD") return new Response(null, response);
  const answer = {
    path,
    method,
    status: response.status,
    headers: new Headers(response.headers),
    body: new Uint8Array(await response.arrayBuffer()),
  };
  const changed = mutant.answer?.(answer) ?? answer;
  changed.headers.delete("content-length");
  changed.headers.delete("transfer-encoding");
  return new Response(changed.body, { status: changed.status, headers: changed.headers });
}

/** Server-sent events end with an empty line. */
function eachFrame(mutant: Mutant): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let rest = "";
  return new TransformStream({
    transform(chunk, controller) {
      const frames = (rest + decoder.decode(chunk, { stream: true })).split("\n\n");
      rest = frames.pop() ?? "";
      for (const frame of frames) {
        const changed = mutant.frame === undefined ? frame : mutant.frame(frame);
        if (changed !== undefined) controller.enqueue(encoder.encode(`${changed}\n\n`));
      }
    },
  });
}
