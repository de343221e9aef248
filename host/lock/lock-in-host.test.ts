import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { createHost, type Host, type HostOptions } from "../host.ts";
import { jsonPolicies } from "../policy/json-policies.ts";
import { MachinePolicies } from "../policy/policies.ts";
import { openProfile } from "../profile/profile.ts";
import { openSecrets } from "../secrets/choose-store.ts";
import { BrowserShell } from "../shell/browser-shell.ts";
import { createPages } from "../shell/pages.ts";
import { createStaticFiles } from "../shell/static-files.ts";
import { memorySecrets } from "../testing/memory-secrets.ts";
import { tempFolder } from "../testing/temp-folder.ts";
import { TokenServer } from "../testing/token-server.ts";

const INFO = {
  version: "1",
  shell: "browser",
  platform: "linux",
  locale: "fr",
  isDevelopment: false,
} as const;

afterEach(() => {
  vi.useRealTimers();
});

async function open(dataDir: string, options: Partial<HostOptions> = {}): Promise<Host> {
  const server = await TokenServer.open();
  const host = await createHost({
    dataDir,
    profile: await openProfile(dataDir, () => undefined),
    info: INFO,
    secrets: await memorySecrets(dataDir),
    openExternal: () => Promise.resolve(),
    onNotice: () => undefined,
    serverUrl: server.url,
    ...options,
  });
  onTestFinished(() => host.stop());
  await host.bridge.call("accounts.signInWithPassword", { ...who(host), username: "demo", password: "demo" });
  return host;
}

const who = (host: Host) => ({ accountId: host.accounts.list()[0]?.id });
const keyOf = (host: Host) => host.bridge.call("cache.key", who(host));

test("where the organisation wants Parvis to lock, the host itself hands out no key until a code is chosen", async () => {
  const dataDir = await tempFolder();
  const path = join(dataDir, "policies.json");
  await writeFile(path, JSON.stringify({ mandatory: { LockWithSystem: true } }));
  await chmod(path, 0o644);
  const host = await open(dataDir, { policies: await MachinePolicies.open(jsonPolicies(path)) });
  expect(await host.bridge.call("lock.status", {})).toMatchObject({ value: { isCodeRequired: true } });
  const refused = await keyOf(host);
  expect(refused).toMatchObject({ ok: false, error: { kind: "locked" } });
  expect(JSON.stringify(refused)).toContain("choose a code");
  expect(await host.bridge.call("lock.setCode", { code: "marché du samedi" })).toMatchObject({ ok: true });
  expect(await keyOf(host)).toMatchObject({ ok: true });
});

test("the passphrase is changed: wrong ones are counted, the new one opens the same keys, the old one nothing", async () => {
  const dataDir = await tempFolder();
  const secretsOf = async () =>
    openSecrets({
      shell: "browser",
      dataDir,
      profile: await openProfile(dataDir, () => undefined),
      system: {
        kind: "keyring",
        store: await memorySecrets(join(dataDir, "none")),
        whyUnavailable: async () => "no keyring",
      },
      onNotice: () => undefined,
      cost: 2,
    });
  const secrets = await secretsOf();
  const host = await open(dataDir, { secrets });
  const change = (current: string, next: string) =>
    host.bridge.call("secrets.changePassphrase", { current, next });
  expect(await change("rien encore", "une phrase longue")).toMatchObject({ error: { kind: "unsupported" } });
  await host.bridge.call("secrets.unlock", { passphrase: "première phrase" });
  const before = await keyOf(host);
  expect(before).toMatchObject({ ok: true });
  expect(await change("première phrase", "court")).toMatchObject({ error: { kind: "badRequest" } });
  expect(await change("une autre", "seconde phrase")).toMatchObject({ error: { kind: "signInFailed" } });
  expect(await change("première phrase", "seconde phrase")).toEqual({ ok: true, value: null });
  expect(await keyOf(host)).toEqual(before);
  await host.bridge.call("lock.lock", {});
  expect(await change("seconde phrase", "troisième phrase")).toMatchObject({ error: { kind: "locked" } });
  const unlock = (code: string) => host.bridge.call("lock.unlock", { code });
  const told: boolean[] = [];
  host.events.subscribe((event) => {
    if (event.type === "secretsChanged") told.push(event.status.isLocked);
  });
  expect(await unlock("première phrase")).toMatchObject({ error: { kind: "signInFailed" } });
  expect(await unlock("seconde phrase")).toMatchObject({ ok: true });
  // Otherwise pages would go on asking for the passphrase.
  expect(told).toEqual([false]);
  expect(await keyOf(host)).toEqual(before);
  for (let tries = 0; tries < 3; tries += 1) await change("une autre", "troisième phrase");
  expect(await change("seconde phrase", "troisième phrase")).toMatchObject({
    error: { kind: "rateLimited" },
  });
  const again = await secretsOf();
  await expect(again.unlock("première phrase")).rejects.toMatchObject({ kind: "locked" });
  expect(await again.unlock("seconde phrase")).toMatchObject({ isLocked: false });
  expect(await readFile(join(dataDir, "profile.json"), "utf8")).toContain("passphraseFile");
});

