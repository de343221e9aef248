import { create } from "zustand";
import type { Account, AccountId, AppInfo, HostBridge, HostEvent, SecretsStatus } from "#contract/bridge.ts";
import { followPolicies } from "#renderer/kit/policies.ts";
import type { LockStatus } from "#contract/desktop/lock.ts";
import { detached } from "#renderer/kit/window-kind.ts";
import type { Problem } from "#contract/problem.ts";
import { settingsSchema, type Settings } from "#contract/settings.ts";

export interface AppState {
  isStarted: boolean;
  info: AppInfo | null;
  settings: Settings;
  accounts: readonly Account[];
  /** Caches that are to go and may still be here; null: not known yet. */
  condemned: readonly AccountId[] | null;
  secrets: SecretsStatus | null;
  lock: LockStatus | null;
  /** What waited to be sent when it was last known: it could not be asked for once Parvis is locked. */
  unsent: number | null;
  /** Counts up when the worker has to be asked anew: the cache was locked, or has another key. */
  opening: number;
  /** The account that the window shows. */
  accountId: AccountId | null;
  /** Signing in is shown over an account whose cache can be read. */
  isSigningIn: boolean;
  /** A server is being added. */
  isAdding: boolean;
  /** Somebody from outside comes in with an invitation. */
  isInvited: boolean;
  isWorkplaceRunning: boolean;
  /** Nothing can go on: what happened. */
  fatal: Problem | null;
}

export const useApp = create<AppState>(() => ({
  isStarted: false,
  info: null,
  settings: settingsSchema.parse({}),
  accounts: [],
  condemned: null,
  secrets: null,
  lock: null,
  unsent: null,
  opening: 0,
  accountId: null,
  isSigningIn: false,
  isAdding: false,
  isInvited: false,
  isWorkplaceRunning: true,
  fatal: null,
}));

const LAST_ACCOUNT = "parvis.account";

export function lastAccountId(): string | null {
  return localStorage.getItem(LAST_ACCOUNT);
}

export function chooseAccount(accountId: AccountId | null): void {
  if (accountId !== null) localStorage.setItem(LAST_ACCOUNT, accountId);
  useApp.setState({ accountId, isSigningIn: false, isAdding: false });
}

/** The account of last time if it is still there, otherwise one that is signed in, otherwise the first. */
function pickAccount(accounts: readonly Account[], wanted: string | null): AccountId | null {
  const found =
    accounts.find((account) => account.id === wanted) ??
    accounts.find((account) => account.state === "signedIn") ??
    accounts[0];
  return found?.id ?? null;
}

/** Reads everything that the first screen depends on, side by side. */
export async function loadApp(host: HostBridge): Promise<void> {
  const [info, settings, accounts, secrets, lock] = await Promise.all([
    host.call("app.info", {}),
    host.call("settings.get", {}),
    host.call("accounts.list", {}),
    host.call("secrets.status", {}),
    host.call("lock.status", {}),
    followPolicies(host),
  ]);
  if (!accounts.ok) {
    useApp.setState({ isStarted: true, fatal: accounts.error });
    return;
  }
  const accountId = pickAccount(accounts.value, detached?.accountId ?? lastAccountId());
  // The next start asks for this account's key before the host has listed any.
  if (accountId !== null && detached === null) localStorage.setItem(LAST_ACCOUNT, accountId);
  useApp.setState({
    isStarted: true,
    info: info.ok ? info.value : null,
    ...(settings.ok ? { settings: settings.value } : {}),
    accounts: accounts.value,
    secrets: secrets.ok ? secrets.value : null,
    lock: lock.ok ? lock.value : null,
    accountId,
  });
}

/** What every screen depends on; what only some care about, they listen to themselves (`useHostEvent`). */
export function applyHostEvent(event: HostEvent): void {
  if (event.type === "accountsChanged") setAccounts(event.accounts);
  if (event.type === "settingsChanged") useApp.setState({ settings: event.settings });
  if (event.type === "secretsChanged") useApp.setState({ secrets: event.status });
  if (event.type === "lockChanged") useApp.setState({ lock: event.status });
  if (event.type === "workplaceChanged") useApp.setState({ isWorkplaceRunning: event.isRunning });
}

/** Puts in place what a call about one account has answered. */
export function setAccount(account: Account): void {
  const { accounts } = useApp.getState();
  const others = accounts.filter(({ id }) => id !== account.id);
  const isKnown = others.length < accounts.length;
  setAccounts(
    isKnown ? accounts.map((known) => (known.id === account.id ? account : known)) : [...accounts, account],
  );
}

function setAccounts(accounts: readonly Account[]): void {
  const before = useApp.getState().accounts;
  for (const { id, wipedAt } of accounts)
    if (wipedAt !== undefined && before.some((one) => one.id === id && one.wipedAt === undefined))
      setCondemned(id, true);
  useApp.setState((state) => ({ accounts, accountId: pickAccount(accounts, state.accountId) }));
}

/** A cache is to go, or has gone. */
export function setCondemned(accountId: AccountId, isCondemned: boolean): void {
  useApp.setState(({ condemned }) => {
    const others = (condemned ?? []).filter((id) => id !== accountId);
    return { condemned: isCondemned ? [...others, accountId] : others };
  });
}

/** The worker has ended. Locked, or under a key that is no longer the newest, it is simply asked anew. */
export function takeCrash(problem: Problem): void {
  if (problem.kind === "locked") useApp.setState(({ opening }) => ({ opening: opening + 1 }));
  else useApp.setState({ fatal: problem });
}
