import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { HostEvent } from "#contract/bridge.ts";
import { createHost, type Host, type HostOptions } from "./host.ts";
import { openProfile } from "./profile/profile.ts";
import { FallbackStore } from "./secrets/fallback-store.ts";
import { memorySecrets } from "./testing/memory-secrets.ts";
import { tempFolder } from "./testing/temp-folder.ts";
import { deadAddress } from "./testing/test-server.ts";
import { TokenServer } from "./testing/token-server.ts";
import type { StartWorkplace } from "./workplace/workplace-process.ts";

const INFO = {
  version: "1",
  shell: "browser",
  platform: "linux",
  locale: "fr",
  isDevelopment: false,
} as const;

/** A server that runs already, in place of a process. */
function running(url: string): StartWorkplace {
  return ({ onOutput, onExit }) => {
    queueMicrotask(() => onOutput(`Workplace server is ready: ${url}\n`));
    return {
      async stop() {
        onExit(0);
      },
    };
  };
}

async function open(
  dataDir: string,
  options: Partial<HostOptions> = {},
): Promise<{ host: Host; notices: string[] }> {
  const notices: string[] = [];
  const host = await createHost({
    dataDir,
    profile: await openProfile(dataDir, (message) => notices.push(message)),
    info: INFO,
    secrets: await memorySecrets(dataDir),
    openExternal: () => Promise.resolve(),
    onNotice: (message) => notices.push(message),
    ...options,
  });
  onTestFinished(() => host.stop());
  return { host, notices };
}

test("the demonstration is signed in by itself, and stays signed out once the person has signed out", async () => {
  const server = await TokenServer.open();
  const dataDir = await tempFolder();
  const secrets = await memorySecrets(dataDir);
  const options = { secrets, startWorkplace: running(server.url) };
  const { host } = await open(dataDir, options);
  expect(host.accounts.list()).toMatchObject([{ id: "embedded", isEmbedded: true, state: "signedIn" }]);
  const out = await host.bridge.call("accounts.signOut", { accountId: "embedded" });
  expect(out).toMatchObject({ ok: true, value: { state: "signedOut" } });
  await host.stop();
  const again = await open(dataDir, options);
  expect(again.host.accounts.list()).toMatchObject([{ id: "embedded", state: "signedOut" }]);
});

test("a demonstration made anew, at another address, is the same account and signed in again", async () => {
  const dataDir = await tempFolder();
  const secrets = await memorySecrets(dataDir);
  const first = await TokenServer.open();
  await open(dataDir, { secrets, startWorkplace: running(first.url) });
  const second = await TokenServer.open();
  const { host } = await open(dataDir, { secrets, startWorkplace: running(second.url) });
  expect(host.accounts.list()).toMatchObject([{ id: "embedded", serverUrl: second.url, state: "signedIn" }]);
  const scopes = await host.gateway.handle(new Request("http://x/gateway/embedded/v1/scopes"));
  expect(scopes.status).toBe(200);
});

test("a server that is away does not keep the host from starting", async () => {
  const serverUrl = await deadAddress();
  const { host, notices } = await open(await tempFolder(), { serverUrl });
  expect(host.accounts.list()).toEqual([]);
  expect(notices).toEqual([expect.stringContaining("was not added")]);
});

test("damaged lists of accounts and settings are put aside and said, and the host starts", async () => {
  const dataDir = await tempFolder();
  await writeFile(join(dataDir, "accounts.json"), "{");
  await writeFile(join(dataDir, "settings.json"), "[]");
  const { host, notices } = await open(dataDir);
  expect(await host.bridge.call("settings.get", {})).toMatchObject({ ok: true, value: { theme: "system" } });
  expect(notices).toHaveLength(2);
});

