import { expect, test, type Page } from "playwright/test";
import { temporaryFolder } from "#tests/support/processes.ts";
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

/** What can be said in a message and how it is written: Markdown, files, polls, later; one person tells another. */

const profiles = temporaryFolder("composer");
let workplace: Workplace;
let camille: ParvisWindow;
let karim: ParvisWindow;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  workplace = await openWorkplace();
  camille = await openWindow(browser, workplace, "demo", `${profiles.path}/one`);
  karim = await openWindow(browser, workplace, "technicien", `${profiles.path}/two`);
  await openConversation(camille.page, "réseau et wifi");
  await openConversation(karim.page, "réseau et wifi");
});

test.afterAll(async () => {
  await closeWindow(camille);
  await closeWindow(karim);
  await workplace.close();
  profiles.remove();
});

/** A picture of one colour, made in the page. */
async function makePicture(page: Page, width: number, height: number): Promise<Buffer> {
  const bytes = await page.evaluate(
    async ([w, h]) => {
      const canvas = new OffscreenCanvas(w ?? 1, h ?? 1);
      const context = canvas.getContext("2d");
      for (let at = 0; at < 4000; at += 1) {
        if (context === null) break;
        context.fillStyle = `hsl(${(at * 37) % 360} 60% 50%)`;
        context.fillRect((at * 53) % canvas.width, (at * 31) % canvas.height, 40, 40);
      }
      return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
    },
    [width, height],
  );
  return Buffer.from(bytes);
}

function attach(page: Page, ...files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  return page.getByRole("main").locator("input[type=file]").setInputFiles(files);
}

test("Markdown is shown as it is typed, without moving a letter", async () => {
  const { page } = camille;
  const field = composer(page);
  await field.fill("un **mot** en *italique*\n\n> une citation qui est assez longue\n- `code`");
  const mirror = page.getByRole("main").locator(".text-editor__mirror");
  await expect(mirror.locator("[data-look~=bold]")).toHaveText("mot");
  const [fieldHeight, mirrorHeight] = await Promise.all([
    field.evaluate((element) => element.scrollHeight),
    mirror.evaluate((element) => element.scrollHeight),
  ]);
  expect(fieldHeight).toBe(mirrorHeight);
  // The same text without its looks takes exactly the same room.
  const widths = await mirror.evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const before = [...range.getClientRects()].map(({ right }) => Math.round(right)).sort((a, b) => a - b);
    for (const part of element.querySelectorAll("[data-look]")) part.setAttribute("data-look", "");
    const after = [...range.getClientRects()].map(({ right }) => Math.round(right)).sort((a, b) => a - b);
    return { before: before.at(-1), after: after.at(-1) };
  });
  expect(widths.before).toBe(widths.after);
  await field.fill("");
});

test("lists go on with a new line, Tab moves them, keys mark, and undo takes it back", async () => {
  const { page } = camille;
  const field = composer(page);
  await field.fill("");
  await field.pressSequentially("- un");
  await field.press("Shift+Enter");
  await field.pressSequentially("deux");
  await field.press("Tab");
  await expect(field).toHaveValue("- un\n  - deux");
  await field.press("Shift+Tab");
  await field.press("Shift+Enter");
  await field.press("Shift+Enter");
  await field.pressSequentially("fin");
  await expect(field).toHaveValue("- un\n- deux\nfin");
  await field.press("Shift+Home");
  await field.press("Control+b");
  await expect(field).toHaveValue("- un\n- deux\n**fin**");
  await field.press("Control+z");
  await expect(field).toHaveValue("- un\n- deux\nfin");
  await page.getByRole("main").getByRole("button", { name: "Mise en forme" }).click();
  await page.getByRole("button", { name: "Barré" }).click();
  await expect(field).toHaveValue("- un\n- deux\n~~fin~~");
  await page.getByRole("main").getByRole("button", { name: "Mise en forme" }).click();
  await field.fill("");
});

