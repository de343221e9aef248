import { expect, test, type Locator, type Page } from "playwright/test";
import { violations } from "./layout.ts";
import { openPair, rail, type Pair } from "./window.ts";

test.describe.configure({ mode: "serial" });

/** Camille animates it, Karim is one of its members. */
const SPACE = "Informatique des collèges";

let workplace: Pair["workplace"];
let camille: Pair["camille"];
let karim: Pair["karim"];
let close: Pair["close"];

test.beforeAll(async ({ browser }) => {
  ({ workplace, camille, karim, close } = await openPair(browser));
});

test.afterAll(() => close());

async function openFeed(page: Page, list = "Fil"): Promise<void> {
  await rail(page, "Fil").click();
  await page
    .getByRole("navigation", { name: "Fils" })
    .getByRole("button", { name: new RegExp(`^${list}`) })
    .first()
    .click();
  await expect(page.getByRole("main").getByRole("heading", { level: 2 }).first()).toBeVisible();
}

function post(page: Page, text: string): Locator {
  return page.getByRole("main").getByRole("article").filter({ hasText: text, visible: true }).first();
}

/** What came since the list was opened is shown once it is asked for. */
async function showNew(page: Page, timeout = 20_000): Promise<void> {
  await page.getByRole("button", { name: /nouvelles? publications?$/ }).click({ timeout });
}

async function writePost(page: Page, text: string, kind = "Publication"): Promise<void> {
  const composer = page.getByRole("group", { name: "Écrire une publication" }).filter({ visible: true });
  await composer.getByRole("textbox").last().click();
  await composer.getByRole("button", { name: kind, exact: true }).click();
  const where = composer.getByRole("combobox", { name: "Où" });
  if (await where.isVisible()) await where.selectOption(SPACE);
  await composer.getByRole("textbox").last().fill(text);
  await composer.getByRole("textbox").last().press("Control+Enter");
  await expect(post(page, text)).toBeVisible();
}

async function openComments(page: Page, text: string): Promise<void> {
  await post(page, text)
    .getByRole("button", { name: /^(Commenter|\d+ commentaires?)/ })
    .click();
  await expect(page.getByRole("region", { name: "Commentaires" })).toBeVisible();
}

async function comment(page: Page, text: string): Promise<void> {
  const field = page.getByRole("textbox", { name: "Écrire un commentaire" });
  await field.fill(text);
  await field.press("Control+Enter");
  await expect(comments(page, text)).toBeVisible();
}

function comments(page: Page, text: string): Locator {
  return page.getByRole("region", { name: "Commentaires" }).getByRole("article").filter({ hasText: text });
}

async function act(page: Page, text: string, command: string): Promise<void> {
  await post(page, text).getByRole("button", { name: "Autres actions" }).click();
  await page.getByRole("menuitem", { name: command }).click();
}

test("a post is announced to the other and moves nothing until they ask for it", async () => {
  await openFeed(karim.page);
  const before = await karim.page.getByRole("main").getByRole("article").first().textContent();
  await openFeed(camille.page);
  await writePost(camille.page, "La classe mobile est arrivée à La Forge");
  await expect(karim.page.getByRole("button", { name: "1 nouvelle publication" })).toBeVisible();
  expect(await karim.page.getByRole("main").getByRole("article").first().textContent()).toBe(before);
  await showNew(karim.page);
  await expect(post(karim.page, "La classe mobile est arrivée")).toBeVisible();
});

