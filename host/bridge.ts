import type { z } from "zod";
import {
  hostChannels,
  isHostChannel,
  type Account,
  type AppInfo,
  type HostChannel,
  type HostValue,
} from "#contract/bridge.ts";
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

type Handlers = {
  [C in HostChannel]: (
    args: z.output<(typeof hostChannels)[C]["args"]>,
  ) => HostValue<C> | Promise<HostValue<C>>;
};

export interface Bridge {
  /** `channel` and `args` come from a page: both are checked, and the result before it goes back. */
  call(channel: string, args: unknown): Promise<Result<unknown>>;
}

/** Everything a page may ask of its host, the same behind both shells. */
export function createBridge(parts: BridgeParts): Bridge {
  const handlers = createHandlers(parts);
  return {
    call: (channel, args) =>
      asResult(() => {
        if (!isHostChannel(channel)) throw new AppError("notFound", { title: `No channel named ${channel}` });
        return run(handlers, channel, args);
      }),
  };
}

async function run<C extends HostChannel>(handlers: Handlers, channel: C, args: unknown): Promise<unknown> {
  const parsed = hostChannels[channel].args.safeParse(args);
  if (!parsed.success) throw badRequest(parsed.error, "args");
  // TypeScript does not relate a parse to the channel it is for; the schema has just done so.
  const checked = parsed.data as z.output<(typeof hostChannels)[C]["args"]>;
  return hostChannels[channel].result.parse(await handlers[channel](checked));
}

function createHandlers(parts: BridgeParts): Handlers {
  return {
    ...appHandlers(parts),
    ...accountHandlers(parts.accounts, parts.cacheKeys),
    ...secretHandlers(parts),
  };
}

function appHandlers({ info, settings, openExternal }: BridgeParts) {
  return {
    "app.info": () => info,
    "settings.get": () => settings.get(),
    "settings.set": (args) => settings.set(args),
    "shell.openExternal": async ({ url }) => {
      await openExternal(checkExternalUrl(url));
      return null;
    },
  } satisfies Partial<Handlers>;
}

function accountHandlers(accounts: AccountService, cacheKeys: CacheKeys) {
  return {
    "accounts.list": () => accounts.list(),
    "accounts.probe": ({ serverUrl }) => accounts.probe(serverUrl),
    "accounts.add": ({ serverUrl }) => accounts.add(serverUrl),
    "accounts.signInWithPassword": ({ accountId, username, password }) =>
      accounts.signInWithPassword(accountId, username, password),
    "accounts.signInWithBrowser": ({ accountId }) => accounts.signInWithBrowser(accountId),
    "accounts.cancelSignIn": ({ accountId }) => accounts.cancelSignIn(accountId),
    "accounts.signOut": ({ accountId }): Promise<Account> => accounts.signOut(accountId),
    "accounts.remove": async ({ accountId }) => {
      await accounts.remove(accountId);
      await cacheKeys.forget(accountId);
      return null;
    },
    "cache.key": ({ accountId }) => {
      accounts.serverUrl(accountId); // only for accounts that exist
      return cacheKeys.get(accountId);
    },
  } satisfies Partial<Handlers>;
}

function secretHandlers({ secrets, accounts, events }: BridgeParts) {
  return {
    "secrets.status": () => secrets.status(),
    "secrets.unlock": async ({ passphrase }) => {
      const status = await secrets.unlock(passphrase);
      events.emit({ type: "secretsChanged", status });
      await accounts.checkTokens();
      return status;
    },
  } satisfies Partial<Handlers>;
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
