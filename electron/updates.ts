import type { AppUpdater } from "electron-updater";
import { serveFolder } from "#host/updates/folder-server.ts";
import { readUpdateSource, type UpdateSource } from "#host/updates/update-config.ts";
import { UpdateWatch, type Updater } from "#host/updates/update-watch.ts";
import { refusalOf } from "#host/updates/windows-signature.ts";

export interface UpdatesOptions {
  dataDir: string;
  env: NodeJS.ProcessEnv;
  platform: NodeJS.Platform;
  /** Of the running program: updates on Windows have to be signed by whoever signed it. */
  program: string;
  /** `install` closes Parvis, installs, and starts it again. */
  onReady: (version: string, install: () => Promise<void>) => Promise<void>;
  /** Ends everything that has to be ended before a program is replaced. */
  beforeInstall: () => Promise<void>;
  /** By then everything has ended: the old version has to be started again. */
  onInstallFailed: (error: Error) => void;
  log: (message: string) => void;
  /** Only called when updates are on: the library's getter already makes an updater. */
  load?: () => Promise<AppUpdater>;
}

/** Off unless an address is set. Returns what ends it. */
export async function startUpdates(options: UpdatesOptions): Promise<() => Promise<void>> {
  const { dataDir, env, log, onReady, beforeInstall, onInstallFailed, load = loadUpdater } = options;
  const source = await readUpdateSource({ dataDir, env, onRefused: log });
  if (source === undefined) return () => Promise.resolve();
  const { url, close } = await open(source);
  const updater = await load();
  configure(updater, { url, isFolder: source.kind === "folder" });
  const install = async (): Promise<void> => {
    await beforeInstall();
    // It does not throw.
    updater.once("error", onInstallFailed);
    updater.quitAndInstall(false, true);
  };
  const watch = new UpdateWatch({
    updater: createUpdater(updater, options),
    onReady: (version) => onReady(version, install),
    log,
    random: Math.random,
  });
  void watch.start();
  return async () => {
    watch.stop();
    await close();
  };
}

async function loadUpdater(): Promise<AppUpdater> {
  return (await import("electron-updater")).default.autoUpdater;
}

async function open(source: UpdateSource): Promise<{ url: string; close: () => Promise<void> }> {
  if (source.kind === "web") return { url: source.url, close: () => Promise.resolve() };
  return serveFolder(source.path);
}

/** Nothing happens by itself and nothing goes back to an older version. */
function configure(updater: AppUpdater, { url, isFolder }: { url: string; isFolder: boolean }): void {
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.disableWebInstaller = true;
  // A folder is served whole; parts of a file are for real web servers.
  updater.disableDifferentialDownload = isFolder;
  // It prints to the console otherwise. Failures come back as rejections.
  updater.logger = null;
  updater.setFeedURL({ provider: "generic", url });
  // Last: what is set above may turn it on.
  updater.allowDowngrade = false;
}

function createUpdater(updater: AppUpdater, { platform, program }: UpdatesOptions): Updater {
  const verify = async (file: string): Promise<string | null> =>
    platform === "win32" ? refusalOf(file, program) : null;
  // The library's own check lets everything pass where PowerShell is blocked.
  if ("verifyUpdateCodeSignature" in updater) {
    updater.verifyUpdateCodeSignature = (_publishers: string[], file: string) => verify(file);
  }
  return {
    async check() {
      const result = await updater.checkForUpdates();
      if (result === null) return undefined;
      return result.isUpdateAvailable ? result.updateInfo.version : null;
    },
    async download() {
      const [file] = await updater.downloadUpdate();
      if (file === undefined) throw new Error("nothing was fetched");
      // Once more here: the library skips its check when the installation names no publisher.
      const refusal = await verify(file);
      if (refusal !== null) throw new Error(`it is not installed, because ${refusal}`);
    },
  };
}
