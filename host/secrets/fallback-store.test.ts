import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { storeRules } from "../testing/secret-store-rules.ts";
import { tempFolder } from "../testing/temp-folder.ts";
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

test.each(storeRules)("memory: $name", async ({ check }) => {
  await expect(check({ store: await open(await tempFolder()) })).resolves.toBeUndefined();
});

test.each(storeRules)("a file under a passphrase: $name", async ({ check }) => {
  const folder = await tempFolder();
  const again = async () => {
    const store = await open(folder);
    await store.unlock("phrase");
    return store;
  };
  await expect(check({ store: await again(), again })).resolves.toBeUndefined();
});

test("the passphrase can be changed by whoever knows it; a locked file is wiped without it", async () => {
  const folder = await tempFolder();
  const store = await open(folder);
  await store.unlock("first one");
  await store.set("a", "one");
  await expect(store.changePassphrase("not it", "second one")).rejects.toMatchObject({ kind: "locked" });
  await store.changePassphrase("first one", "second one");
  const again = await open(folder);
  await expect(again.unlock("first one")).rejects.toMatchObject({ kind: "locked" });
  await again.unlock("second one");
  expect(await again.get("a")).toBe("one");
  const locked = await open(folder);
  await locked.wipe();
  expect(await locked.status()).toMatchObject({ store: "memory", isLocked: false });
  await expect(readFile(join(folder, "secrets.json"))).rejects.toMatchObject({ code: "ENOENT" });
});

test("where nothing may be on disk, a passphrase begins no file", async () => {
  const folder = await tempFolder();
  const path = join(folder, "secrets.json");
  const store = await FallbackStore.open({ path, reason: "policy", cost: 16, isMemoryOnly: true });
  await store.set("a", "one");
  expect(await store.unlock("phrase")).toMatchObject({ store: "memory" });
  await expect(readFile(path)).rejects.toMatchObject({ code: "ENOENT" });
});
