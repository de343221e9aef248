import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { request, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { AppImageUpdater, type AppUpdater } from "electron-updater";
import { ElectronHttpExecutor } from "electron-updater/out/electronHttpExecutor.js";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { tempFolder } from "#host/testing/temp-folder.ts";
import { httpServer } from "#host/testing/test-server.ts";
import { startUpdates } from "./updates.ts";

/** electron-updater's own updater for AppImages, over Node's network in Chromium's place, against a real web server. */

class NodeHttpExecutor extends ElectronHttpExecutor {
  override createRequest(options: object, callback: (response: IncomingMessage) => void): never {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its type names Electron's request
    return request(options, callback) as never;
  }
}

async function appImageUpdater(root: string): Promise<AppUpdater> {
  await writeFile(
    join(root, "app-update.yml"),
    "provider: generic\nurl: https://updates.invalid/\nupdaterCacheDirName: parvis-updater\n",
  );
  const updater = new AppImageUpdater(null, {
    version: "1.0.0",
    name: "parvis",
    isPackaged: true,
    appUpdateConfigPath: join(root, "app-update.yml"),
    userDataPath: root,
    baseCachePath: join(root, "cache"),
    whenReady: () => Promise.resolve(),
    relaunch: () => undefined,
    quit: () => undefined,
    onQuit: () => undefined,
  });
  Reflect.set(updater, "httpExecutor", new NodeHttpExecutor());
  return updater;
}

const PROGRAM = Buffer.from("#!/bin/sh\necho new\n".repeat(1000));

interface Offer {
  version?: string;
  /** What the list of files promises. */
  content?: Buffer;
}

/** A folder as an administrator puts it on a server. */
async function offer({ version = "1.1.0", content = PROGRAM }: Offer = {}): Promise<string> {
  const folder = await tempFolder();
  const name = `Parvis-${version}.AppImage`;
  const sha512 = createHash("sha512").update(content).digest("base64");
  const lines = [
    `version: ${version}`,
    "files:",
    `  - url: ${name}`,
    `    sha512: ${sha512}`,
    `    size: ${content.length}`,
    `path: ${name}`,
    `sha512: ${sha512}`,
    "releaseDate: '2026-11-22T18:00:00.000Z'",
  ];
  await writeFile(join(folder, "latest-linux.yml"), `${lines.join("\n")}\n`);
  await writeFile(join(folder, name), PROGRAM);
  return folder;
}

async function serve(folder: string): Promise<string> {
  return httpServer(async (incoming, response) => {
    const name = new URL(incoming.url ?? "", "http://x").pathname.slice(1);
    const file = await readFile(join(folder, name)).catch(() => undefined);
    response.writeHead(file === undefined ? 404 : 200).end(file);
  });
}

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
