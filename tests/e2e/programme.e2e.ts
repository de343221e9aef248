import { expect, test, type Locator, type Page } from "playwright/test";
import { misplaced, violations } from "./layout.ts";
import { openPair, rail, type Pair } from "./window.ts";

/** What a meeting consists of, seen by two people, each at a machine of their own. */

test.describe.configure({ mode: "serial" });

let pair: Pair;
let camille: Page;
let karim: Page;

test.beforeAll(async ({ browser }) => {
  pair = await openPair(browser);
  camille = pair.camille.page;
  karim = pair.karim.page;
  for (const page of [camille, karim]) {
    await rail(page, "Calendrier").click();
    // In a month a day with much on it hides some behind a number.
    await page.getByRole("radio", { name: "Agenda", exact: true }).click();
  }
});

test.afterAll(() => pair.close());

function details(page: Page): Locator {
  return page.getByRole("complementary", { name: "Événement" });
}

function events(page: Page, title: string): Locator {
  return page.getByRole("main").locator(".calendar-event").filter({ hasText: title });
}

/** Items of the programme in the form. */
function items(form: Locator): Locator {
  return form.getByRole("list", { name: "Programme" }).getByRole("listitem", { name: /, point \d/ });
}

/** Rows of the timetable beside the calendar. */
function rows(page: Page): Locator {
  return details(page).getByRole("region", { name: "Programme" }).getByRole("listitem");
}

async function tomorrow(page: Page): Promise<string> {
  return await page.evaluate(() => {
    const date = new Date(Date.now() + 86_400_000);
    const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
    return parts.map((part) => String(part).padStart(2, "0")).join("-");
  });
}

async function begin(page: Page, title: string): Promise<Locator> {
  await page.getByRole("button", { name: "Nouvel événement" }).click();
  const form = page.getByRole("dialog", { name: "Nouvel événement" });
  await form.getByLabel("Titre").fill(title);
  await form.getByLabel("Début : jour").fill(await tomorrow(page));
  await form.getByLabel("Début : heure").fill("14:00");
  await form.getByLabel("Fin : heure").fill("15:00");
  return form;
}

async function invite(form: Locator, guest: string): Promise<void> {
  const search = form.getByRole("combobox", { name: "Nom ou adresse e-mail" });
  await search.fill(guest);
  await search.press("Enter");
  await expect(form.getByRole("button", { name: `Retirer ${guest}` })).toBeVisible();
}

test("a programme is written and put in order with the keyboard, its times follow, and whoever is invited has it", async () => {
  const form = await begin(camille, "Comité travaux");
  await invite(form, "Karim Benhaddou");
  await form.getByRole("button", { name: "Ajouter un point" }).press("Enter");
  await expect(form.getByRole("textbox", { name: "Point 1 : intitulé" })).toBeFocused();
  await camille.keyboard.type("Budget");
  await camille.keyboard.press("Enter");
  await expect(form.getByRole("textbox", { name: "Point 2 : intitulé" })).toBeFocused();
  await camille.keyboard.type("Accueil");
  await form.getByRole("spinbutton", { name: "Durée de « Budget », en minutes" }).fill("30");
  await form.getByRole("spinbutton", { name: "Durée de « Accueil », en minutes" }).fill("10");
  await expect(items(form).nth(1)).toContainText("14:30 – 14:40");
  await form.getByRole("textbox", { name: "Point 2 : intitulé" }).press("Alt+ArrowUp");
  await expect(camille.getByText("« Accueil » est maintenant le point 1 sur 2.")).toBeAttached();
  await expect(form.getByRole("textbox", { name: "Point 1 : intitulé" })).toBeFocused();
  await expect(form.getByRole("textbox", { name: "Point 1 : intitulé" })).toHaveValue("Accueil");
  await expect(items(form).nth(0)).toContainText("14:00 – 14:10");
  await expect(items(form).nth(1)).toContainText("14:10 – 14:40");
  // Another start takes the programme along.
  await form.getByLabel("Début : heure").fill("16:00");
  await expect(items(form).nth(1)).toContainText("16:10 – 16:40");
  await form.getByRole("combobox", { name: "Qui intervient pour « Budget »" }).fill("Karim Benhaddou");
  await form.getByRole("button", { name: "Document… à joindre à « Budget »" }).click();
  const attach = camille.getByRole("dialog", { name: "Joindre un document" });
  await attach.getByLabel("Adresse du document").fill("javascript:alert(1)");
  await attach.getByRole("button", { name: "Joindre l’adresse" }).click();
  await expect(attach.getByText(/Ce n’est pas une adresse/)).toBeVisible();
  await attach.getByLabel("Adresse du document").fill("https://ville.example/budget.pdf");
  await attach.getByRole("button", { name: "Joindre l’adresse" }).click();
  await expect(attach).toBeHidden();
  await form.getByRole("button", { name: "Créer" }).click();
  await expect(form).toBeHidden();
  for (const page of [camille, karim]) {
    await events(page, "Comité travaux").first().click();
    await expect(rows(page)).toHaveText([
      /16:00 – 16:10\s*Accueil/,
      /16:10 – 16:40\s*Budget.*Karim Benhaddou.*ville\.example\/budget\.pdf/,
    ]);
    await expect(details(page).getByRole("link", { name: "ville.example/budget.pdf" })).toHaveAttribute(
      "href",
      "https://ville.example/budget.pdf",
    );
  }
});

