import { accessSync, constants, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launchChromium, type Chromium } from "./chromium/chromium.ts";
import { startSchemeServer } from "./chromium/scheme-server.ts";
import { app } from "./modules/app.ts";
import { handlerOf } from "./modules/protocol.ts";

/** The one Chromium of this instance; there from `ready` on. */
let chromium: Chromium | undefined;

export async function startBrowser(): Promise<Chromium> {
  const { port } = await startSchemeServer(handlerOf);
  chromium = await launchChromium({
    profile: profileFolder(),
    schemePort: port,
    locale: app.standIn.locale,
  });
  return chromium;
}

/** One that cannot be written is none: Chromium goes on with what it has in memory. */
function profileFolder(): string {
  const wanted = join(app.getPath("sessionData"), "chromium");
  try {
    mkdirSync(wanted, { recursive: true });
    accessSync(wanted, constants.W_OK);
    return wanted;
  } catch {
    const folder = mkdtempSync(join(tmpdir(), "stand-in-profile-"));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    return folder;
  }
}

export function theBrowser(): Chromium {
  if (chromium === undefined) throw new Error("Chromium is not there before the application is ready.");
  return chromium;
}

/** Written to disk first, as a browser that is closed does. */
export async function endBrowser(): Promise<void> {
  if (chromium === undefined) return;
  const { cdp, process: child } = chromium;
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => {
    child.once("exit", resolve);
  });
  cdp.browser.tell("Browser.close");
  const limit = setTimeout(() => child.kill("SIGKILL"), 5000);
  await ended;
  clearTimeout(limit);
}
