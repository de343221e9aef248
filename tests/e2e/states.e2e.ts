import { expect, test, type Browser, type Page } from "playwright/test";
import { directConversationId, personIdSchema, createId } from "#contract/ids.ts";
import { temporaryFolder } from "#tests/support/processes.ts";
import { startTcpProxy, type TcpProxy } from "#tests/support/tcp-proxy.ts";
import { signIn, type WorkplaceClient } from "#tests/support/workplace-client.ts";
import {
  closeWindow,
  composer,
  conversationList,
  messages,
  openConversation,
  openWindow,
  openWorkplace,
  say,
  type ParvisWindow,
  type Workplace,
} from "./window.ts";

/** Every state that a network, another machine or another person can put the window into. */

let workplace: Workplace;
let proxy: TcpProxy;
let profile: ReturnType<typeof temporaryFolder>;
const open: ParvisWindow[] = [];

test.beforeEach(async () => {
  workplace = await openWorkplace();
  proxy = await startTcpProxy(workplace.port);
  profile = temporaryFolder("states");
});

test.afterEach(async () => {
  for (const window of open.splice(0)) await closeWindow(window);
  await proxy.stop();
  await workplace.close();
  profile.remove();
});

/** A window whose network is the proxy. */
async function openBehindProxy(browser: Browser, username: string): Promise<ParvisWindow> {
  const behind = { ...workplace, server: { ...workplace.server, url: proxy.url } };
  const window = await openWindow(browser, behind, username, `${profile.path}/behind`);
  open.push(window);
  return window;
}

async function openDirectly(browser: Browser, username: string): Promise<ParvisWindow> {
  const window = await openWindow(browser, workplace, username, `${profile.path}/direct`);
  open.push(window);
  return window;
}

/** Karim writes to Camille without a window. */
async function writeAsKarim(texts: string[]): Promise<void> {
  const karim = await signIn(workplace.server.url, "technicien", "demo");
  const camille = await signIn(workplace.server.url, "demo", "demo");
  for (const text of texts) await sendDirect(karim, camille, text);
}

async function sendDirect(from: WorkplaceClient, to: WorkplaceClient, body: string): Promise<void> {
  const ids = [from, to].map(({ personId }) => personIdSchema.parse(personId));
  const [a, b] = ids;
  if (a === undefined || b === undefined) throw new Error("two people");
  const conversationId = directConversationId(a, b);
  const args = { id: createId(), conversationId, body };
  const result = await from.mutate("message.send", `conversation:${conversationId}`, args);
  expect(result.status).toBe("applied");
}

test("two machines of one person edit one message: both texts are shown, and one is chosen", async ({
  browser,
}) => {
  const away = await openBehindProxy(browser, "demo");
  const other = await openDirectly(browser, "demo");
  await openConversation(away.page, "Karim Benhaddou");
  await openConversation(other.page, "Karim Benhaddou");
  for (const [first, theirs, mine, choice, outcome] of [
    ["salle un", "salle deux", "salle trois", "Envoyer le mien", "salle trois"],
    ["midi", "treize heures", "quatorze heures", "Garder l’autre", "treize heures"],
  ] as const) {
    await say(away.page, first);
    await expect(messages(other.page, first)).toBeVisible();
    await expect(messages(away.page, first)).not.toHaveAttribute("data-pending");
    proxy.cut();
    for (const [window, text] of [
      [away, mine],
      [other, theirs],
    ] as const) {
      await composer(window.page).press("ArrowUp");
      const edit = window.page.getByRole("article").getByRole("textbox");
      await edit.fill(text);
      await edit.press("Enter");
      await expect(messages(window.page, text)).toBeVisible();
    }
    await expect(messages(other.page, theirs)).not.toHaveAttribute("data-pending");
    proxy.restore();
    const row = messages(away.page, "Le texte a changé entre-temps.");
    await expect(row).toBeVisible({ timeout: 40_000 });
    await expect(row).toContainText(theirs);
    await expect(row).toContainText(`Votre texte ${mine}`);
    await row.getByRole("group", { name: "Non envoyé." }).getByRole("button", { name: choice }).click();
    await expect(messages(away.page, "entre-temps")).toHaveCount(0);
    await expect(messages(away.page, outcome)).toHaveCount(1);
    await expect(messages(other.page, outcome)).toHaveCount(1);
  }
});

test("what is refused says why, is kept, and can be sent again or given up", async ({ browser }) => {
  const { page } = await openBehindProxy(browser, "demo");
  await openConversation(page, "ateliers");
  proxy.cut();
  await say(page, "écrit trop tard");
  await expect(page.getByText("1 message attend le réseau")).toBeVisible();
  const admin = await signIn(workplace.server.url, "admin", "demo");
  const demo = await signIn(workplace.server.url, "demo", "demo");
  const rows = await admin.rows("directory");
  const space = rows.find((row) => row.data["name"] === "Métiers de la maison");
  const args = { spaceId: space?.id, personId: demo.personId };
  const removed = await admin.mutate("membership.remove", `space:${space?.id ?? ""}`, args);
  expect(removed.status).toBe("applied");
  proxy.restore();

  await expect(page.getByText("1 envoi a été refusé.")).toBeVisible({ timeout: 40_000 });
  await page.getByRole("button", { name: "Voir", exact: true }).click();
  const item = page.getByRole("dialog").getByRole("article");
  await expect(item).toHaveCount(1);
  await expect(item).toContainText("écrit trop tard");
  await expect(item.getByRole("alert")).toBeVisible();
  await item.getByRole("button", { name: "Réessayer" }).click();
  // Still not a member: the same answer, and nothing is lost by asking.
  await expect(item.getByRole("alert")).toBeVisible();
  await expect(item).toContainText("écrit trop tard");
  await item.getByRole("button", { name: "Abandonner" }).click();
  await expect(page.getByRole("dialog")).toContainText("Tout est parti");
});

