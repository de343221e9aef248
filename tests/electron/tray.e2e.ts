import { expect, test } from "playwright/test";
import { conversationList } from "#tests/e2e/window.ts";
import { temporaryFolder } from "#tests/support/processes.ts";
import { openDesktop, type Desktop } from "./desktop.ts";
import { withPanel } from "./panel.ts";

const data = temporaryFolder("desktop-tray");
let desktop: Desktop;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  test.skip(test.info().project.name === "electron", "what a tray shows can only be read on the stand-in");
  desktop = await openDesktop({
    dataDir: data.path,
    env: { ...withPanel(data.path), PARVIS_RELEASE_AFTER_MS: "400" },
  });
});
test.afterAll(async () => {
  await desktop.close();
  data.remove();
});

interface ShownTray {
  toolTip: string;
  labels: string[];
}

function shown(): Promise<ShownTray> {
  return desktop.evaluateStandIn(({ Tray }) => {
    const tray = Tray.standInTrays[0];
    const labels = (tray?.standIn.menu?.items ?? []).flatMap(({ label, submenu }) =>
      [label].concat((submenu?.items ?? []).map((item) => `> ${item.label}`)),
    );
    return { toolTip: tray?.standIn.toolTip ?? "", labels };
  });
}

async function press(label: string): Promise<void> {
  await desktop.evaluateStandIn(({ Tray }, wanted) => {
    const items = Tray.standInTrays[0]?.standIn.menu?.items ?? [];
    const all = items.flatMap((item) => [item].concat(item.submenu?.items ?? []));
    const found = all.find((item) => item.label.startsWith(wanted));
    if (found === undefined)
      throw new Error(`no item ${wanted} among ${all.map((item) => item.label).join(", ")}`);
    found.click();
  }, label);
}

function ticked(): Promise<string[]> {
  return desktop.evaluateStandIn(({ Tray }) => {
    const items = Tray.standInTrays[0]?.standIn.menu?.items ?? [];
    return items.flatMap(({ submenu }) =>
      (submenu?.items ?? []).filter(({ checked }) => checked).map(({ label }) => label),
    );
  });
}

function counted(): Promise<number> {
  return desktop.evaluate(({ app }) => app.getBadgeCount());
}

function windowCount(): Promise<number> {
  return desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
}

test("the tray says in words how things stand, and what came last", async () => {
  const page = await desktop.firstWindow();
  await expect(conversationList(page)).toBeVisible();
  await expect.poll(async () => (await shown()).toolTip).toMatch(/\d éléments?|\d things?/);
  const { labels } = await shown();
  expect(labels[0]).toMatch(/Afficher Parvis|Show Parvis/);
  expect(labels.join("\n")).toMatch(/Connecté, à jour|Connected, up to date/);
  expect(labels.join("\n")).toMatch(/> (Pendant 30 minutes|For 30 minutes)/);
});

test("the badge counts what waits", async () => {
  await expect.poll(counted).toBeGreaterThan(0);
  const inTip = Number(/(\d+) (?:éléments?|things?)/.exec((await shown()).toolTip)?.[1]);
  expect(await counted()).toBe(inTip);
});

test("do not disturb chosen in the tray is carried out by the page, and the tray shows it", async () => {
  await press(await word("Pendant 1 heure", "For 1 hour"));
  await expect.poll(async () => (await shown()).toolTip).toMatch(/en pause|paused/);
  await press(await word("Reprendre", "Resume"));
  await expect.poll(async () => (await shown()).toolTip).not.toMatch(/en pause|paused/);
});

test("the presence that is chosen is ticked, and so is the one taken back", async () => {
  await expect.poll(ticked).toEqual(["Automatique"]);
  await press("Occupé");
  await expect.poll(ticked).toEqual(["Occupé"]);
  await press("Automatique");
  await expect.poll(ticked).toEqual(["Automatique"]);
});

test("hidden long enough, the window is released; the tray goes on, and the choice is carried out without any window", async () => {
  await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  await expect.poll(windowCount, { timeout: 20_000 }).toBe(0);
  await expect.poll(async () => (await shown()).toolTip).toMatch(/\d éléments?|\d things?/);
  await press(await word("Pendant 1 heure", "For 1 hour"));
  await expect.poll(async () => (await shown()).toolTip, { timeout: 15_000 }).toMatch(/en pause|paused/);
  await press(await word("Reprendre", "Resume"));
  await expect.poll(async () => (await shown()).toolTip, { timeout: 15_000 }).not.toMatch(/en pause|paused/);
});

test("a click on the tray brings the window back", async () => {
  const opening = desktop.waitForWindow();
  await press(await word("Afficher", "Show"));
  const page = await opening;
  await expect(conversationList(page)).toBeVisible();
});

async function word(french: string, english: string): Promise<string> {
  const { labels } = await shown();
  return labels.some((label) => label.replace(/^> /, "").startsWith(french)) ? french : english;
}
