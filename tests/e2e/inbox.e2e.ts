import { expect, test, type Locator, type Page } from "playwright/test";
import { composer, messages, openConversation, openPair, rail, say, type Pair } from "./window.ts";

test.describe.configure({ mode: "serial" });

let workplace: Pair["workplace"];
let camille: Pair["camille"];
let karim: Pair["karim"];
let close: Pair["close"];

test.beforeAll(async ({ browser }) => {
  ({ workplace, camille, karim, close } = await openPair(browser));
});

test.afterAll(() => close());

function inbox(page: Page): Locator {
  return page.getByRole("navigation", { name: "À traiter" });
}

async function openInbox(page: Page): Promise<void> {
  await rail(page, "À traiter").click();
  await expect(inbox(page)).toBeVisible();
}

/** How many wait, as the rail says it. */
async function waiting(page: Page): Promise<number> {
  const text = await rail(page, "À traiter").innerText();
  return Number(/\d+/.exec(text)?.[0] ?? "0");
}

async function mentionCamille(page: Page, words: string): Promise<void> {
  await composer(page).pressSequentially("@Camille");
  await expect(page.getByRole("option", { name: /Camille Berthier/ })).toBeVisible();
  await composer(page).press("Enter");
  await composer(page).pressSequentially(words);
  await composer(page).press("Enter");
  await expect(messages(page, words)).toBeVisible();
}

test("a mention is counted at once, says who, where and what, and is answered without leaving", async () => {
  const { page } = camille;
  await openInbox(page);
  const before = await waiting(page);
  await openConversation(karim.page, "réseau et wifi");
  await mentionCamille(karim.page, "as-tu la clé du local de La Forge ?");
  await expect.poll(() => waiting(page)).toBe(before + 1);
  const line = inbox(page)
    .getByRole("button", { name: /Karim Benhaddou vous mentionne/ })
    .first();
  await expect(line).toContainText("réseau et wifi");
  await expect(line).toContainText("as-tu la clé du local");
  await line.click();
  const detail = page.getByRole("main");
  await expect(detail.getByText("as-tu la clé du local").first()).toBeVisible();
  const answer = detail.getByRole("textbox", { name: "Répondre" });
  await answer.fill("Oui, elle est à l’accueil.");
  await answer.press("Enter");
  await expect(messages(karim.page, "elle est à l’accueil")).toBeVisible();
  await expect.poll(() => waiting(page)).toBe(before);
});

test("done, undone, put off and brought back: the counts follow, also after a reload", async () => {
  const { page } = camille;
  await openInbox(page);
  const before = await waiting(page);
  expect(before).toBeGreaterThan(1);
  const [first] = await inbox(page).locator("[data-key]").all();
  await first?.click();
  await page.getByRole("main").getByRole("button", { name: "C’est fait" }).click();
  await expect.poll(() => waiting(page)).toBeLessThan(before);
  await page.getByRole("button", { name: "Annuler" }).last().click();
  await expect.poll(() => waiting(page)).toBe(before);

  await inbox(page).locator("[data-key]").first().click();
  await page.getByRole("main").getByRole("button", { name: "Plus tard", exact: true }).click();
  await page.getByRole("menuitem", { name: "Demain à 9 h" }).click();
  await expect.poll(() => waiting(page)).toBeLessThan(before);
  const after = await waiting(page);
  await page.reload();
  await expect(inbox(page)).toBeVisible();
  await expect.poll(() => waiting(page)).toBe(after);
  await inbox(page)
    .getByRole("button", { name: /^Plus tard/ })
    .click();
  await inbox(page).locator("[data-key]").first().click();
  await page.getByRole("main").getByRole("button", { name: "Traiter maintenant" }).click();
  await expect.poll(() => waiting(page)).toBe(before);
});

test("by keyboard alone: arrows, E for done, O to open", async () => {
  const { page } = camille;
  await openInbox(page);
  await inbox(page).getByRole("button", { name: /^Tout/ }).click();
  const before = await waiting(page);
  const lines = inbox(page).locator("[data-key]");
  await lines.first().focus();
  await page.keyboard.press("ArrowDown");
  await expect(lines.nth(1)).toBeFocused();
  await page.keyboard.press("e");
  await expect.poll(() => waiting(page)).toBeLessThan(before);
  await page.getByRole("button", { name: "Annuler" }).last().click();
  await expect.poll(() => waiting(page)).toBe(before);
});

test("a direct message is settled by reading it, in every window", async () => {
  const { page } = camille;
  await openInbox(page);
  await openConversation(karim.page, "Camille Berthier");
  const before = await waiting(page);
  await say(karim.page, "Je passe vers 16 h.");
  await expect(inbox(page).getByText("Je passe vers 16 h.")).toBeVisible();
  expect(await waiting(page)).toBeGreaterThanOrEqual(before);
  await rail(page, "Messages").click();
  await openConversation(page, "Karim Benhaddou");
  await expect(messages(page, "Je passe vers 16 h.")).toBeVisible();
  await rail(page, "À traiter").click();
  await expect(inbox(page).getByText("Je passe vers 16 h.")).toHaveCount(0);
});

test("what is done offline is kept and sent later", async () => {
  const { page } = camille;
  await openInbox(page);
  const before = await waiting(page);
  await workplace.server.stop();
  await inbox(page).locator("[data-key]").first().click();
  await page.getByRole("main").getByRole("button", { name: "C’est fait" }).click();
  await expect.poll(() => waiting(page)).toBeLessThan(before);
  const after = await waiting(page);
  await workplace.restart();
  await page.reload();
  await expect(inbox(page)).toBeVisible();
  await expect.poll(() => waiting(page)).toBe(after);
});

test("do not disturb, working hours and what is announced are chosen in the settings", async () => {
  const { page } = camille;
  await page.keyboard.press("Control+,");
  const dialog = page.getByRole("dialog", { name: "Réglages" });
  await dialog.getByRole("tab", { name: "Notifications" }).click();
  await dialog.getByRole("button", { name: "Pendant une heure" }).click();
  await expect(dialog.getByText(/Rien n’est annoncé jusqu’à/)).toBeVisible();
  await dialog.getByRole("button", { name: "Reprendre les annonces" }).click();
  await expect(dialog.getByText(/Rien n’est annoncé jusqu’à/)).toHaveCount(0);
  await dialog.getByLabel("Réponses dans mes fils").selectOption("Sans annonce");
  await dialog.getByRole("tab", { name: "Horaires" }).click();
  await dialog.getByRole("checkbox", { name: "mercredi" }).uncheck();
  await dialog.getByRole("button", { name: "Enregistrer mes horaires" }).click();
  await expect(dialog.getByRole("button", { name: "Suivre ceux de l’organisation" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.reload();
  // Keys are heard once the window is drawn.
  await expect(inbox(page)).toBeVisible();
  await page.keyboard.press("Control+,");
  await dialog.getByRole("tab", { name: "Notifications" }).click();
  await expect(dialog.getByLabel("Réponses dans mes fils")).toHaveValue("inbox");
  await dialog.getByRole("tab", { name: "Horaires" }).click();
  await expect(dialog.getByRole("checkbox", { name: "mercredi" })).not.toBeChecked();
});
