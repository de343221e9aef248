import { writeFileSync } from "node:fs";
import { expect, test, type Page } from "playwright/test";
import { startParvis, temporaryFolder } from "#tests/support/processes.ts";
import { misplaced, violations } from "./layout.ts";
import {
  closeWindow,
  composer,
  conversationList,
  messages,
  openConversation,
  openWindow,
  openWorkplace,
  say,
  type ParvisWindow,
  type Workplace,
} from "./window.ts";

/** Camille chooses a code on a machine that others use too. */
let workplace: Workplace;
let camille: ParvisWindow;
const profile = temporaryFolder("lock");
const CODE = "marché du samedi";

test.beforeAll(async ({ browser }) => {
  workplace = await openWorkplace();
  camille = await openWindow(browser, workplace, "demo", `${profile.path}/camille`);
});

test.afterAll(async () => {
  await closeWindow(camille);
  await workplace.close();
  profile.remove();
});

const settings = (page: Page) => page.getByRole("dialog", { name: "Réglages" });
const lockScreen = (page: Page) => page.getByRole("heading", { name: "Parvis est verrouillé" });

async function unlock(page: Page, code: string): Promise<void> {
  await page.getByLabel("Code", { exact: true }).fill(code);
  await page.getByRole("button", { name: "Déverrouiller" }).click();
}

test("a code is chosen, typed twice, and too short a one is refused", async () => {
  const { page } = camille;
  await page.keyboard.press("Control+,");
  await settings(page).getByRole("tab", { name: "Sécurité" }).click();
  await settings(page).getByRole("button", { name: "Choisir un code" }).click();
  const fill = async (first: string, second: string) => {
    await settings(page).getByLabel("Nouveau code").fill(first);
    await settings(page).getByLabel("Encore une fois").fill(second);
    await settings(page).getByRole("button", { name: "Choisir un code" }).click();
  };
  await fill("court", "court");
  await expect(settings(page).getByRole("alert")).toHaveText("Au moins 6 caractères.");
  await fill(CODE, "marché du dimanche");
  await expect(settings(page).getByRole("alert")).toHaveText("Les deux codes ne sont pas les mêmes.");
  await fill(CODE, CODE);
  await expect(settings(page).getByRole("button", { name: "Verrouiller maintenant" })).toBeVisible();
  await page.keyboard.press("Escape");
});

