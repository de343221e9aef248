import { join } from "node:path";
import { parseArgs } from "node:util";
import { app, dialog } from "electron";
import { AppError } from "#contract/problem.ts";
import { optionArguments } from "#host/desktop/deep-links.ts";
import { shellLanguage, shellWording, type ShellWording } from "#host/desktop/shell-wording.ts";
import { defaultDataDir } from "#host/profile/data-dir.ts";
import { canWrite, folderFault, scratchFolder } from "#host/profile/read-only.ts";
import { registerScheme } from "./app-protocol.ts";
import { guardContents } from "./security.ts";
import { startShell, type ShellOptions } from "./shell.ts";
import { gatherEarlyLinks } from "./start-links.ts";

const APP_ID = "fr.parvis.desktop";
/** Windows activates the application by it when a notification is clicked: the same for ever. */
const TOAST_ACTIVATOR = "06DD1839-571D-46A4-BD6F-2E1A2FEF92D9";

function main(): void {
  const { values } = parseArgs({
    args: optionArguments(process.argv.slice(app.isPackaged ? 1 : 2)),
    options: { data: { type: "string" }, server: { type: "string" }, hidden: { type: "boolean" } },
    // Chromium has switches of its own on the same command line.
    strict: false,
    allowPositionals: true,
  });
  const dataDir =
    typeof values.data === "string" ? values.data : defaultDataDir(process.platform, process.env);
  const scratchDir = canWrite(dataDir) ? undefined : scratchFolder();
  const fault = scratchDir === undefined ? null : folderFault(dataDir);
  // Before anything else of Electron's: these cannot be changed later.
  app.setPath("userData", join(scratchDir ?? dataDir, "electron"));
  app.enableSandbox();
  app.setAppUserModelId(APP_ID);
  if (process.platform === "win32") app.setToastActivatorCLSID(TOAST_ACTIVATOR);
  registerScheme();
  guardContents();
  if (fault !== null) {
    void app.whenReady().then(() => giveUp(systemWords().folderFault[fault](dataDir)));
    return;
  }
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  const options: ShellOptions = {
    dataDir,
    serverUrl: typeof values.server === "string" ? values.server : undefined,
    isHiddenAtStart: values.hidden === true,
    early: gatherEarlyLinks(process.argv),
    say: (text) => process.stdout.write(`${text}\n`),
    complain: (text) => process.stderr.write(`${text}\n`),
    ...(scratchDir === undefined ? {} : { scratchDir }),
  };
  void app.whenReady().then(() => run(options));
}

async function run(options: ShellOptions): Promise<void> {
  try {
    const { quit } = await startShell(options);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
      process.on(signal, () => void quit("signal"));
    if (options.scratchDir !== undefined) sayReadOnly(options.dataDir);
  } catch (error) {
    giveUp(describe(error, options.dataDir));
  }
}

/** It works; but it will have forgotten. */
function sayReadOnly(dataDir: string): void {
  const words = systemWords();
  void dialog.showMessageBox({
    type: "warning",
    message: words.readOnlyTitle,
    detail: words.readOnlyText(dataDir),
    buttons: [words.understood],
    noLink: true,
  });
}

/** Before the settings can be read: in the language of the system. */
function systemWords(): ShellWording {
  return shellWording(shellLanguage("system", app.getLocale()));
}

function giveUp(text: string): void {
  dialog.showErrorBox("Parvis", text);
  app.exit(1);
}

function describe(error: unknown, dataDir: string): string {
  const words = systemWords();
  if (error instanceof AppError) {
    if (error.problem.kind === "locked") return words.inUse(dataDir);
    return [words.startFailed, error.problem.title, error.problem.detail].filter(Boolean).join("\n");
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [words.startFailed, detail].join("\n");
}

main();
