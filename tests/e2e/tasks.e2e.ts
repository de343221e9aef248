import { readFileSync } from "node:fs";
import { expect, test, type Locator, type Page } from "playwright/test";
import { violations, misplaced } from "./layout.ts";
import { openConversation, openPair, rail, say, type Pair } from "./window.ts";

/** Two people at one board, each at a machine of their own. */

test.describe.configure({ mode: "serial" });

let pair: Pair;
let camille: Page;
let karim: Page;

test.beforeAll(async ({ browser }) => {
  pair = await openPair(browser);
  camille = pair.camille.page;
  karim = pair.karim.page;
});

test.afterAll(() => pair.close());

function list(page: Page): Locator {
  return page.getByRole("navigation", { name: "Tableaux" });
}

async function openBoard(page: Page, name: string): Promise<void> {
  await rail(page, "Tâches").click();
  await list(page)
    .getByRole("button", { name: new RegExp(`^${name}`) })
    .click();
  await expect(page.getByRole("main").getByRole("heading", { level: 2, name })).toBeVisible();
}

function column(page: Page, name: string): Locator {
  return page.getByRole("region", { name, exact: true });
}

function cards(page: Page, name: string): Locator {
  return column(page, name).getByRole("row");
}

function card(page: Page, title: string): Locator {
  return page.getByRole("main").getByRole("row", { name: title, exact: true });
}

async function titles(page: Page, name: string): Promise<string[]> {
  const names = await cards(page, name).evaluateAll((rows) =>
    rows.map((row) => row.querySelector(".task-card__title")?.textContent ?? ""),
  );
  return names;
}

async function add(page: Page, columnName: string, ...lines: string[]): Promise<void> {
  await column(page, columnName)
    .getByRole("button", { name: `Ajouter une tâche dans ${columnName}` })
    .click();
  const field = column(page, columnName).getByRole("textbox");
  for (const line of lines) {
    await field.fill(line);
    await field.press("Enter");
    await expect(field).toHaveValue("");
  }
  await field.press("Escape");
}

function details(page: Page): Locator {
  return page.getByRole("complementary", { name: "Détails de la tâche" });
}

test("a board is made in a space, and tasks are added with their dates in words", async () => {
  await rail(camille, "Tâches").click();
  await camille.getByRole("button", { name: "Nouveau tableau" }).click();
  const dialog = camille.getByRole("dialog");
  await dialog.getByLabel("Nom du tableau").fill("Déménagement du service");
  await dialog.getByLabel("Où").selectOption({ label: "Informatique des collèges" });
  await dialog.getByRole("button", { name: "Créer le tableau" }).click();
  await expect(camille.getByRole("heading", { name: "Déménagement du service" })).toBeVisible();
  await add(
    camille,
    "À faire",
    "Réserver le camion demain 14h",
    "Compter les cartons",
    "Rendre les clés tous les vendredis",
  );
  await expect(cards(camille, "À faire")).toHaveCount(3);
  await expect(card(camille, "Réserver le camion")).toContainText("demain 14:00");
  await expect(card(camille, "Rendre les clés")).toContainText("Se répète");
  await openBoard(karim, "Déménagement du service");
  await expect(cards(karim, "À faire")).toHaveCount(3);
});

test("words that are no date can be kept in the title", async () => {
  await column(camille, "À faire")
    .getByRole("button", { name: /^Ajouter une tâche/ })
    .click();
  const field = column(camille, "À faire").getByRole("textbox");
  await field.fill("Lire « Demain »");
  await camille.getByRole("button", { name: "Ce n’est pas une date" }).click();
  await field.press("Enter");
  await expect(card(camille, "Lire « Demain »")).toBeVisible();
  await field.press("Escape");
});

test("a card goes to another column by mouse, and the other sees it", async () => {
  await card(camille, "Compter les cartons").dragTo(column(camille, "En cours").getByRole("grid"));
  await expect.poll(() => titles(camille, "En cours")).toEqual(["Compter les cartons"]);
  await expect.poll(() => titles(karim, "En cours")).toEqual(["Compter les cartons"]);
});

