import { mkdirSync, writeFileSync } from "node:fs";
import { expect, test } from "playwright/test";
import { temporaryFolder } from "#tests/support/processes.ts";
import {
  command,
  createFolder,
  dropPaths,
  entry,
  files,
  openLibrary,
  showDetails,
  textFile,
  upload,
} from "./documents-window.ts";
import { openPair, type Pair } from "./window.ts";

const LIBRARY = "Bienvenue sur Parvis";
let pair: Pair;

test.beforeAll(async ({ browser }) => {
  pair = await openPair(browser);
});

test.afterAll(async () => {
  await pair.close();
});

test("what one person uploads, renames and moves is seen by the other at once", async () => {
  const [camille, karim] = [pair.camille.page, pair.karim.page];
  await openLibrary(camille, LIBRARY);
  await openLibrary(karim, LIBRARY);
  await upload(camille, [textFile("Programme.txt", "Samedi : inauguration"), textFile("Liste.txt", "a, b")]);
  await expect(entry(karim, "Programme.txt")).toBeVisible();
  await createFolder(karim, "Inauguration");
  await expect(entry(camille, "Inauguration")).toBeVisible();

  await entry(camille, "Programme.txt").click();
  await files(camille).press("F2");
  const field = camille.getByRole("textbox", { name: "Nouveau nom de Programme.txt" });
  await field.fill("Liste.TXT");
  await expect(files(camille).getByRole("alert")).toHaveText("Ce nom est déjà pris dans ce dossier.");
  await field.fill("Programme définitif.txt");
  await field.press("Enter");
  await expect(entry(karim, "Programme définitif.txt")).toBeVisible();

  await command(camille, "Programme définitif.txt", "Déplacer vers…");
  const dialog = camille.getByRole("dialog", { name: /^Déplacer/ });
  await dialog.getByRole("button", { name: "Inauguration" }).click();
  await dialog.getByRole("button", { name: "Déplacer ici" }).click();
  await expect(entry(karim, "Programme définitif.txt")).toBeHidden();
  await entry(karim, "Inauguration").dblclick();
  await expect(entry(karim, "Programme définitif.txt")).toBeVisible();
  await files(karim).press("Alt+ArrowUp");
  await expect(entry(karim, "Liste.txt")).toBeVisible();
});

test("a file is dragged onto a folder, and undone", async () => {
  const { page } = pair.camille;
  await openLibrary(page, LIBRARY);
  await upload(page, [textFile("À ranger.txt", "un")]);
  await entry(page, "À ranger.txt").dragTo(entry(page, "Inauguration"));
  await expect(entry(page, "À ranger.txt")).toBeHidden();
  await files(page).press("Control+z");
  await expect(entry(page, "À ranger.txt")).toBeVisible();
});

test("a name that is taken is asked about once: a new version, both, or neither", async () => {
  const { page } = pair.camille;
  await openLibrary(page, LIBRARY);
  await upload(page, [textFile("Tarifs.txt", "un")]);
  await expect(entry(page, "Tarifs.txt")).toBeVisible();
  await upload(page, [textFile("Tarifs.txt", "deux")]);
  const question = page.getByRole("dialog", { name: /existe déjà ici/ });
  await question.getByRole("button", { name: "Remplacer" }).click();
  const details = await showDetails(page, "Tarifs.txt");
  await expect(details.getByRole("heading", { name: "2 versions" })).toBeVisible();

  await upload(page, [textFile("Tarifs.txt", "trois"), textFile("Liste.txt", "c")]);
  await expect(page.getByRole("dialog", { name: "2 noms existent déjà ici" })).toBeVisible();
  await page.getByRole("button", { name: "Garder les deux" }).click();
  await expect(entry(page, "Tarifs (2).txt")).toBeVisible();
  await expect(entry(page, "Liste (2).txt")).toBeVisible();
});

