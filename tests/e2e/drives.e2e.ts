import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Locator, type Page } from "playwright/test";
import { startApache, type WebdavPeer } from "../peers/webdav.ts";
import { misplaced, violations } from "./layout.ts";
import { composer, openPair, openConversation, say, standsStill, type Pair } from "./window.ts";

let pair: Pair;
let apache: WebdavPeer | undefined;

test.beforeAll(async ({ browser }) => {
  [pair, apache] = await Promise.all([openPair(browser), startApache()]);
});

test.afterAll(async () => {
  await Promise.all([pair.close(), apache?.stop()]);
});

/** @throws Error where there is none: such a test says so by itself */
function server(): WebdavPeer {
  if (apache === undefined) throw new Error("there is no Apache");
  return apache;
}

async function openDrives(page: Page): Promise<void> {
  await page.getByRole("navigation", { name: "Modules" }).getByRole("link", { name: "Lecteurs" }).click();
  await expect(page.getByRole("textbox", { name: "Chercher dans les lecteurs" })).toBeVisible();
}

async function addApache(page: Page, password: string): Promise<void> {
  await openDrives(page);
  await page.getByRole("button", { name: "Ajouter un lecteur" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Ajouter un lecteur" });
  await dialog.getByLabel("Adresse").fill(server().url);
  await dialog.getByLabel("Nom dans Parvis").fill("Archives");
  await dialog.getByLabel("Identifiant").fill(server().username);
  await dialog.getByLabel("Mot de passe").fill(password);
  await dialog.getByRole("button", { name: "Ajouter", exact: true }).click();
}

function entry(page: Page, name: string) {
  return page.getByRole("grid").getByRole("row").filter({ hasText: name });
}

function drive(page: Page, name: string) {
  return page.getByRole("button", { name: new RegExp(`^${name}`) }).first();
}

/** Let go once it is seen that it would be taken. */
async function dragOnto(page: Page, source: Locator, target: Locator): Promise<void> {
  await source.hover();
  await page.mouse.down();
  await target.hover();
  await target.hover();
  await expect(target).toHaveAttribute("data-over", "true");
  await page.mouse.up();
}

async function send(page: Page, name: string, content: string): Promise<void> {
  const buffer = Buffer.from(content);
  await page.locator("#drive-files").setInputFiles([{ name, mimeType: "text/plain", buffer }]);
}

test.beforeEach(() => {
  test.skip(apache === undefined, "there is no Apache, and it could not be installed");
});

test("a drive is added once its password is right, and files go there and back", async () => {
  const { page } = pair.camille;
  await addApache(page, "presque");
  await expect(page.getByRole("alert")).toContainText("L’identifiant ou le mot de passe n’est pas bon.");
  const dialog = page.getByRole("dialog", { name: "Ajouter un lecteur" });
  await dialog.getByLabel("Mot de passe").fill(server().password);
  await dialog.getByRole("button", { name: "Ajouter", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Archives" })).toBeVisible();
  await expect(page.getByText("Ce dossier est vide. Déposez des fichiers ici")).toBeVisible();

  await send(page, "Procès-verbal n° 1.txt", "Le conseil s’est réuni.");
  await expect(entry(page, "Procès-verbal n° 1.txt")).toBeVisible();
  expect(readFileSync(join(server().folder, "Procès-verbal n° 1.txt"), "utf8")).toBe(
    "Le conseil s’est réuni.",
  );

  await page.getByRole("button", { name: "Nouveau dossier" }).click();
  await page.getByLabel("Nom du dossier").fill("CON");
  await expect(page.getByText("Windows réserve ce nom.")).toBeVisible();
  await page.getByLabel("Nom du dossier").fill("Été 2026");
  await page.getByRole("button", { name: "Créer" }).click();
  await expect(entry(page, "Été 2026")).toBeVisible();
});

test("a name that is taken is asked about, and nothing is overwritten by itself", async () => {
  const { page } = pair.camille;
  await send(page, "Procès-verbal n° 1.txt", "Autre chose.");
  const dialog = page.getByRole("dialog", { name: /est déjà là/ });
  await dialog.getByRole("button", { name: "Garder les deux" }).click();
  await expect(entry(page, "Procès-verbal n° 1 (2).txt")).toBeVisible();
  expect(readFileSync(join(server().folder, "Procès-verbal n° 1.txt"), "utf8")).toBe(
    "Le conseil s’est réuni.",
  );
});

test("renamed, moved and deleted by keyboard, after a question", async () => {
  const { page } = pair.camille;
  await entry(page, "Procès-verbal n° 1 (2).txt").click();
  await page.getByRole("grid").press("F2");
  const field = page.getByRole("textbox", { name: /Nouveau nom/ });
  await field.fill("Brouillon.txt");
  await field.press("Enter");
  await expect(entry(page, "Brouillon.txt")).toBeVisible();
  await entry(page, "Brouillon.txt").click();
  await page.getByRole("grid").press("Delete");
  await page.getByRole("button", { name: "Supprimer pour de bon" }).click();
  await expect(entry(page, "Brouillon.txt")).toBeHidden();
});

test("what another program puts there is found, and what it changed meanwhile is never overwritten", async () => {
  const { page } = pair.camille;
  writeFileSync(join(server().folder, "Note d’un collègue.txt"), "une note", { mode: 0o666 });
  await page.getByRole("button", { name: "Actualiser" }).click();
  await expect(entry(page, "Note d’un collègue.txt")).toBeVisible();
  writeFileSync(join(server().folder, "Note d’un collègue.txt"), "une note plus longue", { mode: 0o666 });
  await entry(page, "Note d’un collègue.txt").click();
  await page.getByRole("grid").press("Delete");
  await page.getByRole("button", { name: "Supprimer pour de bon" }).click();
  await expect(page.getByText("Quelqu’un a modifié ce fichier entre-temps.")).toBeVisible();
  expect(readFileSync(join(server().folder, "Note d’un collègue.txt"), "utf8")).toBe("une note plus longue");
});

test("a file is copied from the drive to a library, and is there among the documents", async () => {
  const { page } = pair.camille;
  await entry(page, "Procès-verbal n° 1.txt").click();
  await page.getByRole("button", { name: "Autres actions" }).click();
  await page.getByRole("menuitem", { name: "Copier vers…" }).click();
  const dialog = page.getByRole("dialog", { name: "Copier vers…" });
  await dialog.getByLabel("Lecteurs").selectOption({ label: "Bibliothèque : Bienvenue sur Parvis" });
  await dialog.getByRole("button", { name: "Copier ici" }).click();
  await expect(page.getByText("Procès-verbal n° 1.txt copié.")).toBeVisible();
  await page.getByRole("navigation", { name: "Modules" }).getByRole("link", { name: "Documents" }).click();
  await page.getByRole("button", { name: /^Bienvenue sur Parvis/ }).click();
  await expect(entry(page, "Procès-verbal n° 1.txt")).toBeVisible();
});

test("a file is dragged from the drive onto a library, and back onto the drive", async () => {
  const { page } = pair.camille;
  await openDrives(page);
  await drive(page, "Archives").click();
  // Of the copy before.
  await expect(page.getByText("Procès-verbal n° 1.txt copié.")).toBeHidden();
  await dragOnto(page, entry(page, "Procès-verbal n° 1.txt"), drive(page, "Vie des agents"));
  await expect(page.getByText("Procès-verbal n° 1.txt copié.")).toBeVisible();
  await drive(page, "Vie des agents").click();
  await entry(page, "Procès-verbal n° 1.txt").click();
  await page.getByRole("grid").press("F2");
  const field = page.getByRole("textbox", { name: /Nouveau nom/ });
  await field.fill("Relu.txt");
  await field.press("Enter");
  await expect(entry(page, "Relu.txt")).toBeVisible();
  await dragOnto(page, entry(page, "Relu.txt"), drive(page, "Archives"));
  await expect(page.getByText("Relu.txt copié.")).toBeVisible();
  await drive(page, "Archives").click();
  await expect(entry(page, "Relu.txt")).toBeVisible();
  expect(existsSync(join(server().folder, "Relu.txt"))).toBe(true);
});

test("a few letters lead from anywhere to a document and to a file of a drive", async () => {
  const { page } = pair.camille;
  await page
    .getByRole("navigation", { name: "Modules" })
    .getByRole("link", { name: /^Messages/ })
    .click();
  await page.keyboard.press("Control+k");
  const switcher = page.getByRole("dialog", { name: "Aller à…" });
  await switcher.getByRole("combobox").fill("proces verbal");
  await expect(switcher.getByRole("option", { name: /Procès-verbal n° 1.txt.*Archives/ })).toBeVisible();
  await switcher.getByRole("option", { name: /Procès-verbal n° 1.txt.*Bienvenue sur Parvis/ }).click();
  await expect(page.getByRole("main").getByRole("heading", { name: "Bienvenue sur Parvis" })).toBeVisible();
  await expect(entry(page, "Procès-verbal n° 1.txt")).toBeVisible();
  await page.keyboard.press("Control+k");
  await switcher.getByRole("combobox").fill("proces verbal");
  await switcher.getByRole("option", { name: /Procès-verbal n° 1.txt.*Archives/ }).click();
  await expect(page.getByRole("heading", { name: "Archives" })).toBeVisible();
});

test("a cited file opens on the reader's own drive, and says how to get there without one", async () => {
  const [camille, karim] = [pair.camille.page, pair.karim.page];
  await openDrives(camille);
  await drive(camille, "Archives").click();
  await entry(camille, "Été 2026").click();
  await camille.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await camille.getByRole("button", { name: "Autres actions" }).click();
  await camille.getByRole("menuitem", { name: "Copier le lien" }).click();
  await expect(camille.getByText("Lien copié.")).toBeVisible();
  const link = await camille.evaluate(() => navigator.clipboard.readText());
  await camille
    .getByRole("navigation", { name: "Modules" })
    .getByRole("link", { name: /^Messages/ })
    .click();
  await openConversation(camille, "Karim Benhaddou");
  await composer(camille).fill("");
  await say(camille, `Voici ${link}`);

  await openConversation(karim, "Camille Berthier");
  const card = karim.getByRole("log").getByRole("button", { name: "Été 2026 Sur le lecteur" });
  await standsStill(card);
  await card.click();
  await expect(karim.getByText("Été 2026 est sur un lecteur que vous n’avez pas")).toBeVisible();
  await karim.getByRole("button", { name: "Ajouter ce lecteur" }).click();
  const dialog = karim.getByRole("dialog", { name: "Ajouter un lecteur" });
  await expect(dialog.getByLabel("Adresse")).toHaveValue(server().url);
  await dialog.getByLabel("Identifiant").fill(server().username);
  await dialog.getByLabel("Mot de passe").fill(server().password);
  await dialog.getByRole("button", { name: "Ajouter", exact: true }).click();
  await expect(entry(karim, "Été 2026")).toBeVisible();
});

test("what is kept offline is found and stays when the server is gone", async () => {
  const { page } = pair.camille;
  await openDrives(page);
  await drive(page, "Archives").click();
  await entry(page, "Procès-verbal n° 1.txt").click();
  await page.getByRole("button", { name: "Garder hors connexion" }).click();
  await drive(page, "Hors connexion").click();
  await expect(page.getByRole("article", { name: "Procès-verbal n° 1.txt" })).toContainText("À jour");
  await apache?.stop();
  await page.getByRole("textbox", { name: "Chercher dans les lecteurs" }).fill("proces verbal");
  await expect(page.getByText("1 résultat")).toBeVisible();
  await page.getByRole("textbox", { name: "Chercher dans les lecteurs" }).fill("");
  await drive(page, "Archives").click();
  await expect(page.getByRole("alert")).toContainText("Le lecteur ne répond pas.");
  await drive(page, "Hors connexion").click();
  await expect(page.getByRole("article", { name: "Procès-verbal n° 1.txt" })).toBeVisible();
});

test("axe finds nothing on the screens of drives, and nothing is out of place, in any theme and width", async () => {
  const { page } = pair.camille;
  const size = page.viewportSize();
  await drive(page, "Archives").click();
  await expect(page.getByRole("alert")).toContainText("Le lecteur ne répond pas.");
  const gone = await page.evaluate(() => location.hash);
  await drive(page, "Vie des agents").click();
  await expect(page.getByRole("grid")).toBeVisible();
  const library = await page.evaluate(() => location.hash);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const hash of [gone, library, "#/drives/offline", "#/drives"]) {
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.evaluate((wanted) => {
        location.hash = wanted;
      }, hash);
      await expect(page.locator(".skeleton")).toHaveCount(0);
      await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0);
      expect({ hash, colorScheme, found: await violations(page) }).toEqual({ hash, colorScheme, found: [] });
      for (const width of [1280, 480, 320]) {
        await page.setViewportSize({ width, height: 800 });
        await expect.poll(() => misplaced(page), { message: `${hash} ${width}` }).toEqual([]);
      }
    }
  }
  await page.emulateMedia({ colorScheme: null });
  if (size !== null) await page.setViewportSize(size);
});
