import { rmSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { numberAt, textAt, type Cdp } from "./chromium/cdp.ts";
import { downloadDecided, holdDownload } from "./chromium/scheme-server.ts";
import { createEvent } from "./event.ts";
import { dialog } from "./modules/dialog.ts";
import { DownloadItem } from "./modules/download-item.ts";
import { defaultSession } from "./modules/session.ts";
import { WebContents } from "./modules/web-contents.ts";

/** Real downloads of Chromium, told as `will-download`; the file goes where the item says once it is whole. */
export async function watchDownloads(cdp: Cdp): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "stand-in-downloads-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const items = new Map<string, DownloadItem>();
  cdp.browser.on("Browser.downloadWillBegin", (params) => {
    const id = textAt(params, "guid");
    const url = textAt(params, "url");
    const item = new DownloadItem({
      url,
      fileName: basename(textAt(params, "suggestedFilename")),
      cancel: () => cdp.browser.tell("Browser.cancelDownload", { guid: id }),
      hold: (isHeld) => holdDownload(url, isHeld),
    });
    const contents = WebContents.getAllWebContents().find((one) =>
      one.standIn.frameOf(textAt(params, "frameId")),
    );
    if (begin(item, contents)) items.set(id, item);
    else cdp.browser.tell("Browser.cancelDownload", { guid: id });
    downloadDecided(url);
  });
  cdp.browser.on("Browser.downloadProgress", (params) => {
    const id = textAt(params, "guid");
    const item = items.get(id);
    if (item === undefined) return;
    item.standIn.progress(numberAt(params, "receivedBytes"), numberAt(params, "totalBytes"));
    const state = textAt(params, "state");
    if (state === "inProgress") return;
    items.delete(id);
    void end(item, state, join(folder, id));
  });
  await cdp.browser.send("Browser.setDownloadBehavior", {
    behavior: "allowAndName",
    downloadPath: folder,
    eventsEnabled: true,
  });
}

/** https://www.electronjs.org/docs/latest/api/session#event-will-download: prevented, or without a place, it ends here. */
function begin(item: DownloadItem, contents: WebContents | undefined): boolean {
  const event = createEvent();
  defaultSession.emit("will-download", event, item, contents);
  if (event.defaultPrevented) return false;
  if (item.getSavePath() !== "") return true;
  // Nobody said where: the person is asked.
  dialog.standIn.shown.push({ kind: "saveDialog", options: item.getSaveDialogOptions() });
  const { path } = dialog.standIn.answers;
  if (path !== undefined) item.setSavePath(path);
  else setImmediate(() => item.standIn.end("cancelled"));
  return path !== undefined;
}

async function end(item: DownloadItem, state: string, file: string): Promise<void> {
  if (state !== "completed") {
    item.standIn.end(item.getState() === "cancelled" ? "cancelled" : "interrupted");
    return;
  }
  try {
    await mkdir(dirname(item.getSavePath()), { recursive: true });
    await copyFile(file, item.getSavePath());
    await rm(file, { force: true });
    item.standIn.end("completed");
  } catch {
    item.standIn.end("interrupted");
  }
}