test("versions say who wrote them, and a former one comes back", async () => {
  const { page } = pair.karim;
  await openLibrary(page, LIBRARY);
  const details = await showDetails(page, "Tarifs.txt");
  await expect(details.getByRole("listitem").filter({ hasText: "Version 1" })).toContainText("Camille");
  await details.getByRole("button", { name: "Revenir à la version 1" }).click();
  await expect(details.getByRole("heading", { name: "3 versions" })).toBeVisible();
  await expect(details.getByText("reprise de la version 1")).toBeVisible();
  await entry(page, "Tarifs.txt").dblclick();
  await expect(page.getByRole("dialog").getByText("un", { exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
});

test("who holds a file is seen by all, and nobody else writes it until it is given back", async () => {
  const [camille, karim] = [pair.camille.page, pair.karim.page];
  await command(karim, "Tarifs.txt", "Réserver pour le modifier");
  await expect(entry(camille, "Tarifs.txt").getByText("Réservé par Karim")).toBeAttached();
  await entry(camille, "Tarifs.txt").click({ button: "right" });
  await expect(camille.getByRole("menuitem", { name: "Renommer" })).toBeHidden();
  await camille.keyboard.press("Escape");
  await command(karim, "Tarifs.txt", "Rendre le fichier");
  await expect(entry(camille, "Tarifs.txt").getByText("Réservé par Karim")).toBeHidden();
});

test("what is thrown away comes back, from the offer, by key and from the trash, or goes for good", async () => {
  const { page } = pair.camille;
  await openLibrary(page, "Mes documents");
  await upload(page, [textFile("Brouillon.txt", "x"), textFile("Note.txt", "y")]);
  await entry(page, "Brouillon.txt").click();
  await files(page).press("Delete");
  await expect(entry(page, "Brouillon.txt")).toBeHidden();
  const offer = page.locator(".toast").filter({ hasText: "Brouillon.txt" });
  await offer.getByRole("button", { name: "Annuler" }).click();
  await expect(entry(page, "Brouillon.txt")).toBeVisible();

  await entry(page, "Brouillon.txt").click();
  await entry(page, "Note.txt").click({ modifiers: ["Control"] });
  await files(page).press("Delete");
  await expect(entry(page, "Note.txt")).toBeHidden();
  await page.getByRole("button", { name: "Ma corbeille" }).click();
  await command(page, "Note.txt", "Restaurer");
  await expect(entry(page, "Note.txt")).toBeHidden();
  await command(page, "Brouillon.txt", "Supprimer pour de bon");
  await page.getByRole("dialog").getByRole("button", { name: "Supprimer pour de bon" }).click();
  await expect(entry(page, "Brouillon.txt")).toBeHidden();
  await openLibrary(page, "Mes documents");
  await expect(entry(page, "Note.txt")).toBeVisible();
});

test("a dropped folder arrives whole, with its folders and empty ones", async () => {
  const folder = temporaryFolder("drop");
  mkdirSync(`${folder.path}/Chantier/Photos/Vide`, { recursive: true });
  writeFileSync(`${folder.path}/Chantier/Devis.txt`, "12 000");
  writeFileSync(`${folder.path}/Chantier/Photos/Place.txt`, "place");
  const { page } = pair.camille;
  await openLibrary(page, "Mes documents");
  await dropPaths(page, files(page), [`${folder.path}/Chantier`]);
  await entry(page, "Chantier").dblclick();
  await expect(entry(page, "Devis.txt")).toBeVisible();
  await entry(page, "Photos").dblclick();
  await expect(entry(page, "Place.txt")).toBeVisible();
  await expect(entry(page, "Vide")).toBeVisible();
  folder.remove();
});

test("a preserved file cannot be changed, and its bytes are counted anew", async () => {
  const { page } = pair.camille;
  await openLibrary(page, "Mes documents");
  await upload(page, [textFile("Délibération.txt", "Adopté à l'unanimité")]);
  await command(page, "Délibération.txt", "Préserver…");
  await page.getByLabel("Jusqu’au").fill("2030-12-31");
  await page.getByRole("button", { name: "Préserver" }).click();
  const details = await showDetails(page, "Délibération.txt");
  await expect(details.getByText("Préservé jusqu’au 31 décembre 2030")).toBeVisible();
  await details.getByRole("button", { name: "Vérifier l’empreinte" }).click();
  await expect(details.getByText("Le contenu est intact")).toBeVisible();
  await entry(page, "Délibération.txt").click({ button: "right" });
  await expect(page.getByRole("menuitem", { name: "Mettre à la corbeille" })).toBeHidden();
  await page.keyboard.press("Escape");
});

test("a document is found by its name in any library, and shown in its folder", async () => {
  const { page } = pair.camille;
  await openLibrary(page, "Mes documents");
  await createFolder(page, "Recherche");
  await entry(page, "Recherche").dblclick();
  await upload(page, [textFile("Étude préalable.txt", "x")]);
  await expect(entry(page, "Étude préalable.txt")).toBeVisible();
  const box = page.getByRole("textbox", { name: "Chercher un document" });
  await box.fill("etude prea");
  await box.press("Enter");
  await expect(entry(page, "Étude préalable.txt")).toContainText("Mes documents › Recherche");
  await command(page, "Étude préalable.txt", "Montrer dans son dossier");
  await expect(page.getByRole("main").getByRole("heading", { level: 2, name: "Recherche" })).toBeVisible();
  await expect(entry(page, "Étude préalable.txt")).toHaveAttribute("aria-selected", "true");
});
