import { writeFile } from "node:fs/promises";
import { request, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { AppImageUpdater, NsisUpdater, type AppUpdater } from "electron-updater";
import { ElectronHttpExecutor } from "electron-updater/out/electronHttpExecutor.js";

/** electron-updater's own updaters for AppImages and for Windows, over Node's network in Chromium's place. */

class NodeHttpExecutor extends ElectronHttpExecutor {
  override createRequest(options: object, callback: (response: IncomingMessage) => void): never {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its type names Electron's request
    return request(options, callback) as never;
  }
}

export async function appImageUpdater(root: string): Promise<AppImageUpdater> {
  const updater = new AppImageUpdater(null, await application(root));
  return onNode(updater);
}

/** As installed on Windows: with a publisher when it was signed. */
export async function windowsUpdater(root: string, publisher?: string): Promise<NsisUpdater> {
  const updater = new NsisUpdater(null, await application(root, publisher));
  // Which lists it looks at. In this mode it throws where it would fetch the whole file after all.
  Reflect.set(updater, "_testOnlyOptions", { platform: "win32", isUseDifferentialDownload: true });
  return onNode(updater);
}

async function application(root: string, publisher?: string) {
  const appUpdateConfigPath = join(root, "app-update.yml");
  const names = publisher === undefined ? "" : `publisherName: [${publisher}]\n`;
  await writeFile(
    appUpdateConfigPath,
    `provider: generic\nurl: https://updates.invalid/\nupdaterCacheDirName: parvis-updater\n${names}`,
  );
  return {
    version: "1.0.0",
    name: "parvis",
    isPackaged: true,
    appUpdateConfigPath,
    userDataPath: root,
    baseCachePath: join(root, "cache"),
    whenReady: () => Promise.resolve(),
    relaunch: () => undefined,
    quit: () => undefined,
    onQuit: () => undefined,
  };
}

function onNode<T extends AppUpdater>(updater: T): T {
  Reflect.set(updater, "httpExecutor", new NodeHttpExecutor());
  return updater;
}
