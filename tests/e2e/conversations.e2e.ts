import { expect, test, type Locator, type Page } from "playwright/test";
import { violations } from "./layout.ts";
import {
  composer,
  conversationList,
  messages,
  openConversation,
  openPair,
  say,
  type Pair,
} from "./window.ts";

/** Two people, two windows, one real server: everything that a conversation can do beside sending and reading. */

test.describe.configure({ mode: "serial" });

let camille: Pair["camille"];
let karim: Pair["karim"];
let close: Pair["close"];

test.beforeAll(async ({ browser }) => {
  ({ camille, karim, close } = await openPair(browser));
  await openConversation(camille.page, "Karim Benhaddou");
  await openConversation(karim.page, "Camille Berthier");
});

test.afterAll(() => close());

async function choose(page: Page, row: Locator, ...names: (string | RegExp)[]): Promise<void> {
  await row.click({ button: "right" });
  for (const name of names) await page.getByRole("menuitem", { name }).click();
  await expect(page.getByRole("menu")).toHaveCount(0);
}

function listed(page: Page, name: string): Locator {
  return conversationList(page)
    .getByRole("button", { name: new RegExp(`^${name}`) })
    .first();
}

async function openPage(page: Page, name: string): Promise<void> {
  await listed(page, name).click();
  await expect(page.getByRole("main").getByRole("heading", { level: 2 })).toBeVisible();
}

test("who writes is said while they write, and no longer", async () => {
  await composer(camille.page).pressSequentially("Je réfléchis à voix haute");
  await expect(karim.page.getByText("Camille Berthier écrit…")).toBeVisible();
  await composer(camille.page).fill("");
  await expect(karim.page.getByText("Camille Berthier écrit…")).toBeHidden({ timeout: 15_000 });
});

test("one's own message shows who has read it", async () => {
  await say(camille.page, "As-tu le plan de la baie ?");
  await expect(messages(karim.page, "le plan de la baie")).toBeVisible();
  await expect(
    messages(camille.page, "le plan de la baie").getByText("Lu par Karim Benhaddou"),
  ).toBeAttached();
});

test("a reply in a thread is unread for its author until they look", async () => {
  await say(camille.page, "Qui prend la tournée de mardi ?");
  const root = messages(karim.page, "la tournée de mardi");
  await root.focus();
  await root.press("t");
  const side = karim.page.getByRole("complementary");
  await side.getByRole("textbox").fill("Moi, si tu gardes jeudi.");
  await side.getByRole("textbox").press("Enter");
  await expect(messages(camille.page, "la tournée de mardi")).toContainText("1 réponse non lue");
  await expect(listed(camille.page, "Fils suivis")).toContainText("1");
  await openPage(camille.page, "Fils suivis");
  const card = camille.page.getByRole("region", { name: "Karim Benhaddou" });
  await expect(card).toContainText("si tu gardes jeudi");
  await card.getByRole("button", { name: "Répondre dans le fil" }).click();
  await card.getByRole("textbox").fill("Jeudi est à moi.");
  await card.getByRole("textbox").press("Enter");
  await expect(side.getByRole("article").filter({ hasText: "Jeudi est à moi." })).toBeVisible();
  await expect(listed(camille.page, "Fils suivis")).not.toContainText("1");
  await openConversation(camille.page, "Karim Benhaddou");
  await expect(messages(camille.page, "la tournée de mardi")).not.toContainText("non lue");
});

test("a poll is asked, and the vote of one is seen by the other", async () => {
  await camille.page.getByRole("main").getByRole("button", { name: "Sondage" }).click();
  const dialog = camille.page.getByRole("dialog");
  await dialog.getByLabel("Question").fill("Quelle salle ?");
  await dialog.getByLabel("Réponse 1").fill("La Forge");
  await dialog.getByLabel("Réponse 2").fill("Le Pré-Clos");
  await dialog.getByRole("button", { name: "Envoyer le sondage" }).click();
  const poll = messages(karim.page, "Quelle salle ?");
  await poll.getByLabel("Le Pré-Clos, 0 voix").click();
  await expect(messages(camille.page, "Quelle salle ?").getByLabel("Le Pré-Clos, 1 voix")).toBeVisible();
});

