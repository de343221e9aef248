/**
 * What `import … from "electron"` gives to the built shell under test. One file for each module lies in modules/; what the
 * shell does not use is not there, and a missing name fails at once.
 */
// oxlint-disable-next-line oxc/no-barrel-file -- It stands in the place of a package whose one entry has all modules.
export { app } from "./modules/app.ts";
export { BrowserWindow } from "./modules/browser-window.ts";
export { clipboard } from "./modules/clipboard.ts";
export { dialog } from "./modules/dialog.ts";
export { ipcMain } from "./modules/ipc-main.ts";
export { Menu, MenuItem } from "./modules/menu.ts";
export { nativeImage } from "./modules/native-image.ts";
export { net } from "./modules/net.ts";
export { Notification } from "./modules/notification.ts";
export { protocol } from "./modules/protocol.ts";
export { safeStorage } from "./modules/safe-storage.ts";
export { session } from "./modules/session.ts";
export { shell } from "./modules/shell.ts";
export {
  autoUpdater,
  crashReporter,
  globalShortcut,
  nativeTheme,
  powerMonitor,
  powerSaveBlocker,
  screen,
  systemPreferences,
} from "./modules/system.ts";
export { Tray } from "./modules/tray.ts";
export { utilityProcess } from "./modules/utility-process.ts";
export { WebContents as webContents } from "./modules/web-contents.ts";
