import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "playwright/test";
import { temporaryFolder } from "#tests/support/processes.ts";
import { closeWindow, openWindow, openWorkplace, rail, type ParvisWindow, type Workplace } from "./window.ts";

/** A machine on which an administrator has set policies, some of them wrongly. */
let workplace: Workplace;
let camille: ParvisWindow;
const profile = temporaryFolder("policies");
const policies = join(profile.path, "policies.json");

function write(mandatory: Record<string, unknown>): void {
  const content = { mandatory, recommended: { Autostart: true }, obligatory: {} };
  writeFileSync(policies, JSON.stringify(content), { mode: 0o644 });
}

test.beforeAll(async ({ browser }) => {
  workplace = await openWorkplace();
  write({
    AllowedServers: [workplace.server.url],
    HiddenModules: ["feed"],
    NotificationContent: "hiddenContent",
    IdleLockMinutes: "a while",
    Telemetry: true,
  });
  camille = await openWindow(browser, workplace, "demo", `${profile.path}/camille`, {
    PARVIS_POLICIES: policies,
  });
});

test.afterAll(async () => {
  await closeWindow(camille);
  await workplace.close();
  profile.remove();
});

const settings = () => camille.page.getByRole("dialog", { name: "Réglages" });

test("what the organisation hides is not there", async () => {
  await expect(rail(camille.page, "Communautés")).toBeVisible();
  await expect(rail(camille.page, "Fil")).toHaveCount(0);
});

test("a setting that the organisation has decided says so and cannot be changed", async () => {
  const { page } = camille;
  await page.keyboard.press("Control+,");
  await settings().getByRole("tab", { name: "Notifications" }).click();
  const hidden = settings().getByRole("radio", { name: /contenu/ });
  await expect(hidden).toBeChecked();
  await expect(hidden).toBeDisabled();
  await expect(settings().getByText("Fixé par votre organisation")).toBeVisible();
});

test("what is in force is shown with its source, and what could not be applied with its reason", async () => {
  await settings().getByRole("tab", { name: "Organisation" }).click();
  await expect(settings().getByText("Votre organisation a fixé 4 réglages sur ce poste.")).toBeVisible();
  const entry = settings().getByRole("listitem").filter({ hasText: "Espaces de travail autorisés" });
  await expect(entry).toContainText("Imposé");
  await expect(entry).toContainText(workplace.server.url);
  await expect(entry).toContainText(policies);
  const problems = settings().getByRole("listitem");
  await expect(problems.filter({ hasText: "IdleLockMinutes" })).toContainText("expected number");
  await expect(problems.filter({ hasText: "Telemetry" })).toContainText("no policy of this name");
  await expect(problems.filter({ hasText: "“obligatory” is left out" })).toBeVisible();
  await camille.page.keyboard.press("Escape");
});

test("a workplace that is not allowed cannot be added, and says why", async () => {
  const { page } = camille;
  const answer = await page.evaluate(async () => {
    const response = await fetch("/host/accounts.add", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ serverUrl: "https://elsewhere.example" }),
    });
    return response.text();
  });
  expect(answer).toContain("Your organisation does not allow this workplace");
});