test("by keyboard a card goes up, down and aside, and back", async () => {
  await card(camille, "Réserver le camion").focus();
  await camille.keyboard.press("Alt+ArrowDown");
  await expect
    .poll(() => titles(camille, "À faire"))
    .toEqual(["Rendre les clés", "Réserver le camion", "Lire « Demain »"]);
  await expect(card(camille, "Réserver le camion")).toBeFocused();
  await camille.keyboard.press("Alt+ArrowRight");
  await expect.poll(() => titles(camille, "En cours")).toEqual(["Réserver le camion", "Compter les cartons"]);
  await expect(camille.locator("[aria-live]").filter({ hasText: "est dans En cours" })).toBeAttached();
  await camille.keyboard.press("Control+z");
  await camille.keyboard.press("Control+z");
  await expect
    .poll(() => titles(camille, "À faire"))
    .toEqual(["Réserver le camion", "Rendre les clés", "Lire « Demain »"]);
  await expect
    .poll(() => titles(karim, "À faire"))
    .toEqual(["Réserver le camion", "Rendre les clés", "Lire « Demain »"]);
});

test("a screen reader's way of dragging: by the handle, from target to target", async () => {
  const row = card(camille, "Lire « Demain »");
  await row.focus();
  await row.getByRole("button", { name: /^Déplacer/ }).focus();
  await camille.keyboard.press("Enter");
  await camille.keyboard.press("Tab");
  await camille.keyboard.press("Enter");
  await expect.poll(() => titles(camille, "En cours")).toContain("Lire « Demain »");
});

test("what is given to somebody is in their inbox, and done there once it is done", async () => {
  await card(camille, "Réserver le camion").click();
  const pane = details(camille);
  await pane.getByRole("button", { name: "Confier à…" }).click();
  const dialog = camille.getByRole("dialog");
  await dialog.getByRole("textbox").fill("karim");
  await dialog.getByRole("checkbox").check();
  await dialog.getByRole("button", { name: "Enregistrer" }).click();
  await expect(pane.getByText("Karim Benhaddou")).toBeVisible();
  await pane.getByLabel("Ajouter un élément").fill("Permis poids lourd");
  await camille.keyboard.press("Enter");
  await expect(pane.getByRole("checkbox", { name: "Permis poids lourd" })).toBeVisible();

  await rail(karim, "À traiter").click();
  const item = karim.getByText("Camille Berthier vous confie une tâche").first();
  await expect(item).toBeVisible();
  await item.click();
  await karim.getByRole("button", { name: "Ouvrir" }).first().click();
  const his = details(karim);
  await expect(his.getByRole("textbox", { name: "Titre" })).toHaveValue("Réserver le camion");
  await his.getByRole("checkbox", { name: "Permis poids lourd" }).click();
  await expect(pane.getByRole("checkbox", { name: "Permis poids lourd" })).toBeChecked();
  await his.getByRole("button", { name: "Lancer la discussion" }).click();
  await his.getByLabel("Commenter").fill("Un douze mètres cubes suffit.");
  await karim.keyboard.press("Enter");
  await expect(pane.getByText("Un douze mètres cubes suffit.")).toBeVisible();
  await his.getByRole("button", { name: "Marquer comme terminée" }).click();
  await expect(pane.getByRole("button", { name: "Terminée" })).toBeVisible();
  await expect.poll(() => titles(camille, "Terminé")).toEqual(["Réserver le camion"]);
  await pane.getByRole("button", { name: "Fermer la tâche" }).click();
  await rail(karim, "À traiter").click();
  await expect(karim.getByText("Camille Berthier vous confie une tâche")).toHaveCount(0);
});

test("moves of two people without a network come together, and none is lost", async () => {
  await openBoard(karim, "Déménagement du service");
  await pair.workplace.server.stop();
  await card(camille, "Rendre les clés").focus();
  await camille.keyboard.press("Alt+ArrowRight");
  await add(camille, "À faire", "Prévenir le standard");
  await card(karim, "Compter les cartons").focus();
  await karim.keyboard.press("Alt+ArrowRight");
  await add(karim, "À faire", "Trier les archives");
  await expect(card(camille, "Prévenir le standard")).toContainText("En attente du réseau");
  await pair.workplace.restart();
  await expect.poll(() => titles(camille, "Terminé"), { timeout: 60_000 }).toContain("Compter les cartons");
  await expect.poll(() => titles(karim, "En cours"), { timeout: 60_000 }).toContain("Rendre les clés");
  await expect.poll(() => titles(karim, "À faire")).toHaveLength(2);
  for (const name of ["À faire", "En cours", "Terminé"])
    await expect
      .poll(async () => JSON.stringify(await titles(camille, name)))
      .toBe(JSON.stringify(await titles(karim, name)));
  expect((await titles(karim, "À faire")).toSorted()).toEqual(["Prévenir le standard", "Trier les archives"]);
});