async function paste(page: Page, html: string, text: string): Promise<void> {
  await composer(page).evaluate(
    (element, [markup, plain]) => {
      const data = new DataTransfer();
      data.setData("text/html", markup ?? "");
      data.setData("text/plain", plain ?? "");
      element.focus();
      element.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
      );
    },
    [html, text],
  );
}

for (const [from, html, markdown] of [
  [
    "a web page",
    '<h2>Titre</h2><p>Un <b>mot</b>, un <a href="https://exemple.fr/a">lien</a> et <i>le reste</i>.</p><ul><li>un</li><li>deux<ol><li>dedans</li></ol></li></ul>',
    "## Titre\n\nUn **mot**, un [lien](https://exemple.fr/a) et *le reste*.\n\n- un\n- deux\n  1. dedans",
  ],
  [
    "Word",
    '<html><head><style>p{color:red}</style></head><body><!--StartFragment--><p class=MsoNormal>Bonjour <b>tous</b></p><p class=MsoListParagraphCxSpFirst style="mso-list:l0 level1 lfo1"><![if !supportLists]><span style="mso-list:Ignore">·<span>&nbsp;&nbsp; </span></span><![endif]>premier</p><p class=MsoListParagraphCxSpLast style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·<span>&nbsp;&nbsp; </span></span>second</p><!--EndFragment--></body></html>',
    "Bonjour **tous**\n\n- premier\n- second",
  ],
  [
    "a document online",
    '<b style="font-weight:normal;" id="docs-internal-guid-1"><span style="font-weight:700">gras</span><span style="font-style:italic"> penché</span></b>',
    "**gras** *penché*",
  ],
  [
    "a spreadsheet",
    "<table><tr><td>Nom</td><td>Âge</td></tr><tr><td><b>Zoé</b></td><td>31</td></tr></table>",
    "Nom | Âge\n**Zoé** | 31",
  ],
  [
    "somebody who means harm",
    '<p>ok <a href="javascript:alert(1)">x</a><img src=x onerror="document.title=1"><script>document.title=2</script><svg onload="document.title=3"></svg><b onclick="alert(1)">y</b></p>',
    "ok x**y**",
  ],
] as const) {
  test(`formatted text from ${from} is pasted as Markdown`, async () => {
    await composer(camille.page).fill("");
    await paste(camille.page, html, "texte");
    await expect(composer(camille.page)).toHaveValue(markdown);
    expect(await camille.page.title()).not.toMatch(/^\d$/);
    await composer(camille.page).fill("");
  });
}