test("what is removed comes back, what is too long is said, and an item is dragged; nobody is asked anew; one time of a series differs", async () => {
  const question = karim.getByRole("group", { name: /Serez-vous présent/ });
  await question.getByRole("button", { name: "Oui" }).click();
  await expect(details(camille).getByRole("listitem").filter({ hasText: "Karim" }).first()).toContainText(
    "présent",
  );
  await details(camille).getByRole("button", { name: "Modifier" }).click();
  const form = camille.getByRole("dialog", { name: "Modifier" });
  await form.getByRole("button", { name: "Retirer « Accueil »" }).press("Enter");
  await expect(items(form)).toHaveCount(1);
  await expect(form.getByRole("button", { name: "Annuler" }).first()).toBeFocused();
  await camille.keyboard.press("Enter");
  await expect(items(form)).toHaveCount(2);
  await expect(form.getByRole("textbox", { name: "Point 1 : intitulé" })).toHaveValue("Accueil");
  await form.getByRole("spinbutton", { name: "Durée de « Budget », en minutes" }).fill("90");
  await expect(
    form.getByText(/Le programme dure 1\s?h\s?40, l’événement 1\s?h\s: 40\s?min de trop/),
  ).toBeVisible();
  await form.getByRole("button", { name: "Ajouter un point" }).click();
  await form.getByRole("button", { name: "Enregistrer" }).click();
  await expect(form.getByText("Donnez un intitulé à ce point.")).toBeVisible();
  await form.getByRole("textbox", { name: "Point 3 : intitulé" }).fill("Visite");
  await items(form).nth(2).locator(".programme-item__grip").dragTo(items(form).nth(0));
  await expect(form.getByRole("textbox", { name: "Point 1 : intitulé" })).toHaveValue("Visite");
  await form.getByRole("button", { name: "Enregistrer" }).click();
  await expect(form).toBeHidden();
  await expect(rows(karim)).toHaveText([/16:00 – 16:15\s*Visite/, /Accueil/, /Budget/]);
  await expect(question.getByRole("button", { name: "Oui" })).toHaveAttribute("aria-pressed", "true");

  // One time of a series has a programme of its own.
  const daily = await begin(camille, "Point quotidien");
  await daily.getByLabel("Répétition").selectOption({ label: "Tous les jours" });
  await daily.getByLabel("S’arrête").selectOption({ label: "Après un nombre de fois" });
  await daily.getByLabel("Nombre de fois").fill("3");
  await daily.getByRole("button", { name: "Ajouter un point" }).click();
  await daily.getByRole("textbox", { name: "Point 1 : intitulé" }).fill("Tour de table");
  await daily.getByRole("button", { name: "Créer" }).click();
  await expect(daily).toBeHidden();
  await expect(events(camille, "Point quotidien")).toHaveCount(3);
  await events(camille, "Point quotidien").nth(1).click();
  await details(camille).getByRole("button", { name: "Modifier" }).click();
  const edit = camille.getByRole("dialog", { name: "Modifier" }).first();
  await edit.getByRole("textbox", { name: "Point 1 : intitulé" }).fill("Bilan");
  await edit.getByRole("button", { name: "Enregistrer" }).click();
  await camille.getByRole("button", { name: "Celui-ci seulement" }).click();
  await expect(edit).toBeHidden();
  await expect(rows(camille)).toHaveText([/Bilan/]);
  await events(camille, "Point quotidien").nth(2).click();
  await expect(rows(camille)).toHaveText([/Tour de table/]);
});

