import { existsSync, rmSync } from "node:fs";
import type * as Electron from "electron";

/** https://www.electronjs.org/docs/latest/api/shell: nothing is opened, all is noted. */
const opened: { external: string[]; paths: string[]; shown: string[] } = {
  external: [],
  paths: [],
  shown: [],
};

export const shell = {
  standIn: opened,
  async openExternal(url: string): Promise<void> {
    if (!URL.canParse(url)) throw new Error("Invalid URL");
    opened.external.push(url);
  },
  /** Empty when it was opened: https://www.electronjs.org/docs/latest/api/shell#shellopenpathpath */
  async openPath(path: string): Promise<string> {
    opened.paths.push(path);
    return existsSync(path) ? "" : "Failed to open path";
  },
  showItemInFolder(path: string): void {
    opened.shown.push(path);
  },
  async trashItem(path: string): Promise<void> {
    rmSync(path, { recursive: true });
  },
  beep(): void {},
} satisfies Pick<Electron.Shell, "openExternal" | "openPath" | "showItemInFolder" | "trashItem" | "beep"> & {
  standIn: unknown;
};
