import { expect, onTestFinished, test } from "vitest";
import { hostChannels, isHostChannel, type HostChannel } from "#contract/bridge.ts";
import { createBridge } from "../bridge.ts";
import { createHost, type Host } from "../host.ts";
import { openProfile } from "../profile/profile.ts";
import { defineRoutes } from "../routes.ts";
import { memorySecrets } from "../testing/memory-secrets.ts";
import { tempFolder } from "../testing/temp-folder.ts";
import { TokenServer } from "../testing/token-server.ts";
import { WHILE_LOCKED } from "./locked-channels.ts";

const CODE = "marché du samedi";

async function openLocked(): Promise<{ host: Host; accountId: string }> {
  const dataDir = await tempFolder();
  const server = await TokenServer.open();
  const host = await createHost({
    dataDir,
    profile: await openProfile(dataDir, () => undefined),
    info: { version: "1", shell: "electron", platform: "linux", locale: "fr", isDevelopment: false },
    secrets: await memorySecrets(dataDir),
    openExternal: () => Promise.reject(new Error("something left Parvis")),
    onNotice: () => undefined,
    serverUrl: server.url,
  });
  onTestFinished(() => host.stop());
  const accountId = host.accounts.list()[0]?.id ?? "";
  const call = (channel: HostChannel, args: unknown) => host.bridge.call(channel, args);
  await call("accounts.signInWithPassword", { accountId, username: "demo", password: "demo" });
  await call("settings.set", { lockAfterMinutes: 5 });
  await call("lock.setCode", { code: CODE });
  await call("lock.lock", {});
  return { host, accountId };
}

const channels = Object.keys(hostChannels).filter(isHostChannel);

test("what is answered while Parvis is locked is listed, and every other channel is refused", async () => {
  const { host } = await openLocked();
  const refused = channels.filter((channel) => !WHILE_LOCKED.has(channel));
  expect(refused.length).toBeGreaterThan(30);
  for (const channel of refused) {
    const answer = await host.bridge.call(channel, {});
    expect([channel, answer.ok ? "answered" : answer.error.kind]).toEqual([channel, "locked"]);
  }
  expect(host.services.lock.isLocked).toBe(true);
});

test("locked, nothing weakens the lock: settings, codes, accounts, passphrases", async () => {
  const { host, accountId } = await openLocked();
  const attempts: [string, unknown][] = [
    ["settings.set", { lockAfterMinutes: 0 }],
    ["lock.setCode", { code: "un autre code", current: CODE }],
    ["lock.removeCode", { current: CODE }],
    ["secrets.unlock", { passphrase: "une phrase que personne n’a choisie" }],
    ["accounts.signInWithPassword", { accountId, username: "demo", password: "demo" }],
    ["accounts.remove", { accountId }],
    ["cache.key", { accountId }],
    ["cache.rotate", { accountId }],
    ["shell.openExternal", { url: "https://example.org/" }],
  ];
  for (const [channel, args] of attempts)
    expect(await host.bridge.call(channel, args)).toMatchObject({ ok: false, error: { kind: "locked" } });
  expect(host.services.lock.isLocked).toBe(true);
  expect((await host.settings.get()).lockAfterMinutes).toBe(5);
  const me = await host.pageGateway.handle(new Request(`http://x/gateway/${accountId}/v1/me`));
  expect(me.status).toBe(423);
  expect(await host.bridge.call("lock.unlock", { code: CODE })).toMatchObject({ ok: true });
});

test("what was asked for before Parvis locked is not handed out after", async () => {
  const lock = { isLocked: false };
  const { promise, resolve } = Promise.withResolvers<{ key: string; keyId: string; ceiling: null }>();
  const bridge = createBridge([defineRoutes({ "cache.key": () => promise })], { lock });
  const asked = bridge.call("cache.key", { accountId: "one" });
  lock.isLocked = true;
  resolve({ key: "a2V5", keyId: "one", ceiling: null });
  expect(await asked).toMatchObject({ ok: false, error: { kind: "locked" } });
});

test("a code that is taken away while Parvis locks leaves nobody before a lock that nothing opens", async () => {
  const { host } = await openLocked();
  const { lock } = host.services;
  await lock.unlock(CODE);
  const removed = host.bridge.call("lock.removeCode", { current: CODE });
  await lock.lock("system");
  await removed;
  const { isLocked, method } = lock.status();
  expect({ isLocked, isOpenable: !isLocked || method === "code" }).toEqual({ isLocked, isOpenable: true });
});
