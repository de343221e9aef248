import { expect, test } from "vitest";
import type { HostEvent } from "#contract/bridge.ts";
import { HostEvents } from "../events.ts";
import { createGateway } from "../gateway/gateway.ts";
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
  const get = () =>
    createGateway({ accounts, backoffMs: 1 }).handle(new Request(`http://x/gateway/${id}/v1/scopes`));
  return { folder, secrets, server, get, accounts, id, told, cacheKeys, condemned, wipe };
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

test("a workplace that orders it gets it with the next call, and is told that it was done", async () => {
  const { accounts, id, told, cacheKeys, server, get, secrets } = await setUp();
  const before = await cacheKeys.get(id);
  server.orderWipe();
  const answer = await get();
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({ kind: "wipeRequired" });
  expect(accounts.get(id)).toMatchObject({ state: "signedOut", wipedAt: expect.any(String) });
  expect((await cacheKeys.get(id)).key).not.toBe(before.key);
  expect(told).toContainEqual({ type: "accountWiped", accountId: id, reason: "ordered" });
  expect(server.wiped).toEqual([JSON.stringify({ token: "refresh-1" })]);
  expect(await secrets.get(`tokens/${id}`)).toBeUndefined();
});

test("a workplace that cannot be told is told at the next start", async () => {
  const { accounts, id, server, get, folder, secrets } = await setUp();
  server.orderWipe();
  server.refuseWiped = true;
  await get();
  expect(accounts.get(id).state).toBe("signedOut");
  expect(server.wiped).toEqual([]);
  server.refuseWiped = false;
  const again = await openAccounts({ folder, secrets });
  await again.accounts.settleEnded();
  expect(server.wiped).toHaveLength(1);
  await again.accounts.settleEnded();
  expect(server.wiped).toHaveLength(1);
});

test("a device that was signed out from elsewhere before hears of a later order at its next start", async () => {
  const { accounts, id, server, get, folder, secrets, told } = await setUp();
  server.revokeAll();
  await get();
  expect(accounts.get(id).state).toBe("expired");
  server.orderWipe();
  const again = await openAccounts({ folder, secrets });
  const events = new HostEvents();
  events.subscribe((event) => told.push(event));
  const cacheKeys = new CacheKeys({ secrets });
  const condemned = new CondemnedCaches(folder, () => undefined);
  const wipe = new AccountWipe({ accounts: again.accounts, cacheKeys, condemned, events });
  expect(again.accounts.get(id).state).toBe("expired");
  await again.accounts.settleEnded();
  expect(again.accounts.get(id).state).toBe("signedOut");
  expect(told).toContainEqual({ type: "accountWiped", accountId: id, reason: "ordered" });
  await again.accounts.signInWithPassword(id, "demo", "demo");
  expect(again.accounts.get(id).wipedAt).toBeUndefined();
  expect(wipe).toBeDefined();
});