test("a slow first synchronisation shows how far it is", async ({ browser }) => {
  const opening = openBehindProxy(browser, "demo");
  const { page } = await opening;
  await page.close();
  await open[0]?.host.stop();
  const slow = { ...workplace, server: { ...workplace.server, url: proxy.url } };
  proxy.limit(60_000);
  const window = await openWindow(browser, slow, "demo", `${profile.path}/slow`);
  open.push(window);
  await expect(window.page.getByText(/Première synchronisation/)).toBeVisible();
  const bar = window.page.getByRole("progressbar", { name: "Avancement de la synchronisation" });
  await expect(bar).toBeVisible();
  const before = await bar.evaluate((node: HTMLProgressElement) => node.value);
  await expect.poll(() => bar.evaluate((node: HTMLProgressElement) => node.value)).toBeGreaterThan(before);
  proxy.limit(undefined);
  await expect(window.page.getByText(/Première synchronisation/)).toBeHidden({ timeout: 40_000 });
  await expect(
    conversationList(window.page)
      .getByRole("button", { name: /^Karim/ })
      .first(),
  ).toBeVisible();
});

test("without network the line counts down to the next try, and can be asked for one", async ({
  browser,
}) => {
  const { page } = await openBehindProxy(browser, "demo");
  await openConversation(page, "Karim Benhaddou");
  proxy.cut();
  const line = page.getByRole("status").filter({ hasText: "Hors connexion" });
  // Long enough before the next try that it does not come by itself first.
  await expect(line).toHaveText(/Nouvel essai dans (?:[5-9]|\d\d+)\ss/, { timeout: 90_000 });
  proxy.restore();
  await line.getByRole("button", { name: "Réessayer" }).click();
  await expect(line).toBeHidden();
  await say(page, "de retour");
  await expect(messages(page, "de retour")).not.toHaveAttribute("data-pending");
});

const openCommunities = (page: Page) =>
  page.getByRole("button", { name: "Communautés", exact: true }).click();
const openMessages = (page: Page) =>
  page
    .getByRole("navigation", { name: "Modules" })
    .getByRole("link", { name: /^Messages/ })
    .click();

test("a space and a channel are made, written in, joined by another and left", async ({ browser }) => {
  const admin = await openDirectly(browser, "admin");
  const demo = await openBehindProxy(browser, "demo");
  await openCommunities(admin.page);
  await admin.page.getByRole("main").getByRole("button", { name: "Nouvelle communauté" }).click();
  await admin.page.getByLabel("Nom", { exact: true }).fill("Jardins partagés");
  await admin.page.getByLabel("En une phrase").fill("Les parcelles du parc");
  await admin.page.getByRole("button", { name: "Créer la communauté" }).click();
  await expect(admin.page.getByRole("main").getByText("Les parcelles du parc")).toBeVisible();
  await openMessages(admin.page);
  await openConversation(admin.page, "Général");
  await admin.page.getByRole("button", { name: "Nouveau canal dans Jardins partagés" }).click();
  await admin.page.getByLabel("Nom du canal").fill("outils");
  await admin.page.getByRole("button", { name: "Créer", exact: true }).click();
  await expect(admin.page.getByRole("main").getByRole("heading", { name: "outils" })).toBeVisible();
  await say(admin.page, "La brouette est rendue");

  await openCommunities(demo.page);
  const card = demo.page.getByRole("main").getByRole("article").filter({ hasText: "Jardins partagés" });
  await card.getByRole("button", { name: "Rejoindre" }).click();
  await expect(card.getByRole("button", { name: "Ouvrir" })).toBeVisible();
  await openMessages(demo.page);
  await openConversation(demo.page, "outils");
  await expect(messages(demo.page, "La brouette est rendue")).toBeVisible();
  await openCommunities(demo.page);
  await card.getByRole("link", { name: "Jardins partagés" }).click();
  await demo.page.getByRole("button", { name: "Quitter" }).click();
  await demo.page.getByRole("dialog").getByRole("button", { name: "Quitter" }).click();
  await expect(card.getByRole("button", { name: "Rejoindre" })).toBeVisible();
  await openMessages(demo.page);
  await expect(conversationList(demo.page).getByRole("button", { name: /^outils/ })).toHaveCount(0);
});

