import { randomUUID } from "node:crypto";
import { accountIdSchema, type Account, type AccountId } from "#contract/bridge.ts";
import type { Capabilities } from "#contract/capabilities.ts";
import type { InvitationPreview } from "#contract/guest-invitations.ts";
import { AppError } from "#contract/problem.ts";
import type { TokenResponse } from "#contract/sign-in.ts";
import { toIsoTime } from "#contract/time.ts";
import type { HostEvents } from "../events.ts";
import type { GatewayAccounts } from "../gateway/gateway.ts";
import { parseServerUrl } from "../gateway/server-url.ts";
import { assertMethodAllowed, assertServerAllowed } from "../policy/patterns.ts";
import { noPolicies, type Policies } from "../policy/policies.ts";
import type { SecretStore } from "../secrets/secret-store.ts";
import type { AccountFile, StoredAccount } from "./account-file.ts";
import type { Backend } from "./backend.ts";
import type { BrowserSignIn } from "./browser-sign-in.ts";
import { parseInvitationUrl } from "./invitation-url.ts";
import { signInRequired, TokenKeeper } from "./token-keeper.ts";

/** Stable, so that the cache of the demonstration is found again. */
export const EMBEDDED_ID: AccountId = accountIdSchema.parse("embedded");

export interface AccountServiceOptions {
  file: AccountFile;
  secrets: SecretStore;
  backend: Backend;
  browserSignIn: BrowserSignIn;
  events: HostEvents;
  now: () => number;
  policies?: Policies;
}

/** Accounts of this profile: adding, signing in and out, and the tokens that the gateway asks for. */
export class AccountService implements GatewayAccounts {
  readonly #options: AccountServiceOptions;
  readonly #policies: Policies;
  readonly #tokens: TokenKeeper;
  #accounts: StoredAccount[] = [];
  readonly #signingIn = new Set<AccountId>();
  #wipe: (id: AccountId) => Promise<void> = (id) => this.forgetAsOrdered(id);

