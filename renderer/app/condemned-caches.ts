import type { AccountId, HostBridge } from "#contract/bridge.ts";
import { setCondemned, useApp } from "./app-store.ts";
import { currentAccountId, lockSession } from "./open-session.ts";

/** Deletes the caches of accounts that are gone from this machine: those told of now, and those left from before. */
export async function deleteCondemnedCaches(host: HostBridge): Promise<void> {
  host.subscribe((event) => {
    if (event.type !== "accountWiped") return;
    setCondemned(event.accountId, true);
    if (currentAccountId() === event.accountId) lockSession();
    void deleteCache(host, event.accountId);
  });
  const condemned = await host.call("cache.condemned", {});
  if (!condemned.ok) return;
  useApp.setState((state) => ({ condemned: [...(state.condemned ?? []), ...condemned.value] }));
  await Promise.all(condemned.value.map((id) => deleteCache(host, id)));
}

/** Not deleted, it stays condemned: the next start tries again. */
async function deleteCache(host: HostBridge, accountId: AccountId): Promise<void> {
  forgetPlaces(accountId);
  if (!(await deleteDatabase(`parvis-${accountId}`))) return;
  setCondemned(accountId, false);
  await host.call("cache.deleted", { accountId });
}

/** Where one was and what one had seen: kept beside the cache, under names that end with the account's. */
function forgetPlaces(accountId: AccountId): void {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith("parvis.") && key.endsWith(`.${accountId}`)) localStorage.removeItem(key);
  }
}

/** Waits for whoever still has it open. */
function deleteDatabase(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.addEventListener("success", () => resolve(true));
    request.addEventListener("error", () => resolve(false));
  });
}
