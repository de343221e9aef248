import type { z } from "zod";
import { hostChannels, isHostChannel, type AppInfo, type HostChannel } from "#contract/bridge.ts";
import { AppError, badRequest } from "#contract/problem.ts";
import { asResult, type Result } from "#contract/result.ts";
import type { AccountService } from "./accounts/account-service.ts";
import type { HostEvents } from "./events.ts";
import type { CacheKeys } from "./secrets/cache-key.ts";
import type { SecretStore } from "./secrets/secret-store.ts";
import type { SettingsStore } from "./settings.ts";

export interface BridgeParts {
  info: AppInfo;
  settings: SettingsStore;
  accounts: AccountService;
  secrets: SecretStore;
  cacheKeys: CacheKeys;
  events: HostEvents;
  openExternal: (url: string) => Promise<void>;
}

export interface Bridge {
  /** `channel` and `args` come from a page: both are checked, and the result before it goes back. */
  call(channel: string, args: unknown): Promise<Result<unknown>>;
}

/** One channel: parses what a page sent, carries it out, parses what goes back. */
type Route = (args: unknown) => Promise<unknown>;

/** Everything a page may ask of its host, the same behind both shells. */
export function createBridge(parts: BridgeParts): Bridge {
  const routes: Record<HostChannel, Route> = {
    ...appRoutes(parts),
    ...accountRoutes(parts.accounts),
    ...signInRoutes(parts.accounts),
    ...secretRoutes(parts),
  };
  return {
    call: (channel, args) =>
      asResult(() => {
        if (!isHostChannel(channel)) throw new AppError("notFound", { title: `No channel named ${channel}` });
        return routes[channel](args);
      }),
  };
}

function route<A extends z.ZodType, R extends z.ZodType>(
  { args, result }: { args: A; result: R },
  handle: (args: z.output<A>) => z.output<R> | Promise<z.output<R>>,
): Route {
  return async (raw) => {
    const parsed = args.safeParse(raw);
    if (!parsed.success) throw badRequest(parsed.error, "args");
    return result.parse(await handle(parsed.data));
  };
}

function appRoutes({ info, settings, openExternal }: BridgeParts) {
  return {
    "app.info": route(hostChannels["app.info"], () => info),
    "settings.get": route(hostChannels["settings.get"], () => settings.get()),
    "settings.set": route(hostChannels["settings.set"], (changes) => settings.set(changes)),
    "shell.openExternal": route(hostChannels["shell.openExternal"], async ({ url }) => {
      await openExternal(checkExternalUrl(url));
      return null;
    }),
  };
}

function accountRoutes(accounts: AccountService) {
  return {
    "accounts.list": route(hostChannels["accounts.list"], () => accounts.list()),
    "accounts.probe": route(hostChannels["accounts.probe"], ({ serverUrl }) => accounts.probe(serverUrl)),
    "accounts.previewInvitation": route(hostChannels["accounts.previewInvitation"], ({ url }) =>
      accounts.previewInvitation(url),
    ),
    "accounts.acceptInvitation": route(hostChannels["accounts.acceptInvitation"], ({ url, name, password }) =>
      accounts.acceptInvitation(url, name, password),
    ),
    "accounts.add": route(hostChannels["accounts.add"], ({ serverUrl }) => accounts.add(serverUrl)),
    "accounts.signOut": route(hostChannels["accounts.signOut"], ({ accountId }) =>
      accounts.signOut(accountId),
    ),
  };
}

function signInRoutes(accounts: AccountService) {
  return {
    "accounts.signInWithPassword": route(
      hostChannels["accounts.signInWithPassword"],
      ({ accountId, username, password }) => accounts.signInWithPassword(accountId, username, password),
    ),
    "accounts.signInWithBrowser": route(hostChannels["accounts.signInWithBrowser"], ({ accountId }) =>
      accounts.signInWithBrowser(accountId),
    ),
    "accounts.cancelSignIn": route(hostChannels["accounts.cancelSignIn"], ({ accountId }) =>
      accounts.cancelSignIn(accountId),
    ),
  };
}

function secretRoutes({ secrets, cacheKeys, accounts, events }: BridgeParts) {
  return {
    "accounts.remove": route(hostChannels["accounts.remove"], async ({ accountId }) => {
      await accounts.remove(accountId);
      await cacheKeys.forget(accountId);
      return null;
    }),
    "cache.key": route(hostChannels["cache.key"], ({ accountId }) => {
      accounts.serverUrl(accountId); // only for accounts that exist
      return cacheKeys.get(accountId);
    }),
    "secrets.status": route(hostChannels["secrets.status"], () => secrets.status()),
    "secrets.unlock": route(hostChannels["secrets.unlock"], async ({ passphrase }) => {
      const status = await secrets.unlock(passphrase);
      events.emit({ type: "secretsChanged", status });
      await accounts.checkTokens();
      return status;
    }),
  };
}

/** @throws AppError forbidden */
export function checkExternalUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "https:" || url?.protocol === "mailto:") return url.href;
  throw new AppError("forbidden", {
    title: "This address is not opened outside Parvis",
    detail: "Only https: and mailto: are.",
  });
}
