import { readFileSync } from "node:fs";
import { expect, test, type Locator, type Page } from "playwright/test";
import { misplaced, violations } from "./layout.ts";
import { openPair, rail, type Pair } from "./window.ts";

/** Two people and their calendars, each at a machine of their own. */

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

function details(page: Page): Locator {
  return page.getByRole("complementary", { name: "Événement" });
}

function events(page: Page, title: string): Locator {
  return page.getByRole("main").locator(".calendar-event").filter({ hasText: title });
}

async function show(page: Page, view: string): Promise<void> {
  await page.getByRole("radio", { name: view, exact: true }).click();
}

async function isoDay(page: Page, days: number): Promise<string> {
  return await page.evaluate((after) => {
    const date = new Date();
    date.setDate(date.getDate() + after);
    return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
      .map((part) => String(part).padStart(2, "0"))
      .join("-");
  }, days);
}

interface Said {
  title: string;
  day: string;
  from?: string;
  to?: string;
  calendar?: string;
}

async function add(page: Page, { title, day, from, to, calendar }: Said): Promise<void> {
  await page.getByRole("button", { name: "Nouvel événement" }).click();
  const dialog = page.getByRole("dialog", { name: "Nouvel événement" });
  await dialog.getByLabel("Titre").fill(title);
  if (from === undefined) await dialog.getByLabel("Toute la journée").click();
  await dialog.getByLabel("Début : jour").fill(day);
  await dialog.getByLabel("Fin : jour").fill(day);
  if (from !== undefined) await dialog.getByLabel("Début : heure").fill(from);
  if (to !== undefined) await dialog.getByLabel("Fin : heure").fill(to);
  if (calendar !== undefined) {
    const place = dialog.locator(`optgroup[label="${calendar}"] option`).first();
    await dialog.getByLabel("Calendrier").selectOption((await place.getAttribute("value")) ?? "");
  }
  await dialog.getByRole("button", { name: "Créer" }).click();
  await expect(dialog).toBeHidden();
}

test("the demonstration has a calendar of one's own and those of one's spaces; each is shown or hidden", async () => {
  await expect(events(camille, "Point d’équipe").first()).toBeVisible();
  const list = camille.getByRole("navigation", { name: "Calendriers" });
  const place = list.getByRole("region", { name: "Informatique des collèges" });
  const box = place.getByRole("checkbox", { name: "Calendrier", exact: true });
  await box.click();
  await expect(events(camille, "Point d’équipe")).toHaveCount(0);
  await box.click();
  await expect(events(camille, "Point d’équipe").first()).toBeVisible();
});

test("what is due stands on its day, and leads to its task", async () => {
  const due = events(camille, "Rétablir l’accès aux images de Bellefontaine");
  await expect(due).toBeVisible();
  const list = camille.getByRole("navigation", { name: "Calendriers" });
  const box = list.getByRole("checkbox", { name: "Mes tâches" });
  await box.click();
  await expect(due).toHaveCount(0);
  await box.click();
  await show(camille, "Agenda");
  await due.click();
  await expect(camille.getByRole("complementary", { name: "Détails de la tâche" })).toBeVisible();
  await rail(camille, "Calendrier").click();
  await show(camille, "Mois");
});

test("times in words become those of the event, and what it says is shown beside", async () => {
  await camille.getByRole("button", { name: "Nouvel événement" }).click();
  const dialog = camille.getByRole("dialog", { name: "Nouvel événement" });
  await dialog.getByLabel("Titre").fill("Atelier cartes demain 14h");
  await expect(dialog.getByLabel("Début : jour")).toHaveValue(await isoDay(camille, 1));
  await expect(dialog.getByLabel("Début : heure")).toHaveValue("14:00");
  await dialog.getByLabel("Lieu").fill("Salle du conseil");
  await dialog.getByLabel("Lien de la visioconférence").fill("https://visio.exemple/cartes");
  await dialog.getByRole("button", { name: "Créer" }).click();
  await show(camille, "Agenda");
  await events(camille, "Atelier cartes").click();
  await expect(details(camille)).toContainText("Salle du conseil");
  await expect(details(camille)).toContainText("14:00 – 15:00");
  await expect(details(camille).getByRole("link", { name: "Rejoindre" })).toHaveAttribute(
    "href",
    "https://visio.exemple/cartes",
  );
});

test("what cannot be is said at its field, and nothing is kept", async () => {
  await camille.getByRole("button", { name: "Nouvel événement" }).click();
  const dialog = camille.getByRole("dialog", { name: "Nouvel événement" });
  await dialog.getByLabel("Début : heure").fill("15:00");
  await dialog.getByLabel("Fin : heure").fill("14:00");
  await dialog.getByLabel("Lien de la visioconférence").fill("javascript:alert(1)");
  await dialog.getByRole("button", { name: "Créer" }).click();
  await expect(dialog.getByText("Donnez un titre.")).toBeVisible();
  await expect(dialog.getByText("La fin est avant le début.")).toBeVisible();
  await expect(dialog.getByText("Ce n’est pas une adresse web")).toBeVisible();
  await dialog.getByRole("button", { name: "Annuler" }).click();
});

