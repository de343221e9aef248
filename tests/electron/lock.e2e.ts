import { expect, test, type Page } from "playwright/test";
import { composer, conversationList, messages, openConversation, say } from "#tests/e2e/window.ts";
import { temporaryFolder } from "#tests/support/processes.ts";
import { openDesktop, type Desktop } from "./desktop.ts";
import { withPanel } from "./panel.ts";

/** Camille's machine, on which others sit down too: what the shell shows and tells while Parvis is locked. */

const data = temporaryFolder("desktop-lock");
const options = {
  dataDir: data.path,
  env: { ...withPanel(data.path), PARVIS_RELEASE_AFTER_MS: "600" },
};
const CODE = "marché du samedi";
let desktop: Desktop;
let page: Page;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  desktop = await openDesktop(options);
  page = await desktop.firstWindow();
  await expect(conversationList(page)).toBeVisible();
});
test.afterAll(async () => {
  await desktop.close();
  data.remove();
});

const lockScreen = (of: Page) => of.getByRole("heading", { name: "Parvis est verrouillé" });

async function unlock(of: Page): Promise<void> {
  await of.getByLabel("Code", { exact: true }).fill(CODE);
  await of.keyboard.press("Enter");
  await expect(lockScreen(of)).toBeHidden();
}

async function chooseCode(): Promise<void> {
  await page.evaluate((code) => window.parvis?.invoke("lock.setCode", { code }), CODE);
}

const clickMenu = (id: string) =>
  desktop.evaluate(({ Menu }, wanted) => {
    Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click();
  }, id);

async function firePower(name: string): Promise<void> {
  await desktop.evaluate(({ powerMonitor }, event) => {
    const emit: unknown = Reflect.get(powerMonitor, "emit");
    if (typeof emit === "function") Reflect.apply(emit, powerMonitor, [event]);
  }, name);
}

const ownWindow = () => desktop.windows().find((one) => one.url().includes("window=detached"));

const titles = () =>
  desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((one) => one.getTitle()));

/** Everything that can be read in the window, attributes included. */
const written = (of: Page) => of.evaluate(() => document.documentElement.outerHTML + document.title);

async function expectNothingWritten(of: Page): Promise<void> {
  await expect(lockScreen(of)).toBeVisible();
  const text = await written(of);
  expect(text).not.toContain("Karim");
  expect(text).not.toContain("entre nous");
}

test("the menu locks every window at once, and the code brings each back where it was", async () => {
  await chooseCode();
  await openConversation(page, "Karim Benhaddou");
  await say(page, "Cela reste entre nous");
  await page.getByRole("button", { name: "Actions sur la conversation" }).last().click();
  await page.getByRole("menuitem", { name: "Ouvrir dans sa propre fenêtre" }).click();
  await expect.poll(() => ownWindow()?.title()).toContain("Karim Benhaddou");
  const own = ownWindow();
  if (own === undefined) throw new Error("no window");
  await composer(page).fill("Une phrase commencée");
  await clickMenu("lock");
  await expectNothingWritten(page);
  await expectNothingWritten(own);
  await expect.poll(async () => (await titles()).join()).not.toContain("Karim");
  await unlock(own);
  await expect(own.getByRole("heading", { name: "Karim Benhaddou" })).toBeVisible();
  await expect(messages(page, "Cela reste entre nous")).toBeVisible();
  await expect(composer(page)).toHaveValue("Une phrase commencée");
  await composer(page).fill("");
  await own.close();
});

test("the machine's lock screen locks Parvis when that is chosen, and not otherwise", async () => {
  await firePower("lock-screen");
  await firePower("unlock-screen");
  await expect(conversationList(page)).toBeVisible();
  await page.evaluate(() => window.parvis?.invoke("settings.set", { lockWithSystem: true }));
  await firePower("lock-screen");
  await expectNothingWritten(page);
  await expect(page.getByText("Verrouillé en même temps que ce poste.")).toBeVisible();
  await firePower("unlock-screen");
  await expect(lockScreen(page)).toBeVisible();
  await unlock(page);
  await expect(messages(page, "Cela reste entre nous")).toBeVisible();
});

test("a machine that nobody touches for as long as chosen locks Parvis", async () => {
  test.skip(desktop.isReal, "how long nobody was there is the machine's to say");
  await page.evaluate(() => window.parvis?.invoke("settings.set", { lockAfterMinutes: 5 }));
  await desktop.evaluateStandIn(({ powerMonitor }) => {
    powerMonitor.standIn.idleSeconds = 301;
  });
  await expect(page.getByText("Personne n’était là depuis un moment.")).toBeVisible({ timeout: 20_000 });
  await desktop.evaluateStandIn(({ powerMonitor }) => {
    powerMonitor.standIn.idleSeconds = 0;
  });
  await unlock(page);
});

interface ShownTray {
  toolTip: string;
  labels: string[];
}

const tray = () =>
  desktop.evaluateStandIn(({ Tray }): ShownTray => {
    const shown = Tray.standInTrays[0]?.standIn;
    return {
      toolTip: shown?.toolTip ?? "",
      labels: (shown?.menu?.items ?? []).flatMap(({ label, submenu }) =>
        [label].concat((submenu?.items ?? []).map((item) => item.label)),
      ),
    };
  });

test("locked, the tray names nothing and nobody, and can only open or quit", async () => {
  test.skip(desktop.isReal, "what a tray shows can only be read on the stand-in");
  await expect.poll(async () => (await tray()).labels.length).toBeGreaterThan(6);
  await clickMenu("lock");
  await expect.poll(async () => (await tray()).toolTip).toContain("verrouillé");
  const { labels } = await tray();
  expect(labels.filter((label) => label !== "")).toEqual([
    "Afficher Parvis",
    expect.stringContaining("verrouillé"),
    expect.stringMatching(/^Quitter/),
  ]);
});

test("a window that was let go while Parvis is locked comes back locked", async () => {
  const count = () => desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  await expect.poll(count, { timeout: 20_000 }).toBe(0);
  const opening = desktop.waitForWindow();
  await desktop.startAgain();
  page = await opening;
  await expectNothingWritten(page);
  await unlock(page);
  await expect(conversationList(page)).toBeVisible();
});

test("started again Parvis is locked, shows nothing before the code, and then the same place", async () => {
  await openConversation(page, "Karim Benhaddou");
  await desktop.close();
  desktop = await openDesktop(options);
  page = await desktop.firstWindow();
  await expectNothingWritten(page);
  await expect(page.getByText("Donnez votre code pour ouvrir Parvis.")).toBeVisible();
  await unlock(page);
  await expect(messages(page, "Cela reste entre nous")).toBeVisible();
});
