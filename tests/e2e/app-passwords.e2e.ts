import { expect, test } from "playwright/test";
import { temporaryFolder } from "#tests/support/processes.ts";
import { closeWindow, openWindow, openWorkplace } from "./window.ts";

test("a password for another program is made, shown once, opens the documents, and is taken back", async ({
  browser,
}, testInfo) => {
  const profiles = temporaryFolder("app-passwords");
  const workplace = await openWorkplace();
  const window = await openWindow(browser, workplace, "demo", `${profiles.path}/own`);
  const { page } = window;
  try {
    await page.keyboard.press("Control+,");
    const settings = page.getByRole("dialog", { name: "Réglages" });
    await settings.getByRole("tab", { name: "Appareils" }).click();
    await settings.getByRole("button", { name: "Nouveau mot de passe d’application" }).press("Enter");
    const dialog = page.getByRole("dialog", { name: "Nouveau mot de passe d’application" });
    await dialog.getByRole("textbox", { name: "Programme" }).fill("Explorateur du bureau");
    await page.keyboard.press("Enter");
    await expect(dialog.getByText("n’est montré qu’une fois", { exact: false })).toBeVisible();
    const [address = "", username = "", password = ""] = await dialog.locator("code").allTextContents();
    await page.screenshot({ path: testInfo.outputPath("made.png") });
    await page.setViewportSize({ width: 480, height: 800 });
    await page.screenshot({ path: testInfo.outputPath("made-narrow.png") });
    await page.setViewportSize({ width: 1280, height: 800 });
    const credentials = Buffer.from(`${username}:${password}`).toString("base64");
    const ask = async () => {
      const headers = { authorization: `Basic ${credentials}`, depth: "1" };
      return (await fetch(`${address}mine/`, { method: "PROPFIND", headers })).status;
    };
    expect(await ask()).toBe(207);
    await dialog.getByRole("button", { name: "Terminé" }).click();
    const line = settings.getByRole("listitem").filter({ hasText: "Explorateur du bureau" });
    await expect(line).toContainText("Programme (WebDAV)");
    await expect(page.getByText(password)).toHaveCount(0);
    await page.screenshot({ path: testInfo.outputPath("listed.png") });
    await line.getByRole("button", { name: "Déconnecter Explorateur du bureau" }).click();
    await page
      .getByRole("dialog", { name: "Déconnecter «" })
      .getByRole("button", { name: "Déconnecter" })
      .click();
    await expect(line.getByText("Déconnecté", { exact: true })).toBeVisible();
    await expect.poll(ask).toBe(401);
  } finally {
    await closeWindow(window);
    await workplace.close();
    profiles.remove();
  }
});
