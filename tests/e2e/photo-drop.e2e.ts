import { Buffer } from "node:buffer";
import { expect, test, type Page } from "playwright/test";
import { entry, files, openLibrary, showDetails } from "./documents-window.ts";
import { openPair, type Pair } from "./window.ts";

let pair: Pair;

test.beforeAll(async ({ browser }) => {
  pair = await openPair(browser);
});

test.afterAll(async () => {
  await pair.close();
});

/** A picture as the browser itself draws it. */
async function picture(page: Page, colour: string): Promise<Buffer> {
  const bytes = await page.evaluate(async (fill) => {
    const canvas = new OffscreenCanvas(2000, 1200);
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("no canvas");
    context.fillStyle = fill;
    context.fillRect(0, 0, 2000, 1200);
    const blob = await canvas.convertToBlob({ type: "image/jpeg" });
    return [...new Uint8Array(await blob.arrayBuffer())];
  }, colour);
  return Buffer.from(bytes);
}

test("pictures of the field are kept without the network and leave when it is back", async () => {
  const { page } = pair.camille;
  const library = "Bienvenue sur Parvis";
  const [red, blue] = [await picture(page, "red"), await picture(page, "blue")];
  await openLibrary(page, library);
  await openLibrary(pair.karim.page, library);
  await pair.workplace.server.stop();
  await page.getByRole("toolbar").getByRole("button", { name: "Importer" }).click();
  await page.getByRole("menuitem", { name: "Des photos du terrain…" }).click();
  const dialog = page.getByRole("dialog", { name: "Photos du terrain" });
  const chooser = page.waitForEvent("filechooser");
  await dialog.getByRole("button", { name: "Choisir des photos…" }).click();
  await (
    await chooser
  ).setFiles([
    { name: "a.jpg", mimeType: "image/jpeg", buffer: red },
    { name: "b.jpg", mimeType: "image/jpeg", buffer: blue },
    { name: "again.jpg", mimeType: "image/jpeg", buffer: red },
    { name: "broken.jpg", mimeType: "image/jpeg", buffer: Buffer.from("none") },
  ]);
  await expect(dialog.getByText("1 photo déjà choisie est ignorée.")).toBeVisible();
  await expect(dialog.getByText("1 fichier n’est pas une photo lisible ici.")).toBeVisible();
  await dialog.getByRole("checkbox", { name: "Réduire les photos" }).check();
  await dialog.getByRole("button", { name: "Envoyer 2 photos" }).click();
  await expect(dialog).toBeHidden();
  const year = String(new Date().getFullYear());
  await expect(entry(page, year)).toHaveCount(2);
  await page.reload();
  await expect(entry(page, year)).toHaveCount(2);
  await pair.workplace.restart();
  await expect(files(pair.karim.page).locator("[data-entry]").filter({ hasText: year })).toHaveCount(2, {
    timeout: 60_000,
  });
});

/** What the browser thinks of the line. */
function setSpeed(page: Page, speed: "3g" | "4g"): Promise<void> {
  return page.evaluate((effectiveType) => {
    const line: unknown = Reflect.get(navigator, "connection");
    if (!(line instanceof EventTarget)) throw new Error("no network information");
    Object.defineProperty(line, "effectiveType", { value: effectiveType, configurable: true });
    line.dispatchEvent(new Event("change"));
  }, speed);
}

test("on a poor line pictures leave small, and the originals follow once it is good", async () => {
  const [camille, karim] = [pair.camille.page, pair.karim.page];
  const library = "Vie des agents";
  await openLibrary(karim, library);
  await openLibrary(camille, library);
  await setSpeed(camille, "3g");
  await camille.getByRole("toolbar").getByRole("button", { name: "Importer" }).click();
  await camille.getByRole("menuitem", { name: "Des photos du terrain…" }).click();
  const dialog = camille.getByRole("dialog", { name: "Photos du terrain" });
  await expect(dialog.getByRole("checkbox", { name: "Réduire les photos" })).toBeChecked();
  await expect(dialog.getByRole("checkbox", { name: "Envoyer les originaux plus tard" })).toBeChecked();
  const chooser = camille.waitForEvent("filechooser");
  await dialog.getByRole("button", { name: "Choisir des photos…" }).click();
  const buffer = await picture(camille, "green");
  await (await chooser).setFiles([{ name: "c.jpg", mimeType: "image/jpeg", buffer }]);
  await dialog.getByRole("button", { name: "Envoyer 1 photo" }).click();
  await expect(dialog).toBeHidden();
  // `2026-11-23 14.05.jpg`
  const photo = new Intl.DateTimeFormat("sv-SE").format(new Date());
  await expect(entry(karim, photo)).toHaveCount(1);
  const details = await showDetails(karim, photo);
  await expect(details.getByText("1 version", { exact: true })).toBeVisible();
  await expect(camille.getByText("Attend une meilleure connexion.")).toBeVisible();
  await camille.addInitScript(() => {
    const line: unknown = Reflect.get(navigator, "connection");
    if (line instanceof EventTarget)
      Object.defineProperty(line, "effectiveType", { value: "3g", configurable: true });
  });
  await camille.reload();
  await expect(camille.getByText("Attend une meilleure connexion.")).toBeVisible();
  await setSpeed(camille, "4g");
  await expect(details.getByText("2 versions")).toBeVisible();
  await expect(camille.getByText("Attend une meilleure connexion.")).toBeHidden();
});