test("a pin stands for both, in the message and in the pane of pins", async () => {
  await choose(camille.page, messages(camille.page, "le plan de la baie"), "Épingler pour tous");
  await expect(messages(karim.page, "le plan de la baie")).toContainText("Épinglé");
  await karim.page.getByRole("main").getByRole("button", { name: "Messages épinglés" }).click();
  const pins = karim.page.getByRole("complementary");
  await expect(pins.getByRole("listitem")).toContainText("le plan de la baie");
  await pins.getByRole("button", { name: "Ne plus épingler" }).click();
  await expect(pins).toContainText("Rien n’est épinglé");
  await expect(messages(camille.page, "le plan de la baie")).not.toContainText("Épinglé");
  await karim.page.keyboard.press("Escape");
});

test("what was edited keeps its former texts for everyone", async () => {
  await say(camille.page, "Réunion lundi à 9 h");
  await composer(camille.page).press("ArrowUp");
  const edit = camille.page.getByRole("article").getByRole("textbox");
  await edit.fill("Réunion vendredi à 9 h");
  await edit.press("Enter");
  const theirs = messages(karim.page, "Réunion vendredi");
  await theirs.getByRole("button", { name: "(modifié)" }).click();
  const dialog = karim.page.getByRole("dialog", { name: "Versions du message" });
  await expect(dialog.locator("del")).toHaveText("lundi");
  await expect(dialog.locator("ins")).toHaveText("vendredi");
  expect(await violations(karim.page)).toEqual([]);
  await karim.page.keyboard.press("Escape");
});

test("an answer quotes what it answers", async () => {
  await choose(karim.page, messages(karim.page, "Réunion vendredi"), /^Citer/);
  await say(karim.page, "J’y serai avec les clés.");
  const answer = messages(camille.page, "avec les clés");
  await expect(answer.getByRole("figure")).toContainText("Réunion vendredi à 9 h");
});

test("a message is saved with a reminder, noted, done, removed and taken back", async () => {
  await choose(camille.page, messages(camille.page, "avec les clés"), "Me le rappeler", "Demain à 9 h");
  await expect(messages(camille.page, "avec les clés")).toContainText("Enregistré");
  await openPage(camille.page, "Enregistrés");
  const card = camille.page.getByRole("main").getByRole("listitem").filter({ hasText: "avec les clés" });
  await expect(card).toContainText("Rappel");
  await card.getByRole("button", { name: "Note pour moi" }).click();
  await camille.page.getByRole("dialog").getByLabel("Note pour moi").fill("Penser au badge");
  await camille.page.getByRole("dialog").getByRole("button", { name: "Enregistrer" }).click();
  await expect(card).toContainText("Penser au badge");
  await card.getByRole("button", { name: "C’est fait" }).click();
  await expect(card.getByRole("button", { name: "Remettre à faire" })).toBeVisible();
  await card.getByRole("button", { name: "Retirer des enregistrés" }).click();
  await expect(card).toHaveCount(0);
  await camille.page.getByRole("button", { name: "Annuler" }).last().click();
  await expect(card).toContainText("Penser au badge");
  await card.getByRole("button", { name: /avec les clés/ }).click();
  await expect(messages(camille.page, "avec les clés").first()).toBeVisible();
});

test("a message waits for its time, can be changed, and leaves at once when it is wanted", async () => {
  await openConversation(camille.page, "Karim Benhaddou");
  await composer(camille.page).fill("Bon courage pour la tournée");
  await camille.page
    .getByRole("main")
    .getByRole("button", { name: /plus tard/ })
    .click();
  await camille.page.getByRole("menuitem", { name: "Demain matin" }).click();
  await expect(composer(camille.page)).toHaveValue("");
  await openPage(camille.page, "Programmés");
  const card = camille.page.getByRole("main").getByRole("listitem");
  await expect(card).toContainText("Bon courage pour la tournée");
  await card.getByRole("button", { name: "Modifier le texte" }).click();
  await card.getByRole("textbox").fill("Bonne tournée !");
  await card.getByRole("button", { name: "Enregistrer" }).click();
  await expect(card).toContainText("Bonne tournée !");
  await expect(messages(karim.page, "tournée !")).toHaveCount(0);
  await card.getByRole("button", { name: "Envoyer maintenant" }).click();
  await expect(messages(karim.page, "Bonne tournée !")).toBeVisible({ timeout: 30_000 });
  await expect(card).toHaveCount(0);
});

