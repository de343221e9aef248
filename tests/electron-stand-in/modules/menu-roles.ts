import { focusedWindow } from "./focused-window.ts";
import { app } from "./app.ts";

interface Role {
  label: string;
  accelerator?: string;
  /** Roles of its items, empty for a line between. */
  submenu?: readonly string[];
  act?: () => void;
}

const contents = () => focusedWindow()?.webContents;

/** https://www.electronjs.org/docs/latest/api/menu-item#roles */
export const roles: Record<string, Role> = {
  undo: { label: "Undo", accelerator: "CommandOrControl+Z", act: () => contents()?.undo() },
  redo: { label: "Redo", accelerator: "Shift+CommandOrControl+Z", act: () => contents()?.redo() },
  cut: { label: "Cut", accelerator: "CommandOrControl+X", act: () => contents()?.cut() },
  copy: { label: "Copy", accelerator: "CommandOrControl+C", act: () => contents()?.copy() },
  paste: { label: "Paste", accelerator: "CommandOrControl+V", act: () => contents()?.paste() },
  pasteandmatchstyle: { label: "Paste and Match Style", act: () => contents()?.pasteAndMatchStyle() },
  delete: { label: "Delete", act: () => contents()?.delete() },
  selectall: { label: "Select All", accelerator: "CommandOrControl+A", act: () => contents()?.selectAll() },
  reload: { label: "Reload", accelerator: "CmdOrCtrl+R", act: () => contents()?.reload() },
  forcereload: { label: "Force Reload", act: () => contents()?.reload() },
  toggledevtools: { label: "Toggle Developer Tools" },
  resetzoom: {
    label: "Actual Size",
    accelerator: "CommandOrControl+0",
    act: () => contents()?.setZoomLevel(0),
  },
  zoomin: { label: "Zoom In", accelerator: "CommandOrControl+Plus", act: () => zoom(0.5) },
  zoomout: { label: "Zoom Out", accelerator: "CommandOrControl+-", act: () => zoom(-0.5) },
  togglefullscreen: {
    label: "Toggle Full Screen",
    accelerator: process.platform === "darwin" ? "Control+Command+F" : "F11",
    act: () => focusedWindow()?.setFullScreen(!focusedWindow()?.isFullScreen()),
  },
  togglespellchecker: { label: "Check Spelling While Typing" },
  minimize: { label: "Minimize", accelerator: "CommandOrControl+M", act: () => focusedWindow()?.minimize() },
  close: { label: "Close Window", accelerator: "CommandOrControl+W", act: () => focusedWindow()?.close() },
  quit: { label: "Quit", accelerator: "CommandOrControl+Q", act: () => app.quit() },
  about: { label: "About", act: () => app.showAboutPanel() },
  hide: { label: "Hide", accelerator: "Command+H" },
  hideothers: { label: "Hide Others", accelerator: "Command+Alt+H" },
  unhide: { label: "Show All" },
  front: { label: "Bring All to Front" },
  zoom: { label: "Zoom", act: () => focusedWindow()?.maximize() },
  togglewindowmaximized: { label: "Zoom" },
  help: { label: "Help", submenu: [] },
  window: { label: "Window", submenu: [] },
  services: { label: "Services", submenu: [] },
  startspeaking: { label: "Start Speaking" },
  stopspeaking: { label: "Stop Speaking" },
  recentdocuments: { label: "Open Recent", submenu: [] },
  clearrecentdocuments: { label: "Clear Menu" },
  showsubstitutions: { label: "Show Substitutions" },
  togglesmartquotes: { label: "Smart Quotes" },
  togglesmartdashes: { label: "Smart Dashes" },
  toggletextreplacement: { label: "Text Replacement" },
  sharemenu: { label: "Share", submenu: [] },
  selectnexttab: { label: "Show Next Tab" },
  selectprevioustab: { label: "Show Previous Tab" },
  showalltabs: { label: "Show All Tabs" },
  mergeallwindows: { label: "Merge All Windows" },
  movetabtonewwindow: { label: "Move Tab to New Window" },
  toggletabbar: { label: "Toggle Tab Bar" },
  appmenu: {
    label: "Parvis",
    submenu: ["about", "", "services", "", "hide", "hideOthers", "unhide", "", "quit"],
  },
  filemenu: { label: "File", submenu: [process.platform === "darwin" ? "close" : "quit"] },
  editmenu: {
    label: "Edit",
    submenu: ["undo", "redo", "", "cut", "copy", "paste", "pasteAndMatchStyle", "delete", "selectAll"],
  },
  viewmenu: {
    label: "View",
    submenu: [
      "reload",
      "forceReload",
      "toggleDevTools",
      "",
      "resetZoom",
      "zoomIn",
      "zoomOut",
      "",
      "togglefullscreen",
    ],
  },
  windowmenu: { label: "Window", submenu: ["minimize", "zoom", "close"] },
};

function zoom(step: number): void {
  const shown = contents();
  shown?.setZoomLevel(shown.getZoomLevel() + step);
}
