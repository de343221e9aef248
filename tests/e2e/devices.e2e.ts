import { expect, test, type Page } from "playwright/test";
import { temporaryFolder } from "#tests/support/processes.ts";
import { closeWindow, openWindow, openWorkplace } from "./window.ts";

async function openDevices(page: Page): Promise<void> {
  await page.keyboard.press("Control+,");
  const settings = page.getByRole("dialog", { name: "Réglages" });
  await settings.getByRole("tab", { name: "Appareils" }).click();
}

test("a device is wiped from another one, and says so", async ({ browser }) => {
  const profiles = temporaryFolder("devices");
  const workplace = await openWorkplace();
  const lost = await openWindow(browser, workplace, "demo", `${profiles.path}/lost`);
  const kept = await openWindow(browser, workplace, "demo", `${profiles.path}/kept`);
  try {
    await openDevices(kept.page);
    const list = kept.page.getByRole("list", { name: "Appareils" });
    await expect(list.getByRole("listitem").filter({ hasText: "Cet appareil" })).toHaveCount(1);
    const other = list
      .getByRole("listitem")
      .filter({ hasText: "Dans le navigateur" })
      .filter({ hasNotText: "Cet appareil" });
    await other.getByRole("button", { name: "Déconnecter et effacer" }).click();
    await kept.page
      .getByRole("dialog", { name: /à distance/ })
      .getByRole("button", { name: "Déconnecter et effacer" })
      .click();
    await expect(
      lost.page.getByText("ont été effacées de cet appareil sur demande", { exact: false }),
    ).toBeVisible();
    await expect(other.getByText(/^Effacé/)).toBeVisible();
    const names = await lost.page.evaluate(async () =>
      (await indexedDB.databases()).map(({ name }) => name ?? ""),
    );
    expect(names.filter((name) => name.startsWith("parvis-"))).toEqual([]);
    await expect(kept.page.getByText("Cet appareil", { exact: true })).toBeVisible();
  } finally {
    await closeWindow(lost);
    await closeWindow(kept);
    await workplace.close();
    profiles.remove();
  }
});
