import { defineRoutes, type Routes } from "../routes.ts";
import type { CacheKeys } from "../secrets/cache-key.ts";
import type { AccountService } from "./account-service.ts";

export function accountRoutes(accounts: AccountService, cacheKeys: CacheKeys): Routes {
  return defineRoutes({
    "accounts.list": () => accounts.list(),
    "accounts.probe": ({ serverUrl }) => accounts.probe(serverUrl),
    "accounts.previewInvitation": ({ url }) => accounts.previewInvitation(url),
    "accounts.acceptInvitation": ({ url, name, password }) => accounts.acceptInvitation(url, name, password),
    "accounts.add": ({ serverUrl }) => accounts.add(serverUrl),
    "accounts.signInWithPassword": ({ accountId, username, password }) =>
      accounts.signInWithPassword(accountId, username, password),
    "accounts.signInWithBrowser": ({ accountId }) => accounts.signInWithBrowser(accountId),
    "accounts.cancelSignIn": ({ accountId }) => accounts.cancelSignIn(accountId),
    "accounts.signOut": ({ accountId }) => accounts.signOut(accountId),
    async "accounts.remove"({ accountId }) {
      await accounts.remove(accountId);
      await cacheKeys.forget(accountId);
      return null;
    },
  });
}
