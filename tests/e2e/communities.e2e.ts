import { expect, test, type Page } from "playwright/test";
import { startParvis, temporaryFolder, type RunningProgram } from "#tests/support/processes.ts";
import { misplaced, violations } from "./layout.ts";
import { closeWindow, openWindow, openWorkplace, type ParvisWindow, type Workplace } from "./window.ts";

test.describe.configure({ mode: "serial" });

let workplace: Workplace;
/** An agent, an administrator, and the animator of a space on request. */
let camille: ParvisWindow;
let sylvie: ParvisWindow;
let helene: ParvisWindow;
const folders = ["camille", "sylvie", "helene", "guest"].map((name) => temporaryFolder(name));
const folder = (at: number) => folders[at]?.path ?? "";

test.beforeAll(async ({ browser }) => {
  workplace = await openWorkplace();
  camille = await openWindow(browser, workplace, "demo", folder(0));
  sylvie = await openWindow(browser, workplace, "admin", folder(1));
  helene = await openWindow(browser, workplace, "animatrice", folder(2));
});

test.afterAll(async () => {
  for (const window of [camille, sylvie, helene]) await closeWindow(window);
  await workplace.close();
  for (const each of folders) each.remove();
});

const list = (page: Page) => page.getByRole("navigation", { name: "Communautés" });
const main = (page: Page) => page.getByRole("main");
const card = (page: Page, name: string) => main(page).getByRole("article", { name });

const asked = (page: Page) => page.getByText("Quelqu’un a changé la même chose");

