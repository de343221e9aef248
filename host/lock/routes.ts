import type { AccountService } from "../accounts/account-service.ts";
import type { AccountWipe } from "../accounts/account-wipe.ts";
import { defineRoutes, type Routes } from "../routes.ts";
import type { HostEvents } from "../events.ts";
import type { CacheKeys } from "../secrets/cache-key.ts";
import type { SecretStore } from "../secrets/secret-store.ts";
import type { IdleWatch } from "./idle-watch.ts";
import type { LockService } from "./lock-service.ts";

export interface LockParts {
  lock: LockService;
  idle: IdleWatch;
  cacheKeys: CacheKeys;
  accounts: AccountService;
  wipe: AccountWipe;
  secrets: SecretStore;
  /** Files of drives that are kept here, too. */
  drives: { forgetAll: () => Promise<void>; reseal: () => Promise<void> };
  events: HostEvents;
}

export function lockRoutes(parts: LockParts): Routes {
  const { lock, idle, cacheKeys, accounts, wipe, secrets, drives, events } = parts;
  const reseal = async () => {
    await cacheKeys.reseal(accounts.list().map(({ id }) => id));
    await drives.reseal();
  };
  return defineRoutes({
    "lock.status": () => lock.status(),
    "lock.lock": () => lock.lock("asked"),
    async "lock.unlock"({ code }) {
      const status = await lock.unlock(code);
      idle.noteActive();
      // Under a passphrase, the tokens were locked too.
      await accounts.checkTokens();
      return status;
    },
    "lock.setCode": ({ code, current }) => lock.setCode(code, current, reseal),
    "lock.removeCode": ({ current }) => lock.removeCode(current, reseal),
    async "profile.wipe"() {
      // A passphrase that nobody knows any more keeps nothing from being thrown away.
      if ((await secrets.status()).isLocked) await secrets.wipe();
      await drives.forgetAll();
      await wipe.runAll();
      // What belongs to no account: proxies' passwords, and whatever an earlier version left.
      await secrets.wipe();
      // The code sealed keys that are gone.
      await lock.forgetCode();
      events.emit({ type: "secretsChanged", status: await secrets.status() });
      return null;
    },
    "page.active"() {
      idle.noteActive();
      return null;
    },
  });
}
