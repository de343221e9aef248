import { readFileSync } from "node:fs";
import { expect, test, type Locator, type Page } from "playwright/test";
import { misplaced, violations } from "./layout.ts";
import { openPair, rail, type Pair } from "./window.ts";

/** Somebody invites, somebody answers: two people, each at a machine of their own. */

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

function question(page: Page): Locator {
  return page.getByRole("group", { name: /Serez-vous présent/ });
}

async function tomorrow(page: Page): Promise<string> {
  return await page.evaluate(() => {
    const date = new Date(Date.now() + 86_400_000);
    const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
    return parts.map((part) => String(part).padStart(2, "0")).join("-");
  });
}

async function invite(page: Page, title: string, guests: readonly string[]): Promise<void> {
  await page.getByRole("button", { name: "Nouvel événement" }).click();
  const dialog = page.getByRole("dialog", { name: "Nouvel événement" });
  const day = await tomorrow(page);
  await dialog.getByLabel("Titre").fill(title);
  await dialog.getByLabel("Début : jour").fill(day);
  await dialog.getByLabel("Début : heure").fill("15:00");
  await dialog.getByRole("button", { name: "Ajouter une visioconférence (Visio)" }).click();
  const search = dialog.getByRole("combobox", { name: "Nom ou adresse e-mail" });
  for (const guest of guests) {
    await search.fill(guest);
    await search.press("Enter");
    await expect(dialog.getByRole("button", { name: `Retirer ${guest}` })).toBeVisible();
  }
  await dialog.getByRole("button", { name: "Créer" }).click();
  await expect(dialog).toBeHidden();
}

test("who is invited is asked in the inbox, answers there, and the organizer sees it", async () => {
  await invite(camille, "Point fibre", ["Karim Benhaddou"]);
  await rail(karim, "À traiter").click();
  await karim.getByRole("button", { name: /^Camille Berthier vous invite à une réunion/ }).click();
  await expect(karim.getByRole("main").getByText("Point fibre").first()).toBeVisible();
  const join = karim.getByRole("link", { name: "Rejoindre" });
  const room = /^https:\/\/visio\.parvis\.example\/point-fibre-[0-9a-f]{32}$/;
  await expect(join).toHaveAttribute("href", room);
  await question(karim)
    .getByLabel(/^Un mot pour Camille/)
    .fill("Je viens avec les plans.");
  await question(karim).getByRole("button", { name: "Oui" }).click();
  // Answered, it has left what waits.
  await expect(karim.getByRole("button", { name: /^Camille Berthier vous invite/ })).toHaveCount(0);
  await events(camille, "Point fibre").first().click();
  await expect(details(camille).getByText("Je viens avec les plans.")).toBeVisible();
  await expect(details(camille).getByRole("listitem").filter({ hasText: "Karim" })).toContainText("présent");
  await rail(camille, "À traiter").click();
  await expect(camille.getByRole("button", { name: /^Karim Benhaddou viendra/ })).toBeVisible();
  await rail(camille, "Calendrier").click();
});

test("another time is proposed, taken over by the organizer, and asked anew", async () => {
  await rail(karim, "Calendrier").click();
  await events(karim, "Point fibre").first().click();
  await question(karim).getByRole("button", { name: "Proposer un autre horaire…" }).click();
  const field = question(karim).getByLabel("Autre horaire");
  await field.fill(`${await tomorrow(karim)}T17:30`);
  await question(karim).getByRole("button", { name: "Proposer", exact: true }).click();
  await events(camille, "Point fibre").first().click();
  const proposal = details(camille).getByText(/propose .*17:30/);
  await expect(proposal).toBeVisible();
  await details(camille).getByRole("button", { name: "Déplacer à cet horaire" }).click();
  await expect(proposal).toBeHidden();
  await expect(details(camille).getByRole("listitem").filter({ hasText: "Karim" })).toContainText(
    "sans réponse",
  );
  await expect(details(karim).getByText(/17:30/)).toBeVisible();
  await expect(question(karim).getByRole("button", { name: "Peut-être" })).toHaveAttribute(
    "aria-pressed",
    "false",
  );
});

test("an answer without the network waits, and goes when it is back", async () => {
  await pair.workplace.server.stop();
  await question(karim).getByRole("button", { name: "Non" }).click();
  await expect(question(karim).getByRole("button", { name: "Non" })).toHaveAttribute("aria-pressed", "true");
  await pair.workplace.restart();
  await expect(details(camille).getByRole("listitem").filter({ hasText: "Karim" })).toContainText("absent", {
    timeout: 40_000,
  });
});

test("whoever is invited has reminders of their own, which the organizer does not see", async () => {
  await details(karim)
    .getByRole("button", { name: /^Actions/ })
    .click();
  await karim.getByRole("menuitem", { name: "Mes rappels…" }).click();
  const dialog = karim.getByRole("dialog", { name: "Mes rappels" });
  await dialog.getByRole("combobox").selectOption({ label: "1 heure avant" });
  await dialog.getByRole("button", { name: "Enregistrer" }).click();
  await expect(details(karim)).toContainText("1 heure avant");
  await expect(details(karim)).not.toContainText("En attente");
  await expect(details(camille)).not.toContainText("1 heure avant");
});

