import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Page } from "playwright/test";
import { conversationList } from "#tests/e2e/window.ts";
import { temporaryFolder } from "#tests/support/processes.ts";
import { openDesktop, type Desktop } from "./desktop.ts";
import { withPanel } from "./panel.ts";

const data = temporaryFolder("desktop-autostart");
const folder = join(data.path, "config", "autostart");
let desktop: Desktop;

test.describe.configure({ mode: "serial" });
test.skip(process.platform !== "linux", "elsewhere the system keeps the list of login items");
test.beforeAll(async () => {
  desktop = await openDesktop({ dataDir: join(data.path, "profil à moi"), env: withPanel(data.path) });
});
test.afterAll(async () => {
  await desktop.close();
  data.remove();
});

/** The only entry's lines; none where there is no entry. */
function entry(): string[] {
  const [name] = existsSync(folder) ? readdirSync(folder) : [];
  return name === undefined ? [] : readFileSync(join(folder, name), "utf8").split("\n");
}

async function openPanel(page: Page): Promise<void> {
  await page.keyboard.press("Control+,");
  await page.getByRole("tab", { name: /^(Bureau|Desktop)$/ }).click();
}

const choice = (page: Page) =>
  page.getByRole("checkbox", { name: /l’ouverture de la session|when I log in/ });

test("chosen in the settings, Parvis is in the session's autostart folder, hidden and with its profile", async () => {
  const page = await desktop.firstWindow();
  await expect(conversationList(page)).toBeVisible();
  expect(entry()).toEqual([]);
  await openPanel(page);
  await choice(page).click();
  await expect(choice(page)).toBeChecked();
  await expect.poll(() => entry().some((line) => line.startsWith("Exec="))).toBe(true);
  const exec = entry().find((line) => line.startsWith("Exec="));
  expect(exec).toContain("--hidden --data");
  expect(exec).toContain(`"${join(data.path, "profil à moi")}"`);
  await page.screenshot({ path: test.info().outputPath("desktop-settings.png") });
});

test("taken back, the entry is gone", async () => {
  const page = await desktop.firstWindow();
  await choice(page).click();
  await expect(choice(page)).not.toBeChecked();
  await expect.poll(entry).toEqual([]);
});

test("started hidden, there is no window until somebody wants one", async () => {
  await desktop.close();
  desktop = await openDesktop({
    dataDir: join(data.path, "profil à moi"),
    args: ["--hidden"],
    env: withPanel(data.path),
  });
  await expect.poll(() => desktop.output()).toContain("without a window");
  expect(await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(0);
  // By the machine's settings and by the person's: started twice with the session.
  expect((await desktop.startAgain()).code).toBe(0);
  expect(await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(0);
  const opening = desktop.waitForWindow();
  const wanted = await desktop.startAgain(["parvis://saved"]);
  expect(wanted.code).toBe(0);
  const page = await opening;
  await expect(conversationList(page)).toBeVisible();
  await expect.poll(() => page.evaluate(() => location.hash)).toBe("#/messaging/saved");
});