test("locked secrets say so, and unlocking them tells every page", async () => {
  const dataDir = await tempFolder();
  const path = join(dataDir, "secrets.json");
  const options = { path, reason: "no keyring", cost: 2 };
  await (await FallbackStore.open(options)).unlock("right");
  const server = await TokenServer.open();
  const { host } = await open(dataDir, { secrets: await FallbackStore.open(options), serverUrl: server.url });
  const [account] = host.accounts.list();
  const key = () => host.bridge.call("cache.key", { accountId: account?.id });
  expect(await host.bridge.call("secrets.status", {})).toMatchObject({ value: { isLocked: true } });
  const told: HostEvent[] = [];
  const stopTelling = host.events.subscribe((event) => told.push(event));
  const wrong = await host.bridge.call("secrets.unlock", { passphrase: "wrong" });
  expect(wrong).toMatchObject({ ok: false, error: { kind: "locked" } });
  expect(await host.bridge.call("secrets.unlock", { passphrase: "right" })).toMatchObject({
    value: { isLocked: false },
  });
  stopTelling();
  expect(told).toMatchObject([{ type: "secretsChanged", status: { isLocked: false } }]);
  const who = { accountId: account?.id, username: "demo", password: "demo" };
  expect(await host.bridge.call("accounts.signInWithPassword", who)).toMatchObject({ ok: true });
  expect(await key()).toMatchObject({ ok: true, value: { key: expect.stringMatching(/^.{44}$/) } });
});

test("a profile is wiped, also when nobody knows its passphrase any more", async () => {
  const dataDir = await tempFolder();
  const options = { path: join(dataDir, "secrets.json"), reason: "no keyring", cost: 2 };
  const server = await TokenServer.open();
  const secrets = await FallbackStore.open(options);
  await secrets.unlock("right");
  const { host } = await open(dataDir, { secrets, serverUrl: server.url });
  const accountId = host.accounts.list()[0]?.id;
  await host.bridge.call("accounts.signInWithPassword", { accountId, username: "demo", password: "demo" });
  await host.bridge.call("cache.key", { accountId });
  await secrets.set("proxy/example.org", "password");
  expect(await host.bridge.call("lock.lock", {})).toMatchObject({ value: { isLocked: true } });
  expect(await host.bridge.call("profile.wipe", {})).toEqual({ ok: true, value: null });
  expect(host.accounts.list()).toMatchObject([{ state: "signedOut" }]);
  expect(await secrets.names()).toEqual([]);
  await expect(readFile(options.path)).rejects.toMatchObject({ code: "ENOENT" });
  expect(await host.bridge.call("lock.status", {})).toMatchObject({
    value: { isLocked: false, method: "none" },
  });
});

test("what a page sends is checked: unknown channels, wrong arguments, accounts that do not exist", async () => {
  const { host } = await open(await tempFolder());
  const calls: [string, unknown][] = [
    ["no.such", {}],
    ["constructor", {}],
    ["settings.set", { theme: "pink" }],
    ["cache.key", { accountId: "../x" }],
    ["cache.key", { accountId: "nobody" }],
    ["shell.openExternal", { url: "file:///etc/passwd" }],
  ];
  const answers = await Promise.all(calls.map(([channel, args]) => host.bridge.call(channel, args)));
  expect(answers.map((answer) => (answer.ok ? "ok" : answer.error.kind))).toEqual([
    "notFound",
    "notFound",
    "badRequest",
    "badRequest",
    "notFound",
    "forbidden",
  ]);
});

test("the demonstration starts while the secrets are opened, and ends when they cannot be", async () => {
  const dataDir = await tempFolder();
  const steps: string[] = [];
  const isStarted = Promise.withResolvers<void>();
  const startWorkplace: StartWorkplace = ({ onExit }) => {
    steps.push("started");
    isStarted.resolve();
    return {
      async stop() {
        steps.push("stopped");
        onExit(0);
      },
    };
  };
  const secrets = isStarted.promise.then(() => Promise.reject(new Error("the secrets stay shut")));
  const opening = createHost({
    dataDir,
    profile: await openProfile(dataDir, () => undefined),
    info: INFO,
    secrets,
    startWorkplace,
    openExternal: () => Promise.resolve(),
    onNotice: () => undefined,
  });
  await expect(opening).rejects.toThrow("the secrets stay shut");
  expect(steps).toEqual(["started", "stopped"]);
});
