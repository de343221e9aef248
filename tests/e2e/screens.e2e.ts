import { expect, test, type Page } from "playwright/test";
import { wallId } from "#contract/ids.ts";
import { demoPosts } from "#server/demo/posts-data.ts";
import { demoSpaceId } from "#server/demo/workplace.ts";
import { temporaryFolder } from "#tests/support/processes.ts";
import { misplaced, violations } from "./layout.ts";
import { closeWindow, openWindow, openWorkplace, type ParvisWindow, type Workplace } from "./window.ts";

/** Every screen of every module: nothing for axe to say in any theme, nothing out of place wide, narrow or very small. */
test.describe.configure({ mode: "serial" });

let workplace: Workplace;
let sylvie: ParvisWindow;
const folder = temporaryFolder("screens");

test.beforeAll(async ({ browser }) => {
  workplace = await openWorkplace();
  sylvie = await openWindow(browser, workplace, "admin", folder.path);
});

test.afterAll(async () => {
  await closeWindow(sylvie);
  await workplace.close();
  folder.remove();
});

const space = demoSpaceId("accueil");
const tabs = ["wall", "news", "channels", "about", "members", "settings", "desk"];
const screens = [
  "#/inbox",
  "#/messaging/threads",
  "#/messaging/saved",
  "#/messaging/scheduled",
  "#/feed",
  "#/feed/drafts",
  "#/feed/article/01a20566-4ce3-7218-9995-55610112fcc0",
  "#/communities",
  "#/communities/new",
  "#/communities/requests",
  "#/communities/administration",
  ...tabs.map((tab) => `#/communities/${space}/${tab}`),
];

/** Goes there and waits until what is drawn stays as it is. */
async function show(page: Page, hash: string): Promise<void> {
  await page.evaluate((wanted) => {
    location.hash = wanted;
  }, hash);
  // A narrow window shows the list or the content, never both.
  await expect(page.getByRole("main").or(page.getByRole("navigation")).first()).toBeVisible();
  await expect(page.locator(".skeleton")).toHaveCount(0);
  await page.waitForFunction(async () => {
    const before = document.body.innerHTML;
    for (let frame = 0; frame < 12; frame++) await new Promise(requestAnimationFrame);
    return document.body.innerHTML === before && document.getAnimations().length === 0;
  });
}

for (const theme of ["light", "dark"]) {
  test(`axe finds nothing on any screen in the ${theme} theme`, async () => {
    test.setTimeout(300_000);
    const { page } = sylvie;
    await page.evaluate((name) => {
      document.documentElement.dataset["theme"] = name;
    }, theme);
    for (const hash of screens) {
      await show(page, hash);
      expect({ hash, found: await violations(page) }).toEqual({ hash, found: [] });
    }
  });
}

for (const [width, height] of [
  [1280, 800],
  [480, 800],
  [320, 640],
] as const) {
  test(`nothing is out of place on any screen at ${width} × ${height}`, async () => {
    const { page } = sylvie;
    await page.setViewportSize({ width, height });
    for (const hash of screens) {
      await show(page, hash);
      expect({ hash, found: await misplaced(page) }).toEqual({ hash, found: [] });
    }
  });
}

/** Opens the settings and goes through their sections, each with its panel drawn and at rest. */
async function throughSettings(page: Page, look: (section: string) => Promise<void>): Promise<void> {
  await show(page, "#/feed");
  await page.keyboard.press("Control+,");
  const dialog = page.getByRole("dialog", { name: "Réglages" });
  const sections = dialog.getByRole("tab");
  await expect(sections.first()).toBeVisible();
  for (const tab of await sections.all()) {
    await tab.click();
    await expect(tab).toHaveAttribute("aria-selected", "true");
    await expect(dialog.locator(".settings__loading")).toHaveCount(0);
    await page.waitForFunction(() => document.getAnimations().length === 0);
    await look((await tab.textContent()) ?? "");
  }
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
}

for (const theme of ["light", "dark"]) {
  test(`axe finds nothing in any section of the settings in the ${theme} theme`, async () => {
    test.setTimeout(120_000);
    const { page } = sylvie;
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.evaluate((name) => {
      document.documentElement.dataset["theme"] = name;
    }, theme);
    await throughSettings(page, async (section) => {
      expect({ section, found: await violations(page) }).toEqual({ section, found: [] });
    });
  });
}

for (const [width, height] of [
  [1280, 800],
  [480, 800],
  [320, 640],
] as const) {
  test(`no section of the settings is out of place at ${width} × ${height}, nor changes the dialog's height`, async () => {
    const { page } = sylvie;
    await page.setViewportSize({ width, height });
    const heights = new Set<number>();
    await throughSettings(page, async (section) => {
      expect({ section, found: await misplaced(page) }).toEqual({ section, found: [] });
      const box = await page.getByRole("dialog", { name: "Réglages" }).boundingBox();
      heights.add(Math.round(box?.height ?? 0));
    });
    expect(heights.size).toBe(1);
  });
}

test("a post opens with its comments, and axe finds nothing there", async () => {
  const { page } = sylvie;
  await page.setViewportSize({ width: 1280, height: 800 });
  const post = demoPosts.find(({ title }) => title?.startsWith("Fermeture") === true);
  await show(page, "#/feed");
  await page.getByRole("main").getByText("Lire l’article").first().click();
  await expect(page).toHaveURL(new RegExp(`#/feed/post/${wallId(space)}/`));
  await expect(page.getByRole("main").getByText(post?.comments?.[0]?.text ?? "?")).toBeVisible();
  expect(await violations(page)).toEqual([]);
});
