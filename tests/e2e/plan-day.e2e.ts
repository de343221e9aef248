import { expect, test, type Locator, type Page } from "playwright/test";
import { misplaced, violations } from "./layout.ts";
import { openPair, rail, type Pair } from "./window.ts";

/** One's tasks put into the free times of a day. */

test.describe.configure({ mode: "serial" });

let pair: Pair;
let page: Page;

test.beforeAll(async ({ browser }) => {
  pair = await openPair(browser);
  page = pair.camille.page;
});

test.afterAll(() => pair.close());

const GUIDE = "Lire le guide d’accessibilité";
const LEAVE = "Poser mes congés de février";

/** The next working day: of today, little or nothing may be left. */
async function plan(): Promise<Locator> {
  await rail(page, "Tâches").click();
  await page.getByRole("button", { name: "Planifier ma journée" }).click();
  const dialog = page.getByRole("dialog", { name: "Planifier ma journée" });
  await dialog.getByLabel("Jour", { exact: true }).selectOption({ index: 1 });
  await expect(dialog.getByRole("checkbox", { name: GUIDE })).toBeVisible();
  const checked = dialog.getByRole("checkbox", { checked: true });
  for (let count = await checked.count(); count > 0; count--) await checked.first().uncheck();
  return dialog;
}

function times(dialog: Locator): Locator {
  return dialog.getByRole("region", { name: "La journée" }).getByRole("listitem");
}

test("tasks find their times between what stands in the calendar, and the times are kept there", async () => {
  const dialog = await plan();
  await expect(dialog.getByRole("button", { name: /^Réserver/ })).toBeDisabled();
  await dialog.getByRole("checkbox", { name: GUIDE }).check();
  await dialog.getByLabel(`Durée de « ${LEAVE} »`).selectOption({ label: "1 h" });
  await expect(dialog.getByRole("checkbox", { name: LEAVE })).toBeChecked();
  await expect(times(dialog).filter({ hasText: GUIDE })).toHaveText(/^\d\d:\d\d – \d\d:\d\d/);
  await expect(times(dialog).filter({ hasText: LEAVE })).toHaveText(/^\d\d:\d\d – \d\d:\d\d/);
  await dialog.getByRole("button", { name: "Réserver ces 2 créneaux" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("2 créneaux réservés dans votre calendrier")).toBeVisible();
});

test("time that is kept is not kept twice, and leads to its task", async () => {
  const dialog = await plan();
  const guide = dialog.getByRole("checkbox", { name: GUIDE });
  await expect(guide).toBeDisabled();
  await expect(guide).toHaveAccessibleDescription(/^Déjà prévu à \d\d:\d\d/);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await rail(page, "Calendrier").click();
  await page.getByRole("radio", { name: "Agenda", exact: true }).click();
  await page.getByRole("main").locator(".calendar-event").filter({ hasText: GUIDE }).first().click();
  const details = page.getByRole("complementary", { name: "Événement" });
  await details.getByRole("button", { name: /^Lire le guide d’accessibilité Mes tâches/ }).click();
  const task = page.getByRole("complementary", { name: "Détails de la tâche" });
  await expect(task.getByLabel("Titre")).toHaveValue(GUIDE);
});

test("what was kept is taken back with one press", async () => {
  const dialog = await plan();
  const boxes = dialog.getByRole("checkbox", { disabled: false });
  await boxes.first().check();
  await dialog.getByRole("button", { name: "Réserver ce temps" }).click();
  await expect(dialog).toBeHidden();
  await page
    .locator(".toast", { hasText: "Un créneau réservé dans votre calendrier" })
    .getByRole("button", { name: "Annuler" })
    .click();
  const again = await plan();
  await expect(again.getByText(/^Déjà prévu à/)).toHaveCount(2);
  for (const theme of ["light", "dark"]) {
    await page.evaluate((name) => {
      document.documentElement.dataset["theme"] = name;
    }, theme);
    expect(await violations(page), theme).toEqual([]);
    for (const width of [1280, 480, 320]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await misplaced(page), `${theme} ${width}`).toEqual([]);
    }
  }
});
