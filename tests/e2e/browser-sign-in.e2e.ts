import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { expect, test } from "playwright/test";
import { startOidcProvider } from "#tests/peers/oidc-provider.ts";
import { startParvis, temporaryFolder } from "#tests/support/processes.ts";
import { closeWindow, conversationList, openWorkplace } from "./window.ts";

const camille = {
  login: "c.berthier",
  email: "camille.berthier@vaurelle.example",
  isEmailVerified: true,
  name: "Camille Berthier",
};

test("one signs in at the organisation's own provider, in the browser, and comes back", async ({
  browser,
}) => {
  test.skip(process.platform !== "linux", "the opener that is put in the way is the one of Linux");
  const provider = await startOidcProvider([camille]);
  const workplace = await openWorkplace([
    "--oidc-issuer",
    provider.issuer,
    "--oidc-client-id",
    provider.clientId,
  ]);
  const profile = temporaryFolder("provider");
  // What would open the system's browser writes the address down instead.
  const opened = join(profile.path, "opened");
  const opener = join(profile.path, "xdg-open");
  writeFileSync(opener, `#!/bin/sh\nprintf %s "$1" > "${opened}"\n`);
  chmodSync(opener, 0o755);
  const host = await startParvis(
    ["--port", "0", "--data", join(profile.path, "data"), "--server", workplace.server.url],
    { PATH: `${profile.path}:${process.env["PATH"] ?? ""}` },
  );
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(host.url);
  await page.getByRole("button", { name: /^Se connecter (dans le navigateur|avec)/ }).click();
  await expect(page.getByText("se poursuit dans votre navigateur")).toBeVisible();
  await expect.poll(() => existsSync(opened)).toBe(true);

  const provided = await context.newPage();
  await provided.goto(readFileSync(opened, "utf8"));
  await provided.getByPlaceholder("Enter any login").fill(camille.login);
  await provided.getByPlaceholder("and password").fill("any");
  await provided.getByRole("button", { name: "Sign-in" }).click();
  await provided.getByRole("button", { name: "Continue" }).click();
  await expect(provided.getByText("Vous êtes connecté")).toBeVisible();

  await expect(
    conversationList(page)
      .getByRole("button", { name: /^Karim/ })
      .first(),
  ).toBeVisible();
  await expect(page.getByRole("button", { name: /Camille Berthier/ }).first()).toBeVisible();
  await closeWindow({ host, context, page, profile: profile.path });
  await workplace.close();
  await provider.stop();
  profile.remove();
});
