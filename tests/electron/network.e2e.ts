import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "playwright/test";
import { TestAuthority } from "#host/testing/test-certificates.ts";
import { TestProxy } from "#host/testing/test-proxy.ts";
import { misplaced, violations } from "#tests/e2e/layout.ts";
import { conversationList, openWorkplace, type Workplace } from "#tests/e2e/window.ts";
import { temporaryFolder } from "#tests/support/processes.ts";
import { openTlsFront, type TlsFront } from "#tests/support/tls-front.ts";
import { openDesktop, type Desktop } from "./desktop.ts";

/** A desktop as organisations have them: a proxy that asks who one is, and a certification authority of their own. */

const HOST = "parvis.example.test";
const LOGIN = { username: "ada", password: "deux & mots" };
const data = temporaryFolder("desktop-network");
let workplace: Workplace;
let front: TlsFront;
let proxy: TestProxy;
let desktop: Desktop;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  workplace = await openWorkplace();
  const authority = new TestAuthority(data.path);
  front = await openTlsFront(authority.issue(HOST), workplace.port);
  proxy = await TestProxy.open({ login: LOGIN, hosts: new Map([[HOST, front.port]]) });
  const trusted = join(data.path, "trusted");
  mkdirSync(trusted);
  writeFileSync(join(trusted, "internal.pem"), authority.pem);
  const policies = join(data.path, "policies.json");
  const mandatory = { ProxyMode: "fixed", ProxyAddress: proxy.url, CertificateFolder: trusted };
  writeFileSync(policies, JSON.stringify({ mandatory }));
  desktop = await openDesktop({
    dataDir: join(data.path, "profile"),
    args: ["--server", `https://${HOST}`],
    env: { PARVIS_POLICIES: policies },
  });
});
test.afterAll(async () => {
  await desktop.close();
  await proxy.close();
  front.close();
  await workplace.close();
  data.remove();
});

test("the window is there before the proxy has its answer, which is asked for, and again when it is wrong", async () => {
  const page = await desktop.firstWindow();
  const dialog = page.getByRole("dialog", { name: "Le proxy demande un identifiant" });
  await expect(dialog).toBeVisible();
  await expect(dialog).toContainText(new URL(proxy.url).host);
  await page.screenshot({ path: test.info().outputPath("proxy-question.png") });
  await dialog.getByLabel("Identifiant").fill(LOGIN.username);
  await dialog.getByLabel("Mot de passe").fill("faux");
  await dialog.getByRole("button", { name: "Continuer" }).click();
  await expect(dialog).toContainText("Le proxy a refusé");
  expect(await violations(page)).toEqual([]);
  expect(await misplaced(page)).toEqual([]);
  await dialog.getByLabel("Identifiant").fill(LOGIN.username);
  await dialog.getByLabel("Mot de passe").fill(LOGIN.password);
  await dialog.getByRole("button", { name: "Continuer" }).click();
  await expect(dialog).toBeHidden();
});

test("the workplace is reached through it, with the authority of the folder, and one signs in", async () => {
  const page = await desktop.firstWindow();
  await page.getByLabel("Identifiant").fill("demo");
  await page.getByLabel("Mot de passe").fill("demo");
  await page.getByRole("button", { name: "Se connecter" }).click();
  await expect(conversationList(page).getByRole("button").first()).toBeVisible();
  expect(new Set(proxy.asked)).toEqual(new Set([`${HOST}:443`]));
});

test("settings say how it is reached, what was contacted, and that the certificate is good", async () => {
  const page = await desktop.firstWindow();
  await page.keyboard.press("Control+,");
  await page.getByRole("tab", { name: "Réseau" }).click();
  await expect(page.getByText(`Par le proxy ${new URL(proxy.url).host}.`)).toBeVisible();
  await expect(page.getByRole("row", { name: new RegExp(`${proxy.url} Proxy`) })).toBeVisible();
  await page.screenshot({ path: test.info().outputPath("network.png") });
  await page.getByRole("tab", { name: "Diagnostic" }).click();
  await page.getByRole("button", { name: "Lancer l’autotest" }).click();
  const results = page.getByRole("list", { name: "Résultats de l’autotest" });
  await expect(results).toContainText("délivré par Autorité interne");
  await page.screenshot({ path: test.info().outputPath("self-test.png") });
});

test("neither the proxy's password nor anybody's name is in the log or in what is given to the help desk", async () => {
  const page = await desktop.firstWindow();
  await page.getByRole("button", { name: "Voir ce qui serait transmis" }).click();
  const shown = (await page.locator(".diagnostics__text").allTextContents()).join("\n");
  const log = readFileSync(join(data.path, "profile", "logs", "parvis.log"), "utf8");
  for (const text of [shown, log]) {
    expect(text).not.toContain(LOGIN.password);
    expect(text).not.toContain(btoa(`${LOGIN.username}:faux`));
    expect(text).not.toMatch(/Camille|Berthier|Karim/);
  }
  expect(shown).toContain(`https://${HOST}`);
});
