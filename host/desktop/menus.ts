import type { HostEvent } from "#contract/bridge.ts";
import type { ShellWording } from "./shell-wording.ts";

/** The menus of the application, as data; `electron/` makes them. */

export type MenuCommand = Extract<HostEvent, { type: "menuCommand" }>["command"];

/** What the shell does itself. */
export type ShellCommand =
  | "quit"
  | "closeWindow"
  | "zoomIn"
  | "zoomOut"
  | "actualSize"
  | "reload"
  | "developerTools";

export type StandardRole =
  | "about"
  | "services"
  | "hide"
  | "hideOthers"
  | "unhide"
  | "undo"
  | "redo"
  | "cut"
  | "copy"
  | "paste"
  | "pasteAndMatchStyle"
  | "delete"
  | "selectAll"
  | "togglefullscreen"
  | "minimize"
  | "zoom"
  | "front";

export type MenuPart =
  | { kind: "separator" }
  | { kind: "role"; role: StandardRole; label: string }
  | { kind: "page"; command: MenuCommand; label: string; accelerator?: string }
  | {
      kind: "shell";
      command: ShellCommand;
      label: string;
      accelerator?: string;
      /** Only for its keys. */
      isHidden?: boolean;
    }
  | { kind: "menu"; id: string; role?: "window" | "help"; label: string; items: MenuPart[] };

export interface MenuWish {
  platform: NodeJS.Platform;
  /** Reloading and developer tools belong to development. */
  isPackaged: boolean;
  canLock: boolean;
}

const SEPARATOR: MenuPart = { kind: "separator" };

export function applicationMenu(wish: MenuWish, words: ShellWording): MenuPart[] {
  const isMac = wish.platform === "darwin";
  return [
    ...(isMac ? [applicationPart(wish, words)] : []),
    filePart(wish, words),
    editPart(words),
    viewPart(wish, words),
    windowPart(isMac, words),
    helpPart(isMac, words),
  ];
}

const role = (name: StandardRole, label: string): MenuPart => ({ kind: "role", role: name, label });

/** An accelerator takes the key away from the page: one that the page has itself is only shown there. */
function page(command: MenuCommand, label: string, accelerator?: string): MenuPart {
  return { kind: "page", command, label, ...(accelerator === undefined ? {} : { accelerator }) };
}

function shell(command: ShellCommand, label: string, accelerator?: string): MenuPart {
  return { kind: "shell", command, label, ...(accelerator === undefined ? {} : { accelerator }) };
}

function lockItems({ canLock }: MenuWish, words: ShellWording): MenuPart[] {
  return canLock ? [page("lock", words.lock, "CmdOrCtrl+Shift+L")] : [];
}

/** The first menu of macOS bears the application's name. */
function applicationPart(wish: MenuWish, words: ShellWording): MenuPart {
  return {
    kind: "menu",
    id: "application",
    label: "Parvis",
    items: [
      role("about", words.about),
      SEPARATOR,
      page("settings", words.settings, "Cmd+,"),
      page("account", words.account),
      ...lockItems(wish, words),
      SEPARATOR,
      role("services", words.services),
      SEPARATOR,
      role("hide", words.hide),
      role("hideOthers", words.hideOthers),
      role("unhide", words.unhide),
      SEPARATOR,
      shell("quit", words.quit, "Cmd+Q"),
    ],
  };
}

function filePart(wish: MenuWish, words: ShellWording): MenuPart {
  const isMac = wish.platform === "darwin";
  const first: MenuPart[] = [
    page("newMessage", words.newMessage, "CmdOrCtrl+N"),
    page("switcher", words.goTo, "CmdOrCtrl+K"),
    SEPARATOR,
    page("detach", words.detach, "CmdOrCtrl+Shift+O"),
    page("downloads", words.downloads, isMac ? "Cmd+Alt+L" : "Ctrl+J"),
    SEPARATOR,
  ];
  const rest: MenuPart[] = isMac
    ? [shell("closeWindow", words.closeWindow, "Cmd+W")]
    : [
        page("settings", words.settings, "Ctrl+,"),
        page("account", words.account),
        ...lockItems(wish, words),
        SEPARATOR,
        shell("closeWindow", words.closeWindow, "Ctrl+W"),
        shell("quit", words.quit, "Ctrl+Q"),
      ];
  return { kind: "menu", id: "file", label: words.file, items: [...first, ...rest] };
}

function editPart(words: ShellWording): MenuPart {
  return {
    kind: "menu",
    id: "edit",
    label: words.edit,
    items: [
      role("undo", words.undo),
      role("redo", words.redo),
      SEPARATOR,
      role("cut", words.cut),
      role("copy", words.copy),
      role("paste", words.paste),
      role("pasteAndMatchStyle", words.pasteAsText),
      role("delete", words.delete),
      role("selectAll", words.selectAll),
      SEPARATOR,
      page("find", words.find, "CmdOrCtrl+F"),
    ],
  };
}

function viewPart({ isPackaged }: MenuWish, words: ShellWording): MenuPart {
  const development: MenuPart[] = isPackaged
    ? []
    : [
        SEPARATOR,
        shell("reload", words.reload, "CmdOrCtrl+R"),
        shell("developerTools", words.developerTools, "CmdOrCtrl+Shift+I"),
      ];
  return {
    kind: "menu",
    id: "view",
    label: words.view,
    items: [
      shell("actualSize", words.actualSize, "CmdOrCtrl+0"),
      shell("zoomIn", words.zoomIn, "CmdOrCtrl+Plus"),
      // Where plus needs the shift key, and on the number pad.
      { kind: "shell", command: "zoomIn", label: words.zoomIn, accelerator: "CmdOrCtrl+=", isHidden: true },
      {
        kind: "shell",
        command: "zoomIn",
        label: words.zoomIn,
        accelerator: "CmdOrCtrl+numadd",
        isHidden: true,
      },
      shell("zoomOut", words.zoomOut, "CmdOrCtrl+-"),
      {
        kind: "shell",
        command: "zoomOut",
        label: words.zoomOut,
        accelerator: "CmdOrCtrl+numsub",
        isHidden: true,
      },
      SEPARATOR,
      role("togglefullscreen", words.fullScreen),
      ...development,
    ],
  };
}

function windowPart(isMac: boolean, words: ShellWording): MenuPart {
  const mac: MenuPart[] = [role("zoom", words.zoom), SEPARATOR, role("front", words.front)];
  return {
    kind: "menu",
    id: "window",
    role: "window",
    label: words.window,
    items: [role("minimize", words.minimize), ...(isMac ? mac : [])],
  };
}

function helpPart(isMac: boolean, words: ShellWording): MenuPart {
  const about: MenuPart[] = isMac ? [] : [SEPARATOR, role("about", words.about)];
  return {
    kind: "menu",
    id: "help",
    role: "help",
    label: words.help,
    items: [page("shortcuts", words.shortcuts), ...about],
  };
}
