import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Page } from "playwright/test";
import { misplaced, violations } from "#tests/e2e/layout.ts";
import { conversationList, openConversation } from "#tests/e2e/window.ts";
import { temporaryFolder } from "#tests/support/processes.ts";
import { openDesktop, type Desktop } from "./desktop.ts";

/** What only the desktop shows: nothing for axe in any theme, nothing out of place in any width, and the keys lead out of it. */

const data = temporaryFolder("écrans du bureau");
let desktop: Desktop;
let page: Page;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  const policies = join(data.path, "policies.json");
  writeFileSync(policies, JSON.stringify({ mandatory: { DownloadsFolder: join(data.path, "reçus") } }));
  desktop = await openDesktop({ dataDir: join(data.path, "profil"), env: { PARVIS_POLICIES: policies } });
  page = await desktop.firstWindow();
  await expect(conversationList(page)).toBeVisible();
  await openConversation(page, "Karim Benhaddou");
});
test.afterAll(async () => {
  await desktop.close();
  data.remove();
});

const click = (id: string) =>
  desktop.evaluate(({ Menu }, wanted) => {
    Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click();
  }, id);

const ownPage = () => desktop.windows().find((one) => one.url().includes("window=detached"));

async function lookAt(window: Page, what: string): Promise<void> {
  await window.waitForFunction(() => document.getAnimations().length === 0);
  for (const theme of ["light", "dark", "contrast"]) {
    await window.evaluate((name) => {
      document.documentElement.dataset["theme"] = name;
    }, theme);
    expect({ what, theme, found: await violations(window) }).toEqual({ what, theme, found: [] });
  }
  for (const width of [480, 320, 1280]) {
    await window.setViewportSize({ width, height: 800 });
    expect({ what, width, found: await misplaced(window) }).toEqual({ what, width, found: [] });
  }
}

test("the bar that finds words", async () => {
  await click("find");
  const bar = page.getByRole("search", { name: "Rechercher dans la page" });
  await expect(bar.getByRole("textbox")).toBeFocused();
  await page.keyboard.type("karim");
  await expect(bar.getByRole("status")).toHaveText(/^1 sur /);
  await page.keyboard.press("Enter");
  await expect(bar.getByRole("status")).toHaveText(/^2 sur /);
  // Other words begin with their own first.
  await page.keyboard.press("Backspace");
  await expect(bar.getByRole("status")).toHaveText(/^1 sur /);
  await lookAt(page, "find");
  await page.keyboard.press("Escape");
  await expect(bar).toHaveCount(0);
});

test("the list of downloads, which says itself what has come", async () => {
  const file = { name: "compte rendu.txt", mimeType: "text/plain", buffer: Buffer.from("bonjour") };
  await page.getByRole("main").locator("input[type=file]").setInputFiles([file]);
  await page.getByRole("button", { name: "Envoyer", exact: true }).click();
  await page.getByRole("link", { name: "Télécharger compte rendu.txt" }).click();
  const news = page.getByText("« compte rendu.txt » est téléchargé.");
  await expect(news).toBeVisible({ timeout: 20_000 });
  await click("downloads");
  const dialog = page.getByRole("dialog", { name: "Téléchargements" });
  await expect(dialog.getByRole("listitem")).toHaveCount(1);
  await expect(news).toHaveCount(0);
  await lookAt(page, "downloads");
  await dialog.getByRole("button", { name: /^Retirer/ }).press("Enter");
  await expect(dialog.getByText(/^Rien n’a été téléchargé/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
});

test("the keys, named as they are on a French keyboard", async () => {
  await click("shortcuts");
  const dialog = page.getByRole("dialog", { name: "Raccourcis clavier" });
  if (process.platform !== "darwin") await expect(dialog).toContainText("Ctrl+Maj+O");
  await lookAt(page, "shortcuts");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
});

test("a conversation in a window of its own", async () => {
  await page.keyboard.press("ControlOrMeta+Shift+O");
  await expect.poll(() => ownPage()?.title()).toContain("Karim Benhaddou");
  const own = ownPage();
  if (own === undefined) throw new Error("no window");
  await expect(own.getByRole("main").getByRole("log")).toBeVisible();
  await lookAt(own, "detached");
  await own.close();
});
