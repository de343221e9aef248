import * as oidc from "openid-client";
import { AppError } from "#contract/problem.ts";
import { nameFailure } from "../gateway/failures.ts";
import { isLoopback } from "../gateway/server-url.ts";
import type { Fetch } from "../gateway/upstream.ts";
import type { BrowserSignInOptions, OidcMethod } from "./browser-sign-in.ts";
import { openLoopback, type Loopback } from "./loopback-redirect.ts";

export interface IdToken {
  token: string;
  nonce: string;
}

type Ways = Pick<BrowserSignInOptions, "fetch" | "openExternal">;

/**
 * From the provider's page to its ID token.
 * @throws AppError cancelled, signInFailed, wrongAddress, or what keeps the provider from being reached
 */
export async function authorize(method: OidcMethod, ways: Ways, signal: AbortSignal): Promise<IdToken> {
  try {
    const config = await discover(method, ways.fetch);
    const loopback = await openLoopback(signal);
    try {
      return await askBrowser(config, method, { loopback, openExternal: ways.openExternal });
    } finally {
      await loopback.close();
    }
  } catch (error) {
    throw nameSignInFailure(error, method.issuer);
  }
}

interface AskWays {
  loopback: Loopback;
  openExternal: Ways["openExternal"];
}

async function askBrowser(
  config: oidc.Configuration,
  method: OidcMethod,
  { loopback, openExternal }: AskWays,
): Promise<IdToken> {
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
  await openExternal(url.href);
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
