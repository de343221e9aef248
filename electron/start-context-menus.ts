import { clipboard, Menu, type BrowserWindow, type MenuItemConstructorOptions } from "electron";
import { contextMenu, type ContextAct, type ContextItem } from "#host/desktop/context-menu.ts";
import { isAppUrl } from "./origin.ts";
import { isWorkplaceFile } from "./security.ts";
import type { ShellContext } from "./shell-context.ts";
import type { Windows } from "./windows.ts";
import type { Words } from "./words.ts";

/** What the right button offers in texts, fields, links and pictures. */
export function startContextMenus(shell: ShellContext, windows: Windows, words: Words): void {
  const wish = { isOwnPage: isAppUrl, mayLeave, isFile: isWorkplaceFile };
  windows.onOpened((window) => {
    window.webContents.on("context-menu", (_event, at) => {
      const items = contextMenu(at, wish, words.now());
      if (items.length === 0) return;
      const place = { window, x: at.x, y: at.y };
      Menu.buildFromTemplate(items.map((item) => template(item, (act) => run(act, place, shell)))).popup({
        window,
        ...(at.frame === null ? {} : { frame: at.frame }),
        x: at.x,
        y: at.y,
        sourceType: at.menuSourceType,
      });
    });
  });
}

/** Whether it is worth offering: what may really leave is decided where it does. */
function mayLeave(url: string): boolean {
  return URL.canParse(url) && ["https:", "mailto:"].includes(new URL(url).protocol);
}

function template(item: ContextItem, act: (wanted: ContextAct) => void): MenuItemConstructorOptions {
  switch (item.kind) {
    case "separator":
      return { type: "separator" };
    case "role":
      return { role: item.role, label: item.label, enabled: item.isEnabled };
    case "words":
      return { label: item.label, enabled: false };
    case "act":
      return { label: item.label, click: () => act(item.act) };
  }
}

interface Place {
  window: BrowserWindow;
  x: number;
  y: number;
}

function run(act: ContextAct, { window, x, y }: Place, shell: ShellContext): void {
  const { webContents } = window;
  switch (act.do) {
    case "replace":
      webContents.replaceMisspelling(act.word);
      return;
    case "learn":
      webContents.session.addWordToSpellCheckerDictionary(act.word);
      return;
    case "openLink":
      // The way of every link: with the same checks.
      void shell.host.bridge.call("shell.openExternal", { url: act.url });
      return;
    case "openTarget":
      void shell.open({ link: act.link });
      return;
    case "copyText":
      void clipboard.writeText(act.text);
      return;
    case "copyImage":
      webContents.copyImageAt(x, y);
      return;
    case "saveImage":
      webContents.downloadURL(act.url);
  }
}