test("an event of a space is there for the other, who changes it; the first sees it", async () => {
  const day = await isoDay(camille, 3);
  await add(camille, {
    title: "Essai des bornes",
    day,
    from: "10:00",
    to: "11:00",
    calendar: "Informatique des collèges",
  });
  await show(karim, "Agenda");
  await events(karim, "Essai des bornes").click();
  await details(karim).getByRole("button", { name: "Modifier" }).click();
  const dialog = karim.getByRole("dialog", { name: "Modifier" });
  await dialog.getByLabel("Lieu").fill("Atelier");
  await dialog.getByRole("button", { name: "Enregistrer" }).click();
  await expect(dialog).toBeHidden();
  await events(camille, "Essai des bornes").click();
  await expect(details(camille)).toContainText("Atelier");
});

test("one time of a series, the following, all: each changes what it says, and undo puts it back", async () => {
  await camille.getByRole("button", { name: "Nouvel événement" }).click();
  const form = camille.getByRole("dialog", { name: "Nouvel événement" });
  await form.getByLabel("Titre").fill("Relève");
  await form.getByLabel("Début : jour").fill(await isoDay(camille, 1));
  await form.getByLabel("Fin : jour").fill(await isoDay(camille, 1));
  await form.getByLabel("Début : heure").fill("08:00");
  await form.getByLabel("Fin : heure").fill("08:15");
  await form.getByLabel("Répétition").selectOption({ label: "Tous les jours" });
  await form.getByLabel("S’arrête").selectOption({ label: "Après un nombre de fois" });
  await form.getByLabel("Nombre de fois").fill("5");
  await expect(form.getByText("Tous les jours, 5 fois")).toBeVisible();
  await form.getByRole("button", { name: "Créer" }).click();
  await expect(events(camille, "Relève")).toHaveCount(5);

  const rename = async (nth: number, title: string, scope: string) => {
    await events(camille, "Relève").nth(nth).click();
    await details(camille).getByRole("button", { name: "Modifier" }).click();
    const dialog = camille.getByRole("dialog", { name: "Modifier", exact: true });
    await dialog.getByLabel("Titre").fill(title);
    await dialog.getByRole("button", { name: "Enregistrer" }).click();
    await camille.getByRole("button", { name: scope }).click();
    await expect(dialog).toBeHidden();
  };
  await rename(1, "Relève du jour", "Celui-ci seulement");
  await expect(events(camille, "Relève du jour")).toHaveCount(1);
  await rename(3, "Relève du soir", "Celui-ci et les suivants");
  await expect(events(camille, "Relève du soir")).toHaveCount(2);
  await expect(events(camille, "Relève")).toHaveCount(5);
  await camille.getByRole("button", { name: "Annuler" }).last().click();
  await expect(events(camille, "Relève du soir")).toHaveCount(0);
  await expect(events(camille, "Relève")).toHaveCount(5);

  await events(camille, "Relève").nth(2).click();
  await details(camille)
    .getByRole("button", { name: /^Actions sur/ })
    .click();
  await camille.getByRole("menuitem", { name: "Supprimer" }).click();
  await camille.getByRole("button", { name: "Celui-ci seulement" }).click();
  await expect(events(camille, "Relève")).toHaveCount(4);
});

test("a change that is thought better of goes back to the form with what was written", async () => {
  await events(camille, "Relève").last().click();
  await details(camille).getByRole("button", { name: "Modifier" }).click();
  const dialog = camille.getByRole("dialog", { name: "Modifier", exact: true });
  await dialog.getByLabel("Description").fill("Un long texte qui ne doit pas se perdre.");
  await dialog.getByRole("button", { name: "Enregistrer" }).click();
  await camille.getByRole("dialog").last().getByRole("button", { name: "Annuler" }).click();
  await expect(dialog.getByLabel("Description")).toHaveValue("Un long texte qui ne doit pas se perdre.");
  await dialog.getByRole("button", { name: "Annuler" }).click();
  await details(camille).getByRole("button", { name: "Fermer l’événement" }).click();
});

