import { expect, test, type Page } from "playwright/test";
import { temporaryFolder } from "#tests/support/processes.ts";
import { conversationList } from "#tests/e2e/window.ts";
import { openDesktop, type Desktop } from "./desktop.ts";
import { withPanel } from "./panel.ts";

const data = temporaryFolder("quit");
let desktop: Desktop;
let page: Page;

test.beforeEach(async () => {
  desktop = await openDesktop({ dataDir: data.path, env: withPanel(data.path) });
  page = await desktop.firstWindow();
  await expect(conversationList(page)).toBeVisible();
});
test.afterEach(() => desktop.kill());
test.afterAll(() => data.remove());

/** As if the network had gone: two things wait in the outbox. */
async function waiting(count: number): Promise<void> {
  await page.evaluate(async (number) => {
    const attention = {
      connection: "offline",
      unread: 0,
      mentions: 0,
      waiting: number,
      isQuiet: false,
      recent: [],
    };
    const report = () => window.parvis?.invoke("page.report", { accountId: "embedded", attention });
    await report();
    // The page's own report says otherwise a moment later: this one goes on.
    setInterval(() => void report(), 20);
  }, count);
}

const answer = (button: number) =>
  desktop.evaluate(({ dialog }, response) => {
    const asked: unknown[] = [];
    Reflect.set(globalThis, "asked", asked);
    dialog.showMessageBox = (...args: unknown[]) => {
      asked.push(args.at(-1));
      return Promise.resolve({ response, checkboxChecked: false });
    };
  }, button);
const asked = () =>
  desktop.evaluate((): { message: string; buttons: string[] }[] => Reflect.get(globalThis, "asked"));
const quit = () =>
  desktop.evaluate(({ app }) => {
    setImmediate(() => app.quit());
  });

test("with nothing waiting it ends at once and as it should", async () => {
  await quit();
  expect(await desktop.ended()).toBe(0);
});

test("who quits all the same has quit", async () => {
  await answer(0);
  await waiting(1);
  await quit();
  expect(await desktop.ended()).toBe(0);
});

test("the end of the machine's session is not held up by a question", async () => {
  await answer(1);
  await waiting(3);
  await desktop.evaluate(({ BrowserWindow }) => {
    setImmediate(() => BrowserWindow.getAllWindows()[0]?.emit("session-end", {}));
  });
  expect(await desktop.ended()).toBe(0);
});

test("closing the window leaves Parvis in the tray, which is explained once", async () => {
  await answer(0);
  const close = () => desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  const isVisible = () =>
    desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
  await page.evaluate(() => window.parvis?.invoke("settings.set", { closeToTray: true }));
  await close();
  await expect.poll(isVisible).toBe(false);
  expect((await asked())[0]?.message).toBe("Parvis reste ouvert en arrière-plan");
  await desktop.startAgain();
  await expect.poll(isVisible).toBe(true);
  await close();
  await expect.poll(isVisible).toBe(false);
  expect(await asked()).toHaveLength(1);
});

test("with closing to the tray off, closing is quitting", async () => {
  await page.evaluate(() => window.parvis?.invoke("settings.set", { closeToTray: false }));
  await desktop.evaluate(({ BrowserWindow }) => {
    setImmediate(() => BrowserWindow.getAllWindows()[0]?.close());
  });
  expect(await desktop.ended()).toBe(0);
});
