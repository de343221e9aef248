import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import yauzl from "yauzl";
import { hostChannels } from "#contract/bridge.ts";
import type { SelfTest } from "#contract/desktop/diagnostics.ts";
import { createHost, type Host, type HostOptions } from "../host.ts";
import { openLog } from "../log/json-log.ts";
import { noPolicies } from "../policy/policies.ts";
import { openProfile } from "../profile/profile.ts";
import { FallbackStore } from "../secrets/fallback-store.ts";
import { defineRoutes } from "../routes.ts";
import { tempFolder } from "../testing/temp-folder.ts";
import { deadAddress } from "../testing/test-server.ts";
import { TokenServer } from "../testing/token-server.ts";
import { judgeClock } from "./network-checks.ts";

const INFO = {
  version: "1",
  shell: "browser",
  platform: "linux",
  locale: "fr",
  isDevelopment: false,
} as const;
let hangs = false;
let gone: string | undefined;
const PASSWORD = "correct horse battery";

async function openHost(options: Partial<HostOptions> = {}): Promise<{ host: Host; dataDir: string }> {
  const dataDir = await tempFolder();
  const log = openLog({ path: join(dataDir, "logs", "parvis.log"), level: () => "debug" });
  const host = await createHost({
    dataDir,
    profile: await openProfile(dataDir, () => undefined),
    info: INFO,
    secrets: await FallbackStore.open({ path: join(dataDir, "secrets.json"), reason: "a test", cost: 2 }),
    openExternal: () => Promise.resolve(),
    onNotice: () => undefined,
    log,
    scrubber: log.scrubber,
    ...options,
  });
  onTestFinished(async () => {
    await host.stop();
    log.close();
  });
  return { host, dataDir };
}

async function call(
  host: Host,
  channel: "selfTest.run" | "diagnostics.collect" | "diagnostics.export",
): Promise<unknown> {
  const result = await host.bridge.call(channel, {});
  if (!result.ok) throw new Error(result.error.title);
  return result.value;
}

async function selfTest(host: Host): Promise<Partial<Record<SelfTest["check"], SelfTest>>> {
  const all = hostChannels["selfTest.run"].result.parse(await call(host, "selfTest.run"));
  return Object.fromEntries(all.map((one) => [one.check, one]));
}

async function signedIn(server: TokenServer, options: Partial<HostOptions> = {}) {
  const opened = await openHost({ serverUrl: server.url, ...options });
  const [account] = opened.host.accounts.list();
  await opened.host.bridge.call("accounts.signInWithPassword", {
    accountId: account?.id,
    username: "ada.lovelace@mairie.example.org",
    password: PASSWORD,
  });
  await opened.host.bridge.call("accounts.signInWithPassword", {
    accountId: account?.id,
    username: "demo",
    password: "demo",
  });
  return opened;
}

test("everything that works is said to, each by its own outcome", async () => {
  const server = await TokenServer.open();
  const shown = defineRoutes({ "notifications.test": () => ({ isShown: true, detail: "" }) });
  const { host } = await signedIn(server, { shellRoutes: () => [shown] });
  expect(await selfTest(host)).toMatchObject({
    server: { state: "ok", outcome: "reached", facts: { product: "test 1" } },
    signIn: { state: "ok", outcome: "signedIn" },
    proxy: { state: "skipped", outcome: "unknown" },
    certificate: { state: "skipped", outcome: "notUsed" },
    clock: { state: "ok", outcome: "right" },
    secrets: { state: "warning", outcome: "memory" },
    disk: { state: expect.stringMatching(/ok|warning/) },
    notifications: { state: "ok", outcome: "shown" },
    policies: { state: "ok", outcome: "none" },
    updates: { state: "skipped", outcome: "unknown" },
  });
  expect(host.services.network.contacts.list().map(({ module }) => module)).toContain("selfTest");
});