test("a like shows who gave it, a comment is answered one level deep", async () => {
  await post(karim.page, "La classe mobile").getByRole("button", { name: "J’aime" }).click();
  await expect(
    post(camille.page, "La classe mobile").getByRole("button", { name: "👍, 1 personne" }),
  ).toBeVisible();
  await openComments(karim.page, "La classe mobile");
  await comment(karim.page, "Je passe la brancher jeudi");
  await openComments(camille.page, "La classe mobile");
  const theirs = comments(camille.page, "Je passe la brancher jeudi");
  await theirs.getByRole("button", { name: "J’aime" }).click();
  await theirs.getByRole("button", { name: "Répondre" }).click();
  await expect(camille.page.getByText("En réponse à Karim Benhaddou")).toBeVisible();
  await comment(camille.page, "Merci, la clé est à l’accueil");
  await expect(comments(karim.page, "la clé est à l’accueil")).toHaveClass(/comment--reply/);
  await expect(
    comments(karim.page, "Je passe la brancher").getByRole("button", { name: "👍, 1 personne" }),
  ).toBeVisible();
});

test("a comment of one’s own is changed, and deleted unless one changes one’s mind", async () => {
  await comments(karim.page, "brancher jeudi")
    .getByRole("button", { name: /Autres actions/ })
    .click();
  await karim.page.getByRole("menuitem", { name: "Modifier" }).click();
  const field = karim.page.getByRole("textbox", { name: "Texte" });
  await field.fill("Je passe la brancher vendredi");
  await karim.page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(comments(camille.page, "brancher vendredi")).toContainText("modifié");
  await comments(karim.page, "brancher vendredi")
    .getByRole("button", { name: /Autres actions/ })
    .click();
  await karim.page.getByRole("menuitem", { name: "Supprimer" }).click();
  await expect(comments(karim.page, "brancher vendredi")).toHaveCount(0);
  await karim.page.getByRole("button", { name: "Annuler" }).click();
  await expect(comments(karim.page, "brancher vendredi")).toBeVisible();
});

test("whoever comes for one comment finds it in view, marked", async () => {
  const { page } = karim;
  const id = await comments(page, "la clé est à l’accueil").getAttribute("data-post");
  const { hash } = new URL(page.url());
  await openFeed(page);
  await page.evaluate(
    (wanted) => {
      location.hash = wanted;
    },
    `${hash}/${id ?? ""}`,
  );
  const wanted = comments(page, "la clé est à l’accueil");
  await expect(wanted).toBeFocused();
  await expect(wanted).toBeInViewport();
  await expect(wanted).toHaveAttribute("aria-current", "true");
  await expect(comments(page, "Je passe la brancher")).not.toHaveAttribute("aria-current");
});

test("a poll is voted on and counted for both", async () => {
  await openFeed(camille.page);
  const composer = camille.page.getByRole("group", { name: "Écrire une publication" });
  await composer.getByRole("textbox").last().click();
  await composer.getByRole("combobox", { name: "Où" }).selectOption(SPACE);
  await composer.getByRole("button", { name: "Sondage" }).click();
  const dialog = camille.page.getByRole("dialog");
  await dialog.getByLabel("Question").fill("Quel jour pour l’inventaire ?");
  await dialog.getByLabel("Réponse 1", { exact: true }).fill("Lundi");
  await dialog.getByLabel("Réponse 2", { exact: true }).fill("Mardi");
  await dialog.getByRole("button", { name: "Envoyer le sondage" }).click();
  await expect(post(camille.page, "Quel jour pour l’inventaire")).toBeVisible();
  await openFeed(karim.page);
  await showNew(karim.page);
  await post(karim.page, "Quel jour pour l’inventaire")
    .getByLabel(/^Mardi/)
    .click();
  await expect(post(camille.page, "Quel jour pour l’inventaire")).toContainText("1 personne a voté");
});

test("a question finds its answer", async () => {
  await writePost(karim.page, "Où est rangé le testeur de câbles ?", "Question");
  await openFeed(camille.page, "Questions sans réponse");
  await openComments(camille.page, "testeur de câbles");
  await comment(camille.page, "Dans l’armoire du second");
  await openComments(karim.page, "testeur de câbles");
  await comments(karim.page, "armoire du second").getByRole("button", { name: "C’est la réponse" }).click();
  await expect(comments(camille.page, "armoire du second")).toContainText("Réponse retenue");
  await expect(post(camille.page, "testeur de câbles")).toContainText("Question résolue");
});