test("the same title changed by both without a network: both are shown, and one is chosen", async () => {
  await pair.workplace.server.stop();
  for (const [page, title] of [
    [camille, "Trier les archives papier"],
    [karim, "Trier les archives et les plans"],
  ] as const) {
    await card(page, "Trier les archives").click();
    const field = details(page).getByRole("textbox", { name: "Titre" });
    await field.fill(title);
    await field.press("Enter");
    await expect(card(page, title)).toBeVisible();
  }
  await pair.workplace.restart();
  await expect
    .poll(
      async () =>
        (await camille.getByText("Quelqu’un a changé la même chose").count()) +
        (await karim.getByText("Quelqu’un a changé la même chose").count()),
      { timeout: 60_000 },
    )
    .toBe(1);
  const loser = (await camille.getByText("Quelqu’un a changé la même chose").count()) === 1 ? camille : karim;
  await expect(details(loser)).toContainText("Trier les archives papier");
  await expect(details(loser)).toContainText("Trier les archives et les plans");
  await details(loser).getByRole("button", { name: "Garder la mienne" }).click();
  await expect(loser.getByText("Quelqu’un a changé la même chose")).toHaveCount(0);
  const title = loser === camille ? "Trier les archives papier" : "Trier les archives et les plans";
  await expect(card(camille, title)).toBeVisible();
  await expect(card(karim, title)).toBeVisible();
  for (const page of [camille, karim])
    await details(page).getByRole("button", { name: "Fermer la tâche" }).click();
});

test("several are changed together in the list, put away, and taken back", async () => {
  await camille.getByRole("radio", { name: "Liste" }).click();
  await camille.getByRole("checkbox", { name: "Choisir Prévenir le standard" }).check();
  await camille.getByRole("checkbox", { name: /^Choisir Trier/ }).check();
  const bar = camille.getByRole("toolbar", { name: "Tâches choisies" });
  await expect(bar).toContainText("2 tâches choisies");
  await bar.getByRole("button", { name: "Actions…" }).click();
  await camille.getByRole("menuitem", { name: "Priorité" }).click();
  await camille.getByRole("menuitemradio", { name: "Urgente" }).click();
  await expect(camille.getByRole("table").getByText("Urgente")).toHaveCount(2);
  await bar.getByRole("button", { name: "Actions…" }).click();
  await camille.getByRole("menuitem", { name: "Archiver" }).click();
  await expect(camille.getByRole("button", { name: "Prévenir le standard", exact: true })).toHaveCount(0);
  await camille.getByRole("button", { name: "Annuler" }).click();
  await expect(camille.getByRole("button", { name: "Prévenir le standard", exact: true })).toBeVisible();
});

test("a task is due on the day on which it is dropped, and is found among one's own", async () => {
  await camille.getByRole("radio", { name: "Mois" }).click();
  const month = camille.getByRole("list", { name: "Tâches de Déménagement du service" });
  const task = month.getByRole("button", { name: /Rendre les clés/ });
  await expect(task).toBeVisible();
  const target = month.getByRole("listitem").nth(10);
  await task.dragTo(target);
  await expect(target.getByRole("button", { name: /Rendre les clés/ })).toBeVisible();
  await camille.getByRole("radio", { name: "Colonnes" }).click();

  await list(camille)
    .getByRole("button", { name: /^Mes tâches/ })
    .click();
  await camille.getByRole("textbox", { name: /^Noter une tâche/ }).fill("Appeler le garage demain");
  await camille.keyboard.press("Enter");
  await expect(camille.getByRole("region", { name: /Dans les sept jours/ })).toContainText(
    "Appeler le garage",
  );
  await camille.getByRole("button", { name: "Terminer Appeler le garage" }).click();
  await expect(camille.getByRole("region", { name: /Dans les sept jours/ })).not.toContainText(
    "Appeler le garage",
  );
});

