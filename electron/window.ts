import { join } from "node:path";
import { BrowserWindow } from "electron";
import { APP_ORIGIN } from "./origin.ts";

/** Shown before the page has painted: the page's own background, so that nothing flashes. */
const BACKGROUND = { light: "#ffffff", dark: "#16181d" } as const;

export interface WindowOptions {
  /** Folder of the built application. */
  root: string;
  isDark: boolean;
  /** Told of the window before its page is there. */
  onOpened: (window: BrowserWindow) => void;
}

export async function openWindow({ root, isDark, onOpened }: WindowOptions): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    width: 1280,
    height: 820,
    minWidth: 380,
    minHeight: 480,
    show: false,
    title: "Parvis",
    backgroundColor: isDark ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: join(root, "dist", "preload", "preload.cjs"),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: true,
    },
  });
  onOpened(window);
  window.once("ready-to-show", () => window.show());
  await window.loadURL(`${APP_ORIGIN}/`);
  return window;
}
