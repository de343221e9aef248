import type { BrowserWindow } from "electron";
import { createReleaser, RELEASE_AFTER_MS } from "#host/desktop/release-when-hidden.ts";
import type { Dispose, ShellContext } from "./shell-context.ts";

/** Windows that are hidden long enough cost nothing: the host and its notifications go on without them. */
export function startReleasing({ services, windows }: ShellContext): Dispose {
  // One that is still being drawn is not put away.
  const wereShown = new WeakSet<BrowserWindow>();
  const releaser = createReleaser({
    attention: services.attention,
    isHidden: () => {
      const all = windows.all();
      // A window of its own that is still shown keeps the pages, and minimised is not put away.
      return (
        all.length > 0 &&
        all.every((window) => !window.isDestroyed() && wereShown.has(window) && isPutAway(window))
      );
    },
    release: () => windows.release(),
    afterMs: releaseAfterMs(process.env["PARVIS_RELEASE_AFTER_MS"]),
  });
  const stop = windows.subscribe(() => {
    for (const window of windows.all())
      if (!window.isDestroyed() && window.isVisible()) wereShown.add(window);
    releaser.windowsChanged();
  });
  return () => {
    stop();
    releaser.stop();
  };
}

function isPutAway(window: { isVisible(): boolean; isMinimized(): boolean }): boolean {
  return !window.isVisible() && !window.isMinimized();
}

/** For measurements and tests, which do not wait five minutes. */
function releaseAfterMs(wanted: string | undefined): number {
  return wanted !== undefined && /^\d+$/.test(wanted) ? Number(wanted) : RELEASE_AFTER_MS;
}