test("an animator pins a post, which then stands first on the wall", async () => {
  await openFeed(camille.page, SPACE);
  await act(camille.page, "La classe mobile", "Épingler");
  await expect(post(camille.page, "La classe mobile")).toContainText("Épinglée");
  await openFeed(karim.page, SPACE);
  await expect(post(karim.page, "La classe mobile")).toContainText("Épinglée");
  await post(karim.page, "La classe mobile").getByRole("button", { name: "Autres actions" }).click();
  await expect(karim.page.getByRole("menuitem", { name: "Détacher" })).toHaveCount(0);
  await karim.page.keyboard.press("Escape");
});

test("a post is shared to another space, where it says where it comes from", async () => {
  await act(camille.page, "La classe mobile", "Partager dans un autre espace");
  const dialog = camille.page.getByRole("dialog");
  await dialog.getByLabel("Dans quel espace").selectOption("Bienvenue sur Parvis");
  await dialog.getByLabel("Un mot pour l’accompagner").fill("Pour ceux qui l’attendaient");
  await dialog.getByRole("button", { name: "Partager" }).click();
  await openFeed(camille.page, "Bienvenue sur Parvis");
  await expect(post(camille.page, "Pour ceux qui l’attendaient")).toContainText(
    "La classe mobile est arrivée",
  );
});

test("latest first stays chosen", async () => {
  await openFeed(karim.page);
  await karim.page.getByRole("button", { name: "Les plus récents d’abord" }).click();
  const chosen = karim.page.getByRole("button", { name: "Les plus récents d’abord", pressed: true });
  await expect(chosen).toBeVisible();
  await karim.page.reload();
  await expect(chosen).toBeVisible();
  await expect(karim.page.getByRole("main").getByRole("article").first()).toContainText(
    "Pour ceux qui l’attendaient",
  );
});

