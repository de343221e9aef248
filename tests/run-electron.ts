/**
 * `npm run test:electron`: tests/electron on a real Electron, on a screen of its own where `PARVIS_WITH_DISPLAY=xvfb`.
 * `PARVIS_APPLICATION` names a packaged application, or the folder it was packed in. Fails where there is none: whoever
 * asks for it wants to know.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { whyNoElectron } from "./electron/real-electron.ts";

const root = join(import.meta.dirname, "..");
/** A screen, a window manager (focus needs one), a session bus with an unlocked keyring. */
const SESSION =
  'openbox & printf "\\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec "$@"';

function main(): number {
  const playwright = [join(root, "node_modules", "playwright", "cli.js"), "test", "--project=electron"];
  const command = [process.execPath, ...playwright, ...process.argv.slice(2)];
  if (process.env["PARVIS_WITH_DISPLAY"] === "xvfb" && process.env["DISPLAY"] === undefined) {
    const inside = ["dbus-run-session", "--", "sh", "-c", SESSION, "sh", ...command];
    return run("xvfb-run", ["--auto-servernum", "--server-args=-screen 0 1920x1080x24", ...inside]);
  }
  const reason = whyNoElectron();
  if (reason === undefined) return run(command[0] ?? "", command.slice(1));
  process.stderr.write(`tests/electron cannot run on a real Electron: ${reason}.\n`);
  return 1;
}

function run(program: string, args: string[]): number {
  return spawnSync(program, args, { cwd: root, stdio: "inherit" }).status ?? 1;
}

process.exitCode = main();