test("what is wrong is said: a server that is gone, a sign-in that has ended, policies that cannot be applied", async () => {
  const server = await TokenServer.open();
  const policies = {
    ...noPolicies,
    status: () => ({
      entries: [],
      problems: [{ name: "X", source: "s", message: "X is unknown" }],
      managedSettings: [],
    }),
  };
  const { host } = await signedIn(server, {
    policies,
    fetch: (url, init) => fetch(gone === undefined ? url : url.replace(server.url, gone), init),
  });
  server.revokeAll();
  expect(await selfTest(host)).toMatchObject({
    signIn: { state: "failed", outcome: "expired" },
    policies: { state: "warning", outcome: "problems", facts: { problems: "X is unknown" } },
  });
  gone = await deadAddress();
  const after = await selfTest(host);
  gone = undefined;
  expect(after).toMatchObject({
    server: { state: "failed", outcome: "problem", facts: { kind: "offline" } },
    clock: { state: "skipped", outcome: "notReached" },
  });
});

test("a server that says nothing does not keep the test waiting", async () => {
  const server = await TokenServer.open();
  const { host } = await signedIn(server, {
    fetch: (url, init) =>
      url.endsWith("/v1/capabilities") && hangs ? new Promise(() => undefined) : fetch(url, init),
  });
  hangs = true;
  const { runSelfTest } = await import("./self-test.ts");
  const parts = {
    ...host.services,
    dataDir: await tempFolder(),
    info: INFO,
    now: Date.now,
    call: host.bridge.call.bind(host.bridge),
  };
  const results = await runSelfTest(parts, 200);
  expect(results.find(({ check }) => check === "server")).toMatchObject({
    state: "failed",
    outcome: "timeout",
  });
  expect(results.find(({ check }) => check === "disk")?.outcome).not.toBe("timeout");
});

test("clocks: whole seconds do not count, minutes warn, ten minutes fail, and it says which way", () => {
  const now = Date.parse("2026-11-23T08:00:00Z");
  const at = (minutes: number): string => new Date(now + minutes * 60_000).toUTCString();
  expect(judgeClock(at(0), now + 999)).toMatchObject({ state: "ok" });
  expect(judgeClock(at(-3), now)).toMatchObject({
    state: "warning",
    outcome: "ahead",
    facts: { minutes: "3" },
  });
  expect(judgeClock(at(60), now)).toMatchObject({
    state: "failed",
    outcome: "behind",
    facts: { minutes: "60" },
  });
  expect(judgeClock(null, now)).toMatchObject({ state: "skipped" });
});

test("what leaves holds no name, no password, no text, no link; and the file is what was shown", async () => {
  const server = await TokenServer.open();
  const { host, dataDir } = await signedIn(server);
  const { log, network } = host.services;
  await network.contacts.begin("https://syndicat.example.org/tract", "link");
  log.write(
    "warning",
    `Ada Lovelace <ada.lovelace@mairie.example.org> wrote “Réunion du budget” with ${PASSWORD}`,
  );
  log.write("error", "boom", { stack: `Error at ${dataDir}/x.ts:1`, text: "Réunion du budget" });
  const collected = hostChannels["diagnostics.collect"].result.parse(await call(host, "diagnostics.collect"));
  const all = collected.summary + collected.files.map(({ text }) => text).join("\n");
  expect(all).not.toMatch(/lovelace|Réunion|budget|battery|syndicat|demo\b|access-1|refresh-1/i);
  expect(collected.summary).toContain(server.url);
  expect(collected.summary).toContain("Last errors");
  expect(collected.files.map(({ name }) => name)).toEqual([
    "summary.txt",
    "contacts.json",
    "logs/parvis.log",
  ]);
  const exported = hostChannels["diagnostics.export"].result.parse(await call(host, "diagnostics.export"));
  expect(exported.fileName).toMatch(/^parvis-diagnostics-\d{4}-\d\d-\d\d\.zip$/);
  expect(await namesIn(Buffer.from(exported.content, "base64"))).toEqual(
    collected.files.map(({ name }) => name),
  );
});

function namesIn(zip: Buffer): Promise<string[]> {
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(zip, (error, file) => {
      if (error !== null || file === undefined) return reject(error ?? new Error("no zip"));
      const names: string[] = [];
      file
        .on("entry", (entry: { fileName: string }) => names.push(entry.fileName))
        .once("end", () => resolve(names));
    });
  });
}