test("pictures go with a message, small ones are seen at once, large ones by a press and by keys", async () => {
  const { page } = camille;
  const [first, second] = [await makePicture(page, 1600, 900), await makePicture(page, 800, 1200)];
  await attach(
    page,
    { name: "salle.png", mimeType: "image/png", buffer: first },
    { name: "baie.png", mimeType: "image/png", buffer: second },
  );
  await expect(page.getByRole("list", { name: "Fichiers joints" }).getByRole("listitem")).toHaveCount(2);
  await composer(page).fill("Deux photos");
  await composer(page).press("Enter");
  const seen = messages(karim.page, "Deux photos");
  const picture = seen.getByRole("button", { name: "Agrandir l’image salle.png" });
  await expect(picture).toBeVisible();
  // What is shown is the small picture, and it is there.
  const image = picture.locator("img");
  await expect.poll(() => image.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(640);
  await picture.click();
  const box = karim.page.getByRole("dialog", { name: "Image salle.png" });
  await expect
    .poll(() => box.getByRole("img").evaluate((one: HTMLImageElement) => one.naturalWidth))
    .toBe(1600);
  await karim.page.keyboard.press("+");
  await karim.page.keyboard.press("0");
  await karim.page.keyboard.press("ArrowRight");
  await expect(karim.page.getByRole("dialog", { name: "Image baie.png" })).toBeVisible();
  await karim.page.keyboard.press("Escape");
  await expect(karim.page.getByRole("dialog")).toHaveCount(0);
});

/** The smallest PDF with a word on its page. */
function makePdf(words: string): Buffer {
  const content = `BT /F1 24 Tf 40 100 Td (${words}) Tj ET`;
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    `<</Length ${content.length}>>stream\n${content}\nendstream`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
  ];
  let body = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const at = body.length;
    body += `${index + 1} 0 obj${object}endobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  return Buffer.from(
    `${body}xref\n0 6\n0000000000 65535 f \n${table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF`,
  );
}

test("a PDF, a table and a page that means harm are looked at without being run", async () => {
  const { page } = camille;
  const hostile = '<script>document.title="run"</script><svg onload=alert(1)>';
  await attach(
    page,
    { name: "note.pdf", mimeType: "application/pdf", buffer: makePdf("Bonjour") },
    { name: "liste.csv", mimeType: "text/csv", buffer: Buffer.from("nom;âge\nZoé;31\n") },
    { name: "page.html", mimeType: "text/html", buffer: Buffer.from(hostile) },
    { name: "dessin.svg", mimeType: "image/svg+xml", buffer: Buffer.from(`<svg xmlns="x">${hostile}</svg>`) },
  );
  await composer(page).fill("Quatre fichiers");
  await composer(page).press("Enter");
  const other = karim.page;
  const open = async (name: string) => {
    await messages(other, "Quatre fichiers")
      .getByRole("button", { name: `Aperçu de ${name}` })
      .click();
    return other.getByRole("dialog", { name });
  };
  await expect(messages(other, "Quatre fichiers").getByText("dessin.svg")).toBeVisible();
  const pdf = await open("note.pdf");
  await expect(pdf.getByText("sur 1 page")).toBeVisible();
  await expect(pdf.getByText("Bonjour")).toBeAttached();
  await expect(pdf.locator("canvas")).toBeVisible();
  await other.keyboard.press("Escape");
  const table = await open("liste.csv");
  await expect(table.getByRole("cell", { name: "Zoé" })).toBeVisible();
  await other.keyboard.press("Escape");
  const source = await open("page.html");
  await expect(source.locator("pre")).toContainText("<script>");
  await expect(source.locator("svg[onload], iframe, script")).toHaveCount(0);
  await other.keyboard.press("Escape");
  // A drawing is a picture at most, in which nothing runs; this one is no drawing.
  const drawing = await open("dessin.svg");
  await expect(drawing.getByRole("link", { name: "Télécharger" })).toBeVisible();
  await expect(drawing.locator("svg[onload], iframe, script")).toHaveCount(0);
  await other.keyboard.press("Escape");
  expect(await other.title()).not.toBe("run");
});

test("a file over the limit is refused at once, and said so", async () => {
  const { page } = camille;
  await composer(page).evaluate(async (element) => {
    const file = new File(["x"], "film.mov", { type: "video/quicktime" });
    // As large as it says: nothing of it is ever read.
    Object.defineProperty(file, "size", { value: 3_000_000_000_000 });
    const data = new DataTransfer();
    data.items.add(file);
    const event = new ClipboardEvent("paste", { bubbles: true, cancelable: true });
    Object.defineProperty(event, "clipboardData", {
      value: { files: [file], getData: () => "", types: ["Files"] },
    });
    element.dispatchEvent(event);
  });
  await expect(page.getByRole("listitem").filter({ hasText: "film.mov" })).toContainText("Trop volumineux");
  await page.getByRole("button", { name: "Retirer film.mov" }).click();
  await expect(page.getByRole("list", { name: "Fichiers joints" })).toHaveCount(0);
});

test("a file is dropped over the conversation", async () => {
  const { page } = camille;
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["bonjour"], "note.txt", { type: "text/plain" }));
    return transfer;
  });
  const list = page.getByRole("main").getByRole("log");
  await list.dispatchEvent("dragenter", { dataTransfer: data });
  await list.dispatchEvent("dragover", { dataTransfer: data });
  await list.dispatchEvent("drop", { dataTransfer: data });
  await expect(page.getByRole("list", { name: "Fichiers joints" })).toContainText("note.txt");
  await page.getByRole("button", { name: "Retirer note.txt" }).click();
});

test("a poll is asked by one and answered by two, who change their minds", async () => {
  const { page } = camille;
  await page.getByRole("main").getByRole("button", { name: "Sondage" }).click();
  const form = page.getByRole("dialog", { name: "Sondage" });
  await form.getByLabel("Question").fill("Quel jour ?");
  await form.getByLabel("Réponse 1").fill("Lundi");
  await form.getByRole("button", { name: "Envoyer le sondage" }).click();
  await expect(form.getByText("au moins deux réponses")).toBeVisible();
  await form.getByLabel("Réponse 2").fill("Mardi");
  await form.getByRole("button", { name: "Envoyer le sondage" }).click();
  const mine = page.getByRole("group", { name: "Quel jour ?" });
  const theirs = karim.page.getByRole("group", { name: "Quel jour ?" });
  await theirs.getByRole("radio", { name: /^Lundi/ }).click();
  await expect(mine.getByRole("radio", { name: "Lundi, 1 voix" })).toBeVisible();
  await mine.getByRole("radio", { name: /^Mardi/ }).click();
  await theirs.getByRole("radio", { name: /^Mardi/ }).click();
  await expect(mine.getByRole("radio", { name: "Mardi, 2 voix" })).toBeVisible();
  await mine.getByRole("radio", { name: /^Mardi/ }).click();
  await expect(theirs.getByRole("radio", { name: "Mardi, 1 voix" })).toBeVisible();
  await theirs.getByRole("button", { name: "Qui a voté" }).click();
  await expect(karim.page.getByRole("dialog", { name: "Qui a voté" })).toContainText("Karim");
  await karim.page.keyboard.press("Escape");
});

test("@ offers people, groups and everyone; # offers channels", async () => {
  const { page } = camille;
  const field = composer(page);
  await field.fill("");
  await field.pressSequentially("@to");
  await expect(page.getByRole("option", { name: /@tous/ })).toBeVisible();
  await field.fill("");
  await field.pressSequentially("#gén");
  await page
    .getByRole("option", { name: /général/ })
    .first()
    .click();
  await expect(field).toHaveValue("#général ");
  await field.press("Enter");
  await expect(messages(karim.page, "#général").last()).toBeVisible();
});

test("a message is sent later, at a moment of one's own", async () => {
  const { page } = camille;
  await composer(page).fill("À demain");
  await page.getByRole("main").getByRole("button", { name: "Envoyer plus tard" }).click();
  await page.getByRole("menuitem", { name: /Demain matin/ }).click();
  await expect(composer(page)).toHaveValue("");
  await expect(page.getByText(/Message programmé/)).toBeVisible();
  await expect(messages(page, "À demain")).toHaveCount(0);
});

test("a message is quoted in an answer, and its address is drawn as a card", async () => {
  const { page } = camille;
  await composer(page).fill("Le local est fermé lundi");
  await composer(page).press("Enter");
  const original = messages(karim.page, "Le local est fermé lundi").first();
  await original.click({ button: "right", position: { x: 60, y: 12 } });
  await karim.page.getByRole("menuitem", { name: "Citer" }).click();
  await expect(karim.page.getByRole("group", { name: "Camille Berthier a écrit" })).toBeVisible();
  await composer(karim.page).fill("Bien noté");
  await composer(karim.page).press("Enter");
  const answer = messages(page, "Bien noté").first();
  await expect(answer.locator("figure")).toContainText("Le local est fermé lundi");
  await expect(karim.page.getByRole("group", { name: "Camille Berthier a écrit" })).toHaveCount(0);

  const id = await original.getAttribute("data-message");
  const conversation = /#\/c\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? "";
  await composer(page).fill(`Voir parvis://message/${conversation}/${id ?? ""}`);
  await composer(page).press("Enter");
  const card = messages(karim.page, "Voir").last().locator("button.link-card");
  await expect(card).toContainText("Le local est fermé lundi");
});
