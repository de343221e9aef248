import { Buffer } from "node:buffer";
import { expect, test } from "playwright/test";
import { docxOf, paragraph, xlsxOf, zipOf } from "#renderer/parts/preview/reader/fixtures.ts";
import { entry, openLibrary, upload, type FileToUpload } from "./documents-window.ts";
import { openPair, type Pair } from "./window.ts";

let pair: Pair;

test.beforeAll(async ({ browser }) => {
  pair = await openPair(browser);
});

test.afterAll(async () => {
  await pair.close();
});

const HTML = "&lt;img src=https://evil.example/a onerror=&quot;window.wasRun=1&quot;&gt;";
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="60" onload="window.wasRun=1"><script>window.wasRun=1</script><image href="https://evil.example/b.png" width="9" height="9"/><rect width="80" height="60" fill="#1d4f91"/></svg>`;

function pdfWithScript(): string {
  return [
    "%PDF-1.4",
    "1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\('x'\\);window.wasRun=1)>>>>endobj",
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj",
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/AA<</O<</S/URI/URI(https://evil.example/c)>>>>>>endobj",
    "trailer<</Root 1 0 R>>",
    "%%EOF",
  ].join("\n");
}

function file(name: string, mimeType: string, content: string | Uint8Array): FileToUpload {
  return { name, mimeType, buffer: Buffer.from(content) };
}

const FILES: readonly FileToUpload[] = [
  file("Note.docx", "", docxOf(paragraph("Ordre du jour") + paragraph(HTML))),
  file(
    "Budget.xlsx",
    "",
    xlsxOf({
      sheets: { A: `<row r="1"><c r="A1" t="str"><v>=HYPERLINK("https://evil.example")</v></c></row>` },
    }),
  ),
  file("Lot.zip", "application/zip", zipOf({ "../../sortie.txt": "x" })),
  file("Bombe.docx", "", docxOf("", { "word/styles.xml": " ".repeat(20_000_000) })),
  file("Dessin.svg", "image/svg+xml", SVG),
  file("Script.pdf", "application/pdf", pdfWithScript()),
  file("page.html", "text/html", "<script>window.wasRun = 1</script>"),
  file("Faux.docx", "", "pas une archive"),
  file("Photo.heic", "image/heic", "xxxx"),
];

const SHOWN: readonly [string, string | RegExp][] = [
  ["Note.docx", "Ordre du jour"],
  ["Budget.xlsx", "=HYPERLINK"],
  ["Lot.zip", "../../sortie.txt"],
  ["Bombe.docx", /n’est pas ouverte/],
  ["page.html", "window.wasRun = 1"],
  ["Faux.docx", /abîmé/],
  ["Photo.heic", /TIFF et HEIC/],
];

test("files of every kind are shown by this machine alone; nothing of them runs, and nothing leaves", async () => {
  const { page, host } = pair.camille;
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(new URL(host.url).origin)) elsewhere.push(request.url());
  });
  await openLibrary(page, "Mes documents");
  await upload(page, FILES);
  const dialog = page.getByRole("dialog");
  for (const [name, words] of SHOWN) {
    await expect(entry(page, name).getByText("Attend d’être envoyé")).toBeHidden();
    await entry(page, name).dblclick();
    await expect(dialog.getByText(words).first(), name).toBeVisible();
    await expect(dialog.getByRole("link", { name: /Enregistrer|Télécharger/ })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
  }
  await entry(page, "Dessin.svg").dblclick();
  const drawing = dialog.getByRole("img", { name: "Dessin.svg" });
  await expect(drawing).toHaveJSProperty("naturalWidth", 80);
  await dialog.getByRole("button", { name: "Tourner à droite" }).click();
  await expect(dialog.locator("[data-turns='1']")).toBeVisible();
  await page.keyboard.press("Escape");
  await entry(page, "Script.pdf").dblclick();
  await expect(dialog.locator("canvas")).toBeVisible();
  await page.keyboard.press("Escape");
  expect(await page.evaluate(() => "wasRun" in globalThis)).toBe(false);
  expect(elsewhere).toEqual([]);
});
