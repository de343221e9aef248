import type { AccountId } from "#contract/bridge.ts";
import { AppError } from "#contract/problem.ts";
import { ID_TOKEN_TYPE, TOKEN_EXCHANGE, type SignInMethod, type TokenResponse } from "#contract/sign-in.ts";
import { cancelled, type Fetch } from "../gateway/upstream.ts";
import type { Backend } from "./backend.ts";
import type { IdToken } from "./openid-sign-in.ts";

export type OidcMethod = Extract<SignInMethod, { kind: "oidc" }>;

export interface BrowserSignInOptions {
  backend: Backend;
  /** Opens the system's browser. */
  openExternal: (url: string) => Promise<void>;
  /** To the provider. */
  fetch?: Fetch;
  limitMs?: number;
}

const FIVE_MINUTES_MS = 300_000;

/**
 * OpenID Connect with the system's browser and a redirect to this machine (RFC 8252): authorization code, PKCE, state and
 * nonce. The ID token is then exchanged for the workplace's own tokens (RFC 8693). One at a time.
 */
export class BrowserSignIn {
  readonly #options: BrowserSignInOptions;
  #running: { accountId: AccountId; controller: AbortController } | undefined;

  constructor(options: BrowserSignInOptions) {
    this.#options = options;
  }

  /** @throws AppError cancelled, timeout, signInFailed, conflict, or what keeps the provider from being reached */
  async run(accountId: AccountId, serverUrl: string, method: OidcMethod): Promise<TokenResponse> {
    if (this.#running !== undefined) {
      throw new AppError("conflict", { title: "Another sign-in is under way in the browser" });
    }
    const controller = new AbortController();
    this.#running = { accountId, controller };
    const limit = setTimeout(() => controller.abort(tooLate()), this.#options.limitMs ?? FIVE_MINUTES_MS);
    const { signal } = controller;
    try {
      // The libraries of OpenID Connect are large, and most runs sign nobody in.
      const { authorize } = await import("./openid-sign-in.ts");
      signal.throwIfAborted();
      const idToken = await authorize(method, this.#options, signal);
      return await this.#options.backend.token(serverUrl, exchange(idToken), signal);
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    } finally {
      clearTimeout(limit);
      this.#running = undefined;
    }
  }

  cancel(accountId: AccountId): void {
    if (this.#running?.accountId === accountId) this.#running.controller.abort(cancelled());
  }
}

function exchange({ token, nonce }: IdToken) {
  return {
    grant_type: TOKEN_EXCHANGE,
    subject_token: token,
    subject_token_type: ID_TOKEN_TYPE,
    nonce,
  } as const;
}

function tooLate(): AppError {
  return new AppError("timeout", {
    title: "The sign-in took too long",
    detail: "Nobody came back from the browser within the time allowed. Try again.",
  });
}
