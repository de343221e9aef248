import { expect, test, type Page } from "playwright/test";
import { temporaryFolder } from "#tests/support/processes.ts";
import { misplaced, violations } from "./layout.ts";
import {
  closeWindow,
  conversationList,
  openWindow,
  openWorkplace,
  type ParvisWindow,
  type Workplace,
} from "./window.ts";

/** What lies above the screens: dialogs, the summary after an absence, the lock. Nothing for axe, nothing out of place. */
test.describe.configure({ mode: "serial" });

let workplace: Workplace;
let camille: ParvisWindow;
const folder = temporaryFolder("dialogs");

test.beforeAll(async ({ browser }) => {
  workplace = await openWorkplace();
  camille = await openWindow(browser, workplace, "demo", folder.path);
});

test.afterAll(async () => {
  await closeWindow(camille);
  await workplace.close();
  folder.remove();
});

/** Of the tests' own: startParvis gives it to the host. */
const PASSPHRASE = "tests only";
const THEMES = ["light", "dark", "contrast"];

async function choose(page: Page, command: string): Promise<void> {
  await page.locator(".account-bar__me").click();
  await page.getByRole("menuitem", { name: command }).click();
}

async function openSection(page: Page, section: string): Promise<void> {
  await page.keyboard.press("Control+,");
  await page.getByRole("tab", { name: section }).click();
}

const dialogs: Record<string, (page: Page) => Promise<void>> = {
  Compte: (page) => choose(page, "Compte et connexion"),
  Statut: (page) => choose(page, "Mon statut…"),
  "Aller à…": (page) => page.keyboard.press("Control+k"),
  "Effacer ce poste": async (page) => {
    await openSection(page, "Sécurité");
    await page.getByRole("button", { name: "Tout effacer…" }).click();
  },
  Réglages: async (page) => {
    await openSection(page, "Sécurité");
    await page.getByRole("button", { name: "Changer la phrase secrète" }).click();
    await page.getByLabel("Phrase secrète actuelle").fill("une autre");
    await page.getByLabel("Nouvelle phrase secrète").fill("le quai sous la neige");
    await page.getByLabel("La même, encore une fois").fill("le quai sous la neige");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("alert")).toBeVisible();
  },
};

async function lookAt(page: Page, what: string): Promise<void> {
  await page.waitForFunction(() => document.getAnimations().length === 0);
  for (const theme of THEMES) {
    await page.evaluate((name) => {
      document.documentElement.dataset["theme"] = name;
    }, theme);
    // Half-way from one theme to the other, colours are nobody's.
    await page.waitForFunction(() => document.getAnimations().length === 0);
    expect({ what, theme, found: await violations(page) }).toEqual({ what, theme, found: [] });
  }
  for (const width of [1280, 480, 320]) {
    await page.setViewportSize({ width, height: 800 });
    expect({ what, width, found: await misplaced(page) }).toEqual({ what, width, found: [] });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

for (const [name, open] of Object.entries(dialogs)) {
  test(`the dialog “${name}” is sound in every theme and width, and Escape leaves it`, async () => {
    test.setTimeout(120_000);
    const { page } = camille;
    await open(page);
    const dialog = page.getByRole("dialog", { name: new RegExp(`^${name}`) });
    await expect(dialog).toBeVisible();
    await lookAt(page, name);
    while ((await page.getByRole("dialog").count()) > 0) {
      const count = await page.getByRole("dialog").count();
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toHaveCount(count - 1);
    }
  });
}

test("Escape twice in a row leaves both of two dialogs, before the focus is back in the lower one", async () => {
  const { page } = camille;
  await openSection(page, "Sécurité");
  await page.getByRole("button", { name: "Tout effacer…" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(2);
  // The focus comes back with the next frame. Between two tasks there is none.
  await page.evaluate(async () => {
    const escape = { key: "Escape", bubbles: true, cancelable: true };
    document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", escape));
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener("message", resolve, { once: true });
      port1.start();
      port2.postMessage(null);
    });
    document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", escape));
  });
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("a button that was pressed and is at work keeps the keys in its dialog", async () => {
  const { page } = camille;
  await openSection(page, "Diagnostic");
  await page.getByRole("button", { name: "Voir ce qui serait transmis" }).press("Enter");
  await expect(page.getByRole("button", { name: "Recueillir à nouveau" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("what came while away is sound in every theme and width", async () => {
  test.setTimeout(120_000);
  const { page } = camille;
  await page.evaluate(() => {
    const account = localStorage.getItem("parvis.account") ?? "";
    localStorage.setItem(`parvis.seen.${account}`, String(Date.now() - 400 * 86_400_000));
  });
  await page.reload();
  const card = page.getByRole("region", { name: "Pendant votre absence" });
  await expect(card).toBeVisible({ timeout: 20_000 });
  await expect(card).toContainText("dernier passage");
  await lookAt(page, "digest");
  await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
  await page.setViewportSize({ width: 480, height: 800 });
  await page.evaluate(() => document.querySelector(".frame")?.setAttribute("data-pane", "list"));
  // The list is still there below it, and the summary scrolls.
  await expect(conversationList(page).getByRole("button").first()).toBeInViewport();
  await page.evaluate(() => (document.documentElement.style.fontSize = ""));
  await page.setViewportSize({ width: 1280, height: 800 });
  await card.getByRole("button", { name: "Fermer ce résumé" }).click();
  await expect(card).toHaveCount(0);
});

test("the lock, and what a forgotten passphrase costs, are sound in every theme and width", async () => {
  test.setTimeout(120_000);
  const { page } = camille;
  await page.keyboard.press("Control+Shift+L");
  await expect(page.getByRole("heading", { name: "Parvis est verrouillé" })).toBeVisible();
  await lookAt(page, "lock");
  await page.getByRole("button", { name: "J’ai oublié ma phrase secrète" }).click();
  await expect(page.getByText("Donnez votre phrase secrète")).toHaveCount(0);
  await lookAt(page, "lost");
  await page.getByRole("button", { name: "Annuler" }).click();
  await page.getByLabel("Phrase secrète").fill(PASSPHRASE);
  await page.keyboard.press("Enter");
  await expect(conversationList(page)).toBeVisible();
});

test("asked for from elsewhere, the settings open on the section that is meant", async () => {
  const { page } = camille;
  await workplace.server.stop();
  await page.getByRole("button", { name: "Pourquoi ?" }).click({ timeout: 60_000 });
  const dialog = page.getByRole("dialog", { name: "Réglages" });
  await expect(dialog.getByRole("tab", { name: "Diagnostic" })).toHaveAttribute("aria-selected", "true");
  await expect(dialog.getByRole("button", { name: "Lancer l’autotest" })).toBeVisible();
  await page.keyboard.press("Escape");
  // And from the beginning when nothing is meant.
  await page.keyboard.press("Control+,");
  await expect(dialog.getByRole("tab").first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Escape");
  await workplace.restart();
});
