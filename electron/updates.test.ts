import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { AppUpdater } from "electron-updater";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { tempFolder } from "#host/testing/temp-folder.ts";
import { appImageUpdater, offer, PROGRAM, serve } from "./testing/app-image-updater.ts";
import { startUpdates } from "./updates.ts";

async function start(address: string | undefined, platform: NodeJS.Platform = "linux") {
  const root = await tempFolder();
  const log: string[] = [];
  const ready: string[] = [];
  const order: string[] = [];
  let updater: AppUpdater | undefined;
  let install: (() => Promise<void>) | undefined;
  const stop = await startUpdates({
    dataDir: root,
    env: address === undefined ? {} : { PARVIS_UPDATE_URL: address },
    platform,
    program: "/opt/parvis",
    log: (message) => log.push(message),
    beforeInstall: async () => {
      order.push("ended");
    },
    onInstallFailed: (error) => order.push(error.message),
    onReady: async (version, run) => {
      ready.push(version);
      install = run;
    },
    load: async () => {
      updater = await appImageUpdater(root);
      updater.quitAndInstall = () => order.push("installed");
      return updater;
    },
  });
  onTestFinished(stop);
  return { root, log, ready, order, updater, install: () => install?.() };
}

const soon = { timeout: 10_000 };

beforeEach(async () => {
  const image = join(await tempFolder(), "Parvis.AppImage");
  await writeFile(image, "old");
  vi.stubEnv("APPIMAGE", image);
  return () => vi.unstubAllEnvs();
});

test("without an address the updater is not even loaded", async () => {
  const { updater, log } = await start(undefined);
  expect(updater).toBeUndefined();
  expect(log).toEqual([]);
});

test("a newer version is fetched, checked and offered; installing ends the application first", async () => {
  const { root, ready, order, install, updater, log } = await start(await serve(await offer()));
  await expect.poll(() => ready, soon).toEqual(["1.1.0"]);
  expect(await readFile(join(root, "cache/parvis-updater/pending/Parvis-1.1.0.AppImage"))).toEqual(PROGRAM);
  expect(order).toEqual([]);
  await install();
  expect(order).toEqual(["ended", "installed"]);
  updater?.emit("error", new Error("read-only disk"));
  expect(order.at(-1)).toBe("read-only disk");
  expect(updater).toMatchObject({ autoDownload: false, autoInstallOnAppQuit: false, allowDowngrade: false });
  expect(log.at(-1)).toContain("ready");
});

test("the same from a folder or share", async () => {
  const { ready } = await start(await offer());
  await expect.poll(() => ready, soon).toEqual(["1.1.0"]);
});

test("a file that is not the one promised is not offered", async () => {
  const { ready, log } = await start(await serve(await offer({ content: Buffer.from("something else") })));
  await expect.poll(() => log.at(-1), soon).toContain("sha512 checksum mismatch");
  expect(ready).toEqual([]);
});

test("an older version is not taken", async () => {
  const { ready, log, updater } = await start(await serve(await offer({ version: "0.9.0" })));
  await expect.poll(() => log, soon).toEqual([]);
  expect(await updater?.checkForUpdates()).toMatchObject({ isUpdateAvailable: false });
  expect(ready).toEqual([]);
});

test("on Windows an update whose signature cannot be read is not offered", async () => {
  const { ready, log } = await start(await serve(await offer()), "win32");
  await expect.poll(() => log.at(-1), soon).toContain("the signature could not be read");
  expect(ready).toEqual([]);
});

test("a server that is away is said and nothing breaks; an installation of another kind is left alone", async () => {
  const away = await start(await serve(join(await tempFolder(), "none")));
  await expect.poll(() => away.log.at(-1), soon).toContain("The update failed");
  vi.stubEnv("APPIMAGE", undefined);
  const unpacked = await start(await serve(await offer()));
  await expect.poll(() => unpacked.log.at(-1), soon).toContain("not updated by itself");
});