test("an event is drawn, moved and drawn out with the pointer", async () => {
  await show(camille, "Jour");
  await camille.getByRole("button", { name: "Après" }).click();
  const grid = camille.getByRole("main").locator(".calendar-grid");
  const moved = events(camille, "Atelier cartes");
  await moved.scrollIntoViewIfNeeded();
  const before = await moved.boundingBox();
  if (before === null) throw new Error("not drawn");
  const x = before.x + 40;
  await camille.mouse.move(x, before.y + 6);
  await camille.mouse.down();
  await camille.mouse.move(x, before.y + before.height / 2 + 6, { steps: 4 });
  await camille.mouse.move(x, before.y + before.height + 6, { steps: 8 });
  await camille.mouse.up();
  await expect(camille.getByText("« Atelier cartes » est modifié.")).toBeVisible();
  await moved.click();
  await expect(details(camille)).toContainText("15:00 – 16:00");
  await details(camille).getByRole("button", { name: "Fermer l’événement" }).click();

  const box = await grid.boundingBox();
  const now = await moved.boundingBox();
  if (box === null || now === null) throw new Error("not drawn");
  const free = now.y + now.height * 1.25;
  await camille.mouse.move(box.x + box.width / 2, free);
  await camille.mouse.down();
  await camille.mouse.move(box.x + box.width / 2, free + now.height, { steps: 8 });
  await camille.mouse.up();
  const dialog = camille.getByRole("dialog", { name: "Nouvel événement" });
  await expect(dialog.getByLabel("Début : heure")).toHaveValue(/^16:/);
  await dialog.getByRole("button", { name: "Annuler" }).click();
});

test("an event is moved with the keyboard, and keeps the focus where it is then", async () => {
  const moved = events(camille, "Atelier cartes");
  await moved.focus();
  await camille.keyboard.press("Alt+ArrowDown");
  await expect(moved).toContainText("15:15");
  await expect(moved).toBeFocused();
  await camille.keyboard.press("Alt+ArrowUp");
  await expect(moved).toContainText("15:00");
  await expect(moved).toBeFocused();
  await camille.keyboard.press("Enter");
  await expect(details(camille)).toContainText("15:00 – 16:00");
  await details(camille).getByRole("button", { name: "Fermer l’événement" }).click();
});

test("without the network events are made and changed; both come together, and what conflicts is said", async () => {
  await show(camille, "Agenda");
  await camille.getByRole("button", { name: "Aujourd’hui" }).click();
  await pair.workplace.server.stop();
  const day = await isoDay(camille, 2);
  await add(camille, { title: "Hors ligne", day, from: "09:00", to: "09:30" });
  await events(camille, "Hors ligne").click();
  await details(camille).getByRole("button", { name: "Modifier" }).click();
  await camille.getByRole("dialog").getByLabel("Lieu").fill("Dans le train");
  await camille.getByRole("dialog").getByRole("button", { name: "Enregistrer" }).click();
  await expect(details(camille)).toContainText("Dans le train");
  for (const [page, place] of [
    [camille, "Salle A"],
    [karim, "Salle B"],
  ] as const) {
    await events(page, "Essai des bornes").click();
    await details(page).getByRole("button", { name: "Modifier" }).click();
    await page.getByRole("dialog").getByLabel("Lieu").fill(place);
    await page.getByRole("dialog").getByRole("button", { name: "Enregistrer" }).click();
    await expect(details(page)).toContainText(place);
  }
  await pair.workplace.restart();
  // Of the two who changed the same event one is asked.
  const asked = (page: Page) =>
    details(page).getByText("Quelqu’un d’autre a modifié cet événement entre-temps.");
  await expect(async () => {
    expect((await asked(camille).count()) + (await asked(karim).count())).toBe(1);
  }).toPass({ timeout: 60_000 });
  const loser = (await asked(camille).count()) === 1 ? camille : karim;
  const place = loser === camille ? "Salle A" : "Salle B";
  await details(loser).getByRole("button", { name: "Garder ma version" }).click();
  for (const page of [camille, karim]) await expect(details(page)).toContainText(place);
  await events(camille, "Hors ligne").click();
  await expect(details(camille)).toContainText("Dans le train");
});

test("a calendar goes out as a file and comes back without a letter changed", async () => {
  const list = camille.getByRole("navigation", { name: "Calendriers" });
  await list.getByRole("button", { name: "Actions sur Mon calendrier" }).click();
  const saving = camille.waitForEvent("download");
  await camille.getByRole("menuitem", { name: "Exporter (iCalendar)" }).click();
  const path = await (await saving).path();
  const text = readFileSync(path, "utf8");
  expect(text).toContain("SUMMARY:Chorale");
  await camille.getByRole("main").getByRole("button", { name: "Autres actions" }).click();
  await camille.getByRole("menuitem", { name: "Importer un calendrier…" }).click();
  const dialog = camille.getByRole("dialog");
  const other = text
    .replace("SUMMARY:Chorale", "SUMMARY:Chorale de Noël")
    .replaceAll(/UID:.*/g, (line) => line);
  await dialog.locator("input[type=file]").setInputFiles({
    name: "agenda.ics",
    mimeType: "text/calendar",
    buffer: Buffer.from(other),
  });
  await expect(dialog.getByRole("status")).toContainText(
    "1 événement déjà là, remplacé par celui du fichier",
  );
  await dialog.getByRole("button", { name: "Importer 1 événement" }).click();
  await expect(events(camille, "Chorale de Noël").first()).toBeVisible();

  await camille.getByRole("main").getByRole("button", { name: "Autres actions" }).click();
  await camille.getByRole("menuitem", { name: "Importer un calendrier…" }).click();
  await dialog.locator("input[type=file]").setInputFiles({
    name: "faux.ics",
    mimeType: "text/calendar",
    buffer: Buffer.from("%PDF-1.7"),
  });
  await expect(dialog.getByText("Ce fichier ne peut pas être lu.")).toBeVisible();
  await dialog.getByRole("button", { name: "Annuler" }).click();
});

