import { existsSync } from "node:fs";
import { expect, test } from "playwright/test";
import { startParvis, temporaryFolder } from "#tests/support/processes.ts";
import { signIn } from "#tests/support/workplace-client.ts";
import { closeWindow, messages, openConversation, openWindow, openWorkplace, say } from "./window.ts";

/** A machine without a keyring, on which nobody has chosen a passphrase. */
const BARE = { PARVIS_PASSPHRASE: undefined, DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent" };
const PASSPHRASE = "le pont sous la pluie";
const NEXT = "le quai sous la neige";

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

  const settings = page.getByRole("dialog", { name: "Réglages" });
  await page.keyboard.press("Control+,");
  await settings.getByRole("tab", { name: "Sécurité" }).click();
  const change = settings.getByRole("button", { name: "Changer la phrase secrète" });
  const fill = async (current: string, next: string, repeated: string) => {
    await settings.getByLabel("Phrase secrète actuelle").fill(current);
    await settings.getByLabel("Nouvelle phrase secrète").fill(next);
    await settings.getByLabel("La même").fill(repeated);
    await page.keyboard.press("Enter");
  };
  await change.press("Enter");
  await expect(settings.getByLabel("Phrase secrète actuelle")).toBeFocused();
  await fill(PASSPHRASE, "court", "court");
  await expect(settings.getByRole("alert")).toHaveText("Il faut 8 caractères au moins.");
  await fill(PASSPHRASE, NEXT, `${NEXT}s`);
  await expect(settings.getByRole("alert")).toHaveText("Les deux phrases ne sont pas les mêmes.");
  await fill("une autre phrase", NEXT, NEXT);
  await expect(settings.getByRole("alert")).toContainText("Ce n’est pas la bonne phrase secrète");
  await fill(PASSPHRASE, NEXT, NEXT);
  await expect(settings.getByText("La phrase secrète est changée.")).toBeVisible();
  await page.screenshot({ path: test.info().outputPath("changed.png") });
  await settings.getByRole("button", { name: "Changer de clé" }).click();
  await expect(settings.getByText("Une nouvelle clé est en place")).toBeVisible();
  await settings.getByRole("button", { name: "Verrouiller maintenant" }).click();
  await expect(page.getByText("Donnez votre phrase secrète pour continuer")).toBeVisible();
  await page.getByLabel("Phrase secrète").fill(PASSPHRASE);
  await page.getByRole("button", { name: "Déverrouiller" }).click();
  await expect(page.getByRole("alert")).toContainText("Ce n’est pas la bonne phrase secrète");
  await page.getByLabel("Phrase secrète").fill(NEXT);
  await page.getByRole("button", { name: "Déverrouiller" }).click();
  await openConversation(page, "Karim Benhaddou");
  await expect(messages(page, "écrit sans réseau")).toHaveCount(1);

  // Forgotten: said what it costs, then everything begins anew.
  await workplace.server.stop();
  await say(page, "jamais parti");
  await expect(page.getByText("1 message attend le réseau")).toBeVisible();
  await page.keyboard.press("Control+Shift+L");
  await page.getByRole("button", { name: "J’ai oublié ma phrase secrète" }).click();
  await expect(page.getByText("1 envoi n’est pas encore parti de ce poste.")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Parvis est verrouillé" })).toBeVisible();
  await window.host.kill();
  window.host = await startParvis([...args, "--server", workplace.server.url], BARE);
  await page.goto(window.host.url);
  await expect(page.getByRole("heading", { name: "Déverrouiller Parvis" })).toBeVisible();
  await expect(page.getByLabel("Phrase secrète")).toBeFocused();
  await page.getByRole("button", { name: "J’ai oublié ma phrase secrète" }).click();
  await expect(page.getByText("Ce qui n’a pas encore été envoyé depuis ce poste sera perdu.")).toBeVisible();
  await page.screenshot({ path: test.info().outputPath("forgotten.png") });
  await workplace.restart();
  await page.getByRole("button", { name: "Effacer et me reconnecter" }).click();
  await expect(page.getByLabel("Identifiant")).toBeVisible();
  expect(existsSync(`${profile.path}/secrets.json`)).toBe(false);
  await closeWindow(window);
  await workplace.close();
  profile.remove();
});
