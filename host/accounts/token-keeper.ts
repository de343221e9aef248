import { z } from "zod";
import type { AccountId } from "#contract/bridge.ts";
import { AppError } from "#contract/problem.ts";
import type { TokenResponse } from "#contract/sign-in.ts";
import type { SecretStore } from "../secrets/secret-store.ts";
import type { Backend } from "./backend.ts";

const tokensSchema = z.object({
  access: z.string(),
  refresh: z.string(),
  expiresAtMs: z.number(),
  /** The workplace no longer takes them. Kept in order to be told, should everything have to be forgotten here. */
  isRefused: z.literal(true).optional(),
});
type Tokens = z.infer<typeof tokensSchema>;

/** Renewed this long before the end, so that a call does not set out with a token that ends on the way. */
const MARGIN_MS = 30_000;

export interface TokenKeeperOptions {
  secrets: SecretStore;
  backend: Backend;
  now: () => number;
  /** Told when a workplace refuses to renew: the person has to sign in again. */
  onExpired: (accountId: AccountId) => Promise<void>;
  onRenewed: (accountId: AccountId, response: TokenResponse) => Promise<void>;
  /** Told when everything of this account has to be forgotten here; the tokens stay until the workplace knows that it was. */
  onWipeOrdered: (accountId: AccountId) => Promise<void>;
}

/** Access and refresh tokens of every account: in the secret store, and in memory while the host runs. */
export class TokenKeeper {
  readonly #options: TokenKeeperOptions;
  readonly #known = new Map<AccountId, Tokens>();
  readonly #refreshing = new Map<AccountId, Promise<Tokens>>();

  constructor(options: TokenKeeperOptions) {
    this.#options = options;
  }

  /** @throws AppError signInRequired when there are none */
  async access(accountId: AccountId, serverUrl: string, refused?: string): Promise<string> {
    const tokens = await this.#read(accountId);
    if (tokens === undefined || tokens.isRefused === true) throw signInRequired();
    const isEnding = tokens.expiresAtMs - this.#options.now() < MARGIN_MS;
    if (tokens.access !== refused && !isEnding) return tokens.access;
    return (await this.#refreshOnce(accountId, serverUrl, tokens)).access;
  }

  async has(accountId: AccountId): Promise<boolean> {
    const tokens = await this.#read(accountId);
    return tokens !== undefined && tokens.isRefused !== true;
  }

  /** The refresh token, whether or not it still counts. */
  async last(accountId: AccountId): Promise<string | undefined> {
    return (await this.#read(accountId))?.refresh;
  }

  /** Asks once more with tokens that were refused before: all that may come of it is the order to forget. */
  async askAgain(accountId: AccountId, serverUrl: string): Promise<void> {
    const tokens = await this.#read(accountId);
    if (tokens?.isRefused !== true) return;
    await this.#refreshOnce(accountId, serverUrl, tokens);
  }

  /** On disk before it is used: a refresh token that was rotated and lost would sign the person out. */
  async keep(accountId: AccountId, response: TokenResponse): Promise<void> {
    await this.#keep(accountId, response);
  }

  /** Removes the tokens; returns the refresh token, to be revoked. */
  async forget(accountId: AccountId): Promise<string | undefined> {
    const tokens = await this.#read(accountId);
    this.#known.delete(accountId);
    await this.#options.secrets.delete(secretName(accountId));
    return tokens?.refresh;
  }

  async #read(accountId: AccountId): Promise<Tokens | undefined> {
    const known = this.#known.get(accountId);
    if (known !== undefined) return known;
    const text = await this.#options.secrets.get(secretName(accountId));
    if (text === undefined) return undefined;
    const tokens = tokensSchema.parse(JSON.parse(text));
    this.#known.set(accountId, tokens);
    return tokens;
  }

  async #keep(accountId: AccountId, response: TokenResponse): Promise<Tokens> {
    const tokens: Tokens = {
      access: response.access_token,
      refresh: response.refresh_token,
      expiresAtMs: this.#options.now() + response.expires_in * 1000,
    };
    await this.#write(accountId, tokens);
    return tokens;
  }

  async #write(accountId: AccountId, tokens: Tokens): Promise<void> {
    await this.#options.secrets.set(secretName(accountId), JSON.stringify(tokens));
    this.#known.set(accountId, tokens);
  }

  /** Calls that find the token ended at the same time share one refresh: its token can be used once. */
  async #refreshOnce(accountId: AccountId, serverUrl: string, tokens: Tokens): Promise<Tokens> {
    const running = this.#refreshing.get(accountId);
    if (running !== undefined) return running;
    const fresh = this.#refresh(accountId, serverUrl, tokens).finally(() =>
      this.#refreshing.delete(accountId),
    );
    this.#refreshing.set(accountId, fresh);
    return fresh;
  }

  async #refresh(accountId: AccountId, serverUrl: string, tokens: Tokens): Promise<Tokens> {
    try {
      const response = await this.#options.backend.token(serverUrl, {
        grant_type: "refresh_token",
        refresh_token: tokens.refresh,
      });
      if (this.#known.get(accountId) === tokens) {
        const fresh = await this.#keep(accountId, response);
        await this.#options.onRenewed(accountId, response);
        return fresh;
      }
      // Signed out meanwhile, or in again, maybe as somebody else: what comes now belongs to nobody here.
      await this.#options.backend.revoke(serverUrl, response.refresh_token);
      throw signInRequired();
    } catch (error) {
      if (this.#known.get(accountId) !== tokens) throw error;
      if (error instanceof AppError && error.kind === "wipeRequired") {
        await this.#options.onWipeOrdered(accountId);
        throw error;
      }
      if (!isRefusal(error)) throw error;
      await this.#write(accountId, { ...tokens, isRefused: true });
      await this.#options.onExpired(accountId);
      throw signInRequired(error);
    }
  }
}

function isRefusal(error: unknown): boolean {
  if (!(error instanceof AppError)) return false;
  return ["badRequest", "signInFailed", "signInRequired", "forbidden"].includes(error.kind);
}

export function signInRequired(cause?: unknown): AppError {
  return new AppError("signInRequired", {
    title: "The sign-in has ended",
    detail: "Sign in again to this workplace.",
    cause,
  });
}

function secretName(accountId: AccountId): string {
  return `tokens/${accountId}`;
}
