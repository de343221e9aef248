import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "../testing/temp-folder.ts";
import { chooseSecretStore } from "./choose-store.ts";
import { FallbackStore } from "./fallback-store.ts";

async function open(folder: string): Promise<FallbackStore> {
  return FallbackStore.open({ path: join(folder, "secrets.json"), reason: "no keyring", cost: 16 });
}

test("memory only until a passphrase is chosen, then an encrypted file with what memory held", async () => {
  const folder = await tempFolder();
  const store = await open(folder);
  await store.set("a", "one");
  expect(await store.status()).toEqual({ store: "memory", isLocked: false, reason: "no keyring" });
  await expect(readFile(join(folder, "secrets.json"))).rejects.toMatchObject({ code: "ENOENT" });
  expect(await store.unlock("phrase secrète")).toMatchObject({ store: "passphraseFile", isLocked: false });
  await store.set("b", "two");
  await store.delete("a");
  const text = await readFile(join(folder, "secrets.json"), "utf8");
  expect(text).not.toContain("two");
  const again = await open(folder);
  expect(await again.status()).toMatchObject({ store: "passphraseFile", isLocked: true });
  await expect(again.get("b")).rejects.toMatchObject({ kind: "locked" });
  await expect(again.set("b", "three")).rejects.toMatchObject({ kind: "locked" });
  await again.unlock("phrase secrète".normalize("NFD"));
  expect([await again.get("a"), await again.get("b")]).toEqual([undefined, "two"]);
});

test("a wrong passphrase is told, changes nothing, and the right one still opens", async () => {
  const folder = await tempFolder();
  await (await open(folder)).unlock("right");
  const store = await open(folder);
  await expect(store.unlock("wrong")).rejects.toMatchObject({ kind: "locked" });
  expect(await store.status()).toMatchObject({ isLocked: true });
  expect(await store.unlock("right")).toMatchObject({ isLocked: false });
});

test("an altered file does not open, and a file of something else is never overwritten", async () => {
  const folder = await tempFolder();
  const first = await open(folder);
  await first.unlock("right");
  await first.set("a", "one");
  const path = join(folder, "secrets.json");
  const vault = JSON.parse(await readFile(path, "utf8"));
  await writeFile(path, JSON.stringify({ ...vault, kdf: { ...vault.kdf, cost: 8 } }));
  await expect((await open(folder)).unlock("right")).rejects.toMatchObject({ kind: "locked" });
  await writeFile(path, "{}");
  await expect(open(folder)).rejects.toMatchObject({ kind: "secretsUnavailable" });
  expect(await readFile(path, "utf8")).toBe("{}");
});

test("secrets set at the same time are all kept", async () => {
  const folder = await tempFolder();
  const store = await open(folder);
  await store.unlock("p");
  const names = Array.from({ length: 20 }, (_, index) => `n${index}`);
  await Promise.all(names.map((name) => store.set(name, name)));
  const again = await open(folder);
  await again.unlock("p");
  expect(await Promise.all(names.map((name) => again.get(name)))).toEqual(names);
});

test("without a keyring memory is chosen and the reason said; with a passphrase the file", async () => {
  const folder = await tempFolder();
  const options = { dataDir: folder, profileId: "p", hasUsedKeyring: false, deadlineMs: 1000, cost: 16 };
  // No session bus: as on a server, or in a container.
  const bus = process.env["DBUS_SESSION_BUS_ADDRESS"];
  process.env["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent";
  try {
    const memory = await chooseSecretStore(options);
    expect(await memory.store.status()).toMatchObject({
      store: "memory",
      reason: expect.stringContaining("keyring"),
    });
    const kept = await chooseSecretStore({ ...options, hasUsedKeyring: true });
    expect(await kept.store.status()).toMatchObject({ store: "keyring", isLocked: true });
    const file = await chooseSecretStore({ ...options, passphrase: "p" });
    expect(await file.store.status()).toMatchObject({ store: "passphraseFile", isLocked: false });
  } finally {
    if (bus === undefined) delete process.env["DBUS_SESSION_BUS_ADDRESS"];
    else process.env["DBUS_SESSION_BUS_ADDRESS"] = bus;
  }
});
