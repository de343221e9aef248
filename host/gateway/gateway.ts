import { accountIdSchema, type AccountId } from "#contract/bridge.ts";
import { AppError } from "#contract/problem.ts";
import { judgeAnswer, readJson, retryAfterOf } from "./answers.ts";
import { parseCapabilities } from "./capabilities.ts";
import { pageHeaders, secure, upstreamHeaders } from "./headers.ts";
import { problemResponse } from "./problem-response.ts";
import { takeBody, type RequestBody } from "./request-body.ts";
import { isLoopback } from "./server-url.ts";
import { callUpstream, DEFAULT_LIMITS, UpstreamFailure, type Fetch, type Limits } from "./upstream.ts";

/** What the gateway needs to know of an account. */
export interface GatewayAccounts {
  /** @throws AppError notFound */
  serverUrl(accountId: AccountId): string;
  /**
   * The access token to use; `refused` is the one that the backend has just answered 401 to.
   * @throws AppError signInRequired, locked, or what stood in the way of a refresh
   */
  accessToken(accountId: AccountId, refused?: string): Promise<string>;
}

export interface GatewayOptions {
  accounts: GatewayAccounts;
  fetch?: Fetch;
  random?: () => number;
  limits?: Partial<Limits>;
  /** Upper bound of the first wait before another try. */
  backoffMs?: number;
}

export interface Gateway {
  /** `end` cuts the call short, besides the request's own signal. */
  handle(request: Request, end?: AbortSignal): Promise<Response>;
}

const MAX_RETRIES = 2;
const RETRIED_STATUS = new Set([502, 503, 504]);

interface Call {
  accountId: AccountId;
  url: URL;
  request: Request;
  signal: AbortSignal;
  body: RequestBody;
  isEvents: boolean;
  mayRepeat: boolean;
}

/** The only door to the backends: `/gateway/{accountId}/v1/…`. */
export function createGateway(options: GatewayOptions): Gateway {
  return {
    async handle(request, end) {
      try {
        return await new GatewayCall(options, await openCall(options.accounts, request, end)).run();
      } catch (error) {
        const known = error instanceof UpstreamFailure ? error.failure.error : error;
        if (known instanceof AppError) return problemResponse(known.problem);
        throw error;
      }
    },
  };
}

async function openCall(
  accounts: GatewayAccounts,
  request: Request,
  end: AbortSignal | undefined,
): Promise<Call> {
  const { pathname, search } = new URL(request.url);
  const match = /^\/gateway\/([^/]+)(\/v1\/.*)$/.exec(pathname);
  const accountId = accountIdSchema.safeParse(match?.[1]);
  if (match === null || !accountId.success) throw noSuchCall();
  const url = new URL(`${match[2] ?? ""}${search}`, accounts.serverUrl(accountId.data));
  // Written plainly: a backend may decode or tidy up what the next line would not recognise.
  if (!/^\/v1(\/[\w.~-]+)+\/?$/.test(url.pathname)) throw noSuchCall();
  // Tokens are the host's own affair: no page ever sees one.
  if (/^\/v1\/token(\/|$)/i.test(url.pathname)) throw noSuchCall();
  const body = await takeBody(request);
  const isEvents = url.pathname === "/v1/events";
  return {
    accountId: accountId.data,
    url,
    request,
    signal: end === undefined ? request.signal : AbortSignal.any([request.signal, end]),
    body,
    isEvents,
    mayRepeat: mayRepeat(request, url, body),
  };
}

function noSuchCall(): AppError {
  return new AppError("notFound", { title: "No such call" });
}

/** Reads, and mutations since each is carried out once by its id. Live events are taken up again by their reader. */
function mayRepeat(request: Request, url: URL, body: RequestBody): boolean {
  if (url.pathname === "/v1/events" || body.kind === "stream") return false;
  if (request.method === "GET" || request.method === "HEAD") return true;
  return request.method === "POST" && url.pathname === "/v1/mutations";
}

class GatewayCall {
  readonly #options: GatewayOptions;
  readonly #call: Call;
  readonly #limits: Limits;

  constructor(options: GatewayOptions, call: Call) {
    this.#options = options;
    this.#call = call;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
  }

  async run(): Promise<Response> {
    const { url } = this.#call;
    const isPublic = url.pathname === "/v1/capabilities";
    const response = isPublic ? await this.#tried(undefined) : await this.#authorized();
    const failure = judgeAnswer(response, url);
    if (failure !== undefined) {
      await response.body?.cancel();
      throw failure;
    }
    if (isPublic && response.ok) return checkedCapabilities(response, url);
    return new Response(response.body, { status: response.status, headers: pageHeaders(response.headers) });
  }

  /** A 401 is answered by one refresh of the token, then the same call again. */
  async #authorized(): Promise<Response> {
    const { accounts } = this.#options;
    const { accountId, body } = this.#call;
    const token = await accounts.accessToken(accountId);
    const response = await this.#tried(token);
    if (response.status !== 401) return response;
    await response.body?.cancel();
    const next = await accounts.accessToken(accountId, token);
    if (body.kind === "stream") {
      throw new AppError("unavailable", {
        title: "The sign-in was renewed: send this again",
        detail: "The body was too large to be kept for a second try.",
        retryAfter: 0,
      });
    }
    return this.#tried(next);
  }

  /** Tries again after a broken connection or a passing fault, waiting a random time that doubles ("full jitter"). */
  async #tried(token: string | undefined): Promise<Response> {
    for (let retry = 0; ; retry += 1) {
      const isLast = !this.#call.mayRepeat || retry === MAX_RETRIES;
      try {
        const response = await this.#once(token);
        if (isLast || !RETRIED_STATUS.has(response.status) || (retryAfterOf(response) ?? 0) > 5)
          return response;
        await response.body?.cancel();
      } catch (error) {
        if (isLast || !(error instanceof UpstreamFailure) || !error.failure.isBroken) throw error;
      }
      await this.#pause(retry);
    }
  }

  async #once(token: string | undefined): Promise<Response> {
    const { request, signal, url, body, isEvents } = this.#call;
    const headers = upstreamHeaders(request.headers, isLoopback(url));
    if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
    return callUpstream(this.#options.fetch ?? fetch, {
      url: url.href,
      method: request.method,
      headers,
      body: bodyOf(body),
      signal,
      request,
      limits: this.#limits,
      isEvents,
    });
  }

  async #pause(retry: number): Promise<void> {
    const { random = Math.random, backoffMs = 250 } = this.#options;
    const ms = random() * backoffMs * 2 ** retry;
    await new Promise((resolve) => {
      setTimeout(resolve, ms);
    });
  }
}

function bodyOf(body: RequestBody): Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | undefined {
  if (body.kind === "none") return undefined;
  return body.kind === "bytes" ? body.bytes : body.stream;
}

async function checkedCapabilities(response: Response, url: URL): Promise<Response> {
  const capabilities = parseCapabilities(await readJson(response), url.origin);
  return new Response(JSON.stringify(capabilities), {
    headers: secure(new Headers({ "content-type": "application/json" })),
  });
}
