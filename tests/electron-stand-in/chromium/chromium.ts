import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { chromiumPath } from "#tests/support/system-packages.ts";
import { withUtf8 } from "#tests/support/utf8-locale.ts";
import { Cdp, recordAt, textAt } from "./cdp.ts";

export interface ChromiumOptions {
  /** Holds IndexedDB and the rest, so that it lasts from one start to the next. */
  profile: string;
  /** Of the server that answers custom schemes. */
  schemePort: number;
  locale: string;
}

export interface Chromium {
  cdp: Cdp;
  process: ChildProcess;
  /** Where a test's Playwright connects. */
  endpoint: string;
}

export async function launchChromium({ profile, schemePort, locale }: ChromiumOptions): Promise<Chromium> {
  const program = chromiumPath();
  if (program === undefined) throw new Error("The stand-in of Electron needs a Chromium.");
  mkdirSync(profile, { recursive: true });
  const portFile = join(profile, "DevToolsActivePort");
  rmSync(portFile, { force: true });
  const child = spawn(program, switches({ profile, schemePort, locale }), {
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    env: withUtf8(process.env),
  });
  child.on("error", () => undefined);
  const [, , , output, input] = child.stdio;
  if (!(output instanceof Writable) || !(input instanceof Readable))
    throw new Error("Chromium has no pipes.");
  const cdp = new Cdp(output, input);
  await cdp.browser.send("Browser.getVersion");
  await cdp.browser.send("Target.setDiscoverTargets", { discover: true });
  await closePopups(cdp);
  return { cdp, process: child, endpoint: `http://127.0.0.1:${await portIn(portFile)}` };
}

/** The file is there before its two lines are (port, path of the browser's socket): both are awaited. */
async function portIn(file: string): Promise<number> {
  for (;;) {
    const lines = existsSync(file) ? /^(\d+)\n\/./.exec(readFileSync(file, "utf8")) : null;
    if (lines !== null) return Number(lines[1]);
    await delay(10);
  }
}

/** Whatever a page opens is held before it asks anything of anybody, and closed: windows are the shell's to open. */
async function closePopups(cdp: Cdp): Promise<void> {
  const { browser } = cdp;
  browser.on("Target.attachedToTarget", (params) => {
    const info = recordAt(params, "targetInfo");
    const sessionId = textAt(params, "sessionId");
    if (textAt(info, "openerId") === "") cdp.session(sessionId).tell("Runtime.runIfWaitingForDebugger");
    else browser.tell("Target.closeTarget", { targetId: textAt(info, "targetId") });
  });
  await browser.send("Target.setAutoAttach", {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
    filter: [{ type: "page" }, { exclude: true }],
  });
}

function switches({ profile, schemePort, locale }: ChromiumOptions): string[] {
  return [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-startup-window",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--disable-features=Translate,OptimizationHints,MediaRouter",
    "--password-store=basic",
    "--use-fake-device-for-media-stream",
    "--mute-audio",
    // Of a custom scheme's origin the page sees `http://parvis.app.localhost`: a secure context, whatever the port is today.
    `--host-resolver-rules=MAP *.app.localhost 127.0.0.1:${schemePort}`,
    `--lang=${locale}`,
    `--accept-lang=${locale}`,
    `--user-data-dir=${profile}`,
    "--remote-debugging-pipe",
    "--remote-debugging-port=0",
  ];
}
