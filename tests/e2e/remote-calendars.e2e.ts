import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { expect, test, type Locator, type Page } from "playwright/test";
import { startRadicale, type RadicalePeer } from "../peers/radicale.ts";
import { misplaced, violations } from "./layout.ts";
import { openPair, rail, type Pair } from "./window.ts";

/** Calendars of a real CalDAV server and one to subscribe to, beside those of the workplace. */

test.describe.configure({ mode: "serial" });

let pair: Pair;
let page: Page;
let radicale: RadicalePeer;
let feeds: Server;
let published = "";

test.beforeAll(async ({ browser }) => {
  const peer = await startRadicale();
  test.skip(peer === undefined, "Radicale is not to be had here");
  if (peer === undefined) return;
  radicale = peer;
  await radicale.makeCalendar("chorale", { title: "Chorale", colour: "#B84A80FF" });
  feeds = createServer((request, response) => {
    if (request.url !== "/vacances.ics") return response.writeHead(404).end();
    return response.writeHead(200, { "content-type": "text/calendar" }).end(published);
  });
  await new Promise<void>((resolve) => {
    feeds.listen(0, "127.0.0.1", resolve);
  });
  pair = await openPair(browser);
  page = pair.camille.page;
  await rail(page, "Calendrier").click();
});

test.afterAll(async () => {
  feeds?.close();
  await pair?.close();
  await radicale?.remove();
});

const dialog = (name: string): Locator => page.getByRole("dialog", { name });
const events = (title: string): Locator =>
  page.getByRole("main").locator(".calendar-event").filter({ hasText: title });
const group = (name: string): Locator => page.getByRole("region", { name, exact: true });

const two = (value: number) => String(value).padStart(2, "0");

function today(hour: number): string {
  const now = new Date();
  return `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}T${two(hour)}0000`;
}

function eventText(uid: string, title: string, hour: number): string {
  return [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//else//where//FR",
    "X-WR-CALNAME:Vacances de l’école",
    "BEGIN:VEVENT",
    `UID:${uid}`,
    "DTSTAMP:20261123T080000Z",
    `DTSTART:${today(hour)}`,
    `DTEND:${today(hour + 1)}`,
    `SUMMARY:${title}`,
    "X-ODD;VALUE=TEXT:kept",
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ].join("\r\n");
}

function onDisk(): string {
  const folder = join(radicale.folder, "chorale");
  return readdirSync(folder)
    .filter((name) => !name.startsWith("."))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
}

async function fillIn(kind: string, address: string, password?: string): Promise<void> {
  const form = dialog("Calendrier d’ailleurs");
  if (!(await form.isVisible())) await page.getByRole("button", { name: "Calendrier d’ailleurs…" }).click();
  await form.getByText(kind, { exact: true }).click();
  await form.getByLabel("Adresse").fill(address);
  if (password !== undefined) {
    await form.getByLabel("Identifiant").fill(radicale.username);
    await form.getByLabel("Mot de passe").fill(password);
  }
  await form.getByRole("button", { name: "Ajouter" }).click();
}

test("what cannot be reached is not added, and the form says why", async () => {
  await fillIn("Compte CalDAV", radicale.url, "wrong");
  await expect(dialog("Calendrier d’ailleurs").getByRole("alert")).toContainText("refuse cet identifiant");
  await fillIn("Abonnement", `http://127.0.0.1:${port()}/none.ics`);
  await expect(dialog("Calendrier d’ailleurs").getByRole("alert")).toContainText("Rien à cette adresse");
  expect(await violations(page)).toEqual([]);
});

test("an account of a CalDAV server stands beside the own calendars", async () => {
  await fillIn("Compte CalDAV", radicale.url, radicale.password);
  await expect(dialog("Calendrier d’ailleurs")).toBeHidden();
  await expect(group("127.0.0.1").getByText("Chorale")).toBeVisible();
  expect(await misplaced(page)).toEqual([]);
});

