import { join } from "node:path";
import { app, BrowserWindow, nativeTheme, session, shell } from "electron";
import { AppError } from "#contract/problem.ts";
import { checkExternalUrl } from "#host/app-routes.ts";
import { createHost, type Host } from "#host/host.ts";
import { lockProfile } from "#host/profile/instance-lock.ts";
import { NotificationWatch } from "#host/notifications/notification-watch.ts";
import type { Notifier } from "#host/notifications/notifier.ts";
import { openProfile } from "#host/profile/profile.ts";
import { createPages } from "#host/shell/pages.ts";
import { createStaticFiles } from "#host/shell/static-files.ts";
import { updateRoutes } from "#host/updates/routes.ts";
import type { UpdateService } from "#host/updates/update-service.ts";
import { chromiumFetch, servePages } from "./app-protocol.ts";
import { serveIpc } from "./ipc.ts";
import { createElectronNotifier, watchFocus } from "./notifications.ts";
import { APP_ORIGIN } from "./origin.ts";
import { openSecrets } from "./safe-storage-store.ts";
import { guardSession } from "./security.ts";
import { createShellUpdates, type ShellUpdatesOptions } from "./shell-updates.ts";
import { utilityWorkplace } from "./utility-workplace.ts";
import { openWindow } from "./window.ts";

export interface ShellOptions {
  dataDir: string;
  serverUrl: string | undefined;
  say: (text: string) => void;
  complain: (text: string) => void;
}

/** Once Electron is ready: the host, its pages, one window. Returns what ends it. */
export async function startShell(options: ShellOptions): Promise<() => Promise<void>> {
  const locked = await lockProfile(options.dataDir);
  if ("running" in locked) throw alreadyRunning(options.dataDir);
  const root = app.getAppPath();
  const notifier = createElectronNotifier(process.platform, options.complain);
  const endAll = async (): Promise<boolean> => {
    await stopHost();
    return true;
  };
  const { host, updates } = await createShellHost(options, root, { notifier, endAll });
  guardSession(session.defaultSession);
  const files = createStaticFiles(join(root, "dist", "renderer"));
  servePages(session.defaultSession, createPages(host.gateway, files));
  const stopIpc = serveIpc({ ...host, windows: () => BrowserWindow.getAllWindows() });
  const open = (): Promise<BrowserWindow> => openWindow({ root, isDark: nativeTheme.shouldUseDarkColors });
  app.on("second-instance", () => focus(BrowserWindow.getAllWindows()[0]));
  app.on("activate", () => {
    if (BrowserWindow.getAllWindows().length === 0) void open();
  });
  await open();
  const stopNotifications = await startNotifications({ ...options, host, notifier, open });
  options.say(`Parvis is ready: ${APP_ORIGIN}/`);
  const stopHost = once(async () => {
    stopNotifications();
    stopIpc();
    await host.stop();
    await locked.lock.release();
  });
  await updates?.start();
  return async () => {
    await updates?.stop();
    await stopHost();
  };
}

/** Asked by an update and by the end of the application: whoever comes second waits for the same end. */
function once(end: () => Promise<void>): () => Promise<void> {
  let ending: Promise<void> | undefined;
  return () => (ending ??= end());
}

interface NotificationParts extends ShellOptions {
  host: Host;
  notifier: Notifier;
  open: () => Promise<BrowserWindow>;
}

async function startNotifications(parts: NotificationParts): Promise<() => void> {
  const { dataDir, complain, host, notifier, open } = parts;
  const { attendance, stop } = watchFocus();
  const watch = await NotificationWatch.start({
    host,
    dataDir,
    attendance,
    notifier,
    locale: app.getLocale() || "en",
    onNotice: complain,
    async open() {
      const [window] = BrowserWindow.getAllWindows();
      if (window === undefined) await open();
      else focus(window);
    },
  });
  return () => {
    stop();
    watch.stop();
  };
}

type UpdateParts = Pick<ShellUpdatesOptions, "notifier" | "endAll">;

async function createShellHost(
  options: ShellOptions,
  root: string,
  updateParts: UpdateParts,
): Promise<{ host: Host; updates: UpdateService | undefined }> {
  const { dataDir, serverUrl, complain } = options;
  const profile = await openProfile(dataDir, complain);
  let updates: UpdateService | undefined;
  const host = await createHost({
    dataDir,
    profile,
    info: {
      version: app.getVersion(),
      shell: "electron",
      platform: platformName(process.platform),
      locale: app.getLocale() || "en",
      isDevelopment: false,
    },
    secrets: await openSecrets({ dataDir, platform: process.platform, onDamaged: complain }),
    openExternal: async (url) => shell.openExternal(checkSystemUrl(url)),
    onNotice: complain,
    fetch: chromiumFetch,
    shellRoutes(services) {
      const { resourcesPath } = process;
      updates = createShellUpdates({ dataDir, services, resourcesPath, ...updateParts });
      return [updateRoutes(updates)];
    },
    ...(serverUrl === undefined
      ? { startWorkplace: utilityWorkplace(join(root, "dist", "server", "serve.js")) }
      : { serverUrl }),
  });
  return { host, updates };
}

/** Also `http:` to this machine, where a sign-in provider under development answers. */
function checkSystemUrl(text: string): string {
  const url = new URL(text);
  const isLocal = url.protocol === "http:" && (url.hostname === "127.0.0.1" || url.hostname === "localhost");
  return isLocal ? url.href : checkExternalUrl(text);
}

function platformName(platform: NodeJS.Platform): "win32" | "darwin" | "linux" | "other" {
  return platform === "win32" || platform === "darwin" || platform === "linux" ? platform : "other";
}

function focus(window: BrowserWindow | undefined): void {
  if (window === undefined) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

function alreadyRunning(dataDir: string): AppError {
  return new AppError("unavailable", {
    title: "Parvis already runs with this data folder in the browser",
    detail: `Stop it first, or use another folder than ${dataDir}.`,
  });
}
