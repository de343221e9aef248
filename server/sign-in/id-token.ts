import { createRemoteJWKSet, customFetch, decodeJwt, errors, jwtVerify, type RemoteJWKSet } from "jose";
import { z } from "zod";
import { AppError } from "#contract/problem.ts";
import type { SignInMethod } from "#contract/sign-in.ts";

type OidcMethod = Extract<SignInMethod, { kind: "oidc" }>;

export interface VerifiedIdentity {
  issuer: string;
  subject: string;
  /** Lower case, only when the provider says that it is verified. */
  email: string | undefined;
}

export interface IdTokenVerifierOptions {
  /** Issuers exactly as the providers state them. */
  providers: readonly OidcMethod[];
  clock: () => number;
  fetch?: typeof fetch;
}

/** Asymmetric ones only: `none` and secrets shared with the client never pass. */
const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];
const CLOCK_TOLERANCE_S = 60;
const DISCOVERY_TTL_MS = 60 * 60 * 1000;
const TIMEOUT_MS = 10_000;

const discoverySchema = z.looseObject({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });
const claimsSchema = z.looseObject({
  sub: z.string().min(1).max(255),
  azp: z.string().optional(),
  nonce: z.string().optional(),
  email: z.string().max(320).optional(),
  // Some providers send it as text.
  email_verified: z.union([z.boolean(), z.enum(["true", "false"])]).optional(),
});

interface KnownKeys {
  keys: RemoteJWKSet;
  readAtMs: number;
}

export type IdTokenVerifier = (idToken: string, nonce: string | undefined) => Promise<VerifiedIdentity>;

/**
 * Checks an ID token as OpenID Connect Core 1.0 section 3.1.3.7 asks. Keys are cached and read again for an unknown kid.
 * The verifier throws AppError `signInFailed`, or `unavailable` while the provider cannot be reached.
 */
export function createIdTokenVerifier(options: IdTokenVerifierOptions): IdTokenVerifier {
  const { providers, clock } = options;
  const request = options.fetch ?? fetch;
  const known = new Map<string, KnownKeys>();

  async function keysOf(provider: OidcMethod): Promise<RemoteJWKSet> {
    const cached = known.get(provider.issuer);
    if (cached !== undefined && clock() - cached.readAtMs < DISCOVERY_TTL_MS) return cached.keys;
    const jwksUri = await discover(provider, request);
    const keys = createRemoteJWKSet(new URL(jwksUri), {
      timeoutDuration: TIMEOUT_MS,
      [customFetch]: (url, init) => request(url, init),
    });
    known.set(provider.issuer, { keys, readAtMs: clock() });
    return keys;
  }

  return async (idToken, nonce) => {
    const provider = providers.find(({ issuer }) => issuer === statedIssuer(idToken));
    if (provider === undefined) throw refused("It was not issued by a provider of this workplace.");
    const keys = await keysOf(provider);
    const { payload } = await jwtVerify(idToken, keys, {
      issuer: provider.issuer,
      audience: provider.clientId,
      algorithms: ALGORITHMS,
      requiredClaims: ["sub", "exp", "iat"],
      clockTolerance: CLOCK_TOLERANCE_S,
      currentDate: new Date(clock()),
    }).catch((error: unknown) => {
      throw asAppError(error);
    });
    const claims = claimsSchema.safeParse(payload);
    if (!claims.success) throw refused("Its claims do not have the expected form.", claims.error);
    const { sub, azp, nonce: sealedNonce, email, email_verified: isVerified } = claims.data;
    if (azp !== undefined && azp !== provider.clientId) throw refused("It was made for another application.");
    // A token with a nonce belongs to one authorization request, which the caller must name.
    if (sealedNonce !== nonce) throw refused("Its nonce is not that of this sign-in.");
    const isTrusted = isVerified === true || isVerified === "true";
    return {
      issuer: provider.issuer,
      subject: sub,
      email: isTrusted ? email?.trim().toLowerCase() : undefined,
    };
  };
}

async function discover({ issuer }: OidcMethod, request: typeof fetch): Promise<string> {
  const url = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const body = await readJson(url, request).catch((error: unknown) => {
    throw unreachable(`${url} does not answer.`, error);
  });
  const found = discoverySchema.safeParse(body);
  if (!found.success || found.data.issuer !== issuer) {
    throw unreachable(`${url} does not describe the issuer ${issuer}.`, found.error);
  }
  return found.data.jwks_uri;
}

async function readJson(url: string, request: typeof fetch): Promise<unknown> {
  const response = await request(url, { redirect: "error", signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return await response.json();
}

function statedIssuer(idToken: string): string | undefined {
  try {
    return decodeJwt(idToken).iss;
  } catch (error) {
    throw refused("It is not a signed token.", error);
  }
}

/** jose's errors about the token itself; anything else (network, time-out, malformed keys) is the provider's. */
function asAppError(error: unknown): AppError {
  if (error instanceof errors.JWTExpired) return refused("It has expired.", error);
  if (error instanceof errors.JWTClaimValidationFailed)
    return refused(`Its ${error.claim} does not fit.`, error);
  const isAboutToken =
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JOSENotSupported ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWTInvalid;
  return isAboutToken
    ? refused("Its signature cannot be verified.", error)
    : unreachable("Its keys cannot be read.", error);
}

function refused(detail: string, cause?: unknown): AppError {
  return new AppError("signInFailed", {
    title: "The ID token was refused",
    detail: `${detail} Sign in again.`,
    cause,
  });
}

function unreachable(detail: string, cause: unknown): AppError {
  return new AppError("unavailable", {
    title: "The sign-in service cannot be reached",
    detail: `${detail} Try again later.`,
    retryAfter: 10,
    cause,
  });
}
