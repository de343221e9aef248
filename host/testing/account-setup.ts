import type { HostEvent } from "#contract/bridge.ts";
import { createAccountFile } from "../accounts/account-file.ts";
import { AccountService } from "../accounts/account-service.ts";
import { Backend } from "../accounts/backend.ts";
import { BrowserSignIn } from "../accounts/browser-sign-in.ts";
import { HostEvents } from "../events.ts";
import type { SecretStore } from "../secrets/secret-store.ts";

export interface AccountSetup {
  folder: string;
  secrets: SecretStore;
  openExternal?: (url: string) => Promise<void>;
  limitMs?: number;
  now?: () => number;
}

/** An account service on a folder, as a host makes it, and what it told its pages. */
export async function openAccounts(setup: AccountSetup) {
  const events = new HostEvents();
  const told: HostEvent[] = [];
  events.subscribe((event) => told.push(event));
  const backend = new Backend({ fetch });
  const accounts = new AccountService({
    file: createAccountFile(setup.folder, () => undefined),
    secrets: setup.secrets,
    backend,
    browserSignIn: new BrowserSignIn({
      backend,
      openExternal: setup.openExternal ?? (() => Promise.resolve()),
      ...(setup.limitMs === undefined ? {} : { limitMs: setup.limitMs }),
    }),
    events,
    now: setup.now ?? Date.now,
  });
  await accounts.load();
  return { accounts, told };
}