test("minutes are kept as they are typed and seen by all, and an action becomes a task, once", async () => {
  await events(camille, "Comité travaux").first().click();
  await details(camille).getByRole("button", { name: "Rédiger le compte rendu" }).click();
  const dialog = camille.getByRole("dialog", { name: /^Compte rendu/ });
  const text = dialog.getByRole("textbox", { name: "Compte rendu" });
  await expect(text).toHaveValue(
    /^# Comité travaux[\s\S]*Karim Benhaddou[\s\S]*## Visite\n\n## Accueil\n\n## Budget\n/,
  );
  await text.press("Control+End");
  await camille.keyboard.type("Voté à l’unanimité.\n- [ ] Commander la fibre demain");
  await expect(dialog.getByRole("status")).toHaveText("Enregistré");
  const seen = details(karim).getByRole("region", { name: "Compte rendu" });
  await expect(seen).toContainText("Voté à l’unanimité.");
  await expect(seen.getByRole("button", { name: /^Modifier|^Créer une tâche/ })).toHaveCount(0);
  await dialog.getByRole("button", { name: "Terminer" }).click();
  await expect(dialog).toBeHidden();
  const own = details(camille).getByRole("region", { name: "Compte rendu" });
  const download = camille.waitForEvent("download");
  await own.getByRole("button", { name: "Exporter (.md)" }).click();
  expect((await download).suggestedFilename()).toBe("Compte rendu Comité travaux.md");
  await own.getByRole("button", { name: /^Créer une tâche… : Commander la fibre demain/ }).click();
  const make = camille.getByRole("dialog", { name: "Créer une tâche" });
  await expect(make.getByLabel("Tâche")).toHaveValue("Commander la fibre");
  await expect(make.getByLabel(/^Échéance/)).toHaveValue(await tomorrow(camille));
  await make.getByRole("button", { name: "Créer la tâche" }).click();
  await expect(make).toBeHidden();
  await expect(own.getByRole("button", { name: "Voir la tâche" })).toBeVisible();
  await expect(own.getByRole("button", { name: /^Créer une tâche/ })).toHaveCount(0);
  await expect(seen.getByRole("region", { name: "Actions à suivre" })).toContainText("Voir la tâche");
  await own.getByRole("button", { name: "Voir la tâche" }).click();
  await expect(camille.getByRole("button", { name: /^Comité travaux/ }).first()).toBeVisible();
  await rail(camille, "Calendrier").click();
});

test("two people who write at once see each other’s words; what was written apart is decided by a person", async () => {
  const form = await begin(camille, "Réseau des collèges");
  const place = form.locator('optgroup[label="Informatique des collèges"] option').first();
  await form.getByLabel("Calendrier").selectOption((await place.getAttribute("value")) ?? "");
  await form.getByRole("button", { name: "Créer" }).click();
  await expect(form).toBeHidden();
  const texts: Locator[] = [];
  for (const page of [camille, karim]) {
    await events(page, "Réseau des collèges").first().click();
    await details(page).getByRole("button", { name: "Rédiger le compte rendu" }).click();
    texts.push(page.getByRole("textbox", { name: "Compte rendu" }));
  }
  const [mine, theirs] = texts;
  if (mine === undefined || theirs === undefined) throw new Error("no minutes");
  await mine.press("Control+End");
  await camille.keyboard.type("De Camille.");
  await expect(theirs).toHaveValue(/De Camille\.$/);
  await theirs.press("Control+End");
  await karim.keyboard.type(" De Karim.");
  await expect(mine).toHaveValue(/De Camille\. De Karim\.$/);
  const dialogs = [camille, karim].map((page) => page.getByRole("dialog", { name: /^Compte rendu/ }));
  await pair.workplace.server.stop();
  await mine.press("Control+End");
  await camille.keyboard.type(" Sans réseau.");
  await theirs.press("Control+End");
  await karim.keyboard.type(" Autrement.");
  for (const dialog of dialogs)
    await expect(dialog.getByRole("status")).toHaveText("Enregistré", { timeout: 40_000 });
  await pair.workplace.restart();
  const [first, second] = dialogs.map((dialog) => dialog.getByRole("button", { name: "Garder ma version" }));
  if (first === undefined || second === undefined) throw new Error("no dialogs");
  await expect.poll(async () => (await first.count()) + (await second.count()), { timeout: 40_000 }).toBe(1);
  const isFirst = (await first.count()) === 1;
  await (isFirst ? first : second).click();
  const kept = isFirst ? / Sans réseau\.$/ : / Autrement\.$/;
  for (const text of texts) await expect(text).toHaveValue(kept);
  for (const dialog of dialogs) await dialog.getByRole("button", { name: "Terminer" }).click();
  for (const dialog of dialogs) await expect(dialog).toBeHidden();
});

test("programme and minutes are accessible and keep within their window", async () => {
  await events(camille, "Comité travaux").first().click();
  await expect(rows(camille)).toHaveCount(3);
  const places: (() => Promise<Locator | null>)[] = [
    async () => null,
    async () => {
      await details(camille).getByRole("button", { name: "Modifier", exact: true }).click();
      return camille.getByRole("dialog", { name: "Modifier" });
    },
    async () => {
      await details(camille).getByRole("button", { name: "Modifier le compte rendu" }).click();
      return camille.getByRole("dialog", { name: /^Compte rendu/ });
    },
  ];
  for (const open of places) {
    const dialog = await open();
    if (dialog !== null) await expect(dialog).toBeVisible();
    for (const theme of ["light", "dark"]) {
      await camille.evaluate((name) => {
        document.documentElement.dataset["theme"] = name;
      }, theme);
      expect(await violations(camille), theme).toEqual([]);
      for (const width of [1280, 480, 320]) {
        await camille.setViewportSize({ width, height: 800 });
        expect(await misplaced(camille), `${theme} ${width}`).toEqual([]);
      }
      await camille.setViewportSize({ width: 1280, height: 800 });
    }
    if (dialog !== null) {
      await dialog.getByRole("button", { name: /^(Annuler|Terminer)$/ }).click();
      await expect(dialog).toBeHidden();
    }
  }
});