test("locked, nothing of the workplace is left in the window, and the host answers no page", async () => {
  const { page } = camille;
  await openConversation(page, "Karim Benhaddou");
  await say(page, "Avant le verrou, un mot qui part.");
  await composer(page).fill("Une phrase commencée, que personne ne doit perdre");
  await page.keyboard.press("Control+Shift+L");
  await expect(lockScreen(page)).toBeVisible();
  const text = await page.evaluate(() => document.documentElement.outerHTML);
  expect(text).not.toContain("Karim");
  expect(text).not.toContain("Camille");
  expect(text).not.toContain("phrase commencée");
  await expect(page).toHaveTitle("Parvis");
  const refused = await page.evaluate(async () => {
    // Runs in the page: it has nothing of what stands around it here.
    // oxlint-disable-next-line unicorn/consistent-function-scoping -- see above
    const ask = async (channel: string, args: unknown) =>
      await fetch(`/host/${channel}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(args),
      });
    const list: { value: { id: string }[] } = await (await ask("accounts.list", {})).json();
    const accountId = list.value[0]?.id ?? "";
    const key = await ask("cache.key", { accountId });
    const me = await fetch(`/gateway/${accountId}/v1/me`);
    return { key: await key.text(), status: me.status };
  });
  expect(refused.key).toContain("locked");
  expect(refused.status).toBe(423);
});

test("a wrong code is refused; the right one brings back the same place and the sentence begun", async () => {
  const { page } = camille;
  await unlock(page, "un autre code");
  await expect(page.getByRole("alert")).toHaveText("Ce code n’est pas le bon.");
  await unlock(page, CODE);
  await expect(page.getByRole("heading", { level: 2, name: "Karim Benhaddou" })).toBeVisible();
  await expect(composer(page)).toHaveValue("Une phrase commencée, que personne ne doit perdre");
  await expect(messages(page, "Avant le verrou, un mot qui part.")).toBeVisible();
  await say(page, "Et après le verrou.");
  await expect(messages(page, "Et après le verrou.")).toBeVisible();
});

test("a second window locks and opens with the first", async () => {
  const { page, context } = camille;
  const second = await context.newPage();
  await second.goto(page.url());
  await expect(conversationList(second)).toBeVisible();
  await page.keyboard.press("Control+Shift+L");
  await expect(lockScreen(second)).toBeVisible();
  await expect(lockScreen(page)).toBeVisible();
  await unlock(second, CODE);
  await expect(conversationList(second)).toBeVisible();
  await expect(conversationList(page)).toBeVisible();
  await second.close();
});

test("started again, Parvis is locked and what waits is kept", async () => {
  const { page } = camille;
  await workplace.server.stop();
  await say(page, "Écrit sans réseau, avant de fermer.");
  await camille.host.stop();
  camille.host = await startParvis([
    "--port",
    "0",
    "--data",
    camille.profile,
    "--server",
    workplace.server.url,
  ]);
  await page.goto(camille.host.url);
  await expect(lockScreen(page)).toBeVisible();
  await unlock(page, CODE);
  await expect(messages(page, "Écrit sans réseau, avant de fermer.")).toBeVisible();
  await workplace.restart();
  await expect(page.getByText("attend le réseau")).toHaveCount(0);
});

test("the key changes under way and nothing is lost", async () => {
  const { page } = camille;
  await page.keyboard.press("Control+,");
  await settings(page).getByRole("tab", { name: "Sécurité" }).click();
  await settings(page).getByRole("button", { name: "Changer de clé" }).click();
  await expect(settings(page).getByText("Une nouvelle clé est en place")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(messages(page, "Écrit sans réseau, avant de fermer.")).toBeVisible();
  await say(page, "Sous la nouvelle clé.");
  await page.reload();
  await expect(messages(page, "Sous la nouvelle clé.")).toBeVisible();
});

test("nobody there for as long as the organisation says, and it locks by itself", async ({ browser }) => {
  const policies = `${profile.path}/policies.json`;
  writeFileSync(policies, JSON.stringify({ mandatory: { LockWithSystem: true } }), { mode: 0o644 });
  // Neither passphrase nor keyring: nothing opens Parvis yet.
  const env = {
    PARVIS_POLICIES: policies,
    PARVIS_PASSPHRASE: undefined,
    DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent",
  };
  const folder = `${profile.path}/karim`;
  const host = await startParvis(["--port", "0", "--data", folder, "--server", workplace.server.url], env);
  const context = await browser.newContext();
  const karim: ParvisWindow = { host, context, page: await context.newPage(), profile: folder };
  try {
    await karim.page.goto(host.url);
    await karim.page.getByLabel("Identifiant").fill("technicien");
    await karim.page.getByLabel("Mot de passe").fill("demo");
    await karim.page.getByRole("button", { name: "Se connecter" }).click();
    // Before anything is shown.
    await expect(
      karim.page.getByRole("heading", { name: "Choisissez un code de verrouillage" }),
    ).toBeVisible();
    await expect(conversationList(karim.page)).toHaveCount(0);
    await karim.page.getByLabel("Nouveau code").fill(CODE);
    await karim.page.getByLabel("Encore une fois").fill(CODE);
    await karim.page.getByRole("button", { name: "Choisir un code" }).click();
    await expect(conversationList(karim.page)).toBeVisible();
    await karim.page.keyboard.press("Control+,");
    await settings(karim.page).getByRole("tab", { name: "Sécurité" }).click();
    const withSystem = settings(karim.page).getByRole("checkbox", { name: /en même temps/ });
    await expect(withSystem).toBeChecked();
    await expect(withSystem).toBeDisabled();
    await expect(settings(karim.page).getByText("Fixé par votre organisation")).toBeVisible();
  } finally {
    await closeWindow(karim);
  }
});

test("locked in dark, contrast, narrow and large, nothing is lost and everything is named", async () => {
  const { page } = camille;
  await page.keyboard.press("Control+Shift+L");
  await expect(lockScreen(page)).toBeVisible();
  await page.getByLabel("Code", { exact: true }).fill("un autre code");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toHaveText("Ce code n’est pas le bon.");
  // Where the next try is typed.
  await expect(page.getByLabel("Code", { exact: true })).toBeFocused();
  for (const theme of ["light", "dark", "contrast"]) {
    await page.evaluate((value) => (document.documentElement.dataset["theme"] = value), theme);
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await misplaced(page)).toEqual([]);
      expect(await violations(page)).toEqual([]);
      await page.screenshot({ path: test.info().outputPath(`locked-${theme}-${width}.png`) });
    }
  }
  await page.getByRole("button", { name: "J’ai oublié mon code" }).press("Enter");
  const cost = page.getByRole("group", { name: "Sans le code, rien de ce poste ne peut être relu" });
  await expect(cost).toBeFocused();
  await expect(cost).toContainText("Rien n’attendait d’être envoyé.");
  await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
  expect(await misplaced(page)).toEqual([]);
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: test.info().outputPath("forgotten-320-large.png"), fullPage: true });
  await page.evaluate(() => (document.documentElement.style.fontSize = ""));
  await cost.getByRole("button", { name: "Annuler" }).press("Enter");
  await expect(page.getByLabel("Code", { exact: true })).toBeFocused();
  // Taken from wherever passwords are kept.
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((text) => navigator.clipboard.writeText(text), CODE);
  await page.keyboard.press("Control+V");
  await expect(page.getByLabel("Code", { exact: true })).toHaveValue(CODE);
  await page.keyboard.press("Enter");
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect(messages(page, "Sous la nouvelle clé.")).toBeVisible();
});

test("everything is erased once the word is typed, and the account has to sign in again", async () => {
  const { page } = camille;
  await page.keyboard.press("Control+,");
  await settings(page).getByRole("tab", { name: "Sécurité" }).click();
  await settings(page).getByRole("button", { name: "Tout effacer…" }).click();
  const dialog = page.getByRole("dialog", { name: "Effacer ce poste" });
  const word = dialog.getByRole("textbox", { name: "Tapez « effacer » pour confirmer" });
  await expect(dialog.getByRole("button", { name: "Effacer" })).toBeDisabled();
  await word.fill("oui");
  await word.press("Enter");
  await expect(dialog.getByRole("button", { name: "Effacer" })).toBeDisabled();
  expect(await violations(page)).toEqual([]);
  await word.fill("Effacer");
  await expect(dialog.getByRole("button", { name: "Effacer" })).toBeEnabled();
  await page.screenshot({ path: test.info().outputPath("erase.png") });
  await word.press("Enter");
  await expect(page.getByLabel("Identifiant")).toBeVisible();
  // The page begins anew meanwhile.
  await expect(async () => {
    expect(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual(
      [],
    );
  }).toPass({ timeout: 15_000 });
});
