import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { openProfile } from "#host/profile/profile.ts";
import { openSecrets } from "#host/secrets/choose-store.ts";
import { storeRules } from "#host/testing/secret-store-rules.ts";
import { tempFolder } from "#host/testing/temp-folder.ts";
import { safeStorageSystem } from "./safe-storage-store.ts";
import { vault } from "./testing/fake-electron.ts";

afterEach(() => {
  Object.assign(vault, { isAvailable: true, backend: "gnome_libsecret", isRotated: false });
});

const onNotice = (): void => undefined;

async function open(dataDir: string) {
  return openSecrets({
    shell: "electron",
    dataDir,
    profile: await openProfile(dataDir, onNotice),
    system: safeStorageSystem({ dataDir, platform: "linux", onDamaged: onNotice }),
    onNotice,
  });
}

test.each(storeRules)("safeStorage: $name", async ({ check }) => {
  const folder = await tempFolder();
  await expect(check({ store: await open(folder), again: () => open(folder) })).resolves.toBeUndefined();
});

test("secrets are kept encrypted by the system and found again", async () => {
  const folder = await tempFolder();
  const store = await open(folder);
  await store.set("tokens/a", "clear text");
  expect(await readFile(join(folder, "secrets-system.json"), "utf8")).not.toContain("clear");
  const again = await open(folder);
  expect(await again.get("tokens/a")).toBe("clear text");
  expect(await again.status()).toEqual({ store: "safeStorage", isLocked: false });
  await again.delete("tokens/a");
  expect(await again.get("tokens/a")).toBeUndefined();
});

test("a secret whose key was rotated is encrypted anew and stays readable", async () => {
  const store = await open(await tempFolder());
  await store.set("a", "one");
  vault.isRotated = true;
  expect([await store.get("a"), await store.get("a")]).toEqual(["one", "one"]);
});

test("hiding is not encrypting: without a real keyring secrets stay in memory, and this is said", async () => {
  const folder = await tempFolder();
  vault.backend = "basic_text";
  expect(await (await open(folder)).status()).toMatchObject({
    store: "memory",
    reason: expect.stringContaining("keyring"),
  });
  vault.isAvailable = false;
  expect(await (await open(folder)).status()).toMatchObject({ store: "memory" });
});

test("a secret of another account of the machine is a plain problem", async () => {
  const folder = await tempFolder();
  const store = await open(folder);
  await store.set("a", "one");
  const path = join(folder, "secrets-system.json");
  await writeFile(path, JSON.stringify({ version: 1, entries: { a: "Zm9yZWlnbg==" } }));
  await expect((await open(folder)).get("a")).rejects.toMatchObject({ kind: "secretsUnavailable" });
});
