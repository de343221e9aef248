import * as oidc from "openid-client";
import type { AccountId } from "#contract/bridge.ts";
import { AppError } from "#contract/problem.ts";
import { ID_TOKEN_TYPE, TOKEN_EXCHANGE, type SignInMethod, type TokenResponse } from "#contract/sign-in.ts";
import { cancelled, type Fetch } from "../gateway/upstream.ts";
import { nameFailure } from "../gateway/failures.ts";
import { isLoopback } from "../gateway/server-url.ts";
import type { Backend } from "./backend.ts";
import { openLoopback, type Loopback } from "./loopback-redirect.ts";

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
    try {
      const idToken = await this.#authorize(method, controller.signal);
      return await this.#options.backend.token(serverUrl, exchange(idToken), controller.signal);
    } catch (error) {
      throw controller.signal.aborted ? controller.signal.reason : nameSignInFailure(error, method.issuer);
    } finally {
      clearTimeout(limit);
      this.#running = undefined;
    }
  }

  cancel(accountId: AccountId): void {
    if (this.#running?.accountId === accountId) this.#running.controller.abort(cancelled());
  }

  async #authorize(method: OidcMethod, signal: AbortSignal): Promise<IdToken> {
    const config = await discover(method, this.#options.fetch);
    const loopback = await openLoopback(signal);
    try {
      return await this.#askBrowser(config, method, loopback);
    } finally {
      await loopback.close();
    }
  }

  async #askBrowser(config: oidc.Configuration, method: OidcMethod, loopback: Loopback): Promise<IdToken> {
    const verifier = oidc.randomPKCECodeVerifier();
    const state = oidc.randomState();
    const nonce = oidc.randomNonce();
    const url = oidc.buildAuthorizationUrl(config, {
      redirect_uri: loopback.redirectUri,
      scope: scopesOf(method).join(" "),
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      state,
      nonce,
    });
    if (!isSafe(url))
      throw new AppError("signInFailed", { title: "The sign-in provider's page is not https:" });
    await this.#options.openExternal(url.href);
    return loopback.receive(state, async (callback) => {
      const tokens = await oidc.authorizationCodeGrant(config, callback, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      return { token: tokens.id_token ?? "", nonce };
    });
  }
}

interface IdToken {
  token: string;
  nonce: string;
}

function exchange({ token, nonce }: IdToken) {
  return {
    grant_type: TOKEN_EXCHANGE,
    subject_token: token,
    subject_token_type: ID_TOKEN_TYPE,
    nonce,
  } as const;
}

async function discover(method: OidcMethod, fetch: Fetch | undefined): Promise<oidc.Configuration> {
  const issuer = new URL(method.issuer);
  if (!isSafe(issuer)) {
    throw new AppError("wrongAddress", { title: "The sign-in provider is not reached through https:" });
  }
  return oidc.discovery(issuer, method.clientId, undefined, oidc.None(), {
    timeout: 15,
    ...(fetch === undefined ? {} : { [oidc.customFetch]: fetchAs(fetch) }),
    // Named "deprecated" by the library as a warning; reached for loopback addresses only.
    ...(issuer.protocol === "http:" ? { execute: [oidc.allowInsecureRequests] } : {}),
  });
}

/** The library's way of calling, in ours. */
function fetchAs(fetch: Fetch): oidc.CustomFetch {
  return (url, { body, signal, ...init }) =>
    fetch(url, {
      ...init,
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
    });
}

/** https:, or this very machine, where a provider under development answers. */
function isSafe(url: URL): boolean {
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url));
}

function tooLate(): AppError {
  return new AppError("timeout", {
    title: "The sign-in took too long",
    detail: "Nobody came back from the browser within the time allowed. Try again.",
  });
}

function nameSignInFailure(error: unknown, issuer: string): unknown {
  if (error instanceof AppError) return error;
  if (error instanceof oidc.AuthorizationResponseError) {
    const isRefusal = error.error === "access_denied";
    return new AppError(isRefusal ? "cancelled" : "signInFailed", {
      title: isRefusal ? "The sign-in was given up in the browser" : "The sign-in provider refused",
      detail: error.error_description ?? error.error,
      cause: error,
    });
  }
  return nameOtherFailure(error, issuer);
}

function nameOtherFailure(error: unknown, issuer: string): AppError {
  try {
    return nameFailure(error, new URL(issuer).origin).error;
  } catch (cause) {
    return new AppError("signInFailed", {
      title: "The sign-in did not succeed",
      detail: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}

/** Without `offline_access`: the workplace gives its own refresh token, the provider's would only lie about. */
function scopesOf({ scopes }: OidcMethod): string[] {
  return [...new Set(["openid", ...scopes])].filter((scope) => scope !== "offline_access");
}
