import { join } from "node:path";
import { parseArgs } from "node:util";
import { app, dialog, Menu } from "electron";
import { AppError } from "#contract/problem.ts";
import { defaultDataDir } from "#host/profile/data-dir.ts";
import { registerScheme } from "./app-protocol.ts";
import { guardContents } from "./security.ts";
import { startShell, type RunningShell } from "./shell.ts";

const APP_ID = "fr.parvis.desktop";
/** Windows activates the application by it when a notification is clicked: the same for ever. */
const TOAST_ACTIVATOR = "06DD1839-571D-46A4-BD6F-2E1A2FEF92D9";

function main(): void {
  const { values } = parseArgs({
    args: process.argv.slice(app.isPackaged ? 1 : 2),
    options: { data: { type: "string" }, server: { type: "string" } },
    // Chromium has switches of its own on the same command line.
    strict: false,
    allowPositionals: true,
  });
  const dataDir =
    typeof values.data === "string" ? values.data : defaultDataDir(process.platform, process.env);
  // Before anything else of Electron's: these cannot be changed later.
  app.setPath("userData", join(dataDir, "electron"));
  app.enableSandbox();
  app.setAppUserModelId(APP_ID);
  if (process.platform === "win32") app.setToastActivatorCLSID(TOAST_ACTIVATOR);
  registerScheme();
  guardContents();
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  Menu.setApplicationMenu(createMenu());
  app.on("window-all-closed", () => app.quit());
  const serverUrl = typeof values.server === "string" ? values.server : undefined;
  void app.whenReady().then(() => run(dataDir, serverUrl));
}

async function run(dataDir: string, serverUrl: string | undefined): Promise<void> {
  try {
    const shell = await startShell({
      dataDir,
      serverUrl,
      say: (text) => process.stdout.write(`${text}\n`),
      complain: (text) => process.stderr.write(`${text}\n`),
    });
    quitThrough(shell);
  } catch (error) {
    dialog.showErrorBox("Parvis", describe(error));
    app.exit(1);
  }
}

/** Everything is ended, and waited for, before the application is. */
function quitThrough({ quit }: RunningShell): void {
  let quitting: Promise<boolean> | undefined;
  app.on("before-quit", (event) => {
    event.preventDefault();
    quitting ??= quit("person");
    void quitting.then((isOver) => {
      quitting = undefined;
      if (isOver) app.exit(0);
    });
  });
}

/** Enough for copy and paste to work on macOS; elsewhere the window has no menu bar. */
function createMenu(): Menu | null {
  if (process.platform !== "darwin") return null;
  return Menu.buildFromTemplate([{ role: "appMenu" }, { role: "editMenu" }, { role: "windowMenu" }]);
}

function describe(error: unknown): string {
  if (error instanceof AppError)
    return [error.problem.title, error.problem.detail].filter(Boolean).join(".\n");
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

main();
