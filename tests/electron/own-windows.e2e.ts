import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Page } from "playwright/test";
import { temporaryFolder } from "#tests/support/processes.ts";
import { conversationList, openConversation, say } from "#tests/e2e/window.ts";
import { openDesktop, type Desktop } from "./desktop.ts";

const data = temporaryFolder("fenêtres à soi");
const stateFile = join(data.path, "window-state.json");
let desktop: Desktop;
let page: Page;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  desktop = await openDesktop({ dataDir: data.path });
  page = await desktop.firstWindow();
});
test.afterAll(async () => {
  await desktop.close();
  data.remove();
});

const bounds = () =>
  desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.getBounds()));

function detachedPage(): Page | undefined {
  return desktop.windows().find((one) => one.url().includes("window=detached"));
}

async function detach(name: string): Promise<void> {
  await openConversation(page, name);
  await page.getByRole("button", { name: "Actions sur la conversation" }).last().click();
  await page.getByRole("menuitem", { name: "Ouvrir dans sa propre fenêtre" }).click();
}

test("a conversation gets a window of its own, without rail and list, and both stay in step", async () => {
  await expect(conversationList(page)).toBeVisible();
  await detach("Karim Benhaddou");
  await expect.poll(() => detachedPage()?.title()).toContain("Karim Benhaddou");
  const own = detachedPage();
  if (own === undefined) throw new Error("no window");
  await expect(own.getByRole("heading", { name: "Karim Benhaddou" })).toBeVisible();
  await expect(conversationList(own)).toHaveCount(0);
  await say(own, "Depuis sa propre fenêtre");
  await expect(page.getByText("Depuis sa propre fenêtre").first()).toBeVisible();
});

test("asked for again, the same window comes forward", async () => {
  await detach("Karim Benhaddou");
  await expect
    .poll(() => desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length))
    .toBe(2);
});

test("its keys give what is open a window of its own", async () => {
  await openConversation(page, "ateliers");
  await page.keyboard.press("ControlOrMeta+Shift+O");
  await expect.poll(() => desktop.windows().length).toBe(3);
  const added = desktop.windows().find((one) => one !== page && one !== detachedPage());
  await expect.poll(() => added?.title()).toContain("ateliers");
  await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[2]?.close());
  await expect.poll(() => desktop.windows().length).toBe(2);
});

test("windows come back where they were", async () => {
  const placed = { x: 60, y: 80, width: 900, height: 700 };
  await desktop.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to), placed);
  await expect.poll(() => readFileSync(stateFile, "utf8")).toContain('"width": 900');
  await desktop.close();
  desktop = await openDesktop({ dataDir: data.path });
  page = await desktop.firstWindow();
  await expect(conversationList(page)).toBeVisible();
  await expect.poll(() => bounds()).toContainEqual(placed);
  await expect.poll(() => detachedPage()?.title()).toContain("Karim Benhaddou");
});

test("one whose screen is taken away is brought back", async () => {
  test.skip(desktop.isReal, "screens cannot be unplugged from here");
  await desktop.evaluateStandIn(({ BrowserWindow, screen }) => {
    const second = { x: 1920, y: 0, width: 1920, height: 1080 };
    screen.standIn.displays.push(screen.standIn.displayOf(2, second));
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 2100, y: 100 });
  });
  await desktop.evaluateStandIn(({ screen }) => {
    screen.standIn.displays.pop();
    screen.emit("display-removed", {}, {});
  });
  await expect.poll(async () => (await bounds())[0]?.x ?? 9999).toBeLessThan(1800);
});

test("a damaged memory of windows is put aside, and a place out of reach is not gone to", async () => {
  await desktop.close();
  writeFileSync(stateFile, "{");
  desktop = await openDesktop({ dataDir: data.path });
  page = await desktop.firstWindow();
  await expect(conversationList(page)).toBeVisible();
  await desktop.close();
  const away = { bounds: { x: 9000, y: 9000, width: 800, height: 600 }, screenId: 7 };
  writeFileSync(stateFile, JSON.stringify({ main: away }));
  desktop = await openDesktop({ dataDir: data.path });
  page = await desktop.firstWindow();
  await expect(conversationList(page)).toBeVisible();
  expect((await bounds())[0]?.x).toBeLessThan(1920);
});

test("a page that crashes comes back and says so", async () => {
  await desktop.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );
  // Playwright gives a page up that has crashed; the window goes on.
  const shown = () =>
    desktop.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript("document.body.innerText"),
    );
  await expect.poll(() => shown().catch(() => ""), { timeout: 20_000 }).toContain("La page s’était arrêtée");
});
