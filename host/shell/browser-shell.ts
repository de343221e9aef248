import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { HostEvent } from "#contract/bridge.ts";
import { AppError, badRequest } from "#contract/problem.ts";
import { MOST_LINK_CHARACTERS } from "#contract/links.ts";
import { failed, type Result } from "#contract/result.ts";
import { z } from "zod";
import type { Bridge } from "../bridge.ts";
import type { HostEvents } from "../events.ts";
import { errorCode } from "../files/atomic-file.ts";
import { cookieName, refuseForeign, refuseStranger, type Refusal } from "./browser-guard.ts";
import { EventStreams } from "./event-stream.ts";
import { OneTimeKeys } from "./one-time-keys.ts";
import type { Pages } from "./pages.ts";
import { withPlainBody } from "./plain-body.ts";
import { refusalPage } from "./refusal-page.ts";

const MAX_CALL_BYTES = 100_000;

export interface BrowserShellOptions {
  bridge: Pick<Bridge, "call">;
  events: HostEvents;
  /** How things stand, for a page that may have missed an event. */
  snapshot: () => Promise<HostEvent[]>;
  pages: Pages;
  /** 0: any free port. */
  port: number;
  /** With it, a second instance of this profile may ask for a new one-time address. */
  instanceSecret: string;
  /** A second instance was started with a link: the page that it opens will ask for it. */
  onLink?: (link: string) => void;
  onFault: (error: unknown) => void;
  /** Told how many pages are connected, whenever that changes. */
  onPagesChanged?: (count: number) => void;
}

/** The host's window is a tab of the system's browser, on this machine only. */
export class BrowserShell {
  readonly #options: BrowserShellOptions;
  readonly #keys = new OneTimeKeys();
  readonly #streams: EventStreams;
  readonly #server: Server;
  #origin = "";

  private constructor(options: BrowserShellOptions) {
    this.#options = options;
    this.#streams = new EventStreams(options);
    const listener = getRequestListener(
      (request, { incoming }) => this.#guarded(withPlainBody(request, incoming)),
      {
        overrideGlobalObjects: false,
      },
    );
    this.#server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
    // A large file may take as long as it needs; what hangs is cut by the gateway.
    this.#server.requestTimeout = 0;
  }

  /** @throws AppError unavailable when the port is taken by another program */
  static async open(options: BrowserShellOptions): Promise<BrowserShell> {
    const shell = new BrowserShell(options);
    await shell.#listen(options.port);
    return shell;
  }

  get port(): number {
    return Number(new URL(this.#origin).port);
  }

  /** An address that opens the application once. */
  createUrl(): string {
    return `${this.#origin}/?key=${this.#keys.createKey()}`;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => {
      this.#server.close(resolve);
    });
    this.#server.closeAllConnections();
    await closed;
  }

  async #listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", (error) => reject(portTaken(error, port)));
      this.#server.listen(port, "127.0.0.1", resolve);
    });
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new TypeError("the server has no port");
    this.#origin = `http://127.0.0.1:${address.port}`;
  }

  async #guarded(request: Request): Promise<Response> {
    try {
      return await this.#route(request);
    } catch (error) {
      this.#options.onFault(error);
      return Response.json(new AppError("serverFault", { title: "Parvis has a fault" }).problem, {
        status: 500,
      });
    }
  }

  async #route(request: Request): Promise<Response> {
    const url = new URL(request.url);
    if (url.pathname === "/instance/open") return this.#openAgain(request);
    const key = url.pathname === "/" ? url.searchParams.get("key") : null;
    if (key !== null) return this.#enter(request, key);
    const refusal = refuseStranger(request, {
      origin: this.#origin,
      isSession: (one) => this.#keys.isSession(one),
    });
    if (refusal !== undefined) return refused(refusal);
    if (url.pathname === "/host/events") return this.#streams.open();
    if (url.pathname.startsWith("/host/"))
      return this.#hostCall(request, url.pathname.slice("/host/".length));
    return this.#options.pages.handle(request);
  }

  /** The key leaves the address bar and the history at once, and is of no use to whoever finds it there. */
  #enter(request: Request, key: string): Response {
    const foreign = refuseForeign(request, this.#origin);
    if (foreign !== undefined) return refused(foreign);
    const session = this.#keys.exchange(key);
    if (session === undefined) return refused("session");
    return new Response(null, {
      status: 303,
      headers: {
        location: "/",
        "set-cookie": `${cookieName(this.#origin)}=${session}; Path=/; HttpOnly; SameSite=Strict`,
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
      },
    });
  }

  async #openAgain(request: Request): Promise<Response> {
    const isHost = `http://${request.headers.get("host") ?? ""}` === this.#origin;
    const isOurs = request.headers.get("authorization") === `Bearer ${this.#options.instanceSecret}`;
    if (!isHost || !isOurs || request.method !== "POST") return refused("session");
    const text = await request.text();
    const wanted = text.length > MAX_CALL_BYTES ? undefined : openSchema.safeParse(parseJson(text)).data;
    if (wanted?.link !== undefined) this.#options.onLink?.(wanted.link);
    return Response.json({ url: this.createUrl() });
  }

  async #hostCall(request: Request, channel: string): Promise<Response> {
    if (request.method !== "POST") return new Response("Use POST", { status: 405 });
    // A form or a script of another page cannot send this type without asking first, and is then refused.
    if (!/^application\/json\b/.test(request.headers.get("content-type") ?? "")) {
      return new Response("Send application/json", { status: 415 });
    }
    return Response.json(await this.#answer(request, channel), { headers: { "cache-control": "no-store" } });
  }

  async #answer(request: Request, channel: string): Promise<Result<unknown>> {
    const text = await request.text();
    if (text.length > MAX_CALL_BYTES) return failed(new AppError("tooLarge").problem);
    const args = jsonSchema.safeParse(text);
    if (!args.success) return failed(badRequest(args.error).problem);
    return this.#options.bridge.call(channel, args.data);
  }
}

const openSchema = z.object({ link: z.string().max(MOST_LINK_CHARACTERS).optional() });

/** Undefined: nothing was sent, or what was is no JSON. */
function parseJson(text: string): unknown {
  return jsonSchema.safeParse(text).data;
}

const jsonSchema = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // The engine's own message repeats what was sent, which may be a password.
    context.addIssue({ code: "custom", message: "it is not JSON" });
    return z.NEVER;
  }
});

function refused(refusal: Refusal): Response {
  return new Response(refusalPage(refusal), {
    status: 403,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}

function portTaken(error: Error, port: number): Error {
  if (errorCode(error) !== "EADDRINUSE") return error;
  return new AppError("unavailable", {
    title: `Port ${port} is taken by another program`,
    detail:
      "The cache of this profile belongs to this port. Stop the other program, or start with --port and another number: the cache is then filled anew.",
    cause: error,
  });
}