test("an event that is made here lies on that server, and one that is changed there changes here", async () => {
  await page.getByRole("radio", { name: "Jour", exact: true }).click();
  await page.getByRole("button", { name: "Nouvel événement" }).click();
  const form = dialog("Nouvel événement");
  await form.getByLabel("Titre").fill("Répétition");
  await form.getByLabel("Début : heure").fill("09:00");
  await form.getByLabel("Calendrier").selectOption({ label: "Chorale" });
  await expect(form.getByText("Invités")).toBeHidden();
  await form.getByRole("button", { name: "Créer" }).click();
  await expect(events("Répétition")).toBeVisible();
  await expect.poll(onDisk).toContain("SUMMARY:Répétition");
});

test("a calendar that one subscribes to is shown, and cannot be changed", async () => {
  published = eventText("vac-1", "Rentrée", 14);
  await fillIn("Abonnement", `http://127.0.0.1:${port()}/vacances.ics`);
  await expect(group("Vacances de l’école")).toBeVisible();
  await events("Rentrée").click();
  const details = page.getByRole("complementary", { name: "Événement" });
  await expect(details.getByText("Vacances de l’école").first()).toBeVisible();
  await expect(details.getByRole("button", { name: "Modifier" })).toBeHidden();
  await details.getByRole("button", { name: "Fermer l’événement" }).click();
  published = eventText("vac-1", "Rentrée avancée", 15);
  await page.getByRole("button", { name: "Actions sur Vacances de l’école" }).first().click();
  await page.getByRole("menuitem", { name: "Actualiser maintenant" }).click();
  await expect(events("Rentrée avancée")).toBeVisible();
});

test("while that server is away what is there stays, and what is written waits for it", async () => {
  await radicale.stop();
  await events("Répétition").click();
  const details = page.getByRole("complementary", { name: "Événement" });
  await details.getByRole("button", { name: "Modifier" }).click();
  const form = dialog("Modifier");
  await form.getByLabel("Titre").fill("Répétition générale");
  await form.getByRole("button", { name: "Enregistrer" }).click();
  await expect(events("Répétition générale")).toBeVisible();
  await page.getByRole("button", { name: "Actions sur 127.0.0.1" }).click();
  await page.getByRole("menuitem", { name: "Actualiser maintenant" }).click();
  await expect(group("127.0.0.1").getByRole("status")).toContainText("ne répond pas");
  expect(onDisk()).not.toContain("générale");
  await radicale.start();
  await page.getByRole("button", { name: "Actions sur 127.0.0.1" }).click();
  await page.getByRole("menuitem", { name: "Actualiser maintenant" }).click();
  await expect(group("127.0.0.1").getByRole("status")).toBeHidden();
  await expect.poll(onDisk, { timeout: 60_000 }).toContain("SUMMARY:Répétition générale");
});

test("what is changed there by somebody else comes here; an account is taken away without touching its server", async () => {
  const folder = join(radicale.folder, "chorale");
  const name = readdirSync(folder).find((each) => !each.startsWith(".")) ?? "";
  const text = readFileSync(join(folder, name), "utf8");
  writeFileSync(join(folder, name), text.replace("générale", "publique"));
  await page.getByRole("button", { name: "Actions sur 127.0.0.1" }).click();
  await page.getByRole("menuitem", { name: "Actualiser maintenant" }).click();
  await expect(events("Répétition publique")).toBeVisible();
  await page.getByRole("button", { name: "Actions sur 127.0.0.1" }).click();
  await page.getByRole("menuitem", { name: "Retirer de ce poste" }).click();
  await dialog("Retirer « 127.0.0.1 » de ce poste ?")
    .getByRole("button", { name: "Retirer de ce poste" })
    .click();
  await expect(group("127.0.0.1")).toBeHidden();
  await expect(events("Répétition publique")).toBeHidden();
  expect(onDisk()).toContain("publique");
});

function port(): number {
  const address = feeds.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
