import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type Page } from "playwright/test";
import {
  command,
  createFolder,
  entry,
  openLibrary,
  showDetails,
  textFile,
  upload,
} from "./documents-window.ts";
import { openPair, rail, type Pair } from "./window.ts";

/** A document of one's own is given to a colleague, who has nothing to do with the library otherwise. */

let pair: Pair;

test.beforeAll(async ({ browser }) => {
  pair = await openPair(browser);
});
test.afterAll(async () => {
  await pair.close();
});

async function share(page: Page, name: string, right: "Lire" | "Lire et modifier") {
  await command(page, name, "Partager…");
  const dialog = page.getByRole("dialog", { name: `Partager « ${name} »` });
  await dialog.getByRole("textbox", { name: "Chercher une personne" }).fill("Karim");
  await dialog.getByRole("button", { name: /Karim Benhaddou/ }).click();
  await dialog.getByText(right, { exact: true }).click();
  return dialog;
}

function sharedWithMe(page: Page) {
  return page
    .getByRole("navigation", { name: "Bibliothèques" })
    .getByRole("button", { name: "Partagés avec moi" });
}

test("given to read, it is told in the inbox, opened, and over when it is ended", async () => {
  const [camille, karim] = [pair.camille.page, pair.karim.page];
  const name = "Note de synthèse.txt";
  await openLibrary(camille, "Mes documents");
  await upload(camille, [textFile(name, "Les trois sites sont prêts.")]);
  await expect(entry(camille, name)).toBeVisible();
  const details = await showDetails(camille, name);
  await expect(details.getByText("1 version", { exact: true })).toBeVisible();
  const dialog = await share(camille, name, "Lire");
  await dialog.getByLabel("Un mot pour elles (facultatif)").fill("Pour avis avant jeudi");
  const found = await new AxeBuilder({ page: camille }).include("[role=dialog]").analyze();
  expect(found.violations).toEqual([]);
  await dialog.getByRole("button", { name: "Partager", exact: true }).click();
  await expect(details.getByRole("heading", { name: "Partagé avec" })).toBeVisible();
  await expect(details.getByText("Karim Benhaddou")).toBeVisible();

  await rail(karim, "À traiter").click();
  await expect(karim.getByText(/partage un document avec vous/).first()).toBeVisible();
  await rail(karim, "Documents").click();
  await sharedWithMe(karim).click();
  const his = await showDetails(karim, name);
  await expect(his.getByText(/^Partagé par Camille .*, en lecture$/)).toBeVisible();
  await expect(his.getByText("Pour avis avant jeudi")).toBeVisible();
  await expect(his.getByRole("button", { name: "Nouvelle version" })).toHaveCount(0);
  await entry(karim, name).dblclick();
  await expect(karim.getByText("Les trois sites sont prêts.")).toBeVisible();
  await karim.keyboard.press("Escape");

  await details.getByRole("button", { name: "Cesser de partager" }).click();
  await camille.getByRole("dialog").getByRole("button", { name: "Cesser de partager" }).click();
  await expect(details.getByRole("heading", { name: "Partagé avec" })).toHaveCount(0);
  await expect(entry(karim, name)).toHaveCount(0);
  await expect(karim.getByText(/Rien n’est partagé avec vous/)).toBeVisible();
});

test("of a folder given to be edited, a colleague writes a new version, and leaves it", async () => {
  const [camille, karim] = [pair.camille.page, pair.karim.page];
  const folder = "Dossier de relecture";
  const name = "Avis.txt";
  await openLibrary(camille, "Mes documents");
  await createFolder(camille, folder);
  await entry(camille, folder).dblclick();
  await upload(camille, [textFile(name, "Premier jet")]);
  await expect(entry(camille, name)).toBeVisible();
  await camille
    .getByRole("navigation", { name: /chemin/i })
    .getByRole("button", { name: "Mes documents" })
    .click();
  const dialog = await share(camille, folder, "Lire et modifier");
  await dialog.getByRole("button", { name: "Partager", exact: true }).click();

  await rail(karim, "Documents").click();
  await sharedWithMe(karim).click();
  await entry(karim, folder).dblclick();
  await expect(karim.getByText(/^Partagé par Camille .*, modification possible$/).first()).toBeVisible();
  const his = await showDetails(karim, name);
  const chooser = karim.waitForEvent("filechooser");
  await his.getByRole("button", { name: "Nouvelle version" }).click();
  await (await chooser).setFiles(textFile(name, "Relu par Karim"));
  await entry(camille, folder).dblclick();
  const own = await showDetails(camille, name);
  await expect(own.getByText("2 versions")).toBeVisible();
  await entry(camille, name).dblclick();
  await expect(camille.getByText("Relu par Karim")).toBeVisible();
  await camille.keyboard.press("Escape");

  await sharedWithMe(karim).click();
  const given = await showDetails(karim, folder);
  await given.getByRole("button", { name: "Retirer de ma liste" }).click();
  await expect(entry(karim, folder)).toHaveCount(0);
});
