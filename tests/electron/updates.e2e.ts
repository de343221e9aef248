import { expect, test } from "playwright/test";
import { temporaryFolder } from "#tests/support/processes.ts";
import { openDesktop, type Desktop } from "./desktop.ts";

const data = temporaryFolder("desktop-updates");
let desktop: Desktop;

test.beforeAll(async () => {
  // An address alone is not enough.
  desktop = await openDesktop({ dataDir: data.path, env: { PARVIS_UPDATE_URL: "https://updates.invalid/" } });
});
test.afterAll(async () => {
  await desktop.close();
  data.remove();
});

test("what was not installed does not update itself, and says why", async () => {
  const page = await desktop.firstWindow();
  await expect(page.getByRole("button", { name: "Réglages" })).toBeVisible();
  await page.keyboard.press("Control+,");
  await page.getByRole("tab", { name: "Mises à jour" }).click();
  const panel = page.getByRole("tabpanel");
  await expect(panel).toContainText(/Version \d+\.\d+\.\d+/);
  await expect(panel.getByRole("status")).toContainText("installé par votre service informatique");
  await expect(panel.getByRole("button")).toHaveCount(0);
});
