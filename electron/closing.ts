import { dialog, type BrowserWindow } from "electron";
import type { ShellWording } from "#host/desktop/shell-wording.ts";
import type { ShellContext } from "./shell-context.ts";
import type { Windows } from "./windows.ts";

/** Closing the main window puts it away, where it can be had back; otherwise it is the end, with all that belongs to it. */
export function decideClosing(
  window: BrowserWindow,
  shell: ShellContext,
  windows: Windows,
  words: () => ShellWording,
): void {
  window.on("close", (event) => {
    if (windows.isEnding) return;
    event.preventDefault();
    void close(window, shell, words()).catch((error: unknown) =>
      shell.log.write("error", `closing failed: ${String(error)}`),
    );
  });
}

async function close(window: BrowserWindow, shell: ShellContext, words: ShellWording): Promise<void> {
  const { closeToTray, isTrayExplained } = await shell.services.settings.get();
  const isMac = shell.platform === "darwin";
  if (!isMac && !(closeToTray && shell.hasTray)) {
    await shell.quit("person");
    return;
  }
  // On macOS everybody knows that an application outlives its windows.
  if (!isMac && !isTrayExplained && window.isVisible()) {
    await dialog.showMessageBox(window, {
      type: "info",
      message: words.trayTitle,
      detail: words.trayText(shell.platform),
      buttons: [words.understood],
      noLink: true,
    });
    await shell.services.settings.set({ isTrayExplained: true });
  }
  putAway(window);
}

/** A full screen that is hidden leaves a black one behind on macOS. */
function putAway(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  if (!window.isFullScreen()) {
    window.hide();
    return;
  }
  window.once("leave-full-screen", () => window.hide());
  window.setFullScreen(false);
}
