import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openProfile } from "../profile/profile.ts";
import { openTestSecrets } from "../testing/secrets-mover.ts";
import { tempFolder } from "../testing/temp-folder.ts";
import { openSecrets, takePassphrase } from "./choose-store.ts";
import { keyringSystem } from "./keyring-store.ts";

const MOVER = join(import.meta.dirname, "..", "testing", "secrets-mover.ts");
const SECRETS = { "tokens/a": "token", "cache-key/a": "key", "proxy/b": "password" };

const onNotice = (): void => undefined;

async function fill(store: { set(name: string, value: string): Promise<void> }): Promise<void> {
  for (const [name, value] of Object.entries(SECRETS)) await store.set(name, value);
}

async function contentOf(store: {
  names(): Promise<string[]>;
  get(name: string): Promise<string | undefined>;
}) {
  const names = await store.names();
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await store.get(name)])));
}

test("without a keyring memory is chosen and the reason said; one that was used is never replaced", async () => {
  // No session bus: as on a server, or in a container.
  const bus = process.env["DBUS_SESSION_BUS_ADDRESS"];
  process.env["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent";
  try {
    const dataDir = await tempFolder();
    const profile = await openProfile(dataDir, onNotice);
    const system = keyringSystem({ profileId: "p", deadlineMs: 1000 });
    const options = { shell: "browser" as const, dataDir, profile, system, onNotice, cost: 2 };
    const status = async (more: { passphrase?: string } = {}) =>
      (await openSecrets({ ...options, ...more })).status();
    expect(await status()).toMatchObject({ store: "memory", reason: expect.stringContaining("keyring") });
    await profile.update((current) => ({ ...current, secretStores: { browser: "keyring" } }));
    expect(await status()).toMatchObject({ store: "keyring", isLocked: true });
    expect(await status({ passphrase: "p" })).toMatchObject({ store: "keyring", isLocked: true });
    await profile.update((current) => ({ ...current, secretStores: {} }));
    expect(await status({ passphrase: "p" })).toMatchObject({ store: "passphraseFile", isLocked: false });
  } finally {
    if (bus === undefined) delete process.env["DBUS_SESSION_BUS_ADDRESS"];
    else process.env["DBUS_SESSION_BUS_ADDRESS"] = bus;
  }
});

test("a keyring that appears takes the secrets over once the file is open, and the file is gone", async () => {
  const dataDir = await tempFolder();
  const first = await openTestSecrets({ dataDir, policy: "any", isUsable: false });
  await first.secrets.unlock("phrase secrète");
  await fill(first.secrets);
  const { secrets, system } = await openTestSecrets({ dataDir, policy: "any" });
  expect(await secrets.status()).toMatchObject({ store: "passphraseFile", isLocked: true });
  await expect(secrets.unlock("wrong")).rejects.toMatchObject({ kind: "locked" });
  expect(existsSync(join(dataDir, "secrets.json"))).toBe(true);
  expect(await secrets.unlock("phrase secrète")).toMatchObject({ store: "keyring", isLocked: false });
  expect(await contentOf(system.store)).toEqual(SECRETS);
  expect(existsSync(join(dataDir, "secrets.json"))).toBe(false);
  const next = await openTestSecrets({ dataDir, policy: "any", isUsable: false });
  expect(await next.secrets.status()).toMatchObject({ store: "keyring" });
  expect(await contentOf(next.secrets)).toEqual(SECRETS);
});

test("a passphrase that the organisation wants is asked for, and then everything is under it", async () => {
  const dataDir = await tempFolder();
  await fill((await openTestSecrets({ dataDir, policy: "any" })).secrets);
  const { secrets, system } = await openTestSecrets({ dataDir, policy: "passphrase" });
  expect(await secrets.status()).toMatchObject({ store: "keyring", isPassphraseWanted: true });
  await secrets.set("tokens/c", "meanwhile");
  await secrets.unlock("phrase secrète");
  expect(await secrets.status()).toMatchObject({ store: "passphraseFile", isLocked: false });
  expect(await contentOf(secrets)).toEqual({ ...SECRETS, "tokens/c": "meanwhile" });
  expect(await system.store.names()).toEqual([]);
});

test("where nothing may be kept it goes on in memory, and nothing is left of it", async () => {
  const dataDir = await tempFolder();
  await fill((await openTestSecrets({ dataDir, policy: "any" })).secrets);
  const { secrets, system } = await openTestSecrets({ dataDir, policy: "memory" });
  expect(await secrets.status()).toMatchObject({ store: "memory" });
  expect(await contentOf(secrets)).toEqual(SECRETS);
  expect(await system.store.names()).toEqual([]);
  expect(await contentOf((await openTestSecrets({ dataDir, policy: "memory" })).secrets)).toEqual({});
});

test("where only the system's store may be on disk and there is none, it is memory, whatever passphrase is given", async () => {
  const dataDir = await tempFolder();
  const { secrets } = await openTestSecrets({
    dataDir,
    policy: "system",
    isUsable: false,
    passphrase: "phrase",
  });
  expect(await secrets.unlock("phrase")).toMatchObject({ store: "memory" });
  expect(existsSync(join(dataDir, "secrets.json"))).toBe(false);
});

test("each shell keeps to its own store of a shared profile", async () => {
  const dataDir = await tempFolder();
  await fill((await openTestSecrets({ dataDir, policy: "any" })).secrets);
  const profile = await openProfile(dataDir, () => undefined);
  await profile.update((one) => ({ ...one, secretStores: { ...one.secretStores, electron: "safeStorage" } }));
  expect(await contentOf((await openTestSecrets({ dataDir, policy: "any" })).secrets)).toEqual(SECRETS);
  const text = await readFile(join(dataDir, "profile.json"), "utf8");
  expect(JSON.parse(text)).toMatchObject({ secretStores: { browser: "keyring", electron: "safeStorage" } });
});

// 3 secrets: 3 copied, 3 read back, change over, wipe, finish.
const STEPS = 9;

test.each(["system", "passphrase"] as const)(
  "ended at any step of a move to “%s”, one store is complete, and the next start completes the move",
  { timeout: 60_000 },
  async (policy) => {
    for (let step = 0; step <= STEPS; step += 1) {
      const dataDir = await tempFolder();
      const from = policy === "system" ? "passphrase" : "system";
      const first = await openTestSecrets({ dataDir, policy: from });
      await first.secrets.unlock("phrase secrète");
      await fill(first.secrets);
      const run = spawnSync(process.execPath, [MOVER, dataDir, policy, "phrase secrète", String(step)], {
        encoding: "utf8",
      });
      expect(run.stdout).toBe(step === STEPS ? "done" : "");
      const { secrets, system } = await openTestSecrets({ dataDir, policy });
      await secrets.unlock("phrase secrète");
      expect(await contentOf(secrets)).toEqual(SECRETS);
      expect(await secrets.status()).toMatchObject({
        store: policy === "system" ? "keyring" : "passphraseFile",
      });
      expect(existsSync(join(dataDir, "secrets.json"))).toBe(policy !== "system");
      expect(await system.store.names()).toHaveLength(policy === "system" ? 3 : 0);
    }
  },
);

test("the passphrase of the environment is read once, and handed to no child", () => {
  const env: NodeJS.ProcessEnv = { PARVIS_PASSPHRASE: "phrase", PATH: "p" };
  expect(takePassphrase(env)).toBe("phrase");
  expect(env).toEqual({ PATH: "p" });
});
