import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { appFolder, pagesFolder } from "./build.ts";
import { serveFile } from "./static-files.ts";
import { StubHost } from "./stub-host.ts";
import type { StubBackend } from "../workload/stub-backend.ts";

const GATEWAY = "/gateway/bench";

export type Route = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void> | void;

/**
 * The one origin that all pages of a bench come from: ours (`/`), floors and peers (`/bench/…`), the host and the
 * gateway that they talk to. Everything it answers was made beforehand.
 */
export class BenchServer {
  readonly backend: StubBackend;
  /** More answers by path prefix, for a floor or a peer. */
  readonly routes = new Map<string, Route>();
  /** Problems while answering: a bench that met one must not report figures. */
  readonly faults: unknown[] = [];
  /** Paths of the application's files that were asked for. */
  readonly served = new Set<string>();
  readonly #server: Server;
  readonly #host: StubHost;
  origin = "";

  constructor(backend: StubBackend) {
    this.backend = backend;
    this.#host = new StubHost(backend.workload.me, () => this.origin);
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch((error: unknown) => this.#fail(error, response));
    });
  }

  async start(): Promise<this> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("the bench server has no port");
    this.origin = `http://127.0.0.1:${String(address.port)}`;
    return this;
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
    if (this.faults.length > 0) throw new AggregateError(this.faults, "the bench server met problems");
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://bench");
    const path = url.pathname;
    for (const [prefix, route] of this.routes) {
      if (path.startsWith(prefix)) return await route(request, response, url);
    }
    if (path.startsWith(GATEWAY)) {
      return await this.backend.handle(request, response, path.slice(GATEWAY.length), url);
    }
    if (path.startsWith("/host/")) return await this.#host.handle(request, response, path);
    if (path.startsWith("/bench/"))
      return await serveFile(pagesFolder, path.slice("/bench".length), response);
    this.served.add(path);
    return await serveFile(appFolder, path, response);
  }

  #fail(error: unknown, response: ServerResponse): void {
    // A page that goes away in the middle of an answer is part of the job.
    if (response.destroyed || (error instanceof Error && "code" in error)) return;
    this.faults.push(error);
    response.destroy();
  }
}
