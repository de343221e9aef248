import { join } from "node:path";
import { BrowserWindow } from "electron";
import type { Rectangle } from "#host/desktop/window-places.ts";

/** Shown before the page has painted: the page's own background, so that nothing flashes. */
const BACKGROUND = { light: "#ffffff", dark: "#16181d" } as const;
const MAIN_SIZE = { width: 1280, height: 820 };
const MINIMUM = { minWidth: 380, minHeight: 480 };

export interface WindowOptions {
  /** Folder of the built application. */
  root: string;
  isDark: boolean;
  /** Where it goes; without it, the system decides. */
  bounds?: Partial<Rectangle>;
}

/** A window with the application's page and nothing else: locked down, and not shown before there is something to see. */
export function createWindow({ root, isDark, bounds }: WindowOptions): BrowserWindow {
  return new BrowserWindow({
    ...MAIN_SIZE,
    ...MINIMUM,
    ...bounds,
    show: false,
    title: "Parvis",
    // With Alt it comes.
    autoHideMenuBar: true,
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
}
