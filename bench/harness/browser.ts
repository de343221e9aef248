import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type BrowserContext, type Page } from "playwright";
import { chromiumPath } from "#tests/support/system-packages.ts";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export interface BenchBrowser {
  context: BrowserContext;
  page: Page;
  profile: string;
  /** Closes the browser; the profile stays until `discard`. */
  close(): Promise<void>;
  discard(): void;
}

function newProfile(): string {
  return mkdtempSync(join(tmpdir(), "parvis-bench-"));
}

export function discardProfile(profile: string): void {
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}

/** A browser of its own with an empty profile, or with one that an earlier browser left behind. */
export async function openBrowser(profile = newProfile(), extraFlags: string[] = []): Promise<BenchBrowser> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) throw new Error("no Chromium was found: set PARVIS_CHROMIUM");
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: [...FLAGS, ...extraFlags],
    viewport: { width: 1280, height: 800 },
    locale: "fr-FR",
  });
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(120_000);
  return {
    context,
    page,
    profile,
    close: () => context.close(),
    discard: () => discardProfile(profile),
  };
}

/** Runs `measure` in a fresh browser with an empty profile, then leaves nothing behind. */
export async function inFreshBrowser<T>(measure: (browser: BenchBrowser) => Promise<T>): Promise<T> {
  const browser = await openBrowser();
  const errors: string[] = [];
  browser.page.on("pageerror", (error) => errors.push(error.message));
  browser.page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  try {
    return await measure(browser);
  } catch (error) {
    throw new Error(`the page failed: ${errors.slice(0, 5).join("; ")}`, { cause: error });
  } finally {
    await browser.close();
    browser.discard();
  }
}