test("a task comes out of a meeting, and leads back to it", async () => {
  await details(karim)
    .getByRole("button", { name: /^Actions/ })
    .click();
  await karim.getByRole("menuitem", { name: "Créer une tâche…" }).click();
  const dialog = karim.getByRole("dialog");
  await dialog.getByLabel("Tâche").fill("Commander la fibre");
  await dialog.getByRole("button", { name: "Créer la tâche" }).click();
  await karim.getByRole("button", { name: "Ouvrir", exact: true }).click();
  const task = karim.getByRole("dialog").or(karim.getByRole("complementary"));
  await expect(task.getByText("Commander la fibre").first()).toBeVisible();
  await task.getByRole("button", { name: /^Point fibre/ }).click();
  await expect(details(karim).getByRole("heading", { name: "Point fibre" })).toBeVisible();
});

/** As the mail program of a guest without an account sends it back (RFC 5546 section 3.2.3), and the organizer takes it in. */
async function importAnswer(invitation: string, address: string): Promise<void> {
  const dialog = camille.getByRole("dialog");
  if (!(await dialog.isVisible())) {
    await camille.getByRole("button", { name: "Autres actions", exact: true }).click();
    await camille.getByRole("menuitem", { name: "Importer un calendrier…" }).click();
  }
  const answer = invitation
    .replace("METHOD:REQUEST", "METHOD:REPLY")
    .replaceAll(/\r\n[ \t]/g, "")
    .replaceAll(/^ATTENDEE.*\r\n/gm, "")
    .replace(
      "END:VEVENT",
      `ATTENDEE;PARTSTAT=DECLINED:mailto:${address}\r\nCOMMENT:En congé\\, désolé\r\nEND:VEVENT`,
    );
  const file = { name: "reponse.ics", mimeType: "text/calendar", buffer: Buffer.from(answer) };
  await dialog.locator("input[type=file]").setInputFiles(file);
}

test("an event with people is called off, and everybody hears of it", async () => {
  await invite(camille, "Visite du chantier", ["Karim Benhaddou", "chef@ailleurs.example"]);
  await events(karim, "Visite du chantier").first().click();
  await question(karim).getByRole("button", { name: "Oui" }).click();
  await events(camille, "Visite du chantier").first().click();
  await details(camille)
    .getByRole("button", { name: /^Actions/ })
    .click();
  const download = camille.waitForEvent("download");
  await camille.getByRole("menuitem", { name: "Invitation à joindre à un courriel (.ics)" }).click();
  expect((await download).suggestedFilename()).toBe("Visite du chantier.ics");
  const invitation = readFileSync(await (await download).path(), "utf8");
  await importAnswer(invitation, "quelquun@ailleurs.example");
  await expect(camille.getByRole("dialog")).toContainText("n’est pas invitée à cet événement");
  await importAnswer(invitation, "chef@ailleurs.example");
  const dialog = camille.getByRole("dialog");
  await expect(dialog).toContainText("chef@ailleurs.example ne vient pas.");
  await expect(dialog).toContainText("« En congé, désolé »");
  await dialog.getByRole("button", { name: "Noter la réponse" }).click();
  await expect(details(camille).getByText("En congé, désolé")).toBeVisible();
  await details(camille)
    .getByRole("button", { name: /^Actions/ })
    .click();
  await camille.getByRole("menuitem", { name: "Supprimer" }).click();
  await camille.getByRole("dialog").getByRole("button", { name: "Supprimer" }).click();
  await expect(events(camille, "Visite du chantier")).toHaveCount(0);
  await rail(karim, "À traiter").click();
  await expect(karim.getByRole("button", { name: /^Camille Berthier a annulé une réunion/ })).toBeVisible();
});

test("a whole community is invited in one movement", async () => {
  await rail(camille, "Calendrier").click();
  await camille.getByRole("button", { name: "Nouvel événement" }).click();
  const dialog = camille.getByRole("dialog", { name: "Nouvel événement" });
  const search = dialog.getByRole("combobox", { name: "Nom ou adresse e-mail" });
  await search.fill("informatique des col");
  await dialog.getByRole("option", { name: /^Informatique des collèges/ }).click();
  await expect(dialog.getByText(/^\d+ personnes de Informatique des collèges ajoutées/)).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Retirer Karim Benhaddou" })).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Retirer Camille Berthier" })).toHaveCount(0);
  expect(await violations(camille)).toEqual([]);
  await camille.keyboard.press("Escape");
});

test("what asks for an answer is accessible and keeps within its window", async () => {
  await rail(karim, "Calendrier").click();
  await events(karim, "Point fibre").first().click();
  await expect(question(karim)).toBeVisible();
  for (const theme of ["light", "dark"]) {
    await karim.evaluate((name) => {
      document.documentElement.dataset["theme"] = name;
    }, theme);
    expect(await violations(karim), theme).toEqual([]);
    for (const width of [1280, 480, 320]) {
      await karim.setViewportSize({ width, height: 800 });
      expect(await misplaced(karim), `${theme} ${width}`).toEqual([]);
    }
  }
});
