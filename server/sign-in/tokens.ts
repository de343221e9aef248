import { createHash, randomBytes, randomUUID } from "node:crypto";
import { AppError } from "#contract/problem.ts";
import type { PersonId } from "#contract/ids.ts";
import type { Device } from "#contract/entities/session.ts";
import type { TokenResponse } from "#contract/sign-in.ts";
import type { SessionRecord, Store } from "../store/store.ts";
import { Sessions } from "./sessions.ts";

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

export type SignInStore = Pick<Store, "accounts" | "get" | "transaction">;

export interface TokenIssuerOptions {
  store: SignInStore;
  /** Milliseconds since the epoch. */
  clock: () => number;
}

export interface TokenIssuer {
  /** Begins a session. */
  begin(personId: PersonId, device: Device | undefined): Promise<TokenResponse>;
  /** Trades a refresh token for the next pair. @throws AppError signInRequired, wipeRequired */
  refresh(refreshToken: string, device: Device | undefined): Promise<TokenResponse>;
  /** Ends the session of this token, if it has one. */
  revoke(token: string): Promise<void>;
  /** Whoever held this refresh token has forgotten everything, as was ordered. */
  wiped(refreshToken: string): Promise<void>;
}

export function createTokenIssuer({ store, clock }: TokenIssuerOptions): TokenIssuer {
  const { accounts } = store;
  const sessions = new Sessions(store, clock);

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
      session_id: sessionId,
    };
  }

  async function end(session: SessionRecord): Promise<never> {
    await accounts.endSession(session.sessionId);
    await sessions.ended(session);
    throw signInAgain();
  }

  async function trade(refreshToken: string, device: Device | undefined): Promise<TokenResponse> {
    const tokenHash = hashToken(refreshToken);
    const session = await accounts.session(tokenHash);
    if (session?.kind === "ended") await sessions.requireNoOrder(session);
    if (session?.kind !== "refresh" || session.expiresAtMs <= clock()) throw signInAgain();
    // A token that comes back late was stolen, or its successor was: which one cannot be told, so both end.
    if (!(await accounts.useRefreshToken(tokenHash, clock(), REFRESH_GRACE_MS))) return end(session);
    const account = await accounts.byPerson(session.personId);
    if (account === undefined || account.isDisabled) return end(session);
    const tokens = await issue(session.personId, session.sessionId, session.generation + 1);
    // What ended the session between the two writes must not leave the new pair alive.
    const standing = await accounts.session(tokenHash);
    if (standing?.kind !== "refresh") {
      await accounts.endSession(session.sessionId);
      if (standing !== undefined) await sessions.requireNoOrder(standing);
      return end(session);
    }
    await sessions.seen(session, device);
    return tokens;
  }

  return {
    async begin(personId, device) {
      const sessionId = randomUUID();
      await sessions.seen({ personId, sessionId }, device);
      return issue(personId, sessionId, 0);
    },
    refresh: trade,
    async revoke(token) {
      const session = await accounts.session(hashToken(token));
      if (session === undefined || session.kind === "ended") return;
      await accounts.forgetSession(session.sessionId);
      await sessions.signedOut(session);
    },
    async wiped(refreshToken) {
      const session = await accounts.session(hashToken(refreshToken));
      if (session?.kind !== "ended" || !(await sessions.wiped(session))) return;
      await accounts.forgetSession(session.sessionId);
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
