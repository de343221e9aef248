import { join } from "node:path";
import { app, BrowserWindow, session } from "electron";
import { AppError } from "#contract/problem.ts";
import { lockProfile, type InstanceLock } from "#host/profile/instance-lock.ts";
import { createPages } from "#host/shell/pages.ts";
import { createStaticFiles } from "#host/shell/static-files.ts";
import { servePages } from "./app-protocol.ts";
import { startAttention } from "./attention.ts";
import { startAutostart } from "./autostart.ts";
import { startBadge } from "./badge.ts";
import { serveIpc } from "./ipc.ts";
import { createElectronNotifier } from "./notifications.ts";
import { APP_ORIGIN } from "./origin.ts";
import { startPower } from "./power.ts";
import { startReleasing } from "./release-windows.ts";
import { guardSession } from "./security.ts";
import type { Dispose, QuitReason, ShellContext, ShellPart } from "./shell-context.ts";
import { createShellHost } from "./shell-host.ts";
import { startNotifications } from "./start-notifications.ts";
import { startUpdates } from "./start-updates.ts";
import { startTray } from "./tray.ts";
import { Windows } from "./windows.ts";

export interface ShellOptions {
  dataDir: string;
  serverUrl: string | undefined;
  isHiddenAtStart?: boolean;
  say: (text: string) => void;
  complain: (text: string) => void;
}

/** What the desktop adds to the host and its pages; begun in this order, ended in the opposite one. */
const parts: readonly ShellPart[] = [
  startAttention,
  startTray,
  startBadge,
  startPower,
  startAutostart,
  startReleasing,
  startNotifications,
  startUpdates,
];

export interface RunningShell {
  quit: (reason: QuitReason) => Promise<boolean>;
  /** Ends everything without asking anybody. */
  stop: () => Promise<void>;
}

/** Once Electron is ready: the host, its pages, the parts, one window. */
export async function startShell(options: ShellOptions): Promise<RunningShell> {
  const { dataDir } = options;
  const locked = await lockProfile(dataDir);
  if ("running" in locked) throw alreadyRunning(dataDir);
  const shell = await createShell(options, locked.lock);
  for (const part of parts) shell.ends.unshift(await part(shell.context));
  if (shell.context.isHiddenAtStart) options.say("Parvis is ready, without a window.");
  else {
    await shell.context.open();
    options.say(`Parvis is ready: ${APP_ORIGIN}/`);
  }
  return { quit: shell.context.quit, stop: shell.stop };
}

interface Shell {
  context: ShellContext;
  /** What ends it all, in the order in which it is done. */
  ends: Dispose[];
  stop: () => Promise<void>;
}

async function createShell(options: ShellOptions, lock: InstanceLock): Promise<Shell> {
  const { dataDir, say, complain } = options;
  const root = app.getAppPath();
  const { host, log } = await createShellHost({ ...options, root });
  guardSession(session.defaultSession);
  servePages(
    session.defaultSession,
    createPages(host.pageGateway, createStaticFiles(join(root, "dist", "renderer"))),
  );
  const stopIpc = serveIpc({ ...host, windows: () => BrowserWindow.getAllWindows() });
  const ends: Dispose[] = [stopIpc, () => host.stop(), () => lock.release()];
  const stop = once(async () => {
    for (const end of ends) await end();
  });
  const windows = new Windows({ root, pages: host.services.pages });
  const context: ShellContext = {
    dataDir,
    root,
    platform: process.platform,
    locale: app.getLocale() || "en",
    isHiddenAtStart: options.isHiddenAtStart ?? false,
    host,
    services: host.services,
    windows,
    notifier: createElectronNotifier(process.platform, complain),
    log,
    say,
    complain,
    answer: (routes) => host.answer(routes),
    async open(target) {
      if (target !== undefined) host.services.targets.open(target);
      await windows.show();
    },
    async quit() {
      await stop();
      return true;
    },
    hasTray: false,
  };
  return { context, ends, stop };
}

/** Asked by an update and by the end of the application: whoever comes second waits for the same end. */
function once(end: () => Promise<void>): () => Promise<void> {
  let ending: Promise<void> | undefined;
  return () => (ending ??= end());
}

function alreadyRunning(dataDir: string): AppError {
  return new AppError("unavailable", {
    title: "Parvis already runs with this data folder in the browser",
    detail: `Stop it first, or use another folder than ${dataDir}.`,
  });
}
