import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Locator, type Page } from "playwright/test";
import { startRadicale, type RadicalePeer } from "../peers/radicale.ts";
import { misplaced, violations } from "./layout.ts";
import { openPair, rail, type Pair } from "./window.ts";

/** A list of tasks of a real CalDAV server among the tasks of the workplace. */

test.describe.configure({ mode: "serial" });

let pair: Pair;
let page: Page;
let radicale: RadicalePeer;

test.beforeAll(async ({ browser }) => {
  const peer = await startRadicale();
  test.skip(peer === undefined, "Radicale is not to be had here");
  if (peer === undefined) return;
  radicale = peer;
  await radicale.makeCalendar("courses", { title: "Courses", components: ["VTODO"] });
  writeFileSync(
    fileOf("lait"),
    toDo("lait", "Acheter du lait", "CATEGORIES:Maison", `DUE;VALUE=DATE:${today()}`),
  );
  writeFileSync(fileOf("pain"), toDo("pain", "Commander le pain", "X-APPLE-SORT-ORDER:900000000"));
  pair = await openPair(browser);
  page = pair.camille.page;
});

test.afterAll(async () => {
  await pair?.close();
  await radicale?.remove();
});

const fileOf = (name: string) => join(radicale.folder, "courses", `${name}.ics`);
const read = (name: string) => readFileSync(fileOf(name), "utf8");
const dialog = (name: string | RegExp): Locator => page.getByRole("dialog", { name });
const group = (): Locator => page.getByRole("region", { name: "127.0.0.1", exact: true });
const column = (name: string): Locator => page.getByRole("region", { name, exact: true });
const card = (title: string): Locator =>
  page.getByRole("main").getByRole("row", { name: title, exact: true });
const details = (): Locator => page.getByRole("complementary", { name: "Détails de la tâche" });

function today(): string {
  return new Intl.DateTimeFormat("sv-SE").format(new Date()).replaceAll("-", "");
}

function toDo(uid: string, title: string, ...lines: string[]): string {
  return [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//else//where//FR",
    "BEGIN:VTODO",
    `UID:${uid}`,
    "DTSTAMP:20261123T080000Z",
    "CREATED:20261123T080000Z",
    `SUMMARY:${title}`,
    ...lines,
    "X-ODD;VALUE=TEXT:kept",
    "END:VTODO",
    "END:VCALENDAR",
    "",
  ].join("\r\n");
}

function onDisk(): string {
  const folder = join(radicale.folder, "courses");
  return readdirSync(folder)
    .filter((name) => !name.startsWith("."))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
}

async function refresh(): Promise<void> {
  await page.getByRole("button", { name: "Actions sur 127.0.0.1" }).click();
  await page.getByRole("menuitem", { name: "Actualiser maintenant" }).click();
}

test("a list of an account is a board, and what is due there is mine", async () => {
  await rail(page, "Calendrier").click();
  await page.getByRole("button", { name: "Calendrier d’ailleurs…" }).click();
  const form = dialog("Calendrier d’ailleurs");
  await form.getByText("Compte CalDAV", { exact: true }).click();
  await form.getByLabel("Adresse").fill(radicale.url);
  await form.getByLabel("Identifiant").fill(radicale.username);
  await form.getByLabel("Mot de passe").fill(radicale.password);
  await form.getByRole("button", { name: "Ajouter" }).click();
  await expect(form).toBeHidden();
  await expect(group()).toContainText("que des listes de tâches");
  await rail(page, "Tâches").click();
  await expect(page.getByRole("main").getByRole("button", { name: /^Acheter du lait/ })).toBeVisible();
  await expect(page.getByRole("link", { name: "127.0.0.1 · Courses" }).first()).toBeVisible();
  await group()
    .getByRole("button", { name: /^Courses/ })
    .click();
  await expect(column("À faire").getByRole("row")).toHaveCount(2);
  await expect(card("Acheter du lait")).toContainText("Maison");
  expect(await violations(page)).toEqual([]);
  expect(await misplaced(page)).toEqual([]);
});

