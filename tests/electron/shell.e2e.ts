import { expect, test } from "playwright/test";
import { temporaryFolder } from "#tests/support/processes.ts";
import { conversationList, messages, openConversation, say } from "#tests/e2e/window.ts";
import { openDesktop, type Desktop } from "./desktop.ts";

const data = temporaryFolder("desktop");
let desktop: Desktop;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  desktop = await openDesktop({ dataDir: data.path });
});
test.afterAll(async () => {
  await desktop.close();
  data.remove();
});

test("a cold start shows the demonstration workplace and its first conversation", async () => {
  const page = await desktop.firstWindow();
  await expect(conversationList(page)).toBeVisible();
  await expect(messages(page, "clé de la baie")).toHaveCount(1);
  const windows = await desktop.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => ({
      isVisible: window.isVisible(),
      origin: window.webContents.mainFrame.origin,
      title: window.getTitle(),
    })),
  );
  expect(windows).toEqual([
    { isVisible: true, origin: "app://parvis", title: expect.stringContaining("Parvis") },
  ]);
});

test("a second start shows the first one's window, and ends by itself", async () => {
  await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  const second = await desktop.startAgain();
  expect(second.code).toBe(0);
  await expect
    .poll(() =>
      desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((one) => one.isMinimized())),
    )
    .toEqual([false]);
});

test("what is written stays over a restart", async () => {
  const page = await desktop.firstWindow();
  await openConversation(page, "Karim Benhaddou");
  await say(page, "Écrit dans la fenêtre");
  await expect(messages(page, "Écrit dans la fenêtre")).toHaveCount(1);
  await desktop.close();
  desktop = await openDesktop({ dataDir: data.path });
  const next = await desktop.firstWindow();
  await openConversation(next, "Karim Benhaddou");
  await expect(messages(next, "Écrit dans la fenêtre")).toHaveCount(1);
});

test("a crash loses nothing that was said, and leaves nothing that keeps from starting", async () => {
  const page = await desktop.firstWindow();
  await say(page, "Juste avant la panne");
  await expect(messages(page, "Juste avant la panne")).toHaveCount(1);
  await desktop.kill();
  desktop = await openDesktop({ dataDir: data.path });
  const next = await desktop.firstWindow();
  await openConversation(next, "Karim Benhaddou");
  await expect(messages(next, "Juste avant la panne")).toHaveCount(1);
});