test("a board of Trello is imported with what it says, and exported for a spreadsheet", async () => {
  const trello = {
    name: "Travaux d’été",
    lists: [
      { id: "l1", name: "À faire", pos: 1, closed: false },
      { id: "l2", name: "Fait", pos: 2, closed: false },
    ],
    labels: [{ id: "x", name: "peinture", color: "blue" }],
    cards: [
      { id: "c1", name: "Repeindre le préau", idList: "l1", pos: 1, idLabels: ["x"], desc: "Deux couches" },
      { id: "c2", name: "Carte perdue", idList: "nulle-part", pos: 2 },
    ],
    checklists: [],
    members: [],
  };
  await camille.getByRole("button", { name: "Importer un tableau…" }).click();
  const dialog = camille.getByRole("dialog");
  const choose = async (name: string, text: string) => {
    const chooser = camille.waitForEvent("filechooser");
    await dialog.getByRole("button", { name: "Choisir un fichier…" }).click();
    await (await chooser).setFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });
  };
  await choose("abimé.json", "{ pas du JSON");
  await expect(dialog).toContainText("n’est pas un export JSON lisible");
  await choose("trello.json", JSON.stringify(trello));
  await expect(dialog).toContainText("Travaux d’été");
  await dialog.getByRole("button", { name: "Créer le tableau" }).click();
  await expect(camille.getByRole("heading", { name: "Travaux d’été" })).toBeVisible();
  await expect(card(camille, "Repeindre le préau")).toContainText("peinture");
  await expect(card(camille, "Carte perdue")).toBeVisible();

  const download = camille.waitForEvent("download");
  await camille.getByRole("button", { name: "Actions sur le tableau" }).click();
  await camille.getByRole("menuitem", { name: "Exporter" }).click();
  await camille.getByRole("menuitem", { name: "Tableur (CSV)" }).click();
  const text = readFileSync(await (await download).path(), "utf8");
  expect(text).toContain("Repeindre le préau;Deux couches;À faire");
});

test("the tasks of a calendar become a board, parts under their tasks", async () => {
  const calendar = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "X-WR-CALNAME:Rentrée",
    "BEGIN:VTODO",
    "UID:a",
    "SUMMARY:Préparer les salles",
    "CATEGORIES:Locaux",
    "STATUS:IN-PROCESS",
    "PRIORITY:1",
    "DUE;VALUE=DATE:20270105",
    "RRULE:FREQ=YEARLY",
    "END:VTODO",
    "BEGIN:VTODO",
    "UID:b",
    "SUMMARY:Compter les chaises",
    "RELATED-TO:a",
    "END:VTODO",
    "END:VCALENDAR",
  ].join("\r\n");
  await camille.getByRole("button", { name: "Importer un tableau…" }).click();
  const dialog = camille.getByRole("dialog");
  const choose = async (name: string, text: string) => {
    const chooser = camille.waitForEvent("filechooser");
    await dialog.getByRole("button", { name: "Choisir un fichier…" }).click();
    await (await chooser).setFiles({ name, mimeType: "text/calendar", buffer: Buffer.from(text) });
  };
  await choose("abimé.ics", "BEGIN:VTODO");
  await expect(dialog).toContainText("n’est pas un fichier iCalendar lisible");
  await choose("rentree.ics", calendar);
  await expect(dialog).toContainText("Rentrée");
  await dialog.getByRole("button", { name: "Créer le tableau" }).click();
  await expect(camille.getByRole("heading", { name: "Rentrée" })).toBeVisible();
  const rooms = column(camille, "En cours").getByRole("row", { name: /Préparer les salles/ });
  await expect(rooms).toContainText("Locaux");
  await expect(rooms).toContainText("0/1");
});

