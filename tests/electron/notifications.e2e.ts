import { expect, test } from "playwright/test";
import { conversationList } from "#tests/e2e/window.ts";
import { temporaryFolder } from "#tests/support/processes.ts";
import { openDesktop, type Desktop } from "./desktop.ts";

const data = temporaryFolder("desktop-notifications");
let desktop: Desktop;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  desktop = await openDesktop({ dataDir: data.path });
});
test.afterAll(async () => {
  await desktop.close();
  data.remove();
});

test("a notification that is tried reaches the system, and a click on it brings the window back", async () => {
  test.skip(desktop.isReal, "what the system shows can only be read on the stand-in");
  const page = await desktop.firstWindow();
  await expect(conversationList(page)).toBeVisible();
  const answer = await page.evaluate(() => window.parvis?.invoke("notifications.test", {}));
  expect(answer).toEqual({ ok: true, value: { isShown: true, detail: "" } });
  const shown = await desktop.evaluateStandIn(({ Notification }) =>
    Notification.standInShown.map(({ title, body }) => ({ title, body })),
  );
  expect(shown).toHaveLength(1);
  expect(shown[0]?.title).toBe("Parvis");
  await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  await desktop.evaluateStandIn(({ Notification }) => {
    Notification.standInShown[0]?.emit("click", {});
  });
  await expect
    .poll(() => desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible()))
    .toBe(true);
});
