import { expect, test, type Browser, type Page } from "playwright/test";
import { messageSchema } from "#contract/entities/message.ts";
import { chromiumPath } from "#tests/support/system-packages.ts";
import { temporaryFolder } from "#tests/support/processes.ts";
import { signIn } from "#tests/support/workplace-client.ts";
import { misplaced, violations } from "./layout.ts";
import {
  closeWindow,
  composer,
  messages,
  openConversation,
  openWindow,
  openWorkplace,
  type ParvisWindow,
  type Workplace,
} from "./window.ts";

/** What opens over a conversation, looked at in both themes and in a small window; and what is said by voice. */

const profiles = temporaryFolder("composer-views");
let workplace: Workplace;
let camille: ParvisWindow;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  workplace = await openWorkplace();
  camille = await openWindow(browser, workplace, "demo", `${profiles.path}/one`);
  await openConversation(camille.page, "Karim Benhaddou");
});

test.afterAll(async () => {
  await closeWindow(camille);
  await workplace.close();
  profiles.remove();
});

const PDF = [
  "%PDF-1.4",
  "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
  "2 0 obj<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>endobj",
  "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>endobj",
  "trailer<</Size 4/Root 1 0 R>>",
].join("\n");

test("files of every kind are sent", async () => {
  const { page } = camille;
  const picture = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(900, 600);
    const context = canvas.getContext("2d");
    for (let at = 0; at < 3000; at += 1) {
      if (context === null) break;
      context.fillStyle = `hsl(${(at * 37) % 360} 40% 60%)`;
      context.fillRect((at * 53) % 900, (at * 31) % 600, 60, 60);
    }
    return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
  });
  await page
    .getByRole("main")
    .locator("input[type=file]")
    .setInputFiles([
      { name: "salle.png", mimeType: "image/png", buffer: Buffer.from(picture) },
      { name: "note.pdf", mimeType: "application/pdf", buffer: Buffer.from(PDF) },
      { name: "liste.csv", mimeType: "text/csv", buffer: Buffer.from("nom;âge\nZoé;31\nPaul;42\n") },
      { name: "lisez.md", mimeType: "text/markdown", buffer: Buffer.from("# Titre\n\n- **un**\n- deux") },
    ]);
  await composer(page).fill("Tout est là");
  await composer(page).press("Enter");
  await expect(
    messages(page, "Tout est là").getByRole("button", { name: "Aperçu de note.pdf" }),
  ).toBeVisible();
});

/** A dialog that is still fading in has no contrast yet. */
async function isStill(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document.getAnimations().every(({ playState }) => playState === "finished"),
  );
}

const preview = (name: string) => async (page: Page) => {
  await messages(page, "Tout est là")
    .getByRole("button", { name: `Aperçu de ${name}` })
    .click();
  await expect(page.getByRole("dialog", { name })).toBeVisible();
  await expect(page.getByText("Chargement").first()).toBeHidden();
};

const VIEWS: [name: string, open: (page: Page) => Promise<void>][] = [
  ["pdf", preview("note.pdf")],
  ["table", preview("liste.csv")],
  ["markdown", preview("lisez.md")],
  [
    "lightbox",
    async (page) => {
      await messages(page, "Tout est là")
        .getByRole("button", { name: /Agrandir/ })
        .click();
      await expect(page.getByRole("dialog", { name: "Image salle.png" })).toBeVisible();
    },
  ],
  [
    "poll",
    async (page) => {
      await page.getByRole("main").getByRole("button", { name: "Sondage" }).click();
      await expect(page.getByRole("dialog", { name: "Sondage" })).toBeVisible();
    },
  ],
  [
    "later",
    async (page) => {
      await composer(page).fill("Plus tard");
      await page.getByRole("main").getByRole("button", { name: "Envoyer plus tard" }).click();
      await expect(page.getByRole("menuitem", { name: "Choisir…" })).toBeVisible();
    },
  ],
  [
    "moment",
    async (page) => {
      await composer(page).fill("Plus tard");
      await page.getByRole("main").getByRole("button", { name: "Envoyer plus tard" }).click();
      await page.getByRole("menuitem", { name: "Choisir…" }).click();
      await expect(page.getByRole("dialog", { name: "Envoyer plus tard" })).toBeVisible();
    },
  ],
  [
    "forward",
    async (page) => {
      await messages(page, "Tout est là").click({ button: "right", position: { x: 60, y: 12 } });
      await page.getByRole("menuitem", { name: /Transférer/ }).click();
      await expect(page.getByRole("dialog", { name: "Transférer le message" })).toBeVisible();
    },
  ],
];

