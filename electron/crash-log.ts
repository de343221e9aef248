import { app } from "electron";
import { logCrashes } from "#host/log/crash-log.ts";
import type { Log } from "#host/log/log.ts";

/** Pages and processes of Chromium that end without being asked to. Returns its dispose. */
export function watchCrashes(log: Log): () => void {
  const stopOwn = logCrashes(log);
  const onPage = (
    _event: unknown,
    _contents: unknown,
    { reason, exitCode }: Electron.RenderProcessGoneDetails,
  ): void =>
    log.write(reason === "clean-exit" ? "information" : "error", "A page ended by a fault", {
      reason,
      exitCode,
    });
  const onChild = (_event: unknown, { type, reason, exitCode, name }: Electron.Details): void =>
    log.write(reason === "clean-exit" ? "information" : "error", "A process ended by a fault", {
      type,
      reason,
      exitCode,
      process: name,
    });
  app.on("render-process-gone", onPage);
  app.on("child-process-gone", onChild);
  return () => {
    stopOwn();
    app.off("render-process-gone", onPage);
    app.off("child-process-gone", onChild);
  };
}
