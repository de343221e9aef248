import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Page } from "playwright/test";
import { temporaryFolder } from "#tests/support/processes.ts";
import { conversationList, openConversation } from "#tests/e2e/window.ts";
import { openDesktop, type Desktop } from "./desktop.ts";

const data = temporaryFolder("téléchargements");
const folder = join(data.path, "Mes fichiers à moi");
let desktop: Desktop;
let page: Page;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  mkdirSync(data.path, { recursive: true });
  const policies = join(data.path, "policies.json");
  writeFileSync(policies, JSON.stringify({ mandatory: { DownloadsFolder: folder } }));
  desktop = await openDesktop({
    dataDir: join(data.path, "profil"),
    env: { PARVIS_POLICIES: policies },
  });
  page = await desktop.firstWindow();
  await expect(conversationList(page)).toBeVisible();
});
test.afterAll(async () => {
  await desktop.close();
  data.remove();
});

async function send(name: string): Promise<void> {
  await openConversation(page, "Karim Benhaddou");
  const file = { name, mimeType: "text/plain", buffer: Buffer.from("bonjour") };
  await page.getByRole("main").locator("input[type=file]").setInputFiles([file]);
  await page.getByRole("button", { name: "Envoyer", exact: true }).click();
}

const save = (name: string) => page.getByRole("link", { name: `Télécharger ${name}` }).click();
const saved = () => (existsSync(folder) ? readdirSync(folder).toSorted() : []);

test("a file goes into the organisation's folder, and the page says so", async () => {
  await send("notes.txt");
  await save("notes.txt");
  await expect.poll(saved, { timeout: 20_000 }).toEqual(["notes.txt"]);
  await expect(page.getByText("est téléchargé")).toBeVisible();
  await save("notes.txt");
  await expect.poll(saved).toEqual(["notes (2).txt", "notes.txt"]);
});

test("they are listed, newest first, with what can be done", async () => {
  await desktop.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById("downloads")?.click());
  const dialog = page.getByRole("dialog", { name: "Téléchargements" });
  await expect(dialog.getByRole("listitem")).toHaveCount(2);
  await expect(dialog.getByRole("button", { name: "Ouvrir notes.txt" })).toBeVisible();
  await page.screenshot({ path: test.info().outputPath("downloads.png") });
  await dialog.getByRole("button", { name: "Retirer notes (2).txt de la liste" }).click();
  await expect(dialog.getByRole("listitem")).toHaveCount(1);
});