for (const theme of ["light", "dark"]) {
  for (const width of [1280, 480]) {
    test(`what opens over a conversation can be read and is inside the window: ${theme}, ${width} px`, async () => {
      const { page } = camille;
      await page.setViewportSize({ width, height: 800 });
      await page.evaluate((name) => {
        document.documentElement.dataset["theme"] = name;
      }, theme);
      for (const [name, open] of VIEWS) {
        await open(page);
        await isStill(page);
        await page.screenshot({ path: test.info().outputPath(`${name}.png`) });
        expect(await violations(page), name).toEqual([]);
        expect(await misplaced(page), name).toEqual([]);
        await page.keyboard.press("Escape");
        await expect(page.getByRole("dialog")).toHaveCount(0);
        await expect(page.getByRole("menu")).toHaveCount(0);
      }
      await composer(page).fill("");
    });
  }
}

test("without a microphone the recorder says why and what to do", async () => {
  const { page } = camille;
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole("main").getByRole("button", { name: "Message vocal" }).click();
  const recorder = page.getByRole("main").getByRole("group", { name: "Message vocal" });
  await expect(recorder).toContainText(/microphone/);
  await recorder.getByRole("button", { name: "Effacer l’enregistrement" }).click();
  await expect(recorder).toHaveCount(0);
});

/** Length of the voice message, as the server keeps it. */
async function spokenMs(): Promise<number> {
  const client = await signIn(workplace.server.url, "demo", "demo");
  const scopes = (await client.scopes()).filter((scope) => scope.startsWith("conversation:"));
  const rows = (await Promise.all(scopes.map((scope) => client.rows(scope)))).flat();
  const said = rows.filter((row) => row.collection === "message" && row.op === "put");
  const attachments = said.flatMap((row) => messageSchema.parse(row.data).attachments ?? []);
  return attachments.find(({ isVoice }) => isVoice === true)?.durationMs ?? 0;
}

test("a message is spoken, listened to, sent and played", async ({ playwright }) => {
  const executablePath = chromiumPath();
  const browser: Browser = await playwright.chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
  });
  const karim = await openWindow(browser, workplace, "technicien", `${profiles.path}/two`);
  await openConversation(karim.page, "Camille Berthier");
  const main = karim.page.getByRole("main");
  await main.getByRole("button", { name: "Message vocal" }).click();
  const recorder = main.getByRole("group", { name: "Message vocal" });
  await expect(recorder.getByText("0:01")).toBeVisible();
  await recorder.getByRole("button", { name: "Arrêter" }).click();
  await expect(recorder.getByLabel("Écouter")).toBeVisible();
  await recorder.getByRole("button", { name: "Envoyer le message vocal" }).click();
  const player = camille.page
    .getByRole("main")
    .locator("figure")
    .filter({ hasText: "Message vocal" })
    .locator("audio");
  await expect(player).toBeVisible();
  // However long it took to stop: what is shown is what was recorded.
  const seconds = Math.round((await spokenMs()) / 1000);
  expect(seconds).toBeGreaterThan(0);
  const length = `0:${String(seconds).padStart(2, "0")}`;
  await expect(camille.page.getByRole("main").getByText(length)).toBeVisible();
  await player.evaluate((one: HTMLAudioElement) => one.load());
  await expect
    .poll(() => player.evaluate((one: HTMLAudioElement) => one.error === null && one.networkState))
    .toBe(1);
  await closeWindow(karim);
  await browser.close();
});
