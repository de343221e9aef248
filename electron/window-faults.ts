import { app, clipboard, dialog, type BrowserWindow } from "electron";
import { diagnosticsSchema } from "#contract/desktop/diagnostics.ts";
import { CrashGuard } from "#host/desktop/crash-guard.ts";
import type { ShellWording } from "#host/desktop/shell-wording.ts";
import type { ShellContext } from "./shell-context.ts";

/** A page that broke is loaded again and says so; one that breaks again and again says what can be done. Never a white window. */
export function watchFaults(window: BrowserWindow, shell: ShellContext, words: () => ShellWording): void {
  const guard = new CrashGuard(Date.now);
  window.webContents.on("render-process-gone", (_event, { reason }) => {
    if (window.isDestroyed() || reason === "clean-exit") return;
    // Nobody sees it: it is made anew when somebody wants it.
    if (!window.isVisible() && !window.isMinimized()) {
      window.destroy();
      return;
    }
    const isHopeless = guard.note() === "giveUp";
    // What died is still being taken down while this is told.
    setImmediate(() => {
      if (window.isDestroyed()) return;
      if (isHopeless) void sayBroken(window, shell, words(), () => guard.forget());
      else void window.loadURL(afterFault(window.webContents.getURL())).catch(() => undefined);
    });
  });
  watchHanging(window, words);
}

/** The same page, which says that it was loaded again. */
function afterFault(address: string): string {
  const url = new URL(address);
  url.searchParams.set("recovered", "1");
  return url.href;
}

async function sayBroken(
  window: BrowserWindow,
  shell: ShellContext,
  words: ShellWording,
  forget: () => void,
): Promise<void> {
  const address = window.webContents.getURL();
  await window.loadURL(brokenPage(words)).catch(() => undefined);
  for (;;) {
    if (window.isDestroyed()) return;
    const { response } = await dialog.showMessageBox(window, {
      type: "error",
      message: words.brokenTitle,
      detail: words.brokenText,
      buttons: [words.tryAgain, words.copyDiagnostics, words.quitNow],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    });
    if (response === 1) {
      await clipboard.writeText(await diagnostics(shell));
      continue;
    }
    if (response === 2) await shell.quit("person");
    else {
      forget();
      await window.loadURL(address).catch(() => undefined);
    }
    return;
  }
}

/** As the settings would give them, or at least what is known without any of our services. */
async function diagnostics({ host, dataDir, platform }: ShellContext): Promise<string> {
  const answer = await host.bridge.call("diagnostics.collect", {});
  const collected = answer.ok ? diagnosticsSchema.safeParse(answer.value).data : undefined;
  return collected?.summary ?? `Parvis ${app.getVersion()} (${platform})\n${dataDir}`;
}

/** Without script, picture or address of anything: it cannot break. */
function brokenPage({ brokenTitle, brokenText }: ShellWording): string {
  const page = `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>Parvis</title>
<style>:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}body{max-width:34rem;margin:15vh auto;padding:0 1.5rem}h1{font-size:1.25rem}</style>
<h1>${brokenTitle}</h1><p>${brokenText}</p>`;
  return `data:text/html;charset=utf-8,${encodeURIComponent(page)}`;
}

function watchHanging(window: BrowserWindow, words: () => ShellWording): void {
  let question: AbortController | undefined;
  window.on("responsive", () => question?.abort());
  window.on("unresponsive", () => {
    if (question !== undefined) return;
    const asked = new AbortController();
    question = asked;
    const { hangingTitle, hangingText, keepWaiting, reload } = words();
    void dialog
      .showMessageBox(window, {
        type: "warning",
        message: hangingTitle,
        detail: hangingText,
        buttons: [keepWaiting, reload],
        defaultId: 0,
        cancelId: 0,
        noLink: true,
        signal: asked.signal,
      })
      .then(({ response }) => {
        question = undefined;
        if (response !== 1 || asked.signal.aborted || window.isDestroyed()) return;
        // A page that hangs does not take another address: its process has to go first.
        window.webContents.forcefullyCrashRenderer();
      });
  });
}
