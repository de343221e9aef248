import { expect, test } from "playwright/test";
import {
  composer,
  conversationList,
  messages,
  openConversation,
  openPair,
  say,
  type Pair,
} from "./window.ts";

test.describe.configure({ mode: "serial" });

let camille: Pair["camille"];
let karim: Pair["karim"];
let close: Pair["close"];

test.beforeAll(async ({ browser }) => {
  ({ camille, karim, close } = await openPair(browser));
});

test.afterAll(() => close());

test("a message arrives in the other window while it is open", async () => {
  await openConversation(camille.page, "Karim Benhaddou");
  await openConversation(karim.page, "Camille Berthier");
  await say(camille.page, "Tu passes par l’atelier cet après-midi ?");
  await expect(messages(karim.page, "Tu passes par l’atelier")).toBeVisible();
  await say(karim.page, "Oui, vers 15 h.");
  await expect(messages(camille.page, "Oui, vers 15 h.")).toBeVisible();
});

test("an edit and a deletion reach the other, with an honest trace", async () => {
  await say(camille.page, "Rendez-vous mardi à la Forge");
  await expect(messages(karim.page, "mardi à la Forge")).toBeVisible();
  await composer(camille.page).press("ArrowUp");
  const edit = camille.page.getByRole("article").getByRole("textbox");
  await edit.fill("Rendez-vous mercredi à la Forge");
  await edit.press("Enter");
  await expect(messages(karim.page, "mercredi à la Forge")).toContainText("modifié");
  const row = messages(camille.page, "mercredi à la Forge");
  await row.click({ button: "right" });
  await camille.page.getByRole("menuitem", { name: "Supprimer" }).click();
  await expect(messages(karim.page, "mercredi à la Forge")).toHaveCount(0, { timeout: 20_000 });
  await expect(messages(karim.page, "supprimé").last()).toBeVisible();
});

test("unread counts rise where one is not looking and fall when one reads", async () => {
  await openConversation(karim.page, "vie d’équipe");
  await say(camille.page, "Première chose");
  await say(camille.page, "Deuxième chose");
  const row = conversationList(karim.page).getByRole("button", { name: "Camille Berthier" }).first();
  await expect(row).toContainText("2 messages");
  await openConversation(karim.page, "Camille Berthier");
  await expect(messages(karim.page, "Deuxième chose")).toBeVisible();
  await expect(row).not.toContainText("2 messages");
});

test("a reaction shows who reacted, on both sides, and can be taken back", async () => {
  await say(camille.page, "Serveur remis en route");
  const theirs = messages(karim.page, "Serveur remis en route");
  await theirs.hover();
  await theirs.getByRole("button", { name: "👍" }).first().click();
  const mine = messages(camille.page, "Serveur remis en route");
  await expect(
    mine.getByRole("group", { name: "Réactions" }).getByRole("button", { name: "👍, 1 personne" }),
  ).toBeVisible();
  await theirs
    .getByRole("group", { name: "Réactions" })
    .getByRole("button", { name: "👍, 1 personne" })
    .click();
  await expect(mine.getByRole("group", { name: "Réactions" })).toHaveCount(0);
});

test("a thread has its own replies, counted on its root", async () => {
  await say(camille.page, "Qui a la clé de la baie ?");
  const root = messages(karim.page, "Qui a la clé de la baie ?");
  await root.hover();
  await root.getByRole("button", { name: "Répondre dans un fil" }).click();
  const thread = karim.page.getByRole("complementary");
  await thread.getByRole("textbox").fill("Moi, dans le camion.");
  await thread.getByRole("textbox").press("Enter");
  await expect(thread.getByRole("article").filter({ hasText: "dans le camion" })).toBeVisible();
  await expect(messages(camille.page, "Qui a la clé de la baie ?")).toContainText("1 réponse");
  await expect(messages(camille.page, "Moi, dans le camion.")).toHaveCount(0);
});

test("what is typed as HTML, script or right-to-left text shows as text", async () => {
  const hostile =
    '<img src=x onerror="document.title=1"><script>document.title=2</script> שלום 👩🏽‍🚒 [clic](javascript:alert(1))';
  await say(camille.page, hostile);
  const row = messages(karim.page, "שלום");
  await expect(row).toContainText('<img src=x onerror="document.title=1">');
  await expect(row.locator("img[src=x], script, a[href^=javascript]")).toHaveCount(0);
  await expect(karim.page).toHaveTitle(/Parvis/);
});

test("a draft is kept when one looks elsewhere, and follows the person", async () => {
  await openConversation(camille.page, "vie d’équipe");
  await composer(camille.page).fill("Je finirai ce message plus tard");
  await openConversation(camille.page, "Karim Benhaddou");
  await openConversation(camille.page, "vie d’équipe");
  await expect(composer(camille.page)).toHaveValue("Je finirai ce message plus tard");
  await camille.page.reload();
  await openConversation(camille.page, "vie d’équipe");
  await expect(composer(camille.page)).toHaveValue("Je finirai ce message plus tard");
  await composer(camille.page).fill("");
});
