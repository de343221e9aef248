import type { AccountId } from "#contract/bridge.ts";
import type { AccountService } from "../accounts/account-service.ts";
import { signInRequired } from "../accounts/token-keeper.ts";
import type { HostEvents } from "../events.ts";
import type { LockService } from "../lock/lock-service.ts";
import type { Policies } from "../policy/policies.ts";
import { defineRoutes, type Routes } from "../routes.ts";
import type { CacheKeys } from "./cache-key.ts";
import type { SecretStore } from "./secret-store.ts";

export interface SecretParts {
  secrets: SecretStore;
  cacheKeys: CacheKeys;
  accounts: AccountService;
  lock: LockService;
  events: HostEvents;
  policies: Policies;
}

const DAY_MS = 86_400_000;

export function secretRoutes(parts: SecretParts): Routes {
  const { secrets, cacheKeys, accounts, lock, events, policies } = parts;
  return defineRoutes({
    async "cache.key"({ accountId }) {
      // Nobody's cache has no key: one made now would outlive the wipe that took the last one away.
      if (accounts.get(accountId).state === "signedOut") throw signInRequired();
      lock.assertGuarded();
      await renewOldKey(parts, accountId);
      return { ...(await cacheKeys.get(accountId)), ceiling: policies.get("CacheCeiling") ?? null };
    },
    async "cache.rotate"({ accountId }) {
      accounts.serverUrl(accountId);
      await cacheKeys.rotate(accountId);
      events.emit({ type: "cacheKeyChanged", accountId });
      return null;
    },
    async "cache.rotated"({ accountId, keyId }) {
      accounts.serverUrl(accountId);
      await cacheKeys.rotated(accountId, keyId);
      return null;
    },
    "secrets.status": () => secrets.status(),
    async "secrets.changePassphrase"({ current, next }) {
      await lock.changePassphrase(current, next);
      return null;
    },
    async "secrets.unlock"({ passphrase }) {
      const status = await secrets.unlock(passphrase);
      events.emit({ type: "secretsChanged", status });
      await lock.storeChanged();
      await accounts.checkTokens();
      return status;
    },
  });
}

/** As often as the organisation wants, when the cache is opened. */
async function renewOldKey({ cacheKeys, policies }: SecretParts, accountId: AccountId): Promise<void> {
  const days = policies.get("CacheKeyDays") ?? 0;
  const madeAt = days === 0 ? undefined : await cacheKeys.madeAt(accountId);
  if (madeAt === undefined || Date.now() - madeAt < days * DAY_MS) return;
  const { previous } = await cacheKeys.get(accountId);
  if (previous === undefined) await cacheKeys.rotate(accountId);
}