test("a conversation becomes a favourite, goes into a section and is muted, by its menu", async () => {
  await openConversation(camille.page, "Karim Benhaddou");
  const row = listed(camille.page, "Karim Benhaddou");
  await choose(camille.page, row, "Ajouter aux favoris");
  const favourites = conversationList(camille.page).getByRole("region", { name: "Favoris" });
  await expect(favourites.getByRole("button", { name: /^Karim/ })).toBeVisible();
  await choose(camille.page, row, "Retirer des favoris");
  await row.click({ button: "right" });
  await camille.page.getByRole("menuitem", { name: "Déplacer dans une section" }).click();
  await camille.page.getByRole("menuitemradio", { name: "Nouvelle section…" }).click();
  await camille.page.getByLabel("Nom de la section").fill("Mes urgences");
  await camille.page.getByRole("button", { name: "Enregistrer" }).click();
  const section = conversationList(camille.page).getByRole("region", { name: "Mes urgences" });
  await expect(section.getByRole("button", { name: /^Karim/ })).toBeVisible();
  await choose(camille.page, row, "Mettre en sourdine", "Pendant 1 heure");
  await expect(row.getByLabel("En sourdine")).toBeVisible();
  await choose(camille.page, row, "Retirer la sourdine");
  await expect(row.getByLabel("En sourdine")).toHaveCount(0);
  expect(await violations(camille.page)).toEqual([]);
});

test("from a message on, a conversation is unread again until it is left and opened", async () => {
  await choose(camille.page, messages(camille.page, "avec les clés"), /^Marquer comme non lu/);
  await expect(listed(camille.page, "Karim Benhaddou")).toContainText("1 message");
  await openConversation(camille.page, "vie d’équipe");
  await openConversation(camille.page, "Karim Benhaddou");
  await expect(listed(camille.page, "Karim Benhaddou")).not.toContainText("1 message pour vous");
});

test("a list that is ordered anew between press and release opens what was pressed", async () => {
  const { page } = camille;
  await openPage(page, "Enregistrés");
  await listed(page, "Théo Vasseur").hover();
  await page.mouse.down();
  await say(karim.page, "pendant que l’on clique");
  // Its place in the list would change everything's.
  await expect(page).toHaveTitle(/^\(\d+\)/);
  await page.mouse.up();
  await expect(page.getByRole("main").getByRole("heading", { level: 2, name: "Théo Vasseur" })).toBeVisible();
  await expect(listed(page, "Karim Benhaddou")).toContainText("1 message");
  await openConversation(page, "Karim Benhaddou");
});

test("a message is sent on to another conversation, with where it comes from", async () => {
  await choose(camille.page, messages(camille.page, "Réunion vendredi").first(), /^Transférer/);
  const dialog = camille.page.getByRole("dialog");
  await dialog.getByRole("textbox").first().fill("vie d");
  await dialog.getByRole("option", { name: /vie d’équipe/ }).click();
  await dialog.getByRole("button", { name: /^(Envoyer|Transférer)/ }).click();
  await openConversation(karim.page, "vie d’équipe");
  await expect(messages(karim.page, "Réunion vendredi à 9 h").getByRole("figure")).toContainText(
    "Camille Berthier",
  );
  await openConversation(karim.page, "Camille Berthier");
});

test("presence chosen by hand and a status show to the others", async () => {
  await camille.page.getByRole("button", { name: /disponibilité et compte/ }).click();
  await camille.page.getByRole("menuitem", { name: "Mon statut…" }).click();
  const dialog = camille.page.getByRole("dialog");
  await dialog.getByRole("button", { name: /En déplacement/ }).click();
  await dialog.getByText("Occupé", { exact: true }).click();
  await dialog.getByRole("button", { name: "Enregistrer" }).click();
  await expect(karim.page.getByRole("main").getByText("Occupé")).toBeVisible();
  const names = karim.page.getByRole("log").getByRole("button", { name: "Camille Berthier" });
  await names.last().click();
  await expect(karim.page.getByRole("complementary")).toContainText("En déplacement");
  await karim.page.keyboard.press("Escape");
});

