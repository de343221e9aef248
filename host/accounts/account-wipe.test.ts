import { expect, test } from "vitest";
import type { HostEvent } from "#contract/bridge.ts";
import { HostEvents } from "../events.ts";
import { CacheKeys } from "../secrets/cache-key.ts";
import { openAccounts } from "../testing/account-setup.ts";
import { memorySecrets } from "../testing/memory-secrets.ts";
import { tempFolder } from "../testing/temp-folder.ts";
import { TokenServer } from "../testing/token-server.ts";
import { AccountWipe } from "./account-wipe.ts";
import { CondemnedCaches } from "./condemned-caches.ts";

async function setUp() {
  const folder = await tempFolder();
  const secrets = await memorySecrets(folder);
  const { accounts } = await openAccounts({ folder, secrets });
  const server = await TokenServer.open();
  const { id } = await accounts.add(server.url);
  await accounts.signInWithPassword(id, "demo", "demo");
  const events = new HostEvents();
  const told: HostEvent[] = [];
  events.subscribe((event) => told.push(event));
  const cacheKeys = new CacheKeys({ secrets });
  const condemned = new CondemnedCaches(folder, () => undefined);
  const wipe = new AccountWipe({ accounts, cacheKeys, condemned, events });
  return { folder, accounts, id, told, cacheKeys, condemned, wipe };
}

test("a wiped account has no key and no token, and its cache waits for a page to delete it", async () => {
  const { folder, accounts, id, told, cacheKeys, wipe } = await setUp();
  const before = await cacheKeys.get(id);
  await wipe.run(id, "ordered");
  expect(accounts.get(id).state).toBe("signedOut");
  await expect(accounts.accessToken(id)).rejects.toMatchObject({ kind: "signInRequired" });
  expect((await cacheKeys.get(id)).key).not.toBe(before.key);
  expect(told).toEqual([{ type: "accountWiped", accountId: id, reason: "ordered" }]);
  const later = new CondemnedCaches(folder, () => undefined);
  expect(await later.list()).toEqual([id]);
  await later.remove(id);
  expect(await new CondemnedCaches(folder, () => undefined).list()).toEqual([]);
});

test("wiping all wipes each", async () => {
  const { accounts, id, condemned, wipe } = await setUp();
  await wipe.runAll();
  expect(accounts.list().map(({ state }) => state)).toEqual(["signedOut"]);
  expect(await condemned.list()).toEqual([id]);
});