test("of a long column all cards are there, though not all were drawn at once", async () => {
  const lines = Array.from({ length: 80 }, (_, index) => `Carton ${String(index + 1)};À faire`);
  await camille.getByRole("button", { name: "Importer un tableau…" }).click();
  const dialog = camille.getByRole("dialog");
  const chooser = camille.waitForEvent("filechooser");
  await dialog.getByRole("button", { name: "Choisir un fichier…" }).click();
  const table = Buffer.from(["Titre;Colonne", ...lines].join("\n"));
  await (await chooser).setFiles({ name: "Cartons.csv", mimeType: "text/csv", buffer: table });
  await dialog.getByRole("button", { name: "Créer le tableau" }).click();
  await expect(camille.getByRole("heading", { name: "Cartons" })).toBeVisible();
  await card(camille, "Carton 1").focus();
  // The rest is drawn when the window has nothing else to do.
  await expect(async () => {
    await camille.keyboard.press("End");
    await expect(card(camille, "Carton 80")).toBeFocused({ timeout: 500 });
  }).toPass();
  await camille.keyboard.press("Home");
  await expect(card(camille, "Carton 1")).toBeFocused();
});

function mail(subject: string): string {
  return ["From: Anne <anne@exemple.fr>", `Subject: ${subject}`, "", "Voici le devis."].join("\r\n");
}

test("an e-mail becomes a task: chosen from the menu of a column, or dropped on it", async () => {
  await openBoard(camille, "Déménagement du service");
  const chooser = camille.waitForEvent("filechooser");
  await column(camille, "À faire").getByRole("button", { name: "Actions sur la colonne À faire" }).click();
  await camille.getByRole("menuitem", { name: "Depuis un e-mail (.eml)…" }).click();
  const file = {
    name: "devis.eml",
    mimeType: "message/rfc822",
    buffer: Buffer.from(mail("Devis du camion")),
  };
  await (await chooser).setFiles(file);
  await expect(card(camille, "Devis du camion")).toBeVisible();
  await expect(camille.getByText("1 tâche créée à partir d’un e-mail.")).toBeVisible();
  await card(camille, "Devis du camion").click();
  await expect(details(camille)).toContainText("Voici le devis.");
  await expect(details(camille)).toContainText("devis.eml");
  await details(camille).getByRole("button", { name: "Fermer la tâche" }).click();

  const drop = async (name: string, text: string) => {
    const files = await camille.evaluateHandle(
      ([fileName = "", content = ""]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([content], fileName));
        return transfer;
      },
      [name, text],
    );
    const grid = column(camille, "En cours").getByRole("grid");
    for (const type of ["dragenter", "dragover", "drop"])
      await grid.dispatchEvent(type, { dataTransfer: files });
  };
  await drop("facture.eml", mail("Facture du camion"));
  await expect(column(camille, "En cours").getByRole("row", { name: "Facture du camion" })).toBeVisible();
  await drop("photo.png", "");
  await expect(camille.getByText("« photo.png » n’est pas un e-mail lisible (.eml).")).toBeVisible();
});

test("a template makes tasks, and a board begins as another one has its columns", async () => {
  await openBoard(camille, "Déménagement du service");
  const choose = async (title: string, ...names: string[]) => {
    await card(camille, title).click({ button: "right" });
    for (const name of names) await camille.getByRole("menuitem", { name }).click();
  };
  await choose("Prévenir le standard", "Dupliquer");
  await expect(cards(camille, "À faire").filter({ hasText: "Prévenir le standard" })).toHaveCount(2);
  await cards(camille, "À faire")
    .filter({ hasText: "Prévenir le standard" })
    .first()
    .click({ button: "right" });
  await camille.getByRole("menuitem", { name: "Utiliser comme modèle" }).click();
  await expect(cards(camille, "À faire").filter({ hasText: "Prévenir le standard" })).toHaveCount(1);
  await camille.getByRole("button", { name: "Actions sur la colonne En cours" }).click();
  await camille.getByRole("menuitem", { name: "Ajouter depuis un modèle" }).click();
  await camille.getByRole("menuitem", { name: "Prévenir le standard" }).click();
  await expect(cards(camille, "En cours").filter({ hasText: "Prévenir le standard" })).toHaveCount(1);

  await camille.getByRole("button", { name: "Nouveau tableau" }).click();
  const dialog = camille.getByRole("dialog");
  await dialog.getByLabel("Nom du tableau").fill("Seconde tournée");
  await dialog.getByLabel("Colonnes de départ").selectOption({ label: "Comme « Interventions »" });
  await dialog.getByRole("button", { name: "Créer le tableau" }).click();
  await expect(column(camille, "À planifier")).toBeVisible();
  await expect(column(camille, "À valider")).toBeVisible();
});

