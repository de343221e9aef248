import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { expect, test, type Page } from "playwright/test";
import { z } from "zod";
import { contactSchema } from "#contract/desktop/network.ts";
import { TestAuthority } from "#host/testing/test-certificates.ts";
import { TestProxy } from "#host/testing/test-proxy.ts";
import { startOidcProvider } from "#tests/peers/oidc-provider.ts";
import { repositoryRoot, startParvis, temporaryFolder } from "#tests/support/processes.ts";
import { openTlsFront } from "#tests/support/tls-front.ts";
import { chromiumPath } from "#tests/support/system-packages.ts";
import { closeWindow, conversationList, messages, openConversation, openWorkplace, say } from "./window.ts";

const HOST = "parvis.example.test";
const camille = {
  login: "c.berthier",
  email: "camille.berthier@vaurelle.example",
  isEmailVerified: true,
  name: "Camille Berthier",
};
const fileSchema = z.object({ contacts: z.array(contactSchema) });

async function signIn(page: Page, opened: string): Promise<void> {
  await page.getByRole("button", { name: /^Se connecter (dans le navigateur|avec)/ }).click();
  await expect.poll(() => existsSync(opened)).toBe(true);
  const elsewhere = await page.context().browser()?.newContext();
  const provided = await elsewhere?.newPage();
  if (elsewhere === undefined || provided === undefined) throw new Error("no browser");
  await provided.goto(readFileSync(opened, "utf8"));
  await provided.getByPlaceholder("Enter any login").fill(camille.login);
  await provided.getByPlaceholder("and password").fill("any");
  await provided.getByRole("button", { name: "Sign-in" }).click();
  await provided.getByRole("button", { name: "Continue" }).click();
  await expect(provided.getByText("Vous êtes connecté")).toBeVisible();
  await elsewhere.close();
}

test("every host that is contacted is in the list, and the page contacts nobody but its own host", async ({
  playwright,
}) => {
  test.skip(process.platform !== "linux", "the opener that is put in the way is the one of Linux");
  const folder = temporaryFolder("contacts");
  const provider = await startOidcProvider([camille]);
  const workplace = await openWorkplace([
    "--oidc-issuer",
    provider.issuer,
    "--oidc-client-id",
    provider.clientId,
  ]);
  const authority = new TestAuthority(folder.path);
  const front = await openTlsFront(authority.issue(HOST), workplace.port);
  const proxy = await TestProxy.open({ hosts: new Map([[HOST, front.port]]) });
  const ofPage = await TestProxy.open();

  const trusted = join(folder.path, "trusted");
  mkdirSync(trusted);
  writeFileSync(join(trusted, "internal.pem"), authority.pem);
  const policies = join(folder.path, "policies.json");
  const mandatory = {
    ProxyMode: "fixed",
    ProxyAddress: proxy.url,
    CertificateFolder: trusted,
    AllowedExternalHosts: ["*.example.org"],
  };
  writeFileSync(policies, JSON.stringify({ mandatory }));
  const opened = join(folder.path, "opened");
  const opener = join(folder.path, "xdg-open");
  writeFileSync(opener, `#!/bin/sh\nprintf %s "$1" > "${opened}"\n`);
  chmodSync(opener, 0o755);
  const recorded = join(folder.path, "recorded");
  writeFileSync(recorded, "");
  const recorder = pathToFileURL(join(repositoryRoot, "tests", "support", "record-connections.js")).href;
  const data = join(folder.path, "data");
  const host = await startParvis(["--port", "0", "--data", data, "--server", `https://${HOST}`], {
    PATH: `${folder.path}:${process.env["PATH"] ?? ""}`,
    PARVIS_POLICIES: policies,
    NODE_OPTIONS: `--import ${recorder}`,
    RECORDED_CONNECTIONS: recorded,
  });
  const executablePath = chromiumPath();
  const browser = await playwright.chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
      `--proxy-server=${ofPage.url}`,
    ],
  });
  const context = await browser.newContext({ locale: "fr-FR" });
  const page = await context.newPage();
  const asked = new Set<string>();
  context.on("request", (request) => asked.add(new URL(request.url()).origin));
  await page.goto(host.url);
  await signIn(page, opened);
  await expect(conversationList(page)).toBeVisible();

  // A message with a link, which is then followed; one that the organisation does not allow.
  await openConversation(page, "Karim");
  await say(page, "Voyez https://docs.example.org/guide?page=2 et https://ailleurs.example.com/x");
  const message = messages(page, "Voyez").last();
  writeFileSync(opened, "");
  await message.getByRole("link", { name: /docs\.example\.org/ }).click();
  await expect.poll(() => readFileSync(opened, "utf8")).toContain("https://docs.example.org/guide");
  writeFileSync(opened, "");
  await message.getByRole("link", { name: /ailleurs\.example\.com/ }).click();

  // What Parvis shows of it, and the self-test.
  await page.getByRole("button", { name: "Réglages" }).click();
  await page.getByRole("tab", { name: "Réseau" }).click();
  const table = page.getByRole("table");
  await expect(table.getByRole("row", { name: new RegExp(`https://${HOST}`) }).first()).toBeVisible();
  await expect(table.getByRole("row", { name: /https:\/\/docs\.example\.org Lien ouvert/ })).toBeVisible();
  await expect(
    page.getByText(`Par le proxy ${new URL(proxy.url).host}. Réglé par votre organisation.`),
  ).toBeVisible();
  await page.getByRole("tab", { name: "Diagnostic" }).click();
  await page.getByRole("button", { name: "Lancer l’autotest" }).click();
  const results = page.getByRole("list", { name: "Résultats de l’autotest" });
  await expect(results).toContainText(`https://${HOST} répond`);
  await expect(results).toContainText("délivré par Autorité interne");
  await page.keyboard.press("Escape");
  expect(readFileSync(opened, "utf8")).toBe("");

  await closeWindow({ host, context, page, profile: data });
  await browser.close();
  const { contacts } = fileSchema.parse(JSON.parse(readFileSync(join(data, "contacts.json"), "utf8")));
  const listed = new Set(contacts.map(({ origin }) => origin));
  const connections = readFileSync(recorded, "utf8").split("\n");
  // To the proxy, and to the provider on this machine: whatever was connected to stands in the list.
  const reached = connections.flatMap((line) =>
    line.startsWith("connect ") ? [line.slice("connect ".length)] : [],
  );
  expect(reached).not.toEqual([]);
  expect(reached.filter((one) => !listed.has(`http://${one}`))).toEqual([]);
  // Beyond the proxy.
  expect(new Set(proxy.asked)).toEqual(new Set([`${HOST}:443`]));
  expect(listed).toContain(`https://${HOST}`);
  expect(listed).toContain(new URL(provider.issuer).origin);
  expect([...listed]).toContain("https://docs.example.org");
  expect(listed).not.toContain("https://ailleurs.example.com");
  // No name is looked up: the proxy does that.
  const names = connections.flatMap((line) =>
    line.startsWith("lookup ") ? [line.slice("lookup ".length)] : [],
  );
  expect(names.filter((name) => name !== "localhost" && name !== "127.0.0.1")).toEqual([]);
  // The page knows its own host alone, and its browser was not sent anywhere by it.
  expect([...asked]).toEqual([new URL(host.url).origin]);
  expect(ofPage.asked.filter((one) => one.includes("example"))).toEqual([]);
  front.close();
  await Promise.all([proxy.close(), ofPage.close(), workplace.close(), provider.stop()]);
  folder.remove();
});