test("an article goes from draft to review, comes back with a reason, and is published", async () => {
  const { page } = karim;
  await openFeed(page, SPACE);
  await page.getByRole("button", { name: "Écrire un article" }).click();
  await page.getByLabel("Où").selectOption(SPACE);
  await page.getByRole("textbox", { name: "Titre" }).fill("La fibre à La Forge");
  await page.getByLabel("Résumé").fill("Ce qui change en janvier.");
  await page
    .getByRole("textbox", { name: "Texte" })
    .fill("## Le calendrier\n\nLes travaux durent deux semaines.");
  await expect(page.getByText("Enregistré", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Aperçu" }).click();
  await expect(page.getByRole("article", { name: "Aperçu" })).toContainText("1 min de lecture");
  await page.getByRole("button", { name: "Soumettre" }).click();
  await expect(page.getByRole("button", { name: /La fibre à La Forge/ })).toContainText("En relecture");

  await openFeed(camille.page, "Mes articles");
  await camille.page.getByRole("button", { name: /La fibre à La Forge/ }).click();
  await camille.page.getByRole("button", { name: "Refuser" }).click();
  await camille.page.getByLabel("Pourquoi").fill("Ajoutez les dates exactes.");
  await camille.page.getByRole("button", { name: "Refuser l’article" }).click();

  await page.getByRole("button", { name: /La fibre à La Forge/ }).click();
  await expect(page.getByText("Ajoutez les dates exactes.")).toBeVisible();
  const text = page.getByRole("textbox", { name: "Texte" });
  await text.fill("## Le calendrier\n\nLes travaux durent du 5 au 16 janvier.");
  await page.getByRole("button", { name: "Soumettre" }).click();
  await expect(page.getByRole("button", { name: /La fibre à La Forge/ })).toContainText("En relecture");

  await camille.page.getByRole("button", { name: /La fibre à La Forge/ }).click();
  await expect(camille.page.getByText("du 5 au 16 janvier")).toBeVisible();
  await camille.page.getByRole("button", { name: "Accepter" }).click();
  await openFeed(page, "Articles");
  await post(page, "La fibre à La Forge").getByRole("button", { name: "Lire l’article" }).click();
  await expect(page.getByRole("heading", { name: "Le calendrier" })).toBeVisible();
});

test("an animator’s article appears at its time, unless it is taken back", async () => {
  const { page } = camille;
  await openFeed(page, SPACE);
  await page.getByRole("button", { name: "Écrire un article" }).click();
  await page.getByLabel("Où").selectOption(SPACE);
  await page.getByRole("textbox", { name: "Titre" }).fill("Inventaire annuel");
  await page.getByRole("textbox", { name: "Texte" }).fill("Il commence lundi.");
  await page.getByLabel("Publier à partir du").fill("2099-01-05T09:00");
  await page.getByRole("button", { name: "Programmer" }).click();
  const row = page.getByRole("button", { name: /Inventaire annuel/ });
  await expect(row).toContainText("Programmé");
  await row.click();
  await page.getByRole("button", { name: "Reprendre en brouillon" }).click();
  await expect(page.getByRole("textbox", { name: "Titre" })).toHaveValue("Inventaire annuel");
});

test("a must-read is acknowledged, and who has not yet is known", async () => {
  const { page } = camille;
  await page.getByLabel("Publier à partir du").fill("");
  await page.getByLabel("À lire par tous").check();
  await page.getByRole("button", { name: "Publier", exact: true }).click();
  await openFeed(karim.page, "À lire");
  const theirs = post(karim.page, "Inventaire annuel");
  await theirs.getByRole("button", { name: "J’ai lu" }).click();
  await expect(theirs).toContainText("Vous avez dit l’avoir lu");
  await openFeed(page, SPACE);
  await post(page, "Inventaire annuel").getByRole("button", { name: "1 personne l’a lu" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("region", { name: "1 personne l’a lu" })).toContainText("Karim Benhaddou");
  await expect(dialog.getByRole("region", { name: /ne l’ont pas encore dit/ })).toContainText("Fatou Diarra");
  await page.keyboard.press("Escape");
});

test("what is written without a network stands at once and leaves when it is back", async () => {
  await openFeed(karim.page);
  await workplace.server.stop();
  await writePost(karim.page, "Écrit dans le sous-sol, sans réseau");
  await expect(post(karim.page, "Écrit dans le sous-sol")).toContainText("Attend le réseau");
  await openFeed(camille.page);
  await workplace.restart();
  // Both have to find the server again.
  await showNew(camille.page, 60_000);
  await expect(post(camille.page, "Écrit dans le sous-sol")).toBeVisible();
});

test("posts are walked through by keyboard, and say why they are seen", async () => {
  const { page } = camille;
  await page.getByRole("button", { name: "Ce qui me concerne" }).click();
  const feed = page.getByRole("feed");
  await feed.focus();
  await page.keyboard.press("j");
  await expect(feed.getByRole("article").nth(0)).toBeFocused();
  await page.keyboard.press("j");
  await expect(feed.getByRole("article").nth(1)).toBeFocused();
  await page.keyboard.press("k");
  await expect(feed.getByRole("article").nth(0)).toBeFocused();
  await feed
    .getByRole("button", { name: /Pourquoi je vois ceci/ })
    .first()
    .click();
  await expect(page.getByRole("dialog", { name: "Pourquoi je vois ceci" })).toContainText("36 heures");
  await page.keyboard.press("Escape");
});

for (const theme of ["light", "dark", "contrast"]) {
  test(`the screens of the feed are accessible in the ${theme} theme`, async () => {
    const { page } = camille;
    await page.evaluate((name) => {
      document.documentElement.dataset["theme"] = name;
    }, theme);
    for (const list of ["Fil", "Questions sans réponse", "Mes articles", SPACE]) {
      await openFeed(page, list);
      expect(await violations(page)).toEqual([]);
    }
    await openComments(page, "La classe mobile");
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Écrire un article" }).click();
    await expect(page.getByRole("textbox", { name: "Titre" })).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
}