const lockedStatus = z.object({ value: z.object({ isLocked: z.boolean(), reason: z.string().nullable() }) });

test("in the browser shell nobody there for as long as chosen locks Parvis: pages are told, and answered no more", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const dataDir = await tempFolder();
  const clock = { now: 1_800_000_000_000 };
  const host = await open(dataDir, { now: () => clock.now });
  const shell = await BrowserShell.open({
    bridge: host.bridge,
    events: host.events,
    snapshot: host.snapshot,
    pages: createPages(host.pageGateway, createStaticFiles(dataDir)),
    port: 0,
    instanceSecret: "instance",
    onFault: (error) => {
      throw error;
    },
  });
  onTestFinished(() => shell.close());
  const address = shell.createUrl();
  const { origin } = new URL(address);
  const entered = await fetch(address, { redirect: "manual" });
  const cookie = (entered.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const from = { cookie, origin, "content-type": "application/json" };
  const ask = async (channel: string, args: unknown) =>
    fetch(`${origin}/host/${channel}`, { method: "POST", headers: from, body: JSON.stringify(args) });
  const reason = async () => lockedStatus.parse(await (await ask("lock.status", {})).json()).value.reason;
  /** Lets the host look, as it does every few seconds. */
  const pass = async (minutes: number) => {
    clock.now += minutes * 60_000;
    await vi.advanceTimersByTimeAsync(5000);
  };
  await ask("lock.setCode", { code: "marché du samedi" });
  await ask("settings.set", { lockAfterMinutes: 5 });
  await expect.poll(() => host.services.idle.isLooking).toBe(true);
  const told = (await fetch(`${origin}/host/events`, { headers: { cookie } })).body?.getReader();
  await pass(4);
  await ask("page.active", {});
  await pass(4);
  expect(await reason()).toBeNull();
  expect(await (await ask("cache.key", who(host))).json()).toMatchObject({ ok: true });
  await pass(1);
  await expect.poll(reason, { interval: 5 }).toBe("idle");
  expect(await (await ask("cache.key", who(host))).json()).toMatchObject({ error: { kind: "locked" } });
  const me = await fetch(`${origin}/gateway/${who(host).accountId ?? ""}/v1/me`, { headers: { cookie } });
  expect(me.status).toBe(423);
  let text = "";
  while (!text.includes('"reason":"idle"')) {
    const { value, done } = (await told?.read()) ?? { done: true, value: undefined };
    if (done) throw new Error(`never told: ${text}`);
    text += new TextDecoder().decode(value);
  }
  await told?.cancel();
  expect(await (await ask("lock.unlock", { code: "marché du samedi" })).json()).toMatchObject({ ok: true });
  await pass(0);
  expect(await reason()).toBeNull();
});
