import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type Locator, type Page } from "playwright/test";
import {
  createFolder,
  entry,
  files,
  openLibrary,
  showDetails,
  textFile,
  upload,
} from "./documents-window.ts";
import { openPair, rail, type Pair } from "./window.ts";

const LIBRARY = "Bienvenue sur Parvis";
let pair: Pair;

/** The mark of a file about which the person has to decide. */
function asked(page: Page): Locator {
  return entry(page, "Horaires.txt").getByText("Demande votre décision");
}

test.beforeAll(async ({ browser }) => {
  pair = await openPair(browser);
});

test.afterAll(async () => {
  await pair.close();
});

test("without the network files are added, renamed and moved; they leave when it is back", async () => {
  const [camille, karim] = [pair.camille.page, pair.karim.page];
  await openLibrary(camille, LIBRARY);
  await openLibrary(karim, LIBRARY);
  await pair.workplace.server.stop();
  await createFolder(camille, "Hors ligne");
  await upload(camille, [textFile("Sans réseau.txt", "écrit dans le train")]);
  await expect(entry(camille, "Sans réseau.txt").getByText("Attend d’être envoyé")).toBeAttached();
  await entry(camille, "Sans réseau.txt").click();
  await files(camille).press("F2");
  await camille.keyboard.type("Avec réseau");
  await camille.keyboard.press("Enter");
  await expect(entry(camille, "Avec réseau.txt")).toBeVisible();
  await expect(camille.getByRole("region", { name: "Envois" })).toContainText("même après un redémarrage");
  await camille.reload();
  await expect(entry(camille, "Avec réseau.txt")).toBeVisible();
  await pair.workplace.restart();
  await expect(entry(karim, "Avec réseau.txt")).toBeVisible({ timeout: 60_000 });
  await expect(entry(karim, "Hors ligne")).toBeVisible();
  await expect(entry(camille, "Avec réseau.txt").getByText("Attend d’être envoyé")).toBeHidden();
});

test("the whole of it goes by keyboard", async () => {
  const { page } = pair.karim;
  await openLibrary(page, "Mes documents");
  await page.keyboard.press("F6");
  await files(page).focus();
  await page.keyboard.press("Control+Shift+N");
  await expect(page.getByRole("textbox", { name: "Nom", exact: true })).toBeFocused();
  await page.keyboard.type("Archives");
  await page.keyboard.press("Enter");
  await expect(entry(page, "Archives")).toBeVisible();
  await upload(page, [textFile("Alpha.txt", "a"), textFile("Bêta.txt", "b"), textFile("Gamma.txt", "g")]);
  await expect(entry(page, "Gamma.txt")).toBeVisible();
  await files(page).focus();
  await page.keyboard.type("be");
  await expect(entry(page, "Bêta.txt")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(page.getByText("2 sélectionnés")).toBeVisible();
  await page.keyboard.press("Control+x");
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 2, name: "Archives" })).toBeVisible();
  await files(page).focus();
  await page.keyboard.press("Control+v");
  await expect(entry(page, "Gamma.txt")).toBeVisible();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(entry(page, "Alpha.txt")).toBeVisible();
  await expect(entry(page, "Bêta.txt")).toBeHidden();
});

test("nothing of it stands in the way of a screen reader, in any view", async () => {
  const { page } = pair.karim;
  await rail(page, "Documents").click();
  await openLibrary(page, "Mes documents");
  for (const view of ["Colonnes", "Liste", "Vignettes"]) {
    await page.getByRole("button", { name: "Affichage" }).click();
    await page.getByRole("menuitemradio", { name: view }).click();
    await showDetails(page, "Alpha.txt");
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`)).toEqual(
      [],
    );
  }
});

test("two people write the same file while the network is away: whoever comes second decides, and nothing is lost", async () => {
  const [camille, karim] = [pair.camille.page, pair.karim.page];
  for (const page of [camille, karim]) await openLibrary(page, LIBRARY);
  await upload(camille, [textFile("Horaires.txt", "9 h")]);
  await expect(entry(karim, "Horaires.txt")).toBeVisible();
  await pair.workplace.server.stop();
  for (const [page, text] of [
    [camille, "10 h"],
    [karim, "11 h"],
  ] as const) {
    await upload(page, [textFile("Horaires.txt", text)]);
    await page
      .getByRole("dialog", { name: /existe déjà/ })
      .getByRole("button", { name: "Remplacer" })
      .click();
    await expect(entry(page, "Horaires.txt").getByText("Attend d’être envoyé")).toBeAttached();
  }
  await pair.workplace.restart();
  await expect
    .poll(async () => (await asked(camille).count()) + (await asked(karim).count()), { timeout: 60_000 })
    .toBe(1);
  const second = (await asked(camille).count()) > 0 ? camille : karim;
  const first = second === camille ? karim : camille;
  const details = await showDetails(second, "Horaires.txt");
  await expect(details.getByText("Quelqu’un a modifié ce fichier entre-temps")).toBeVisible();
  await details.getByRole("button", { name: "Garder les deux" }).click();
  await expect(entry(first, "Horaires (2).txt")).toBeVisible();
  await expect(asked(second)).toBeHidden();
});
