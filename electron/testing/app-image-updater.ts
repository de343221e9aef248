import { writeFile } from "node:fs/promises";
import { request, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { AppImageUpdater } from "electron-updater";
import { ElectronHttpExecutor } from "electron-updater/out/electronHttpExecutor.js";

/** electron-updater's own updater for AppImages, over Node's network in Chromium's place. */

class NodeHttpExecutor extends ElectronHttpExecutor {
  override createRequest(options: object, callback: (response: IncomingMessage) => void): never {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its type names Electron's request
    return request(options, callback) as never;
  }
}

export async function appImageUpdater(root: string): Promise<AppImageUpdater> {
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