  constructor(options: AccountServiceOptions) {
    this.#options = options;
    this.#policies = options.policies ?? noPolicies;
    this.#tokens = new TokenKeeper({
      secrets: options.secrets,
      backend: options.backend,
      now: options.now,
      onExpired: async (id) => {
        await this.#patch(id, { state: "expired" });
      },
      onRenewed: async (id, { session_id: sessionId }) => {
        if (sessionId === undefined || this.#find(id).sessionId === sessionId) return;
        await this.#patch(id, { sessionId });
      },
      onWipeOrdered: (id) => this.#wipe(id),
    });
  }

  async load(): Promise<void> {
    this.#accounts = (await this.#options.file.read()).accounts;
    await this.checkTokens();
  }

  /**
   * An account whose tokens are gone (they were in memory only, or the other shell has them) has to sign in again; back in the
   * shell that has them, it is signed in. Locked secrets tell nothing.
   */
  async checkTokens(): Promise<void> {
    if ((await this.#options.secrets.status()).isLocked) return;
    for (const { id, state } of this.#accounts) {
      if (state !== "signedIn" && state !== "expired") continue;
      const found = (await this.#tokens.has(id)) ? "signedIn" : "expired";
      if (found !== state) await this.#patch(id, { state: found });
    }
  }

  /** Who deletes everything of an account when its workplace asks for it. */
  onWipeOrdered(wipe: (id: AccountId) => Promise<void>): void {
    this.#wipe = wipe;
  }

  /**
   * What is still to be settled with workplaces about sign-ins that are over: those whose order to forget was carried out are
   * told so; of the others it is asked whether there is such an order. What is out of reach is left for the next time.
   */
  async settleEnded(): Promise<void> {
    if ((await this.#options.secrets.status()).isLocked) return;
    for (const { id, serverUrl, state, wipedAt } of this.#accounts) {
      if (state === "signedOut" && wipedAt !== undefined) await this.#tellWiped(id);
      if (state === "expired") await unlessRefused(() => this.#tokens.askAgain(id, serverUrl));
    }
  }

  /** Signs out because the workplace ordered it, and tells it so: now, or at the next start. */
  async forgetAsOrdered(id: AccountId): Promise<void> {
    await this.#patch(id, { state: "signedOut", wipedAt: toIsoTime(this.#options.now()) });
    await this.#tellWiped(id);
  }

  async #tellWiped(id: AccountId): Promise<void> {
    const token = await this.#tokens.last(id);
    if (token === undefined) return;
    await unlessRefused(async () => {
      await this.#options.backend.wiped(this.#find(id).serverUrl, token);
      if ((await this.#tokens.last(id)) === token) await this.#tokens.forget(id);
    });
  }

  list(): Account[] {
    return this.#accounts.map((account) => this.#shown(account));
  }

  async probe(typed: string): Promise<{ serverUrl: string; capabilities: Capabilities }> {
    const serverUrl = parseServerUrl(typed);
    assertServerAllowed(this.#policies, serverUrl);
    const capabilities = await this.#options.backend.capabilities(serverUrl);
    const methods = this.#policies.get("SignInMethods");
    const signIn = capabilities.signIn.filter(
      ({ kind }) => methods === undefined || methods.includes(kind === "oidc" ? "browser" : "password"),
    );
    return { serverUrl, capabilities: { ...capabilities, signIn } };
  }

  /** The same address added again, while nobody is signed in there, is the same account. */
  async add(typed: string): Promise<Account> {
    const { serverUrl, capabilities } = await this.probe(typed);
    const known = this.#accounts.find((one) => one.serverUrl === serverUrl && one.state === "signedOut");
    if (known !== undefined) return this.#shown(known);
    const id = accountIdSchema.parse(randomUUID());
    return this.#put({
      id,
      serverUrl,
      name: capabilities.name,
      isEmbedded: false,
      personId: null,
      state: "signedOut",
    });
  }

  async previewInvitation(url: string): Promise<{ serverUrl: string; preview: InvitationPreview }> {
    const { serverUrl, token } = parseInvitationUrl(url);
    assertServerAllowed(this.#policies, serverUrl);
    // First of all whether it is a workplace: the token is for nobody else.
    await this.#options.backend.capabilities(serverUrl);
    return { serverUrl, preview: await this.#options.backend.previewInvitation(serverUrl, token) };
  }

  /** Comes in as a guest. Their account at that workplace is the same one each time, other people's stay. */
  async acceptInvitation(url: string, name: string, password: string): Promise<Account> {
    const { backend } = this.#options;
    const { serverUrl, token } = parseInvitationUrl(url);
    assertServerAllowed(this.#policies, serverUrl);
    assertMethodAllowed(this.#policies, "password");
    const { name: workplace } = await backend.capabilities(serverUrl);
    const response = await backend.acceptInvitation(serverUrl, { token, name, password });
    const personId = response.person_id;
    const there = this.#accounts.filter((one) => one.serverUrl === serverUrl);
    const known =
      there.find((one) => one.personId === personId) ??
      there.find((one) => one.personId === null && one.state === "signedOut");
    const id = known?.id ?? accountIdSchema.parse(randomUUID());
    const isEmbedded = known?.isEmbedded ?? false;
    await this.#tokens.keep(id, response);
    const session = response.session_id === undefined ? {} : { sessionId: response.session_id };
    return this.#put({ id, serverUrl, name: workplace, isEmbedded, personId, state: "signedIn", ...session });
  }

  /** The account of the workplace that runs under this host; its address may change from one start to the next. */
  async putEmbedded(serverUrl: string): Promise<Account> {
    const { name } = await this.#options.backend.capabilities(serverUrl);
    const known = this.#accounts.find((one) => one.id === EMBEDDED_ID);
    const account = known ?? {
      id: EMBEDDED_ID,
      isEmbedded: true,
      personId: null,
      state: "signedOut" as const,
    };
    return this.#put({ ...account, serverUrl, name });
  }

  async signInWithPassword(id: AccountId, username: string, password: string): Promise<Account> {
    const { serverUrl } = this.#find(id);
    this.#assertMayUse("password", id);
    return this.#signIn(id, () =>
      this.#options.backend.token(serverUrl, { grant_type: "password", username, password }),
    );
  }

  async signInWithBrowser(id: AccountId): Promise<Account> {
    const { serverUrl } = this.#find(id);
    this.#assertMayUse("browser", id);
    const { signIn } = await this.#options.backend.capabilities(serverUrl);
    const method = signIn.find((one) => one.kind === "oidc");
    if (method === undefined) {
      throw new AppError("unsupported", { title: "This workplace has no sign-in through the browser" });
    }
    return this.#signIn(id, () => this.#options.browserSignIn.run(id, serverUrl, method));
  }

  cancelSignIn(id: AccountId): Account {
    this.#options.browserSignIn.cancel(id);
    return this.#shown(this.#find(id));
  }

  async signOut(id: AccountId): Promise<Account> {
    const { serverUrl } = this.#find(id);
    const refresh = await this.#tokens.forget(id);
    const account = await this.#patch(id, { state: "signedOut" });
    if (refresh !== undefined) await this.#revoke(serverUrl, refresh);
    return account;
  }

  get(id: AccountId): Account {
    return this.#shown(this.#find(id));
  }

  async remove(id: AccountId): Promise<void> {
    await this.signOut(id);
    await this.#save((accounts) => accounts.filter((account) => account.id !== id));
  }

  serverUrl(id: AccountId): string {
    return this.#find(id).serverUrl;
  }

  async accessToken(id: AccountId, refused?: string): Promise<string> {
    const account = this.#find(id);
    if (account.state !== "signedIn") throw signInRequired();
    if (!account.isEmbedded) assertServerAllowed(this.#policies, account.serverUrl);
    return this.#tokens.access(id, account.serverUrl, refused);
  }

  async #signIn(id: AccountId, getToken: () => Promise<TokenResponse>): Promise<Account> {
    if (this.#signingIn.has(id)) throw new AppError("conflict", { title: "A sign-in is already under way" });
    this.#signingIn.add(id);
    this.#announce();
    try {
      const response = await getToken();
      await this.#tokens.keep(id, response);
      this.#signingIn.delete(id);
      const { wipedAt: _wiped, sessionId: _before, ...account } = this.#find(id);
      const session = response.session_id === undefined ? {} : { sessionId: response.session_id };
      return await this.#put({ ...account, ...session, personId: response.person_id, state: "signedIn" });
    } finally {
      if (this.#signingIn.delete(id)) this.#announce();
    }
  }

  /** Policies may have changed since the account was added. The demonstration on this very machine is no workplace. */
  #assertMayUse(method: "browser" | "password", id: AccountId): void {
    const { isEmbedded, serverUrl } = this.#find(id);
    if (isEmbedded) return;
    assertServerAllowed(this.#policies, serverUrl);
    assertMethodAllowed(this.#policies, method);
  }

  /** The tokens are gone from this machine in any case; a workplace out of reach lets them end by themselves. */
  async #revoke(serverUrl: string, refresh: string): Promise<void> {
    try {
      await this.#options.backend.revoke(serverUrl, refresh);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }

  #find(id: AccountId): StoredAccount {
    const account = this.#accounts.find((one) => one.id === id);
    if (account === undefined) throw new AppError("notFound", { title: "There is no such account" });
    return account;
  }

  async #patch(id: AccountId, changes: Partial<StoredAccount>): Promise<Account> {
    return this.#put({ ...this.#find(id), ...changes });
  }

  async #put(account: StoredAccount): Promise<Account> {
    await this.#save((accounts) => {
      const others = accounts.filter((one) => one.id !== account.id);
      const index = accounts.findIndex((one) => one.id === account.id);
      return index < 0 ? [...others, account] : others.toSpliced(index, 0, account);
    });
    return this.#shown(account);
  }

  async #save(change: (accounts: StoredAccount[]) => StoredAccount[]): Promise<void> {
    const { accounts } = await this.#options.file.update((content) => ({
      ...content,
      accounts: change(content.accounts),
    }));
    this.#accounts = accounts;
    this.#announce();
  }

  #announce(): void {
    this.#options.events.emit({ type: "accountsChanged", accounts: this.list() });
  }

  #shown(account: StoredAccount): Account {
    return this.#signingIn.has(account.id) ? { ...account, state: "signingIn" } : account;
  }
}

async function unlessRefused(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}