test("a long absence opens at the first unread message, with a way to the last ones", async ({ browser }) => {
  const texts = Array.from({ length: 90 }, (_, index) => `absence ${String(index).padStart(2, "0")}`);
  await writeAsKarim(texts);
  const { page } = await openDirectly(browser, "demo");
  await openConversation(page, "Karim Benhaddou");
  const log = page.getByRole("main").getByRole("log");
  await expect(log.getByRole("separator", { name: "Nouveaux messages" })).toBeInViewport();
  await expect(messages(page, "absence 89")).toHaveCount(0);
  const row = conversationList(page)
    .getByRole("button", { name: /^Karim Benhaddou/ })
    .first();
  await expect(row).toContainText("messages");
  await writeAsKarim(["arrivé pendant la lecture"]);
  await page.getByRole("button", { name: /^\d+ nouveaux messages/ }).click();
  await expect(messages(page, "arrivé pendant la lecture")).toBeInViewport();
  await expect(row).not.toContainText("messages");
});

test("language and look change at once and are kept", async ({ browser }) => {
  const { page } = await openDirectly(browser, "demo");
  await page.keyboard.press("Control+,");
  await page.getByText("English", { exact: true }).click();
  await expect(page.getByRole("dialog", { name: "Settings" })).toBeVisible();
  await page.getByText("Dark", { exact: true }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(page.getByRole("navigation", { name: "Conversations" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Communities" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("a narrow window shows one pane at a time, with a way back from each", async ({ browser }) => {
  const { page } = await openDirectly(browser, "demo");
  await openConversation(page, "Karim Benhaddou");
  await say(page, "vu de près");
  await page.setViewportSize({ width: 480, height: 800 });
  const list = conversationList(page);
  await expect(list).toBeHidden();
  await messages(page, "vu de près").click({ button: "right" });
  await page.getByRole("menuitem", { name: "Répondre dans un fil" }).click();
  await expect(page.getByRole("main")).toBeHidden();
  await page.getByRole("complementary").getByRole("button", { name: "Retour" }).click();
  await expect(page.getByRole("main")).toBeVisible();
  await page.getByRole("button", { name: "Retour à la liste" }).click();
  await expect(list).toBeVisible();
  await expect(page.getByRole("main")).toBeHidden();
  await list
    .getByRole("button", { name: /^vie d’équipe/ })
    .first()
    .click();
  await expect(page.getByRole("main").getByRole("heading", { level: 2 })).toHaveText("vie d’équipe");
});

test("everything of a conversation is done from the keyboard", async ({ browser }) => {
  const { page } = await openDirectly(browser, "demo");
  const press = (...keys: string[]) =>
    keys.reduce((done, key) => done.then(() => page.keyboard.press(key)), Promise.resolve());
  await expect(page.getByRole("main").getByRole("heading", { level: 2 })).toBeVisible();

  await press("Control+k");
  await expect(page.getByRole("combobox")).toBeFocused();
  await page.keyboard.type("karim");
  await expect(page.getByRole("option").filter({ hasText: "Karim Benhaddou" })).toHaveCount(1);
  await expect(page.getByRole("option").first()).toContainText("Karim Benhaddou");
  await press("Enter");
  await expect(page.getByRole("main").getByRole("heading", { level: 2 })).toContainText("Karim Benhaddou");

  await expect(composer(page)).toBeFocused();
  await page.keyboard.type("sans la souris");
  await press("Enter");
  const row = messages(page, "sans la souris");
  await expect(row).not.toHaveAttribute("data-pending");

  const log = page.getByRole("main").getByRole("log");
  for (
    let tries = 0;
    tries < 15 && !(await log.evaluate((node) => node === document.activeElement));
    tries += 1
  ) {
    await press("Shift+Tab");
  }
  await expect(log).toBeFocused();
  await press("ArrowUp");
  await expect(row).toBeFocused();
  await press("ArrowUp", "ArrowDown");
  await expect(row).toBeFocused();
  // Into the message: its author when it opens a run, then its toolbar.
  await press("Tab");
  if (await row.locator(".message__author:focus").isVisible()) await press("Tab");
  await expect(row.getByRole("button", { name: "Réagir avec 👍" })).toBeFocused();
  await press("Enter");
  await expect(row.getByRole("group", { name: "Réactions" })).toContainText("1");

  await row.evaluate((node: HTMLElement) => node.focus());
  await press("Shift+F10");
  await expect(page.getByRole("menuitem").first()).toBeFocused();
  await press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: "Répondre dans un fil" })).toBeFocused();
  await press("Enter");
  const thread = page.getByRole("complementary");
  await expect(thread.getByRole("textbox")).toBeFocused();
  await page.keyboard.type("et au clavier");
  await press("Enter");
  await expect(thread.getByRole("article").filter({ hasText: "et au clavier" })).toBeVisible();
  await press("Escape");
  await expect(thread).toHaveCount(0);
  await expect(row).toBeFocused();

  await press("F6");
  await expect(conversationList(page).locator(":focus")).toHaveCount(1);
  await page.keyboard.type("vie");
  await press("Enter");
  await expect(page.getByRole("main").getByRole("heading", { level: 2 })).toHaveText("vie d’équipe");
  await expect(composer(page)).toBeFocused();
});