test("parted into rows by person, a card dropped into another row is given to that person", async () => {
  await openBoard(camille, "Interventions");
  await camille.getByRole("button", { name: "Actions sur le tableau" }).click();
  await camille.getByRole("menuitem", { name: "Couloirs" }).click();
  await camille.getByRole("menuitemradio", { name: "Par personne" }).click();
  const lane = (name: string) => camille.getByRole("region", { name: new RegExp(`^${name}`) });
  const given = lane("Aurélie Fontanel").getByRole("row", { name: "Inventaire des tablettes, Pré-Clos" });
  await given.dragTo(lane("Camille Berthier").getByRole("grid", { name: /En cours/ }));
  await expect(
    lane("Camille Berthier").getByRole("row", { name: "Inventaire des tablettes, Pré-Clos" }),
  ).toBeVisible();
  await expect(given).toHaveCount(0);
  await camille.getByRole("button", { name: "Actions sur le tableau" }).click();
  await camille.getByRole("menuitem", { name: "Couloirs" }).click();
  await camille.getByRole("menuitemradio", { name: "Sans couloirs" }).click();
});

test("a message becomes a task that leads back to it, and is found by its words", async () => {
  await rail(camille, "Messages").click();
  await openConversation(camille, "Karim Benhaddou");
  await say(camille, "Penser à commander la remorque");
  const message = camille.getByRole("log").getByRole("article").filter({ hasText: "commander la remorque" });
  await message.last().click({ button: "right" });
  await camille.getByRole("menuitem", { name: "Créer une tâche…" }).click();
  const dialog = camille.getByRole("dialog");
  await expect(dialog.getByLabel("Tâche", { exact: true })).toHaveValue("Penser à commander la remorque");
  await dialog.getByLabel("Tableau").selectOption({ label: "Seconde tournée" });
  await dialog.getByRole("button", { name: "Créer la tâche" }).click();
  await expect(dialog).toHaveCount(0);
  await camille.keyboard.press("Control+k");
  await camille.getByRole("dialog").getByRole("combobox").fill("remorque");
  await camille.getByRole("option", { name: /commander la remorque/ }).click();
  const pane = details(camille);
  await expect(pane.getByRole("region", { name: "Vient de" })).toContainText("commander la remorque");
  await pane.getByRole("region", { name: "Vient de" }).getByRole("button").click();
  await expect(camille.getByRole("main").getByRole("heading", { name: "Karim Benhaddou" })).toBeVisible();
});

test("the boards of a space stand on its page", async () => {
  await rail(camille, "Communautés").click();
  await camille.getByRole("button", { name: "Informatique des collèges" }).first().click();
  await camille.getByRole("link", { name: "Tâches", exact: true }).last().click();
  await camille
    .getByRole("navigation", { name: "Tableaux" })
    .getByRole("button", { name: "Interventions" })
    .click();
  await card(camille, "Notice du tableau interactif").click();
  await expect(details(camille).getByRole("textbox", { name: "Titre" })).toHaveValue(
    "Notice du tableau interactif",
  );
  expect(await violations(camille)).toEqual([]);
});

test("screens of tasks are accessible and keep within their window", async () => {
  test.setTimeout(240_000);
  await openBoard(camille, "Interventions");
  await card(camille, "Rétablir l’accès aux images de Bellefontaine").click();
  await expect(details(camille)).toBeVisible();
  for (const view of ["Colonnes", "Liste", "Mois", "Frise", "Charge"]) {
    await camille.setViewportSize({ width: 1280, height: 800 });
    await camille.getByRole("radio", { name: view }).click();
    for (const theme of ["light", "dark"]) {
      await camille.evaluate((name) => {
        document.documentElement.dataset["theme"] = name;
      }, theme);
      await camille.setViewportSize({ width: 1280, height: 800 });
      expect({ view, theme, found: await violations(camille) }).toEqual({ view, theme, found: [] });
      for (const width of [1280, 480, 320]) {
        await camille.setViewportSize({ width, height: 800 });
        await expect.poll(() => misplaced(camille), { message: `${view} ${theme} ${width}` }).toEqual([]);
      }
    }
  }
  await camille.setViewportSize({ width: 1280, height: 800 });
});
