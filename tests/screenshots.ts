import { spawnSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { chromium, type Browser, type Page } from "playwright";
import { demoSpaceId } from "#server/demo/workplace.ts";
import { repositoryRoot, startParvis, startServer, temporaryFolder } from "./support/processes.ts";
import { chromiumPath } from "./support/system-packages.ts";

/**
 * `node tests/screenshots.ts [NAME…]`: the pictures of docs/screenshots (those whose names begin so), taken anew from the demonstration. Made smaller where
 * pngquant is installed.
 */

interface Picture {
  name: string;
  hash: string;
  width: number;
  theme?: "light" | "dark";
  language?: "fr" | "en";
  /** What a person would do to get there. */
  prepare?: (page: Page) => Promise<void>;
}

const WIDE = 1280;
const NARROW = 480;
const HEIGHT = 800;
const space = demoSpaceId("it");

async function chooseFirst(page: Page): Promise<void> {
  await page.locator("[data-key]").first().click();
}

async function openArticle(page: Page): Promise<void> {
  await page
    .getByText(/^(Lire l’article|Read the article)$/)
    .first()
    .click();
}

async function openWeek(page: Page): Promise<void> {
  await page.getByRole("radio", { name: "Semaine", exact: true }).click();
  await page.locator(".calendar-event").filter({ hasText: "Point d’équipe" }).first().click();
}

async function openAgenda(page: Page): Promise<void> {
  await page.getByRole("radio", { name: "Agenda", exact: true }).click();
}

async function findTime(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Autres actions", exact: true }).click();
  await page.getByRole("menuitem", { name: "À plusieurs…" }).click();
  const dialog = page.getByRole("dialog", { name: "Trouver un créneau" });
  for (const name of ["Karim", "Sylvie", "Fatou"]) {
    await dialog.getByLabel("Chercher une personne").fill(name);
    const person = dialog.getByRole("button", { name: new RegExp(`^${name}`) });
    await person.first().click();
  }
  await dialog.getByRole("button", { name: "Voir les disponibilités" }).click();
  await dialog.getByRole("region", { name: "Meilleurs créneaux" }).getByRole("button").first().click();
}

async function openInvitation(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Nouvel événement" }).click();
  const dialog = page.getByRole("dialog", { name: "Nouvel événement" });
  await dialog.getByLabel("Titre").fill("Revue des bornes wifi");
  await dialog.getByRole("button", { name: /^Ajouter une visioconférence/ }).click();
  const search = dialog.getByRole("combobox", { name: "Nom ou adresse e-mail" });
  for (const name of ["Karim Benhaddou", "Sylvie Carrère", "Fatou Diarra"]) {
    await search.fill(name);
    await search.press("Enter");
    await dialog.getByRole("button", { name: `Retirer ${name}` }).waitFor();
  }
  await dialog.getByRole("button", { name: "Créer" }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.getByRole("radio", { name: "Semaine", exact: true }).click();
  await page.locator(".calendar-event").filter({ hasText: "Revue des bornes" }).first().click();
}

const channel = "#/messaging";
const pictures: readonly Picture[] = [
  { name: "conversation-light", hash: channel, width: WIDE },
  { name: "conversation-dark", hash: channel, width: WIDE, theme: "dark" },
  { name: "narrow", hash: channel, width: NARROW },
  { name: "inbox-light", hash: "#/inbox", width: WIDE, prepare: chooseFirst },
  { name: "inbox-dark", hash: "#/inbox", width: WIDE, theme: "dark", prepare: chooseFirst },
  { name: "inbox-narrow", hash: "#/inbox", width: NARROW },
  { name: "feed-light", hash: "#/feed", width: WIDE },
  { name: "feed-dark", hash: "#/feed", width: WIDE, theme: "dark" },
  { name: "feed-narrow", hash: "#/feed/all", width: NARROW },
  { name: "community-light", hash: `#/communities/${space}/wall`, width: WIDE },
  { name: "community-narrow", hash: `#/communities/${space}/about`, width: NARROW },
  { name: "directory-light", hash: "#/communities", width: WIDE },
  { name: "article-fr", hash: "#/feed", width: WIDE, prepare: openArticle },
  { name: "calendar-month", hash: "#/calendar", width: WIDE },
  { name: "calendar-week-dark", hash: "#/calendar", width: WIDE, theme: "dark", prepare: openWeek },
  { name: "calendar-narrow", hash: "#/calendar", width: NARROW, prepare: openAgenda },
  { name: "calendar-invitation", hash: "#/calendar", width: WIDE, prepare: openInvitation },
  { name: "calendar-find-time", hash: "#/calendar", width: WIDE, prepare: findTime },
  { name: "inbox-en", hash: "#/inbox", width: WIDE, language: "en", prepare: chooseFirst },
  { name: "feed-en-narrow", hash: "#/feed/all", width: NARROW, language: "en" },
  { name: "community-en", hash: `#/communities/${space}/members`, width: WIDE, language: "en" },
  { name: "article-en", hash: "#/feed", width: WIDE, language: "en", prepare: openArticle },
];

async function main(): Promise<void> {
  const names = process.argv.slice(2);
  const data = temporaryFolder("screenshots-data");
  const server = await startServer(["--port", "0", "--data", data.path, "--demo"]);
  const executablePath = chromiumPath();
  const browser = await chromium.launch({
    args: ["--no-sandbox", "--disable-gpu"],
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  for (const language of ["fr", "en"] as const) {
    const wanted = pictures.filter(
      (picture) =>
        (picture.language ?? "fr") === language &&
        (names.length === 0 || names.some((name) => picture.name.startsWith(name))),
    );
    if (wanted.length > 0) await takeAll(browser, server.url, language, wanted);
  }
  await browser.close();
  await server.stop();
  data.remove();
}

async function takeAll(
  browser: Browser,
  serverUrl: string,
  language: "fr" | "en",
  wanted: readonly Picture[],
): Promise<void> {
  const profile = temporaryFolder(`screenshots-${language}`);
  const host = await startParvis(["--port", "0", "--data", profile.path, "--server", serverUrl]);
  const locale = language === "fr" ? "fr-FR" : "en-GB";
  const context = await browser.newContext({ locale, timezoneId: "Europe/Paris" });
  const page = await context.newPage();
  await page.goto(host.url);
  await page.getByLabel(/^(Identifiant|User name)/).fill("demo");
  await page.getByLabel(/^(Mot de passe|Password)/).fill("demo");
  await page.getByRole("button", { name: /^(Se connecter|Sign in)$/ }).click();
  await page.getByRole("article").first().waitFor();
  const channelHash = await page.evaluate(() => location.hash);
  for (const picture of wanted) await take(page, picture, channelHash);
  await context.close();
  await host.stop();
  profile.remove();
}

async function take(page: Page, picture: Picture, channelHash: string): Promise<void> {
  const { name, hash, width, theme = "light", prepare } = picture;
  await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
  await page.setViewportSize({ width, height: HEIGHT });
  await page.evaluate(
    (wanted) => {
      location.hash = wanted;
    },
    hash === channel ? channelHash : hash,
  );
  await settled(page);
  if (prepare !== undefined) {
    await prepare(page);
    await settled(page);
  }
  await page.mouse.move(width - 1, 1);
  const path = join(repositoryRoot, "docs", "screenshots", `${name}.png`);
  await page.screenshot({ path });
  spawnSync("pngquant", ["--force", "--skip-if-larger", "--output", path, "128", path]);
  process.stdout.write(`${name}\n`);
}

/** Nothing has been drawn for a while. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(async () => {
    const before = document.body.innerHTML;
    for (let frame = 0; frame < 45; frame++) await new Promise(requestAnimationFrame);
    return document.body.innerHTML === before;
  });
}

await main();
