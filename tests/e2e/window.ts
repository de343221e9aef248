import { cpSync } from "node:fs";
import process from "node:process";
import { expect, type Browser, type BrowserContext, type Locator, type Page } from "playwright/test";
import {
  freePort,
  startParvis,
  startServer,
  temporaryFolder,
  type RunningProgram,
} from "#tests/support/processes.ts";

/** One person's window: a host of their own over a server, in a browser context of its own. */
export interface ParvisWindow {
  host: RunningProgram;
  context: BrowserContext;
  page: Page;
  profile: string;
}

export interface Workplace {
  server: RunningProgram;
  port: number;
  folder: string;
  /** Starts the server again over the same folder and address after a stop or a kill. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** A data folder filled with the demonstration organisation once, copied for each workplace of this run. */
let seeded: Promise<string> | undefined;

async function seedOnce(): Promise<string> {
  const folder = temporaryFolder("seed");
  process.once("exit", () => folder.remove());
  const server = await startServer(["--port", "0", "--data", folder.path, "--demo"]);
  await server.stop();
  return folder.path;
}

/** A server of its own with the demonstration organisation. */
export async function openWorkplace(args: string[] = []): Promise<Workplace> {
  const folder = temporaryFolder("workplace");
  seeded ??= seedOnce();
  cpSync(await seeded, folder.path, { recursive: true });
  const port = await freePort();
  const start = () => startServer(["--port", String(port), "--data", folder.path, "--demo", ...args]);
  const workplace: Workplace = {
    server: await start(),
    port,
    folder: folder.path,
    async restart() {
      workplace.server = await start();
    },
    async close() {
      await workplace.server.stop();
      folder.remove();
    },
  };
  return workplace;
}

/** Signs `username` in through the window, as a person would, unless the profile already is. */
export async function openWindow(
  browser: Browser,
  workplace: Workplace,
  username: string,
  profile: string,
  env?: NodeJS.ProcessEnv,
): Promise<ParvisWindow> {
  const host = await startParvis(["--port", "0", "--data", profile, "--server", workplace.server.url], env);
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(host.url);
  const name = page.getByLabel("Identifiant");
  await expect(name.or(conversationList(page))).toBeVisible();
  if (await name.isVisible()) {
    await name.fill(username);
    await page.getByLabel("Mot de passe").fill("demo");
    await page.getByRole("button", { name: "Se connecter" }).click();
  }
  await expect(conversationList(page)).toBeVisible();
  return { host, context, page, profile };
}

export async function closeWindow(window: ParvisWindow): Promise<void> {
  await window.context.close();
  await window.host.stop();
}

/** Camille and Karim, who share conversations and spaces of the demonstration, each at a machine of their own. */
export interface Pair {
  workplace: Workplace;
  camille: ParvisWindow;
  karim: ParvisWindow;
  close: () => Promise<void>;
}

export async function openPair(browser: Browser): Promise<Pair> {
  const profiles = temporaryFolder("pair");
  const workplace = await openWorkplace();
  const camille = await openWindow(browser, workplace, "demo", `${profiles.path}/camille`);
  const karim = await openWindow(browser, workplace, "technicien", `${profiles.path}/karim`);
  const close = async () => {
    await closeWindow(camille);
    await closeWindow(karim);
    await workplace.close();
    profiles.remove();
  };
  return { workplace, camille, karim, close };
}

/** The link of a module in the rail. */
export function rail(page: Page, module: string): Locator {
  return page
    .getByRole("navigation", { name: "Modules" })
    .getByRole("link", { name: new RegExp(`^${module}`) });
}

export function conversationList(page: Page): Locator {
  return page.getByRole("navigation", { name: "Conversations" });
}

export async function openConversation(page: Page, name: string): Promise<void> {
  await conversationList(page)
    .getByRole("button", { name: new RegExp(`^${name}`) })
    .first()
    .click();
  await expect(page.getByRole("main").getByRole("heading", { level: 2, name })).toBeVisible();
}

export function composer(page: Page): Locator {
  return page.getByRole("main").getByRole("textbox", { name: /^Écrire/ });
}

export async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press("Enter");
  await expect(composer(page)).toHaveValue("");
}

/** Messages of the open conversation whose text contains this. */
export function messages(page: Page, text: string): Locator {
  return page.getByRole("main").getByRole("log").getByRole("article").filter({ hasText: text });
}

/** Resolves once it has not moved for a while: a list that follows what arrives is still on its way. */
export async function standsStill(locator: Locator): Promise<void> {
  let before = "";
  const moved = async (): Promise<boolean> => {
    const now = JSON.stringify(await locator.boundingBox());
    const isSame = now === before;
    before = now;
    return !isSame;
  };
  await expect.poll(moved, { intervals: [300] }).toBe(false);
}