test("with the keyboard a card goes to another column and place, and so it does there", async () => {
  await card("Commander le pain").focus();
  await page.keyboard.press("Alt+ArrowRight");
  await expect(column("En cours").getByRole("row", { name: "Commander le pain" })).toBeFocused();
  await expect.poll(() => read("pain")).toContain("STATUS:IN-PROCESS");
  expect(read("pain")).toContain("X-ODD;VALUE=TEXT:kept");
});

test("what its list cannot hold is not offered; what it holds is written there", async () => {
  await card("Acheter du lait").click();
  await expect(details().getByLabel("Échéance : jour")).toBeVisible();
  for (const name of ["Liste à cocher", "Attend", "Sous-tâches"])
    await expect(details().getByRole("region", { name })).toHaveCount(0);
  await expect(details().getByLabel("Temps estimé (heures)")).toHaveCount(0);
  await details().getByRole("button", { name: "Actions sur Acheter du lait" }).click();
  await expect(page.getByRole("menuitem", { name: "Supprimer définitivement…" })).toBeVisible();
  for (const name of ["Confier à…", "Archiver", "Me le rappeler", "Copier le lien"])
    await expect(page.getByRole("menuitem", { name })).toHaveCount(0);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await details().getByLabel("Priorité").selectOption("urgent");
  await expect.poll(() => read("lait")).toContain("PRIORITY:1");
});

test("without that server tasks are made and finished, and arrive when it is back", async () => {
  await radicale.stop();
  await details().getByRole("button", { name: "Marquer comme terminée" }).click();
  await expect(column("Terminé").getByRole("row", { name: "Acheter du lait" })).toBeVisible();
  await details().getByRole("button", { name: "Fermer la tâche" }).click();
  await column("À faire").getByRole("button", { name: "Ajouter une tâche dans À faire" }).click();
  const field = column("À faire").getByRole("textbox");
  await field.fill("Rapporter les bouteilles demain");
  await field.press("Enter");
  await field.press("Escape");
  await expect(card("Rapporter les bouteilles")).toBeVisible();
  await refresh();
  await expect(group().getByRole("status")).toContainText("ne répond pas");
  expect(onDisk()).not.toContain("bouteilles");
  await radicale.start();
  await refresh();
  await expect.poll(onDisk, { timeout: 60_000 }).toContain("SUMMARY:Rapporter les bouteilles");
  await expect.poll(() => read("lait")).toContain("STATUS:COMPLETED");
});

test("the same field changed on both sides is shown with both, and the person decides", async () => {
  await radicale.stop();
  await card("Commander le pain").click();
  const name = details().getByRole("textbox", { name: "Titre" });
  await name.fill("Commander deux pains");
  await name.press("Enter");
  await expect(card("Commander deux pains")).toBeVisible();
  writeFileSync(fileOf("pain"), read("pain").replace("Commander le pain", "Commander la brioche"));
  await radicale.start();
  await refresh();
  const mine = details().getByRole("button", { name: "Garder la mienne" });
  await expect(mine).toBeVisible({ timeout: 60_000 });
  await expect(details()).toContainText("Commander la brioche");
  expect(await violations(page)).toEqual([]);
  await mine.click();
  await expect.poll(() => read("pain"), { timeout: 60_000 }).toContain("SUMMARY:Commander deux pains");
});

test("one that is removed here goes there, after a question; the account takes its list along", async () => {
  await details().getByRole("button", { name: "Actions sur Commander deux pains" }).click();
  await page.getByRole("menuitem", { name: "Supprimer définitivement…" }).click();
  await dialog(/^Supprimer/)
    .getByRole("button", { name: "Supprimer définitivement" })
    .click();
  await expect.poll(onDisk).not.toContain("deux pains");
  await page.getByRole("button", { name: "Actions sur 127.0.0.1" }).click();
  await page.getByRole("menuitem", { name: "Retirer de ce poste" }).click();
  await dialog(/de ce poste/)
    .getByRole("button", { name: "Retirer de ce poste" })
    .click();
  await expect(group()).toBeHidden();
  expect(onDisk()).toContain("bouteilles");
});
