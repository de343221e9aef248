import type { RunTool } from "./run-tool.ts";

const BUS = "org.freedesktop.DBus";
const WATCHER = "org.kde.StatusNotifierWatcher";

/**
 * Whether a tray icon will be seen. Windows and macOS always show one; on Linux somebody has to: without a StatusNotifier
 * host a hidden window could not be had back, so it is never hidden there.
 */
export async function hasTrayHost(platform: NodeJS.Platform, run: RunTool): Promise<boolean> {
  if (platform === "win32" || platform === "darwin") return true;
  const asked = [BUS, "/org/freedesktop/DBus", BUS, "NameHasOwner", "s", WATCHER];
  const busctl = await run("busctl", ["--user", "--no-pager", "call", ...asked]);
  if (busctl !== undefined) return busctl === "b true";
  const method = ["--object-path", "/org/freedesktop/DBus", "--method", `${BUS}.NameHasOwner`, WATCHER];
  const gdbus = await run("gdbus", ["call", "--session", "--dest", BUS, ...method]);
  return gdbus === "(true,)";
}
