import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { app, session, shell as desktop } from "electron";
import { DownloadShelf } from "#host/desktop/download-shelf.ts";
import { defineRoutes } from "#host/routes.ts";
import { isWorkplaceFile } from "./security.ts";
import type { Dispose, ShellContext } from "./shell-context.ts";

/** For `setProgressBar`: none, and how much is not known. */
const NO_PROGRESS = -1;
const UNKNOWN_PROGRESS = 2;

/** Files of a workplace that are saved on this machine. */
export async function startDownloads(shell: ShellContext): Promise<Dispose> {
  const { services, host, windows, log } = shell;
  let isPlaceAsked = (await services.settings.get()).isDownloadPlaceAsked;
  const shelf = new DownloadShelf({
    folder: () => folderOf(services.policies.get("DownloadsFolder"), log),
    isPlaceAsked: () => isPlaceAsked,
    exists: existsSync,
    freeBytes,
    openPath: (path) => desktop.openPath(path),
    showInFolder: (path) => desktop.showItemInFolder(path),
    restart: (url) => session.defaultSession.downloadURL(url),
    createId: randomUUID,
    onChange(downloads) {
      // Names of files are content: a page asks for them once it is unlocked.
      if (!services.lock.isLocked) host.events.emit({ type: "downloadsChanged", downloads });
    },
    onProgress(progress) {
      const value = progress === undefined ? NO_PROGRESS : (progress ?? UNKNOWN_PROGRESS);
      windows.main?.setProgressBar(value);
    },
    onDone: (path) => app.dock?.downloadFinished(path),
  });
  const onDownload = (event: Electron.Event, item: Electron.DownloadItem): void => {
    if (!event.defaultPrevented && isWorkplaceFile(item.getURL())) shelf.begin(item);
  };
  session.defaultSession.on("will-download", onDownload);
  shell.answer(
    defineRoutes({
      "downloads.list": () => shelf.list(),
      async "downloads.act"({ id, action }) {
        await shelf.act(id, action);
        return null;
      },
    }),
  );
  const stop = host.events.subscribe((event) => {
    if (event.type === "networkChanged") shelf.setMetered(event.isMetered);
    if (event.type === "settingsChanged") isPlaceAsked = event.settings.isDownloadPlaceAsked;
  });
  return () => {
    stop();
    session.defaultSession.off("will-download", onDownload);
  };
}

/** The organisation's folder, made if it is not there; where that cannot be, the person's own. */
function folderOf(wanted: string | undefined, log: ShellContext["log"]): string {
  const own = app.getPath("downloads");
  if (wanted === undefined) return own;
  const folder = wanted.replace(/^~(?=[/\\]|$)/, app.getPath("home"));
  try {
    mkdirSync(folder, { recursive: true });
    return folder;
  } catch (error) {
    log.write("warning", `the folder for downloads cannot be used: ${String(error)}`);
    return own;
  }
}

async function freeBytes(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
