import { app, BrowserWindow, Menu, type MenuItemConstructorOptions } from "electron";
import { lockStatusSchema } from "#contract/desktop/lock.ts";
import { applicationMenu, type MenuCommand, type MenuPart, type ShellCommand } from "#host/desktop/menus.ts";
import type { Dispose, ShellContext } from "./shell-context.ts";
import type { Windows } from "./windows.ts";
import type { Words } from "./words.ts";

/** The menu of the application, in the language of the settings. */
export async function startMenus(shell: ShellContext, windows: Windows, words: Words): Promise<Dispose> {
  const { host, platform } = shell;
  let canLock = await readCanLock(shell);
  const draw = (): void => {
    const parts = applicationMenu({ platform, isPackaged: app.isPackaged, canLock }, words.now());
    Menu.setApplicationMenu(Menu.buildFromTemplate(parts.map((part) => template(part, { shell, windows }))));
  };
  draw();
  words.subscribe(draw);
  return host.events.subscribe((event) => {
    if (event.type !== "lockChanged") return;
    const next = event.status.method !== "none";
    if (next === canLock) return;
    canLock = next;
    draw();
  });
}

async function readCanLock({ host }: ShellContext): Promise<boolean> {
  const answer = await host.bridge.call("lock.status", {});
  const status = answer.ok ? lockStatusSchema.safeParse(answer.value).data : undefined;
  return status !== undefined && status.method !== "none";
}

interface Reach {
  shell: ShellContext;
  windows: Windows;
}

function template(part: MenuPart, reach: Reach): MenuItemConstructorOptions {
  switch (part.kind) {
    case "separator":
      return { type: "separator" };
    case "role":
      return { role: part.role, label: part.label };
    case "menu":
      return {
        id: part.id,
        label: part.label,
        ...(part.role === undefined ? {} : { role: part.role }),
        submenu: part.items.map((item) => template(item, reach)),
      };
    case "page":
      return {
        id: part.command,
        label: part.label,
        ...(part.accelerator === undefined ? {} : { accelerator: part.accelerator }),
        click: () => void tellPage(part.command, reach),
      };
    case "shell":
      return {
        ...(part.isHidden === true
          ? { visible: false, acceleratorWorksWhenHidden: true }
          : { id: part.command }),
        label: part.label,
        ...(part.accelerator === undefined ? {} : { accelerator: part.accelerator }),
        click: () => void run(part.command, reach),
      };
  }
}

/** Finding belongs to the window that is looked at; everything else to the main one, which comes forward for it. */
async function tellPage(command: MenuCommand, { shell, windows }: Reach): Promise<void> {
  const focused = BrowserWindow.getFocusedWindow();
  const isOurs = focused !== null && windows.all().includes(focused);
  const window = isOurs && (command === "find" || focused === windows.main) ? focused : await windows.show();
  shell.windows.tell(window, { type: "menuCommand", command });
}

async function run(command: ShellCommand, { shell, windows }: Reach): Promise<void> {
  const focused = BrowserWindow.getFocusedWindow();
  switch (command) {
    case "quit":
      await shell.quit("person");
      return;
    case "closeWindow":
      focused?.close();
      return;
    case "zoomIn":
      return windows.zoomBy(1);
    case "zoomOut":
      return windows.zoomBy(-1);
    case "actualSize":
      return windows.zoomBy(null);
    case "reload":
      focused?.webContents.reload();
      return;
    case "developerTools":
      focused?.webContents.toggleDevTools();
  }
}
