import { defineRoutes, type Routes } from "../routes.ts";
import type { AccountService } from "./account-service.ts";
import type { AccountWipe } from "./account-wipe.ts";
import type { CondemnedCaches } from "./condemned-caches.ts";

export interface AccountParts {
  accounts: AccountService;
  wipe: AccountWipe;
  condemned: CondemnedCaches;
}

export function accountRoutes({ accounts, wipe, condemned }: AccountParts): Routes {
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
    async "accounts.signOut"({ accountId }) {
      await wipe.run(accountId, "signedOut");
      return accounts.get(accountId);
    },
    async "accounts.remove"({ accountId }) {
      await wipe.run(accountId, "signedOut");
      await accounts.remove(accountId);
      return null;
    },
    "cache.condemned": () => condemned.list(),
    async "cache.deleted"({ accountId }) {
      await condemned.remove(accountId);
      return null;
    },
  });
}
