import { expect, type Locator, type Page } from "playwright/test";
import { rail } from "./window.ts";

export interface FileToUpload {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

export function textFile(name: string, text: string): FileToUpload {
  return { name, mimeType: "text/plain", buffer: Buffer.from(text) };
}

/** Opens a library by its name in the list pane. */
export async function openLibrary(page: Page, name: string): Promise<void> {
  await rail(page, "Documents").click();
  await page
    .getByRole("navigation", { name: "Bibliothèques" })
    .getByRole("button", { name: new RegExp(`^${name}`) })
    .click();
  await expect(page.getByRole("main").getByRole("heading", { level: 2, name })).toBeVisible();
}

/** The list of files, which has the keyboard for all of them. */
export function files(page: Page): Locator {
  return page.locator("[data-files]");
}

export function entry(page: Page, name: string): Locator {
  return files(page).locator("[data-entry]").filter({ hasText: name });
}

export async function createFolder(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Nouveau", exact: true }).click();
  await page.getByRole("menuitem", { name: "Nouveau dossier" }).click();
  await page.getByRole("textbox", { name: "Nom", exact: true }).fill(name);
  await page.getByRole("button", { name: "Créer" }).click();
  await expect(entry(page, name)).toBeVisible();
}

export async function upload(page: Page, some: readonly FileToUpload[]): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("toolbar").getByRole("button", { name: "Importer" }).click();
  await page.getByRole("menuitem", { name: "Des fichiers…" }).click();
  await (await chooser).setFiles([...some]);
}

/** A command of the context menu of one file. */
export async function command(page: Page, name: string, wanted: string | RegExp): Promise<void> {
  await entry(page, name).click({ button: "right" });
  await page.getByRole("menuitem", { name: wanted }).click();
}

export async function showDetails(page: Page, name: string): Promise<Locator> {
  await entry(page, name).click();
  const details = page.getByRole("complementary", { name: "Détails" });
  if (!(await details.isVisible())) await files(page).press("Alt+Enter");
  await expect(details.getByRole("heading", { name })).toBeVisible();
  return details;
}

/** Files and folders of this machine, dropped as the system's file manager drops them. */
export async function dropPaths(page: Page, on: Locator, paths: readonly string[]): Promise<void> {
  const box = await on.boundingBox();
  if (box === null) throw new Error("nothing to drop on");
  const session = await page.context().newCDPSession(page);
  const at = { x: box.x + box.width / 2, y: box.y + box.height - 8 };
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const)
    await session.send("Input.dispatchDragEvent", { type, ...at, data });
  await session.detach();
}