async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/communities${path}`);
}

async function openSpace(page: Page, name: string, tab?: string): Promise<void> {
  await goTo(page, "");
  await card(page, name).getByRole("link", { name }).click();
  await expect(main(page).getByRole("heading", { level: 2, name })).toBeVisible();
  if (tab !== undefined) await main(page).getByRole("link", { name: tab }).click();
}

test("the directory is searched without accents and filtered", async () => {
  const { page } = camille;
  await goTo(page, "");
  await main(page).getByRole("textbox", { name: "Chercher une communauté" }).fill("fete");
  await expect(card(page, "Fête de la Vaurelle")).toBeVisible();
  await expect(main(page).getByRole("article")).toHaveCount(1);
  await main(page).getByRole("textbox", { name: "Chercher une communauté" }).fill("");
  await main(page).getByLabel("Nature").selectOption({ label: "Projet" });
  await expect(card(page, "Fête de la Vaurelle")).toHaveCount(0);
  await expect(main(page).getByRole("article").first()).toContainText("Projet");
  await main(page).getByLabel("Nature").selectOption({ label: "Toutes natures" });
});

test("somebody asks to join, the animator refuses with a reason, then accepts", async () => {
  const name = "Action sociale de proximité";
  await goTo(camille.page, "");
  await card(camille.page, name).getByRole("button", { name: "Demander à rejoindre" }).click();
  await camille.page.getByRole("dialog").getByRole("textbox").fill("Je suis les ordinateurs des centres.");
  await camille.page.getByRole("button", { name: "Envoyer" }).click();
  await expect(card(camille.page, name)).toContainText("demande envoyée");

  await openSpace(helene.page, name, "Bureau");
  const request = card(helene.page, "Camille Berthier");
  await expect(request).toContainText("Je suis les ordinateurs");
  await request.getByRole("button", { name: "Refuser" }).click();
  const dialog = helene.page.getByRole("dialog");
  await dialog.getByRole("textbox").fill("Voyez d’abord avec votre service.");
  await dialog.getByRole("button", { name: "Refuser" }).click();
  await expect(request).toContainText("refusée");

  await expect(card(camille.page, name)).not.toContainText("demande envoyée");
  await card(camille.page, name).getByRole("button", { name: "Demander à rejoindre" }).click();
  await expect(camille.page.getByRole("dialog")).toContainText("Voyez d’abord avec votre service.");
  await camille.page.getByRole("button", { name: "Envoyer" }).click();
  await request.getByRole("button", { name: "Accepter" }).click();
  await expect(request).toContainText("acceptée");
  await expect(list(camille.page).getByRole("button", { name })).toBeVisible();
  await expect(card(camille.page, name).getByRole("button", { name: "Ouvrir" })).toBeVisible();
});

test("a community is asked for, and accepted by an administrator", async () => {
  const { page } = camille;
  await goTo(page, "/new");
  await main(page)
    .getByRole("radio", { name: /Projet/ })
    .check();
  await main(page).getByRole("textbox", { name: "Nom" }).fill("Tablettes des collèges");
  await main(page)
    .getByRole("textbox", { name: "À quoi servira-t-elle" })
    .fill("Préparer la rentrée ensemble.");
  await main(page).getByRole("button", { name: "Envoyer la demande" }).click();
  await expect(card(page, "Tablettes des collèges")).toContainText("en attente");

  await goTo(sylvie.page, "/requests");
  const request = card(sylvie.page, "Tablettes des collèges");
  await expect(request).toContainText("Préparer la rentrée");
  await request.getByRole("button", { name: "Accepter et créer" }).click();
  await expect(request).toContainText("acceptée");

  await expect(list(page).getByRole("button", { name: "Tablettes des collèges" })).toBeVisible();
  await card(page, "Tablettes des collèges").getByRole("button", { name: "Ouvrir" }).click();
  await expect(main(page).getByRole("link", { name: "Réglages" })).toBeVisible();
});

test("an administrator opens a community at once, sets its pages in order, and archives it", async () => {
  const { page } = sylvie;
  await goTo(page, "/new");
  await main(page).getByRole("textbox", { name: "Nom" }).fill("Télétravail");
  await main(page).getByRole("button", { name: "Créer la communauté" }).click();
  await main(page).getByRole("link", { name: "Réglages" }).click();
  await main(page).getByRole("button", { name: "Descendre Mur" }).click();
  await main(page).getByRole("checkbox", { name: "Actualités" }).uncheck();
  await main(page)
    .getByRole("textbox", { name: "Mot d’accueil" })
    .fill("Bienvenue, **posez vos questions**.");
  await main(page).getByRole("button", { name: "Enregistrer" }).click();
  const tabs = main(page).getByRole("navigation", { name: "Pages de Télétravail" }).getByRole("link");
  await expect(tabs.filter({ hasText: "Actualités" })).toHaveCount(0);
  await main(page).getByRole("link", { name: "À propos" }).click();
  await expect(main(page).getByText("posez vos questions")).toBeVisible();

  await main(page).getByRole("link", { name: "Réglages" }).click();
  await main(page).getByRole("button", { name: "Archiver" }).click();
  await page
    .getByRole("dialog")
    .getByLabel("Et ensuite")
    .selectOption({ label: "La supprimer dans 30 jours" });
  await page.getByRole("dialog").getByRole("button", { name: "Archiver" }).click();
  await expect(main(page)).toContainText("Cette communauté est archivée");
  await main(page).getByRole("button", { name: "Rouvrir" }).click();
  await expect(main(page).getByRole("button", { name: "Archiver" })).toBeVisible();
});

test("a cover is sent into the community and shown above its name", async () => {
  const { page } = sylvie;
  await openSpace(page, "Télétravail", "Réglages");
  const chosen = page.waitForEvent("filechooser");
  await main(page).getByRole("button", { name: "Choisir une image" }).click();
  const png =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
  await (
    await chosen
  ).setFiles({
    name: "parvis.png",
    mimeType: "image/png",
    buffer: Buffer.from(png, "base64"),
  });
  await main(page).getByRole("button", { name: "Enregistrer" }).click();
  await expect(main(page).getByRole("button", { name: "Enregistrer" })).toBeDisabled();
  await expect(page.locator(".space-head__cover")).toBeVisible();
  await page.reload();
  await expect(page.locator(".space-head__cover")).toBeVisible();
});

test("people are added from a pasted list; unknown addresses are said", async () => {
  const { page } = sylvie;
  await openSpace(page, "Télétravail", "Membres");
  await main(page).getByRole("button", { name: "Ajouter des personnes" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("À partir d’une liste", { exact: true }).click();
  await dialog
    .getByRole("textbox", { name: "Liste de personnes" })
    .fill("BERTHIER Camille\nHélène Cassagne\nquelquun@ailleurs.test");
  await expect(dialog).toContainText("1 ligne ne correspond à personne");
  await dialog.getByRole("button", { name: "Ajouter 2 personnes" }).click();
  await expect(main(page).getByRole("button", { name: /^Hélène Cassagne/ })).toBeVisible();
  await expect(list(camille.page).getByRole("button", { name: "Télétravail" })).toBeVisible();
});

test("an animator makes another one; two change the same name offline and nothing is lost", async () => {
  const { page } = sylvie;
  await openSpace(page, "Télétravail", "Membres");
  await main(page).getByRole("button", { name: "Actions pour Hélène Cassagne" }).click();
  await page.getByRole("menuitem", { name: "Confier l’animation" }).click();
  await openSpace(helene.page, "Télétravail", "Réglages");
  await page.getByRole("link", { name: "Réglages" }).click();

  await workplace.server.stop();
  await main(helene.page).getByRole("textbox", { name: "Nom", exact: true }).fill("Travail à distance");
  await main(helene.page).getByRole("textbox", { name: "Règles" }).fill("On répond dans la journée.");
  await main(helene.page).getByRole("button", { name: "Enregistrer" }).click();
  await expect(list(helene.page).getByRole("button", { name: "Travail à distance" })).toBeVisible();
  await main(page).getByRole("textbox", { name: "Nom", exact: true }).fill("Nomades");
  await main(page).getByRole("button", { name: "Enregistrer" }).click();
  await expect(list(page).getByRole("button", { name: "Nomades" })).toBeVisible();
  await workplace.restart();

  // Whoever's write arrives second is asked.
  await expect
    .poll(async () => (await asked(helene.page).count()) + (await asked(sylvie.page).count()), {
      timeout: 60_000,
    })
    .toBe(1);
  const isHelene = (await asked(helene.page).count()) === 1;
  const second = (isHelene ? helene : sylvie).page;
  await expect(main(second)).toContainText("Nomades");
  await expect(main(second)).toContainText("Travail à distance");
  const choice = isHelene ? "Garder l’autre" : "Prendre la mienne";
  await main(second).getByText(choice, { exact: true }).click();
  await expect(main(second).getByRole("radio", { name: choice })).toBeChecked();
  await main(second).getByRole("button", { name: "Enregistrer ces choix" }).click();
  await expect(main(second)).not.toContainText("Quelqu’un a changé la même chose");
  for (const each of [helene.page, page]) {
    await main(each).getByRole("link", { name: "À propos" }).click();
    await expect(main(each)).toContainText("On répond dans la journée.");
    await expect(main(each).getByRole("heading", { level: 2, name: "Nomades" })).toBeVisible();
  }
});

test("a guest comes in by the link, sees that community alone, and is marked as external", async ({
  browser,
}) => {
  const { page } = sylvie;
  await openSpace(page, "Nomades", "Bureau");
  await main(page).getByRole("button", { name: "Inviter" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Adresse de courriel" }).fill("lea@partenaire.test");
  await dialog.getByRole("textbox", { name: "Nom (facultatif)" }).fill("Léa Partenaire");
  await dialog.getByRole("button", { name: "Inviter" }).click();
  const invitation = card(page, "lea@partenaire.test");
  await invitation.getByRole("button", { name: "Copier le lien" }).click();
  const link = await invitation.getByRole("textbox", { name: "Lien d’invitation" }).inputValue();

  const host: RunningProgram = await startParvis([
    "--port",
    "0",
    "--data",
    folder(3),
    "--server",
    workplace.server.url,
  ]);
  const context = await browser.newContext();
  const guest = await context.newPage();
  try {
    await guest.goto(host.url);
    await guest.getByRole("button", { name: "J’ai une invitation" }).click();
    await guest.getByRole("textbox", { name: "Lien d’invitation" }).fill(link);
    await guest.getByRole("button", { name: "Continuer" }).click();
    await expect(guest.getByText("« Nomades »")).toBeVisible();
    await guest.getByLabel("Choisissez un mot de passe").fill("un mot de passe long");
    await guest.getByRole("button", { name: "Entrer" }).click();
    await expect(guest.getByRole("navigation", { name: "Conversations" })).toBeVisible();
    await goTo(guest, "");
    await expect(list(guest).getByRole("button", { name: /^Nomades/ })).toBeVisible();
    await expect(main(guest).getByRole("article")).toHaveCount(1);
    await expect(
      guest.getByRole("button", { name: /Nouvelle communauté|Demander une communauté/ }),
    ).toHaveCount(0);
    await openSpace(guest, "Nomades", "Membres");
    await expect(main(guest).getByRole("button", { name: /^Camille Berthier/ })).toBeVisible();
    await expect(main(guest).getByRole("link", { name: "Réglages" })).toHaveCount(0);

    await main(page).getByRole("link", { name: "Membres" }).click();
    await expect(main(page).getByRole("button", { name: /^Léa Partenaire/ })).toContainText("externe");
  } finally {
    await context.close();
    await host.stop();
  }
});

test("an administrator makes an organisation, a template from a community, and a group", async () => {
  const { page } = sylvie;
  await goTo(page, "/administration");
  await main(page).getByRole("button", { name: "Nouvelle organisation" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("Syndicat des eaux");
  await page.getByRole("button", { name: "Créer" }).click();
  const organisation = card(page, "Syndicat des eaux");
  await organisation.getByRole("button", { name: "Régler" }).click();
  await page.getByRole("dialog").getByRole("checkbox", { name: "Fil" }).uncheck();
  await page.getByRole("dialog").getByRole("button", { name: "Enregistrer" }).click();
  await expect(organisation).not.toContainText("tous les modules");
  await organisation.getByRole("button", { name: "Rattacher des personnes" }).click();
  await page
    .getByRole("dialog")
    .getByRole("textbox", { name: "Chercher une personne" })
    .fill("Daniel Okafor");
  await page.getByRole("dialog").getByRole("textbox", { name: "Chercher une personne" }).press("Enter");
  await page.getByRole("button", { name: "Rattacher 1 personne" }).click();
  await expect(organisation).toContainText("1 personne");

  await goTo(page, "/administration/templates");
  await main(page).getByRole("button", { name: "À partir d’une communauté" }).click();
  await page.getByRole("dialog").getByLabel("Communauté").selectOption({ label: "Vie des agents" });
  await page.getByRole("button", { name: "Continuer" }).click();
  await page.getByRole("dialog").getByRole("textbox", { name: "Nom du modèle" }).fill("Vie interne");
  await page.getByRole("dialog").getByRole("button", { name: "Enregistrer" }).click();
  await expect(card(page, "Vie interne")).toBeVisible();
});

const pages = [
  "",
  "/new",
  "/requests",
  "/administration",
  "/administration/templates",
  "/administration/groups",
];

/** Every page of the module in turn, and every tab of a space. */
async function visit(page: Page, look: (where: string) => Promise<void>): Promise<void> {
  for (const path of pages) {
    await goTo(page, path);
    await expect(main(page).getByRole("heading", { level: 2 })).toBeVisible();
    await look(path);
  }
  await openSpace(page, "Nomades");
  const tabs = main(page).getByRole("navigation", { name: "Pages de Nomades" }).getByRole("link");
  for (const tab of await tabs.all()) {
    await tab.click();
    await expect(tab).toHaveAttribute("aria-current", "page");
    await expect(main(page).getByRole("heading", { level: 2, name: "Nomades" })).toBeVisible();
    await look((await tab.textContent()) ?? "");
  }
}

for (const theme of ["light", "dark"]) {
  test(`axe finds nothing on the pages of the module in the ${theme} theme`, async () => {
    test.slow();
    const { page } = sylvie;
    await page.evaluate((name) => {
      document.documentElement.dataset["theme"] = name;
    }, theme);
    await visit(page, async (where) => {
      expect(await violations(page), where).toEqual([]);
    });
  });
}

test("nothing is lost in a narrow window, at 320 pixels and with text twice as large", async () => {
  test.slow();
  const { page } = sylvie;
  for (const width of [480, 320]) {
    await page.setViewportSize({ width, height: 800 });
    await visit(page, async (where) => {
      expect(await misplaced(page), `${where} at ${width}`).toEqual([]);
    });
  }
  await page.evaluate(() => {
    document.documentElement.style.fontSize = "200%";
  });
  await visit(page, async (where) => {
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(beyond, where).toBeLessThanOrEqual(0);
  });
});