test("a calendar is read under a secret address until that is taken back", async ({ request }) => {
  const list = camille.getByRole("navigation", { name: "Calendriers" });
  await list.getByRole("button", { name: "Actions sur Mon calendrier" }).click();
  await camille.getByRole("menuitem", { name: "Publier (adresse secrète)…" }).click();
  const dialog = camille.getByRole("dialog");
  await dialog.getByRole("button", { name: "Créer une adresse secrète" }).click();
  const address = (await dialog.locator("code").textContent()) ?? "";
  const answer = await request.get(address);
  expect(answer.headers()["content-type"]).toContain("text/calendar");
  expect(await answer.text()).toContain("SUMMARY:Chorale de Noël");
  await dialog.getByRole("button", { name: "Retirer" }).click();
  await expect(dialog.getByRole("button", { name: "Retirer" })).toHaveCount(0);
  expect((await request.get(address)).status()).toBe(404);
  await dialog.getByRole("button", { name: "Fermer" }).last().click();
});

test("a calendar is made, named, coloured and removed", async () => {
  const list = camille.getByRole("navigation", { name: "Calendriers" });
  await list.getByRole("button", { name: "Nouveau calendrier" }).click();
  const dialog = camille.getByRole("dialog");
  await dialog.getByLabel("Nom").fill("Astreintes");
  await dialog.getByRole("button", { name: "Orange" }).click();
  await dialog.getByRole("button", { name: "Créer" }).click();
  await expect(list.getByRole("checkbox", { name: "Astreintes" })).toBeChecked();
  await list.getByRole("button", { name: "Actions sur Astreintes" }).click();
  await camille.getByRole("menuitem", { name: "Supprimer le calendrier" }).click();
  await camille.getByRole("dialog").getByRole("button", { name: "Supprimer le calendrier" }).click();
  await expect(list.getByRole("checkbox", { name: "Astreintes" })).toHaveCount(0);
});

test("an event is found from anywhere by its words", async () => {
  await rail(camille, "Messages").click();
  await camille.keyboard.press("Control+k");
  await camille.getByRole("combobox").fill("essai des bornes");
  await camille.getByRole("option", { name: /^Essai des bornes/ }).click();
  await expect(details(camille).getByRole("heading", { name: "Essai des bornes" })).toBeVisible();
});

test("a space has its calendar on its own page", async () => {
  await rail(karim, "Communautés").click();
  await karim
    .getByRole("navigation", { name: "Communautés" })
    .getByRole("button", { name: "Informatique des collèges" })
    .click();
  await karim
    .getByRole("tab", { name: "Calendrier" })
    .or(karim.getByRole("link", { name: "Calendrier" }))
    .last()
    .click();
  await show(karim, "Agenda");
  await expect(events(karim, "Essai des bornes")).toBeVisible();
  await expect(events(karim, "Chorale")).toHaveCount(0);
});

test("screens of the calendar are accessible and keep within their window", async () => {
  test.setTimeout(240_000);
  await camille.getByRole("button", { name: "Aujourd’hui" }).click();
  await events(camille, "Essai des bornes").click();
  for (const view of ["Mois", "Semaine", "Lun – ven", "Jour", "Agenda"]) {
    await camille.setViewportSize({ width: 1280, height: 800 });
    await show(camille, view);
    for (const theme of ["light", "dark"]) {
      await camille.evaluate((name) => {
        document.documentElement.dataset["theme"] = name;
      }, theme);
      await camille.setViewportSize({ width: 1280, height: 800 });
      expect({ view, theme, found: await violations(camille) }).toEqual({ view, theme, found: [] });
      for (const width of [1280, 480]) {
        await camille.setViewportSize({ width, height: 800 });
        await expect.poll(() => misplaced(camille), { message: `${view} ${theme} ${width}` }).toEqual([]);
      }
    }
  }
  await camille.setViewportSize({ width: 1280, height: 800 });
});