test("the presence that was chosen is ticked in the menu, and taken back there", async () => {
  const { page } = camille;
  const open = async () => {
    await page.getByRole("button", { name: /disponibilité et compte/ }).click();
    await page.getByRole("menuitem", { name: "Ma disponibilité" }).click();
  };
  await open();
  const busy = page.getByRole("menuitemradio", { name: /^Occupé/ });
  await expect(busy).toHaveAttribute("aria-checked", "true");
  await expect(busy).toContainText("jusqu’à");
  await page.getByRole("menuitemradio", { name: "Selon mon activité" }).click();
  await open();
  await expect(page.getByRole("menuitemradio", { name: "Selon mon activité" })).toHaveAttribute(
    "aria-checked",
    "true",
  );
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toHaveCount(0);
});

test("the menu of a message opens by its button, with the mouse and with the keyboard", async () => {
  const { page } = camille;
  await openConversation(page, "Karim Benhaddou");
  await say(page, "un menu par son bouton");
  const row = messages(page, "un menu par son bouton").last();
  await row.hover();
  const more = row.getByRole("button", { name: "Autres actions" });
  await more.click();
  await page.getByRole("menuitem", { name: /Enregistrer pour plus tard/ }).click();
  await expect(row.getByText("Enregistré", { exact: true })).toBeAttached();
  // A hint under a pointer that rests would take the first Escape.
  await page.mouse.move(0, 0);
  await row.focus();
  await more.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem").first()).toBeFocused();
  await expect(page.getByRole("tooltip")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(more).toBeFocused();
});

test("an excerpt in the list is in plain words", async () => {
  await say(camille.page, "**gras**, `code` et [lien](https://exemple.example/)");
  await expect(listed(camille.page, "Karim Benhaddou")).toContainText("gras, code et lien");
});

test("what is written from a profile waits for the other's working hours", async () => {
  const { page } = camille;
  // A Sunday to come: nobody works, whenever this runs.
  const sunday = new Date();
  sunday.setDate(sunday.getDate() + 14 - sunday.getDay());
  await page.clock.setFixedTime(sunday);
  const names = page.getByRole("log").getByRole("button", { name: "Karim Benhaddou" });
  await names.last().click();
  await page.getByRole("button", { name: "Écrire pour ses heures de travail" }).click();
  await expect(page.getByText(/Partira pendant ses heures de travail/)).toBeVisible();
  await expect(composer(page)).toBeFocused();
  await say(page, "pour tes heures");
  await expect(page.getByText("Message programmé pour ses heures de travail")).toBeVisible();
  await expect(messages(page, "pour tes heures")).toHaveCount(0);
  await page.clock.setFixedTime(new Date());
  await openPage(page, "Programmés");
  await expect(page.getByRole("main").getByText("pour tes heures")).toBeVisible();
  await openConversation(page, "Karim Benhaddou");
});

test("a day of the past opens from the calendar, by keyboard", async () => {
  await openConversation(camille.page, "Karim Benhaddou");
  await camille.page.getByRole("main").getByRole("button", { name: "Actions sur la conversation" }).click();
  await camille.page.getByRole("menuitem", { name: "Aller à une date" }).click();
  const dialog = camille.page.getByRole("dialog", { name: "Aller à une date" });
  await expect(dialog.getByRole("grid")).toBeVisible();
  expect(await violations(camille.page)).toEqual([]);
  await camille.page.keyboard.press("PageUp");
  await camille.page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(camille.page.getByRole("main").getByRole("log").getByRole("article").first()).toBeVisible();
});

test("a deleted message leaves a trace on both sides and no former text", async () => {
  await say(camille.page, "À ne pas garder");
  await expect(messages(karim.page, "À ne pas garder")).toBeVisible();
  await choose(camille.page, messages(camille.page, "À ne pas garder"), "Supprimer");
  await expect(messages(karim.page, "À ne pas garder")).toHaveCount(0, { timeout: 20_000 });
  await expect(messages(karim.page, "Message supprimé").last()).toBeVisible();
});

for (const name of ["Fils suivis", "Enregistrés", "Programmés"]) {
  test(`the page ${name} is accessible in both themes and keeps within a narrow window`, async () => {
    const { page } = camille;
    await page.setViewportSize({ width: 1280, height: 800 });
    await openPage(page, name);
    for (const theme of ["light", "dark"]) {
      await page.evaluate((value) => {
        document.documentElement.dataset["theme"] = value;
      }, theme);
      expect(await violations(page), theme).toEqual([]);
    }
    for (const width of [480, 320]) {
      await page.setViewportSize({ width, height: 800 });
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(excess, `${width} px`).toBeLessThanOrEqual(0);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  });
}
