import { expect, test } from "playwright/test";
import { temporaryFolder } from "#tests/support/processes.ts";
import { violations } from "./layout.ts";
import { closeWindow, openWindow, openWorkplace, type ParvisWindow, type Workplace } from "./window.ts";

test.describe.configure({ mode: "serial" });

let workplace: Workplace;
let camille: ParvisWindow;
const folder = temporaryFolder("accessibility");

test.beforeAll(async ({ browser }) => {
  workplace = await openWorkplace();
  camille = await openWindow(browser, workplace, "demo", folder.path);
});

test.afterAll(async () => {
  await closeWindow(camille);
  await workplace.close();
  folder.remove();
});

for (const theme of ["light", "dark", "contrast"]) {
  test(`the window and its dialogs are accessible in the ${theme} theme`, async () => {
    const { page } = camille;
    await page.evaluate((name) => {
      document.documentElement.dataset["theme"] = name;
    }, theme);
    await expect(page.getByRole("article").last()).toBeVisible();
    expect(await violations(page)).toEqual([]);

    for (const keys of ["Control+k", "Control+,"]) {
      await page.keyboard.press(keys);
      await expect(page.getByRole("dialog")).toBeVisible();
      // A dialog that is still fading in has no contrast yet.
      await page.waitForFunction(() =>
        document.getAnimations().every(({ playState }) => playState === "finished"),
      );
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toBeHidden();
    }
  });
}

test("a small window with text twice as large loses nothing to the side", async () => {
  const { page } = camille;
  await page.setViewportSize({ width: 320, height: 640 });
  await page.evaluate(() => {
    document.documentElement.style.fontSize = "200%";
  });
  await expect(page.getByRole("textbox").last()).toBeVisible();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
