import type { PersonId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { Attempts } from "../sign-in/attempts.ts";
import { Sessions } from "../sign-in/sessions.ts";
import { hashToken, type SignInStore } from "../sign-in/tokens.ts";
import type { SessionRecord, Store } from "../store/store.ts";

const WINDOW_MS = 5 * 60 * 1000;

/** Whose request it is: Parvis by its token, other programs by name and application password (RFC 7617). */
export class DavCredentials {
  readonly #accounts: Store["accounts"];
  readonly #clock: () => number;
  readonly #perAddress: Attempts;

  readonly #sessions: Sessions;

  constructor(store: SignInStore, clock: () => number) {
    this.#accounts = store.accounts;
    this.#clock = clock;
    this.#sessions = new Sessions(store, clock);
    this.#perAddress = new Attempts({ failures: 200, windowMs: WINDOW_MS, keys: 20_000 }, clock);
  }

  /** @throws AppError signInRequired, signInFailed, rateLimited */
  async personOf(authorization: string | null, address: string): Promise<PersonId> {
    const match = /^(Bearer|Basic) +(\S+)$/i.exec(authorization?.trim() ?? "");
    const [scheme = "", credentials = ""] = match?.slice(1) ?? [];
    if (match === null) throw new AppError("signInRequired", { title: "Sign in first" });
    if (scheme.toLowerCase() === "bearer") return (await this.#living(credentials, "access")).personId;
    return await this.#perAddress.run(address, () => this.#byPassword(credentials));
  }

  async #byPassword(credentials: string): Promise<PersonId> {
    const text = Buffer.from(credentials, "base64").toString("utf8");
    const colon = text.indexOf(":");
    const name = text.slice(0, Math.max(0, colon)).trim().toLowerCase();
    const session = await this.#living(text.slice(colon + 1), "application");
    const account = await this.#accounts.byPerson(session.personId);
    if (account === undefined || account.isDisabled || (name !== account.username && name !== account.email))
      throw wrong();
    await this.#sessions.seen(session, undefined);
    return session.personId;
  }

  async #living(token: string, kind: SessionRecord["kind"]): Promise<SessionRecord> {
    const session = await this.#accounts.session(hashToken(token));
    if (session === undefined || session.kind !== kind || session.expiresAtMs <= this.#clock()) throw wrong();
    return session;
  }
}

function wrong(): AppError {
  return new AppError("signInFailed", { title: "This name and password do not fit" });
}
