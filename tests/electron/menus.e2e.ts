import { expect, test, type Page } from "playwright/test";
import { temporaryFolder } from "#tests/support/processes.ts";
import { conversationList, openConversation } from "#tests/e2e/window.ts";
import { openDesktop, type Desktop } from "./desktop.ts";

const data = temporaryFolder("menus");
let desktop: Desktop;
let page: Page;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  desktop = await openDesktop({ dataDir: data.path });
  page = await desktop.firstWindow();
  await expect(conversationList(page)).toBeVisible();
});
test.afterAll(async () => {
  await desktop.close();
  data.remove();
});

const labels = () =>
  desktop.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label) ?? []);
const click = (id: string) =>
  desktop.evaluate(({ Menu }, wanted) => {
    Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click();
  }, id);

test("the menu speaks the language of the settings, also when that changes", async () => {
  expect(await labels()).toContain("Affichage");
  await page.evaluate(() => window.parvis?.invoke("settings.set", { language: "en" }));
  await expect.poll(labels).toContain("View");
  await page.evaluate(() => window.parvis?.invoke("settings.set", { language: "fr" }));
  await expect.poll(labels).toContain("Affichage");
});

test("commands of the menu reach the page", async () => {
  await click("settings");
  await expect(page.getByRole("dialog", { name: "Réglages" })).toBeVisible();
  await page.keyboard.press("Escape");
  await click("shortcuts");
  await expect(page.getByRole("dialog", { name: "Raccourcis clavier" })).toBeVisible();
  await page.keyboard.press("Escape");
});

test("words are found in the page, counted, walked through, and left with Escape", async () => {
  await openConversation(page, "Karim Benhaddou");
  await click("find");
  const bar = page.getByRole("search", { name: "Rechercher dans la page" });
  await expect(bar.getByRole("textbox")).toBeFocused();
  await page.keyboard.type("KARIM");
  await expect(bar.getByRole("status")).toHaveText(/^1 sur \d+$/);
  await page.keyboard.press("Enter");
  await expect(bar.getByRole("status")).toHaveText(/^2 sur \d+$/);
  await bar.getByRole("button", { name: "Respecter la casse" }).click();
  await expect(bar.getByRole("status")).toHaveText("Aucun résultat");
  await page.keyboard.press("Escape");
  await expect(bar).toHaveCount(0);
});

test("the size of writing changes in every window and stays", async () => {
  await click("zoomIn");
  await click("zoomIn");
  const level = () =>
    desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomLevel());
  await expect.poll(level).toBe(2);
  await desktop.close();
  desktop = await openDesktop({ dataDir: data.path });
  page = await desktop.firstWindow();
  await expect(conversationList(page)).toBeVisible();
  await expect.poll(level).toBe(2);
  await click("actualSize");
  await expect.poll(level).toBe(0);
});
