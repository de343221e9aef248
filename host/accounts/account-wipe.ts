import type { AccountId, HostEvent } from "#contract/bridge.ts";
import { AppError } from "#contract/problem.ts";
import type { HostEvents } from "../events.ts";
import type { CacheKeys } from "../secrets/cache-key.ts";
import type { AccountService } from "./account-service.ts";
import type { CondemnedCaches } from "./condemned-caches.ts";

export interface AccountWipeParts {
  accounts: AccountService;
  cacheKeys: CacheKeys;
  condemned: CondemnedCaches;
  events: HostEvents;
}

type Reason = Extract<HostEvent, { type: "accountWiped" }>["reason"];

/**
 * Leaves nothing of an account that can be read: first its key, which makes its cache worthless wherever a copy of it may
 * be, then its tokens, then the cache itself, by the page that is open or by the next one.
 */
export class AccountWipe {
  readonly #parts: AccountWipeParts;

  constructor(parts: AccountWipeParts) {
    this.#parts = parts;
    parts.accounts.onWipeOrdered((id) => this.run(id, "ordered"));
  }

  async run(accountId: AccountId, reason: Reason): Promise<void> {
    const { accounts, cacheKeys, condemned, events } = this.#parts;
    await condemned.add(accountId);
    await cacheKeys.forget(accountId);
    // A workplace that ordered it wants to know that it was done.
    if (reason === "ordered") await accounts.forgetAsOrdered(accountId);
    else await accounts.signOut(accountId);
    events.emit({ type: "accountWiped", accountId, reason });
  }

  /** Every account of this profile. What fails for one does not keep the others. */
  async runAll(): Promise<void> {
    const failures: AppError[] = [];
    for (const { id } of this.#parts.accounts.list()) {
      try {
        await this.run(id, "signedOut");
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        failures.push(error);
      }
    }
    const [first] = failures;
    if (first !== undefined) throw first;
  }
}
