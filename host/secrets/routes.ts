import type { AccountService } from "../accounts/account-service.ts";
import type { HostEvents } from "../events.ts";
import { defineRoutes, type Routes } from "../routes.ts";
import type { CacheKeys } from "./cache-key.ts";
import type { SecretStore } from "./secret-store.ts";

export interface SecretParts {
  secrets: SecretStore;
  cacheKeys: CacheKeys;
  accounts: AccountService;
  events: HostEvents;
}

export function secretRoutes({ secrets, cacheKeys, accounts, events }: SecretParts): Routes {
  return defineRoutes({
    async "cache.key"({ accountId }) {
      accounts.serverUrl(accountId); // only for accounts that exist
      return { ...(await cacheKeys.get(accountId)), ceiling: null };
    },
    "secrets.status": () => secrets.status(),
    async "secrets.unlock"({ passphrase }) {
      const status = await secrets.unlock(passphrase);
      events.emit({ type: "secretsChanged", status });
      await accounts.checkTokens();
      return status;
    },
  });
}
