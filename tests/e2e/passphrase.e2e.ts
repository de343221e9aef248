import { expect, test } from "playwright/test";
import { startParvis, temporaryFolder } from "#tests/support/processes.ts";
import { signIn } from "#tests/support/workplace-client.ts";
import { closeWindow, messages, openConversation, openWindow, openWorkplace, say } from "./window.ts";

/** A machine without a keyring, on which nobody has chosen a passphrase. */
const BARE = { PARVIS_PASSPHRASE: undefined, DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent" };
const PASSPHRASE = "le pont sous la pluie";

test("without a keyring, a passphrase keeps the cache and what waits through a restart", async ({
  browser,
}) => {
  const workplace = await openWorkplace();
  const profile = temporaryFolder("passphrase");
  const window = await openWindow(browser, workplace, "demo", profile.path, BARE);
  const { page } = window;
  await openConversation(page, "Karim Benhaddou");
  await say(page, "lu avant la fermeture");
  await workplace.server.stop();
  await say(page, "écrit sans réseau");

  await expect(page.getByText("serait perdu si Parvis se fermait")).toBeVisible();
  await page.getByRole("button", { name: "Choisir une phrase secrète" }).click();
  const dialog = page.getByRole("dialog", { name: "Compte" });
  await expect(dialog).toContainText("n’a pas de trousseau");
  await expect(dialog).not.toContainText(/secret.service|d-?bus|keyring/i);
  await expect(dialog.getByRole("button", { name: "Copier le détail" })).toBeVisible();
  await dialog.getByRole("button", { name: "Choisir une phrase secrète" }).click();
  const [first, again] = [dialog.getByLabel("Phrase secrète"), dialog.getByLabel("La même")];
  const keep = dialog.getByRole("button", { name: "Garder sous cette phrase" });
  await first.fill("court");
  await keep.click();
  await expect(dialog.getByRole("alert")).toHaveText("Il faut 8 caractères au moins.");
  await first.fill(PASSPHRASE);
  await again.fill(`${PASSPHRASE}s`);
  await keep.click();
  await expect(dialog.getByRole("alert")).toHaveText("Les deux phrases ne sont pas les mêmes.");
  await again.fill(PASSPHRASE);
  await keep.click();
  await expect(dialog).toContainText("Dans un fichier chiffré par votre phrase secrète");
  await page.keyboard.press("Escape");
  await expect(page.getByText("serait perdu si Parvis se fermait")).toBeHidden();

  await window.host.kill();
  const args = ["--port", new URL(window.host.url).port, "--data", profile.path];
  window.host = await startParvis([...args, "--server", workplace.server.url], BARE);
  await page.goto(window.host.url);
  await expect(page.getByRole("heading", { name: "Déverrouiller Parvis" })).toBeVisible();
  await page.getByLabel("Phrase secrète").fill("une autre phrase");
  await page.getByRole("button", { name: "Déverrouiller" }).click();
  await expect(page.getByRole("alert")).toContainText("Ce n’est pas la bonne phrase secrète");
  await page.getByLabel("Phrase secrète").fill(PASSPHRASE);
  await page.getByRole("button", { name: "Déverrouiller" }).click();

  await openConversation(page, "Karim Benhaddou");
  await expect(messages(page, "lu avant la fermeture")).toHaveCount(1);
  await expect(messages(page, "écrit sans réseau")).toHaveCount(1);
  await workplace.restart();
  await expect
    .poll(
      async () => {
        const karim = await signIn(workplace.server.url, "technicien", "demo");
        const scopes = (await karim.scopes()).filter((scope) => scope.startsWith("conversation:"));
        const rows = (await Promise.all(scopes.map((scope) => karim.rows(scope)))).flat();
        return rows.filter((row) => row.data["body"] === "écrit sans réseau").length;
      },
      { timeout: 60_000 },
    )
    .toBe(1);
  await closeWindow(window);
  await workplace.close();
  profile.remove();
});
