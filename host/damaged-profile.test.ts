import { randomBytes } from "node:crypto";
import { mkdir, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openWindowMemory } from "./desktop/window-memory.ts";
import { createHost } from "./host.ts";
import { lockProfile } from "./profile/instance-lock.ts";
import { openProfile } from "./profile/profile.ts";
import { memorySecrets } from "./testing/memory-secrets.ts";
import { tempFolder } from "./testing/temp-folder.ts";
import { TokenServer } from "./testing/token-server.ts";

/** Starts as a shell does, uses it a little, and ends. Returns what was said. */
async function startAndEnd(dataDir: string, serverUrl: string): Promise<string[]> {
  const said: string[] = [];
  const say = (message: string): void => void said.push(message);
  const profile = await openProfile(dataDir, say);
  const locked = await lockProfile(dataDir);
  if (!("lock" in locked)) throw new Error("it is in use");
  const host = await createHost({
    dataDir,
    profile,
    info: { version: "1", shell: "browser", platform: "linux", locale: "fr", isDevelopment: false },
    secrets: await memorySecrets(dataDir),
    openExternal: () => Promise.resolve(),
    onNotice: say,
    serverUrl,
  });
  try {
    await profile.update((value) => ({ ...value, port: 4000 }));
    const memory = openWindowMemory(dataDir, say);
    await memory.update((value) => ({ ...value, zoom: 1 }));
    const accountId = host.accounts.list()[0]?.id;
    const call = async (channel: string, args: unknown) =>
      expect([channel, await host.bridge.call(channel, args)]).toMatchObject([channel, { ok: true }]);
    if (host.services.lock.isLocked) await call("lock.unlock", { code: "marché du samedi" });
    await call("accounts.signInWithPassword", { accountId, username: "demo", password: "demo" });
    await call("settings.set", { theme: "dark" });
    if (host.services.lock.status().method === "none")
      await call("lock.setCode", { code: "marché du samedi" });
    await call("cache.key", { accountId });
    await call("cache.condemned", {});
    await call("contacts.list", {});
    await call("policies.get", {});
    await call("diagnostics.collect", {});
  } finally {
    await host.stop();
    await locked.lock.release();
  }
  return said;
}

const damages: [string, (path: string) => Promise<unknown>][] = [
  ["nothing in it", (path) => writeFile(path, "")],
  ["its second half missing", (path) => writeFile(path, '{"version":1,"accounts":[{"id":"a')],
  ["noise in it", (path) => writeFile(path, randomBytes(5000))],
  ["another version", (path) => writeFile(path, '{"version":99}')],
  ["a list", (path) => writeFile(path, "[null]")],
  ["200 MB in it", (path) => writeFile(path, "").then(() => truncate(path, 200_000_000))],
  ["a folder in its place", (path) => rm(path, { force: true }).then(() => mkdir(path))],
];

test.each(damages)(
  "with %s, every file of a profile is gone on without, and put aside with a word",
  async (_what, damage) => {
    const server = await TokenServer.open();
    const dataDir = await tempFolder();
    expect(await startAndEnd(dataDir, server.url)).toEqual([]);
    const names = (await readdir(dataDir)).filter((name) => name.endsWith(".json"));
    expect(names).toEqual(
      expect.arrayContaining(["accounts.json", "lock.json", "profile.json", "settings.json"]),
    );
    const further = ["instance.json", "condemned-caches.json", "notice-commands.json"];
    for (const name of [...names, ...further]) await damage(join(dataDir, name));
    const said = (await startAndEnd(dataDir, server.url)).join("\n");
    for (const name of ["accounts.json", "lock.json", "profile.json"]) expect(said).toContain(name);
    expect(await startAndEnd(dataDir, server.url)).toEqual([]);
  },
);
