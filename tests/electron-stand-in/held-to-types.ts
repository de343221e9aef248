import type { EventEmitter } from "node:events";
import type { Writable } from "node:stream";
import type * as Electron from "electron";
import type { app } from "./modules/app.ts";
import type { BrowserWindow } from "./modules/browser-window.ts";
import type { ClientRequest } from "./modules/client-request.ts";
import type { DownloadItem } from "./modules/download-item.ts";
import type { IpcMain } from "./modules/ipc-main.ts";
import type { Menu, MenuItem } from "./modules/menu.ts";
import type { NativeImage } from "./modules/native-image.ts";
import type { Notification } from "./modules/notification.ts";
import type { Session } from "./modules/session.ts";
import type { nativeTheme, powerMonitor, screen } from "./modules/system.ts";
import type { Tray } from "./modules/tray.ts";
import type { UtilityProcess } from "./modules/utility-process.ts";
import type { WebContents } from "./modules/web-contents.ts";
import type { WebFrameMain } from "./modules/web-frame-main.ts";

/**
 * Every class of the stand-in held to Electron's own types: a member that Electron has not, or has otherwise, does not
 * compile unless it is named here. Only types: nothing of this runs.
 */

/** Of emitters and streams: Node's, and Electron's overloads of them. */
type Inherited = keyof EventEmitter | keyof Writable;

/** Members that Electron has not. */
type Unknown<Ours, Theirs> = Exclude<keyof Ours, keyof Theirs | Inherited | "standIn">;

/** Members that cannot be used as Electron's. */
type Different<Ours, Theirs> = Exclude<
  { [K in keyof Ours & keyof Theirs]: Ours[K] extends Theirs[K] ? never : K }[keyof Ours & keyof Theirs],
  Inherited
>;

type Problems<Ours, Theirs> = Unknown<Ours, Theirs> | Different<Ours, Theirs>;

/** Each with what is knowingly otherwise: objects of the stand-in's own classes, and what only it can say. */
export type HeldToTypes = [
  Held<Problems<typeof app, Electron.App>, "becomeReady">,
  Held<Problems<BrowserWindow, Electron.BrowserWindow>, "setMenu" | "webContents">,
  Held<
    Problems<WebContents, Electron.WebContents>,
    | "capturePage"
    | "copiedImages"
    | "ipc"
    | "mainFrame"
    | "navigationHistory"
    | "preferences"
    | "session"
    | "setWindowOpenHandler"
    | "windowOpenHandler"
  >,
  Held<
    Problems<WebFrameMain, Electron.WebFrameMain>,
    "chromiumUrl" | "frames" | "framesInSubtree" | "isGone" | "parent" | "standInId" | "top"
  >,
  Held<Problems<Session, Electron.Session>, "protocol" | "way">,
  Held<Problems<IpcMain, Electron.IpcMain>, "handle" | "handleOnce" | "handlerOf">,
  Held<Problems<Menu, Electron.Menu>, "append" | "getMenuItemById" | "insert" | "items">,
  Held<Problems<MenuItem, Electron.MenuItem>, "accelerator" | "options" | "role" | "submenu" | "type">,
  Held<Problems<Tray, Electron.Tray>, "popUpContextMenu" | "setContextMenu" | "setImage" | "setPressedImage">,
  Held<Problems<Notification, Electron.Notification>, never>,
  Held<Problems<NativeImage, Electron.NativeImage>, "resize">,
  Held<Problems<DownloadItem, Electron.DownloadItem>, never>,
  Held<Problems<ClientRequest, Electron.ClientRequest>, never>,
  Held<Problems<UtilityProcess, Electron.UtilityProcess>, never>,
  Held<Problems<typeof powerMonitor, Electron.PowerMonitor>, never>,
  Held<Problems<typeof nativeTheme, Electron.NativeTheme>, never>,
  Held<Problems<typeof screen, Electron.Screen>, never>,
];

type Held<Found extends Known, Known> = [Found, Known];
