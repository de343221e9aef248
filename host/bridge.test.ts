import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { createHost, type Host } from "./host.ts";
import { openProfile } from "./profile/profile.ts";
import { hostileCalls, MARK } from "./testing/hostile-arguments.ts";
import { memorySecrets } from "./testing/memory-secrets.ts";
import { tempFolder } from "./testing/temp-folder.ts";
import { TokenServer } from "./testing/token-server.ts";

async function open(dataDir: string): Promise<Host> {
  const server = await TokenServer.open();
  const host = await createHost({
    dataDir,
    profile: await openProfile(dataDir, () => undefined),
    info: { version: "1", shell: "browser", platform: "linux", locale: "fr", isDevelopment: false },
    secrets: await memorySecrets(dataDir),
    openExternal: () => Promise.reject(new Error("something left Parvis")),
    onNotice: () => undefined,
    serverUrl: server.url,
  });
  onTestFinished(() => host.stop());
  const accountId = host.accounts.list()[0]?.id;
  await host.bridge.call("accounts.signInWithPassword", { accountId, username: "demo", password: "demo" });
  return host;
}

/** What a call could have changed. */
async function stateOf(host: Host, dataDir: string): Promise<unknown> {
  const names = (await readdir(dataDir)).filter((name) => name.endsWith(".json")).sort();
  const files = await Promise.all(names.map((name) => readFile(join(dataDir, name), "utf8")));
  const { accounts, settings, services } = host;
  return {
    names,
    files,
    accounts: accounts.list(),
    settings: await settings.get(),
    lock: services.lock.status(),
  };
}

test("every channel answers wrong arguments with a problem that repeats nothing, and nothing changes", async () => {
  const dataDir = await tempFolder();
  const host = await open(dataDir);
  // The host asks the workplace for drives by itself, which is noted among the hosts that were contacted.
  await vi.waitFor(
    async () => expect(await readFile(join(dataDir, "contacts.json"), "utf8")).toContain('"workplace"'),
    10_000,
  );
  const before = await stateOf(host, dataDir);
  const calls = hostileCalls();
  expect(calls.length).toBeGreaterThan(2000);
  for (const { channel, args } of calls) {
    const answer = await host.bridge.call(channel, args);
    const kind = answer.ok ? "answered" : answer.error.kind;
    expect([channel, kind]).toEqual([channel, expect.stringMatching(/^(badRequest|tooLarge|unsupported)$/)]);
    const text = JSON.stringify(answer);
    expect(text.length).toBeLessThan(1000);
    expect(text).not.toContain(MARK);
  }
  expect(await stateOf(host, dataDir)).toEqual(before);
  expect(Reflect.get({}, "isPolluted")).toBeUndefined();
});

test("settings, which may hold what a newer version knows, hold nothing deep or large", async () => {
  const dataDir = await tempFolder();
  const host = await open(dataDir);
  let deep: unknown = 1;
  for (let level = 0; level < 100_000; level += 1) deep = [deep];
  for (const args of [
    { deep },
    { long: "x".repeat(2_000_000) },
    { many: Array.from({ length: 50_000 }, () => 1) },
  ])
    expect(await host.bridge.call("settings.set", args)).toMatchObject({ error: { kind: "tooLarge" } });
  const own: unknown = JSON.parse('{"__proto__":{"isPolluted":true},"theme":"dark"}');
  expect(await host.bridge.call("settings.set", own)).toMatchObject({ ok: true, value: { theme: "dark" } });
  expect(Reflect.get({}, "isPolluted")).toBeUndefined();
  expect(Reflect.get(await host.settings.get(), "isPolluted")).toBeUndefined();
});
