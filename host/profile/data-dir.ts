import { homedir } from "node:os";
import { join } from "node:path";

/** Where a platform keeps what belongs to a program and its user. */
export function defaultDataDir(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home = homedir()): string {
  if (platform === "win32") return join(env["LOCALAPPDATA"] ?? join(home, "AppData", "Local"), "Parvis");
  if (platform === "darwin") return join(home, "Library", "Application Support", "Parvis");
  const xdg = env["XDG_DATA_HOME"];
  // The specification: a relative path must be ignored.
  return join(xdg?.startsWith("/") === true ? xdg : join(home, ".local", "share"), "parvis");
}
