import { join } from "node:path";
import { app, session } from "electron";
import { AppError } from "#contract/problem.ts";
import { lockProfile, type InstanceLock } from "#host/profile/instance-lock.ts";
import { openWindowMemory } from "#host/desktop/window-memory.ts";
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
import { createQuitting } from "./quitting.ts";
import { startContextMenus } from "./start-context-menus.ts";
import { startDownloads } from "./start-downloads.ts";
import { startLinks, type EarlyLinks } from "./start-links.ts";
import { startMenus } from "./start-menus.ts";
import { startSpelling } from "./start-spelling.ts";
import { startWindows } from "./start-windows.ts";
import { startNotifications } from "./start-notifications.ts";
import { startUpdates } from "./start-updates.ts";
import { startTray } from "./tray.ts";
import { Windows } from "./windows.ts";
import { followWords, type Words } from "./words.ts";

export interface ShellOptions {
  dataDir: string;
  serverUrl: string | undefined;
  isHiddenAtStart?: boolean;
  /** Nothing can be written to the data folder: what the demonstration and Chromium need lies here. */
  scratchDir?: string;
  /** Links that came before. */
  early: EarlyLinks;
  say: (text: string) => void;
  complain: (text: string) => void;
}

/** What the desktop adds to the host and its pages; begun in this order, ended in the opposite one. */
const parts: readonly ShellPart[] = [
  startDownloads,
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
  const { context, windows, words } = shell;
  startContextMenus(context, windows, words);
  shell.ends.unshift(
    startWindows(context, windows, words),
    startLinks(context, windows, options.early),
    await startMenus(context, windows, words),
    await startSpelling(context, words),
  );
  for (const part of parts) shell.ends.unshift(await part(context));
  await openFirst(shell, options);
  return { quit: context.quit, stop: shell.stop };
}

/** What was open is opened again; started with the session of the machine, only the tray is there. */
async function openFirst({ context, windows }: Shell, { say, early }: ShellOptions): Promise<void> {
  early.stop();
  if (context.isHiddenAtStart) {
    say("Parvis is ready, without a window.");
    return;
  }
  const { accounts } = context.host;
  await context.open();
  await windows.restore((id) => accounts.list().some((one) => one.id === id && one.state !== "signedOut"));
  say(`Parvis is ready: ${APP_ORIGIN}/`);
}

interface Shell {
  context: ShellContext;
  windows: Windows;
  words: Words;
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
  const memory = openWindowMemory(dataDir, complain);
  const windows = new Windows({ root, memory, pages: host.services.pages });
  const words = await followWords(host.services, app.getLocale() || "en");
  const stopIpc = serveIpc({ ...host, windows: () => windows.all() });
  const ends: Dispose[] = [() => windows.end(), words.stop, stopIpc, () => host.stop(), () => lock.release()];
  const stop = once(async () => {
    for (const end of ends) await end();
  });
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
    quit: createQuitting({ host, windows, words, stop }),
    hasTray: false,
  };
  return { context, windows, words, ends, stop };
}

/** Asked by an update and by the end of the application: whoever comes second waits for the same end. */
function once(end: () => Promise<void>): () => Promise<void> {
  let ending: Promise<void> | undefined;
  return () => (ending ??= end());
}

function alreadyRunning(dataDir: string): AppError {
  return new AppError("locked", {
    title: "Parvis already runs with this data folder in the browser",
    detail: `Stop it first, or use another folder than ${dataDir}.`,
  });
}
