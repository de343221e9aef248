import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { request, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { AppImageUpdater, type AppUpdater } from "electron-updater";
import { ElectronHttpExecutor } from "electron-updater/out/electronHttpExecutor.js";
import { tempFolder } from "#host/testing/temp-folder.ts";
import { httpServer } from "#host/testing/test-server.ts";

/** electron-updater's own updater for AppImages, over Node's network in Chromium's place, and what it is offered. */

class NodeHttpExecutor extends ElectronHttpExecutor {
  override createRequest(options: object, callback: (response: IncomingMessage) => void): never {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its type names Electron's request
    return request(options, callback) as never;
  }
}

export async function appImageUpdater(root: string): Promise<AppUpdater> {
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

export const PROGRAM = Buffer.from("#!/bin/sh\necho new\n".repeat(1000));

interface Offer {
  version?: string;
  /** What the list of files promises. */
  content?: Buffer;
}

/** A folder as an administrator puts it on a server. */
export async function offer({ version = "1.1.0", content = PROGRAM }: Offer = {}): Promise<string> {
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

export async function serve(folder: string): Promise<string> {
  return httpServer(async (incoming, response) => {
    const name = new URL(incoming.url ?? "", "http://x").pathname.slice(1);
    const file = await readFile(join(folder, name)).catch(() => undefined);
    response.writeHead(file === undefined ? 404 : 200).end(file);
  });
}
