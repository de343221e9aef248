import { app, powerMonitor } from "electron";
import type { AccountId } from "#contract/account.ts";
import { AppError } from "#contract/problem.ts";
import { parseObjectLink } from "#contract/links.ts";
import { defineRoutes } from "#host/routes.ts";
import { decideClosing } from "./closing.ts";
import type { Dispose, ShellContext } from "./shell-context.ts";
import { watchFaults } from "./window-faults.ts";
import { bringBack } from "./window-place.ts";
import type { Windows } from "./windows.ts";
import type { Words } from "./words.ts";

/** With the last window put away or closed, tray and notifications go on. */
const keepRunning = (): void => undefined;

/** What windows do besides being there: stay within reach, close, survive faults, keep their size of writing. */
export function startWindows(shell: ShellContext, windows: Windows, words: Words): Dispose {
  const { host } = shell;
  const isSignedIn = (id: AccountId): boolean =>
    host.accounts.list().some((account) => account.id === id && account.state !== "signedOut");
  windows.onOpened((window, kind) => {
    const { webContents } = window;
    if (kind === "main") decideClosing(window, shell, windows, words.now);
    watchFaults(window, shell, words.now);
    webContents.on("did-finish-load", () => {
      void windows.zoomLevel().then((level) => {
        if (!webContents.isDestroyed()) webContents.setZoomLevel(level);
      });
    });
    webContents.on("zoom-changed", (_event, direction) => void windows.zoomBy(direction === "in" ? 1 : -1));
    window.on("query-session-end", () => host.events.emit({ type: "quitting" }));
    window.on("session-end", () => void shell.quit("sessionEnd"));
  });
  shell.answer(
    defineRoutes({
      async "window.detach"(target) {
        if (parseObjectLink(target.link) === null)
          throw new AppError("badRequest", { title: "This is no address of Parvis" });
        if (!isSignedIn(target.accountId))
          throw new AppError("forbidden", { title: "This account is signed out" });
        await windows.detach(target);
        return null;
      },
      "window.release"() {
        windows.letGo();
        return Promise.resolve(null);
      },
      async "window.showInMain"(target) {
        await shell.open(target);
        return null;
      },
    }),
  );
  const onActivate = (): void => void shell.open();
  const onShutdown = (event?: { preventDefault: () => void }): void => {
    event?.preventDefault();
    void shell.quit("sessionEnd");
  };
  app.on("activate", onActivate);
  app.on("window-all-closed", keepRunning);
  powerMonitor.on("shutdown", onShutdown);
  const stops = [
    bringBack(() => windows.all()),
    host.events.subscribe((event) => {
      if (event.type === "accountsChanged") windows.closeDetachedOf(isSignedIn);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    app.off("activate", onActivate);
    app.off("window-all-closed", keepRunning);
    powerMonitor.off("shutdown", onShutdown);
  };
}
