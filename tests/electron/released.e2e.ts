import { expect, test } from "playwright/test";
import { composer, conversationList, openConversation } from "#tests/e2e/window.ts";
import { temporaryFolder } from "#tests/support/processes.ts";
import { openDesktop, type Desktop } from "./desktop.ts";
import { withPanel } from "./panel.ts";

/** Hidden long enough, a window is given back: whoever opens it again finds what they left. */

const data = temporaryFolder("desktop-released");
let desktop: Desktop;

test.beforeAll(async () => {
  desktop = await openDesktop({
    dataDir: data.path,
    env: { ...withPanel(data.path), PARVIS_RELEASE_AFTER_MS: "1" },
  });
});
test.afterAll(async () => {
  await desktop.close();
  data.remove();
});

const windowCount = () => desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

async function hideAndShow() {
  await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  await expect.poll(windowCount, { timeout: 20_000 }).toBe(0);
  const opening = desktop.waitForWindow();
  await desktop.startAgain();
  const page = await opening;
  await expect(conversationList(page).or(page.getByRole("main"))).not.toHaveCount(0);
  return page;
}

test("the same place in the same module, and the same conversation with what was being written", async () => {
  const page = await desktop.firstWindow();
  await expect(conversationList(page)).toBeVisible();
  await openConversation(page, "Karim Benhaddou");
  await composer(page).fill("Pas encore fini");
  await page.evaluate(() => {
    location.hash = "#/messaging/saved";
  });
  await expect(composer(page)).toHaveCount(0);
  const again = await hideAndShow();
  await expect.poll(() => again.evaluate(() => location.hash)).toBe("#/messaging/saved");
  await openConversation(again, "Karim Benhaddou");
  await expect(composer(again)).toHaveText("Pas encore fini");
  const conversation = await again.evaluate(() => location.hash);
  const third = await hideAndShow();
  await expect.poll(() => third.evaluate(() => location.hash)).toBe(conversation);
  await expect(composer(third)).toHaveText("Pas encore fini");
});
