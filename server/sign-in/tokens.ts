import { createHash, randomBytes, randomUUID } from "node:crypto";
import { AppError } from "#contract/problem.ts";
import type { PersonId } from "#contract/ids.ts";
import type { TokenResponse } from "#contract/sign-in.ts";
import type { AccountStore } from "../store/store.ts";

export const ACCESS_TTL_MS = 60 * 60 * 1000;
export const REFRESH_TTL_MS = 30 * 24 * 60 * 60 * 1000;
/**
 * The answer to a refresh may be lost on a bad line, and the client then knows only the token that it sent. It may come
 * again for this long, as long as nobody has gone on with what was answered: each time gives another pair of the same
 * generation, and the first of them that is used makes all before it a replay (RFC 9700 section 4.14.2).
 */
export const REFRESH_GRACE_MS = 30_000;

/** How a token is looked up: its SHA-256 in hexadecimal. The token has 256 random bits, so no salt is needed. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

export interface TokenIssuerOptions {
  accounts: AccountStore;
  /** Milliseconds since the epoch. */
  clock: () => number;
}

export interface TokenIssuer {
  /** Begins a session. */
  begin(personId: PersonId): Promise<TokenResponse>;
  /** Trades a refresh token for the next pair. @throws AppError signInRequired */
  refresh(refreshToken: string): Promise<TokenResponse>;
  /** Ends the session of this token, if it has one. */
  revoke(token: string): Promise<void>;
}

export function createTokenIssuer({ accounts, clock }: TokenIssuerOptions): TokenIssuer {
  async function issue(personId: PersonId, sessionId: string, generation: number): Promise<TokenResponse> {
    const now = clock();
    const access = createToken();
    const refresh = createToken();
    const common = { sessionId, personId, generation };
    await accounts.saveSession({
      ...common,
      tokenHash: hashToken(access),
      kind: "access",
      expiresAtMs: now + ACCESS_TTL_MS,
    });
    await accounts.saveSession({
      ...common,
      tokenHash: hashToken(refresh),
      kind: "refresh",
      expiresAtMs: now + REFRESH_TTL_MS,
    });
    return {
      access_token: access,
      token_type: "Bearer",
      expires_in: ACCESS_TTL_MS / 1000,
      refresh_token: refresh,
      person_id: personId,
    };
  }

  async function trade(refreshToken: string): Promise<TokenResponse> {
    const tokenHash = hashToken(refreshToken);
    const session = await accounts.session(tokenHash);
    if (session?.kind !== "refresh" || session.expiresAtMs <= clock()) throw signInAgain();
    // A token that comes back late was stolen, or its successor was: which one cannot be told, so both end.
    if (!(await accounts.useRefreshToken(tokenHash, clock(), REFRESH_GRACE_MS))) {
      await accounts.endSession(session.sessionId);
      throw signInAgain();
    }
    const account = await accounts.byPerson(session.personId);
    if (account === undefined || account.isDisabled) {
      await accounts.endSession(session.sessionId);
      throw signInAgain();
    }
    const tokens = await issue(session.personId, session.sessionId, session.generation + 1);
    // A replay that ended the session between the two writes must not leave the new pair alive.
    if ((await accounts.session(tokenHash)) === undefined) {
      await accounts.endSession(session.sessionId);
      throw signInAgain();
    }
    return tokens;
  }

  return {
    begin: (personId) => issue(personId, randomUUID(), 0),
    refresh: trade,
    async revoke(token) {
      const session = await accounts.session(hashToken(token));
      if (session !== undefined) await accounts.endSession(session.sessionId);
    },
  };
}

function createToken(): string {
  return randomBytes(32).toString("base64url");
}

function signInAgain(): AppError {
  return new AppError("signInRequired", {
    title: "The session has ended",
    detail: "This refresh token is unknown, expired or was already used. Sign in again.",
  });
}
