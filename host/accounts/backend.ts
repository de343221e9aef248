import type { Capabilities } from "#contract/capabilities.ts";
import { invitationPreviewSchema, type InvitationPreview } from "#contract/guest-invitations.ts";
import { AppError } from "#contract/problem.ts";
import type { Device } from "#contract/entities/session.ts";
import { tokenResponseSchema, type TokenRequest, type TokenResponse } from "#contract/sign-in.ts";
import { judgeAnswer, readJson, readProblem } from "../gateway/answers.ts";
import { parseCapabilities } from "../gateway/capabilities.ts";
import { upstreamHeaders } from "../gateway/headers.ts";
import { isLoopback } from "../gateway/server-url.ts";
import { callUpstream, UpstreamFailure, type Fetch, type Limits } from "../gateway/upstream.ts";

const LIMITS: Limits = { headersMs: 15_000, idleMs: 15_000, eventsIdleMs: 15_000 };

export interface BackendOptions {
  fetch: Fetch;
  limits?: Limits;
  /** How this installation is called in the list of the person's devices. */
  device?: Device;
}

/** The host's own calls to a workplace: looking it up, and tokens. They carry no access token. */
export class Backend {
  readonly #options: BackendOptions;

  constructor(options: BackendOptions) {
    this.#options = options;
  }

  async capabilities(serverUrl: string, signal?: AbortSignal): Promise<Capabilities> {
    const response = await this.#call(new URL("/v1/capabilities", serverUrl), undefined, signal);
    if (!response.ok) throw AppError.from(await readProblem(response));
    return parseCapabilities(await readJson(response), serverUrl);
  }

  async token(serverUrl: string, request: TokenRequest, signal?: AbortSignal): Promise<TokenResponse> {
    return this.#tokens(new URL("/v1/token", serverUrl), request, signal);
  }

  async previewInvitation(serverUrl: string, token: string): Promise<InvitationPreview> {
    const url = new URL("/v1/guest-invitations/preview", serverUrl);
    const response = await this.#call(url, { token }, undefined);
    if (!response.ok) throw AppError.from(await readProblem(response));
    const parsed = invitationPreviewSchema.safeParse(await readJson(response));
    if (parsed.success) return parsed.data;
    throw new AppError("serverFault", {
      title: "The workplace gave no valid invitation",
      cause: parsed.error,
    });
  }

  acceptInvitation(
    serverUrl: string,
    acceptance: { token: string; name: string; password: string },
  ): Promise<TokenResponse> {
    return this.#tokens(new URL("/v1/guest-invitations/accept", serverUrl), acceptance, undefined);
  }

  /** Nothing of the account can be read here any more. @throws AppError when the workplace could not be told */
  async wiped(serverUrl: string, token: string): Promise<void> {
    const response = await this.#call(new URL("/v1/token/wiped", serverUrl), { token }, undefined);
    if (!response.ok) throw AppError.from(await readProblem(response));
    await response.body?.cancel();
  }

  async revoke(serverUrl: string, token: string): Promise<void> {
    const response = await this.#call(new URL("/v1/token/revoke", serverUrl), { token }, undefined);
    await response.body?.cancel();
  }

  async #tokens(url: URL, request: object, signal: AbortSignal | undefined): Promise<TokenResponse> {
    const { device } = this.#options;
    const response = await this.#call(url, device === undefined ? request : { ...request, device }, signal);
    if (!response.ok) throw AppError.from(await readProblem(response));
    const parsed = tokenResponseSchema.safeParse(await readJson(response));
    if (parsed.success) return parsed.data;
    throw new AppError("serverFault", { title: "The workplace gave no valid token", cause: parsed.error });
  }

  async #call(url: URL, json: unknown, signal = new AbortController().signal): Promise<Response> {
    const headers = upstreamHeaders(new Headers({ accept: "application/json" }), isLoopback(url));
    if (json !== undefined) headers.set("content-type", "application/json");
    try {
      const response = await callUpstream(this.#options.fetch, {
        url: url.href,
        method: json === undefined ? "GET" : "POST",
        headers,
        body: json === undefined ? undefined : new TextEncoder().encode(JSON.stringify(json)),
        signal,
        limits: this.#options.limits ?? LIMITS,
        isEvents: false,
      });
      const failure = judgeAnswer(response, url);
      if (failure === undefined) return response;
      await response.body?.cancel();
      throw failure;
    } catch (error) {
      throw error instanceof UpstreamFailure ? error.failure.error : error;
    }
  }
}
