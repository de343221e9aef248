import { expect, test, type Locator, type Page } from "playwright/test";
import { temporaryFolder } from "#tests/support/processes.ts";
import {
  closeWindow,
  openConversation,
  openWindow,
  openWorkplace,
  type ParvisWindow,
  type Workplace,
} from "./window.ts";

/** What is pressed while the page moves under a pointer that does not: real presses, held by hand. */
test.describe.configure({ mode: "serial" });

let workplace: Workplace;
let camille: ParvisWindow;
const folder = temporaryFolder("steady-press");

test.beforeAll(async ({ browser }) => {
  workplace = await openWorkplace();
  camille = await openWindow(browser, workplace, "demo", folder.path);
  await openConversation(camille.page, "Karim Benhaddou");
});

test.afterAll(async () => {
  await closeWindow(camille);
  await workplace.close();
  folder.remove();
});

const pins = (page: Page): Locator =>
  page.getByRole("main").getByRole("button", { name: "Messages épinglés" });

async function pressDown(page: Page, target: Locator): Promise<{ x: number; y: number }> {
  const box = await target.boundingBox();
  if (box === null) throw new Error("The button is not shown");
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  return at;
}

async function lowerPage(page: Page, by: string): Promise<void> {
  await page.getByRole("main").evaluate((main, room) => (main.style.paddingTop = room), by);
}

test("a button that moves away between press and release is pressed nevertheless, once", async () => {
  const { page } = camille;
  await pressDown(page, pins(page));
  await lowerPage(page, "120px");
  await page.mouse.up();
  const pane = page.getByRole("complementary");
  await expect(pane).toBeVisible();
  await lowerPage(page, "");
  await page.keyboard.press("Escape");
  await expect(pane).toHaveCount(0);
});

test("what moves beneath the pointer meanwhile is not pressed instead", async () => {
  const { page } = camille;
  const poll = page.getByRole("main").getByRole("button", { name: "Sondage" });
  await pressDown(page, pins(page));
  await poll.evaluate((button) => {
    button.style.cssText = "position: fixed; inset: 0; z-index: 99";
  });
  await lowerPage(page, "120px");
  await page.mouse.up();
  await expect(page.getByRole("complementary")).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await poll.evaluate((button) => (button.style.cssText = ""));
  await lowerPage(page, "");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("complementary")).toHaveCount(0);
});

test("a hand that leaves the button before it lets go presses nothing", async () => {
  const { page } = camille;
  const at = await pressDown(page, pins(page));
  await lowerPage(page, "120px");
  await page.mouse.move(at.x - 60, at.y + 10);
  await page.mouse.up();
  await lowerPage(page, "");
  // It opens and closes the pane by turns.
  await pins(page).click();
  await expect(page.getByRole("complementary")).toBeVisible();
});
