import { homedir } from "node:os";
import { join } from "node:path";
import { app } from "electron";
import { xdgAutostart, type Autostart } from "#host/desktop/autostart.ts";
import { keepAutostart } from "#host/desktop/autostart-keeper.ts";
import { defaultDataDir } from "#host/profile/data-dir.ts";
import { defineRoutes } from "#host/routes.ts";
import type { Dispose, ShellContext } from "./shell-context.ts";

const HIDDEN = "--hidden";
/** As main.ts tells Windows. */
const APP_ID = "fr.parvis.desktop";

/** Starts with the session of the machine, hidden, by choice or policy; and says what the system really does. */
export async function startAutostart(shell: ShellContext): Promise<Dispose> {
  const { host, log, services } = shell;
  const autostart = systemAutostart(shell);
  shell.answer(
    defineRoutes({
      "desktop.status": async () => ({ autostart: await autostart.state(), hasTray: shell.hasTray }),
    }),
  );
  return keepAutostart({ autostart, settings: host.settings, events: services.events, log });
}

function systemAutostart({ dataDir, platform }: ShellContext): Autostart {
  const isUsual = dataDir === defaultDataDir(platform, process.env);
  const args = [HIDDEN, ...(isUsual ? [] : ["--data", dataDir])];
  if (platform === "win32" || platform === "darwin") return loginItem(args, platform);
  return xdgAutostart({
    configHome: process.env["XDG_CONFIG_HOME"] ?? join(homedir(), ".config"),
    command: [...program(), ...args],
    ...(isUsual ? {} : { profile: dataDir }),
  });
}

/** An AppImage runs from a mount that is gone with the run: the image itself is what is started. */
function program(): string[] {
  const image = process.env["APPIMAGE"];
  if (image !== undefined) return [image];
  return app.isPackaged ? [process.execPath] : [process.execPath, app.getAppPath()];
}

/** The system's own list of login items. The getter wants the same arguments as the setter. */
function loginItem(args: string[], platform: NodeJS.Platform): Autostart {
  return {
    state() {
      const { openAtLogin, executableWillLaunchAtLogin } = app.getLoginItemSettings({ args });
      if (!openAtLogin) return Promise.resolve("off");
      // Only Windows says so: switched off in the task manager.
      const isRefused = platform === "win32" && !executableWillLaunchAtLogin;
      return Promise.resolve(isRefused ? "refused" : "on");
    },
    set(isOn) {
      // On Windows the getter above looks under the application's identity alone: as do the installers.
      app.setLoginItemSettings({ openAtLogin: isOn, args, name: APP_ID });
      return Promise.resolve();
    },
  };
}
