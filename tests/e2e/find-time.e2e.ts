import { expect, test, type Locator, type Page } from "playwright/test";
import { misplaced, violations } from "./layout.ts";
import { openPair, rail, type Pair } from "./window.ts";

/** When people have time: their days side by side, and the times that suit all of them. */

test.describe.configure({ mode: "serial" });

let pair: Pair;
let camille: Page;
let karim: Page;

test.beforeAll(async ({ browser }) => {
  pair = await openPair(browser);
  camille = pair.camille.page;
  karim = pair.karim.page;
  for (const page of [camille, karim]) await rail(page, "Calendrier").click();
});

test.afterAll(() => pair.close());

/** The next day on which people work, by the clock of the page. */
async function nextWorkday(page: Page): Promise<{ iso: string; words: string }> {
  return await page.evaluate(() => {
    const date = new Date();
    do date.setDate(date.getDate() + 1);
    while (date.getDay() === 0 || date.getDay() === 6);
    const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
    return {
      iso: parts.map((part) => String(part).padStart(2, "0")).join("-"),
      words: new Intl.DateTimeFormat("fr-FR", { dateStyle: "full" }).format(date),
    };
  });
}

async function openSeveral(page: Page): Promise<Locator> {
  const dialog = page.getByRole("dialog", { name: "Trouver un créneau" });
  if (await dialog.isVisible()) await dialog.getByRole("button", { name: "Annuler" }).click();
  await page.getByRole("button", { name: "Autres actions", exact: true }).click();
  await page.getByRole("menuitem", { name: "À plusieurs…" }).click();
  await dialog.getByLabel("Chercher une personne").fill("Karim");
  await dialog
    .getByRole("button", { name: /^Karim/ })
    .first()
    .click();
  await dialog.getByRole("button", { name: "Voir les disponibilités" }).click();
  return dialog;
}

async function goTo(dialog: Locator, words: string): Promise<void> {
  const day = dialog.getByRole("heading", { name: words });
  for (let days = 0; days < 7 && !(await day.isVisible()); days += 1)
    await dialog.getByRole("button", { name: "Jour suivant" }).click();
  await expect(day).toBeVisible();
}

/** By the keyboard alone. */
async function moveToTen(slider: Locator): Promise<void> {
  await slider.press("Home");
  const isThere = async () => /10:00\s–/.test((await slider.getAttribute("aria-valuetext")) ?? "");
  for (let hours = 0; hours < 12 && !(await isThere()); hours += 1) await slider.press("PageUp");
  expect(await isThere()).toBe(true);
}

test("what another person has is seen as taken time, without its name, and a free time becomes an event", async () => {
  const { iso, words } = await nextWorkday(karim);
  await karim.getByRole("button", { name: "Nouvel événement" }).click();
  const form = karim.getByRole("dialog", { name: "Nouvel événement" });
  await form.getByLabel("Titre").fill("Rendez-vous chez le médecin");
  await form.getByLabel("Début : jour").fill(iso);
  await form.getByLabel("Début : heure").fill("10:00");
  await form.getByLabel("Fin : heure").fill("12:00");
  await form.getByRole("button", { name: "Créer" }).click();
  await expect(form).toBeHidden();
  await expect(async () => {
    const dialog = await openSeveral(camille);
    await goTo(dialog, words);
    const row = dialog.getByRole("listitem").filter({ hasText: "Karim" }).first();
    await expect(row.getByRole("img", { name: /10:00\s–\s12:00/ })).toBeVisible({ timeout: 2000 });
  }).toPass();
  const dialog = camille.getByRole("dialog", { name: "Trouver un créneau" });
  await expect(dialog).not.toContainText("médecin");
  const slider = dialog.getByRole("slider", { name: "Créneau choisi" });
  await moveToTen(slider);
  const suits = dialog.locator(".find-time__chosen").getByRole("status");
  await expect(suits).toContainText("Karim");
  await slider.press("ArrowRight");
  await expect(slider).toHaveAttribute("aria-valuetext", /10:15/);
  await slider.press("Shift+ArrowRight");
  await slider.press("Shift+ArrowLeft");
  await expect(slider).toHaveAttribute("aria-valuetext", /10:15/);

  const best = dialog.getByRole("region", { name: "Meilleurs créneaux" }).getByRole("button").first();
  await expect(best).toContainText("Tout le monde est libre.");
  await best.click();
  await expect(best).toHaveAttribute("aria-pressed", "true");
  await expect(suits).toHaveText("Tout le monde est libre.");
  const said = (await slider.getAttribute("aria-valuetext")) ?? "";
  await dialog.getByRole("button", { name: "Choisir ce créneau" }).click();
  const made = camille.getByRole("dialog", { name: "Nouvel événement" });
  const from = /(\d\d:\d\d)\s–/.exec(said)?.[1] ?? "";
  await expect(made.getByLabel("Début : heure")).toHaveValue(from);
  await expect(made.getByRole("button", { name: "Retirer Karim Benhaddou" })).toBeVisible();
  await made.getByRole("button", { name: "Annuler" }).click();
});

test("a pointer puts the time where it presses; nothing is out of place, and axe finds nothing", async () => {
  const dialog = await openSeveral(camille);
  const slider = dialog.getByRole("slider", { name: "Créneau choisi" });
  await expect(
    dialog.getByRole("region", { name: "Meilleurs créneaux" }).getByRole("button"),
  ).not.toHaveCount(0);
  const track = dialog.getByRole("img").last();
  const box = await track.boundingBox();
  if (box === null) throw new Error("no track");
  await track.click({ position: { x: 1, y: box.height / 2 } });
  const first = await slider.getAttribute("aria-valuetext");
  await track.click({ position: { x: box.width - 2, y: box.height / 2 } });
  await expect(slider).not.toHaveAttribute("aria-valuetext", first ?? "");
  for (const theme of ["light", "dark", "contrast"]) {
    await camille.evaluate((name) => {
      document.documentElement.dataset["theme"] = name;
    }, theme);
    expect(await violations(camille), theme).toEqual([]);
  }
  for (const width of [1280, 480, 320]) {
    await camille.setViewportSize({ width, height: 800 });
    expect(await misplaced(camille), `${width} px`).toEqual([]);
  }
  await camille.setViewportSize({ width: 1280, height: 800 });
  await dialog.getByRole("button", { name: "Annuler" }).click();
});

test("without a network it is said that it takes one; once it is back, one tries again", async () => {
  await pair.workplace.server.stop();
  const dialog = await openSeveral(camille);
  await expect(dialog.getByRole("alert")).toContainText("il faut le réseau");
  await pair.workplace.restart();
  const row = dialog.getByRole("listitem").filter({ hasText: "Karim" }).first();
  await expect(async () => {
    await dialog.getByRole("button", { name: "Réessayer" }).click();
    await expect(row).toContainText(/libre|pris|hors/, { timeout: 3000 });
  }).toPass();
  await expect(dialog.getByRole("alert")).toHaveCount(0);
});
