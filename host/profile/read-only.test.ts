import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { JsonFile } from "../files/json-file.ts";
import { openWindowMemory } from "../desktop/window-memory.ts";
import { tempFolder } from "../testing/temp-folder.ts";
import { lockProfile } from "./instance-lock.ts";
import { openProfile } from "./profile.ts";
import { canWrite, folderFault } from "./read-only.ts";

/** A folder that nobody can make, not even an administrator: its place is taken by a file. */
async function unwritable(): Promise<string> {
  const file = join(await tempFolder(), "file");
  await writeFile(file, "");
  return join(file, "profile");
}

test("a folder with spaces, accents and a very long path can be written to", async () => {
  const long = join(await tempFolder(), "Données de l’élève é à", "x".repeat(120), "y".repeat(120));
  expect(canWrite(long)).toBe(true);
  const memory = openWindowMemory(long, () => undefined);
  await memory.update((value) => ({ ...value, zoom: 2 }));
  expect((await openWindowMemory(long, () => undefined).read()).zoom).toBe(2);
  expect(await lockProfile(long)).toHaveProperty("lock");
});

test("where nothing can be written Parvis starts all the same, remembers until its end, and says it once", async () => {
  const folder = await unwritable();
  expect(canWrite(folder)).toBe(false);
  const said: string[] = [];
  const profile = await openProfile(folder, (message) => said.push(message));
  await profile.update((value) => ({ ...value, port: 4000 }));
  const memory = openWindowMemory(folder, (message) => said.push(message));
  await memory.update((value) => ({ ...value, zoom: 1 }));
  expect((await profile.read()).port).toBe(4000);
  expect((await memory.read()).zoom).toBe(1);
  expect(said).toHaveLength(1);
  expect(await lockProfile(folder)).toHaveProperty("lock");
});

test.each([
  "",
  "{",
  "[]",
  '{"zoom":99}',
  '{"main":{"bounds":{"x":1e9}}}',
  '{"detached":[{"link":"javascript:x"}]}',
])("a memory of windows that says %j is put aside and begun anew", async (content) => {
  const folder = await tempFolder();
  const path = join(folder, "window-state.json");
  await writeFile(path, content);
  const said: string[] = [];
  const memory = openWindowMemory(folder, (message) => said.push(message));
  expect(await memory.read()).toEqual({ detached: [], zoom: 0 });
  await memory.update((value) => ({ ...value, zoom: 1 }));
  expect(JSON.parse(await readFile(path, "utf8"))).toMatchObject({ zoom: 1 });
  expect(said).toEqual([expect.stringContaining(".damaged-")]);
});

test("what is no folder, and what cannot be made, is told from what is only read-only", async () => {
  const folder = await unwritable();
  expect(folderFault(folder)).toBe("notThere");
  expect(folderFault(dirname(folder))).toBe("notAFolder");
  expect(folderFault(dirname(dirname(folder)))).toBeNull();
});

test("a failure of another kind is not taken for a folder that is read-only", async () => {
  const path = join(await tempFolder(), "settings.json");
  const file = new JsonFile({ path, schema: z.object({}), empty: () => ({}), onDamaged: () => undefined });
  await file.read();
  await mkdir(path);
  await expect(file.update((value) => value)).rejects.toThrow("EISDIR");
});
