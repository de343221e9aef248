import { describe, expect, test } from "vitest";
import { docxOf, odfOf, paragraph, pptxOf, xlsxOf, zipOf } from "./fixtures.ts";
import { LIMITS, ReadRefused, type ReadFormat } from "./read-answer.ts";
import { readFile, toLines } from "./read-file.ts";

function refusalOf(bytes: Uint8Array, format: ReadFormat): string {
  try {
    readFile(bytes, format);
  } catch (error) {
    if (error instanceof ReadRefused) return error.refusal;
    throw error;
  }
  return "none";
}

const bytesOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

const slide = (title: string) =>
  `<p:sld xmlns:p="p" xmlns:a="a"><p:sp><p:nvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><a:p><a:r><a:t>${title}</a:t></a:r></a:p></p:sp></p:sld>`;

describe("texts", () => {
  test("a text of Word shows headings in any language, paragraphs, lists and tables", () => {
    const table = `<w:tbl><w:tr><w:tc>${paragraph("Lot")}</w:tc><w:tc>${paragraph("A")}${paragraph("B")}</w:tc></w:tr></w:tbl>`;
    const bytes = docxOf(
      paragraph("Rapport", '<w:pStyle w:val="Titre1"/>') +
        paragraph("Bonjour &amp; &lt;b&gt;merci&lt;/b&gt;") +
        paragraph("Point", '<w:numPr><w:ilvl w:val="1"/></w:numPr>') +
        table,
      {
        "word/styles.xml":
          '<w:styles xmlns:w="w"><w:style w:styleId="Titre1"><w:name w:val="heading 1"/></w:style></w:styles>',
      },
    );
    expect(readFile(bytes, "docx")).toEqual({
      kind: "text",
      isCut: false,
      blocks: [
        { type: "heading", level: 1, text: "Rapport" },
        { type: "paragraph", text: "Bonjour & <b>merci</b>" },
        { type: "item", level: 1, text: "Point" },
        { type: "table", rows: [["Lot", "A\nB"]] },
      ],
    });
  });

  test("what is crossed out in Word is not shown", () => {
    const bytes = docxOf("<w:p><w:del><w:r><w:t>non</w:t></w:r></w:del><w:r><w:t>oui</w:t></w:r></w:p>");
    expect(toLines(readFile(bytes, "docx"))).toBe("oui");
  });

  test("a text of OpenDocument shows the same", () => {
    const bytes = odfOf(
      '<office:text><text:h text:outline-level="2">Titre</text:h><text:p>Un<text:s text:c="2"/>deux</text:p>' +
        "<text:list><text:list-item><text:p>a</text:p><text:list><text:list-item><text:p>b</text:p></text:list-item></text:list></text:list-item></text:list>" +
        "<table:table><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table></office:text>",
    );
    expect(readFile(bytes, "odt")).toMatchObject({
      blocks: [
        { type: "heading", level: 2, text: "Titre" },
        { type: "paragraph", text: "Un  deux" },
        { type: "item", level: 0, text: "a" },
        { type: "item", level: 1, text: "b" },
        { type: "table", rows: [["x"]] },
      ],
    });
  });
});

describe("sheets and slides", () => {
  test("a sheet of Excel shows saved values, dates, and formulas as what they are: text", () => {
    const bytes = xlsxOf({
      strings: ["Nom", "=cmd|' /C calc'!A0"],
      styles: '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>',
      sheets: {
        Budget:
          '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>' +
          '<row r="3"><c r="A3" s="1"><v>46349</v></c><c r="B3"><f>1+1</f><v>2</v></c><c r="C3" t="inlineStr"><is><t>&lt;img&gt;</t></is></c></row>',
      },
    });
    expect(readFile(bytes, "xlsx")).toMatchObject({
      sheets: [
        { name: "Budget", rows: [["Nom", "", "=cmd|' /C calc'!A0"], [], ["2026-11-23", "2", "<img>"]] },
      ],
    });
  });

  test("a sheet of OpenDocument repeats what it says, but no million empty rows", () => {
    const bytes = odfOf(
      '<office:spreadsheet><table:table table:name="F1"><table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"><text:p>v</text:p></table:table-cell></table:table-row>' +
        '<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table></office:spreadsheet>',
    );
    expect(readFile(bytes, "ods")).toEqual({
      kind: "sheets",
      isCut: false,
      sheets: [
        {
          name: "F1",
          isCut: false,
          rows: [
            ["v", "v"],
            ["v", "v"],
          ],
        },
      ],
    });
  });

  test("a cell that is repeated without end is cut", () => {
    const bytes = odfOf(
      '<office:spreadsheet><table:table table:name="F"><table:table-row table:number-rows-repeated="999999999"><table:table-cell table:number-columns-repeated="999999999"><text:p>v</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>',
    );
    const answer = readFile(bytes, "ods");
    expect(answer.kind === "sheets" && answer.sheets[0]?.isCut).toBe(true);
  });

  test("slides stand in the order in which they are shown", () => {
    expect(readFile(pptxOf([slide("Un"), slide("Deux")]), "pptx")).toMatchObject({
      slides: [[{ type: "heading", text: "Deux" }], [{ type: "heading", text: "Un" }]],
    });
    const odp = odfOf(
      '<office:presentation><draw:page><draw:frame presentation:class="title"><text:p>Bienvenue</text:p></draw:frame></draw:page></office:presentation>',
    );
    expect(readFile(odp, "odp")).toMatchObject({ slides: [[{ type: "heading", text: "Bienvenue" }]] });
  });
});

describe("archives and mails", () => {
  test("an archive is listed, with names that lead out as they are, and nothing is unpacked", () => {
    const bytes = zipOf({ "../../etc/passwd": "x", "a/b.txt": "abc", "inner.zip": zipOf({ "c.txt": "c" }) });
    expect(readFile(bytes, "zip")).toMatchObject({
      count: 3,
      entries: [{ name: "../../etc/passwd" }, { name: "a/b.txt", sizeBytes: 3 }, { name: "inner.zip" }],
    });
  });

  test("a mail shows its head, its plain text and the names of what is attached", () => {
    const mail = [
      "From: =?utf-8?Q?Ana=C3=AFs?= <anais@example.org>",
      "Subject: =?iso-8859-1?Q?R=E9union?=",
      'Content-Type: multipart/mixed; boundary="b"',
      "",
      "--b",
      "Content-Type: text/html; charset=utf-8",
      "",
      "<script>fetch('https://evil.example')</script><p>non</p>",
      "--b",
      "Content-Type: text/plain; charset=utf-8",
      "Content-Transfer-Encoding: base64",
      "",
      btoa("Vu \u00c3\u00a0 midi"),
      "--b",
      'Content-Type: application/pdf; name="plan.pdf"',
      "Content-Disposition: attachment",
      "",
      "JVBERi0=",
      "--b--",
    ].join("\r\n");
    expect(readFile(bytesOf(mail), "eml")).toMatchObject({
      head: [
        { name: "from", value: "Anaïs <anais@example.org>" },
        { name: "subject", value: "Réunion" },
      ],
      text: "Vu à midi",
      attachments: ["plan.pdf"],
    });
  });

  test("a mail that has no plain text shows words without tags, scripts or pictures", () => {
    const mail =
      "Subject: a\nContent-Type: text/html\n\n<style>x{}</style><p>Un</p><img src=https://evil.example/x><p>Deux &lt;3</p>";
    expect(readFile(bytesOf(mail), "eml")).toMatchObject({ text: "Un\nDeux <3" });
  });
});

describe("hostile files", () => {
  test("a bomb is refused before it is unfolded", () => {
    expect(refusalOf(docxOf("", { "word/styles.xml": " ".repeat(20_000_000) }), "docx")).toBe("bomb");
  });

  test("an archive of too many files is refused, also when it is only listed", () => {
    const many = Object.fromEntries(Array.from({ length: LIMITS.entries + 1 }, (_, at) => [`f${at}`, ""]));
    expect(refusalOf(zipOf(many), "zip")).toBe("bomb");
  });

  test("ten megabytes of words are shown up to a bound", () => {
    const words = Array.from(
      { length: 120_000 },
      (_, at) => `<w:p><w:r><w:t>${at} mot ${at * 7919}</w:t></w:r></w:p>`,
    );
    const answer = readFile(docxOf(words.join("")), "docx");
    expect(answer.isCut).toBe(true);
    expect(toLines(answer).length).toBeLessThanOrEqual(LIMITS.letters + LIMITS.blocks);
  });

  test.each([
    ["grow", '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><d>&b;</d>'],
    ["name other files", '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'],
  ])("entities that %s are refused", (_what, xml) => {
    expect(refusalOf(zipOf({ "word/document.xml": xml }), "docx")).toBe("damaged");
  });

  test("elements without end within one another are refused", () => {
    expect(refusalOf(docxOf("<w:p>".repeat(100_000)), "docx")).toBe("bomb");
  });

  test.each<[string, Uint8Array, ReadFormat, string]>([
    ["empty", new Uint8Array(), "docx", "empty"],
    ["cut short", docxOf(paragraph("a")).slice(0, 200), "docx", "damaged"],
    ["another format under this name", bytesOf("%PDF-1.7"), "xlsx", "damaged"],
    ["another archive under this name", zipOf({ "a.txt": "a" }), "pptx", "damaged"],
    ["a former format", bytesOf("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Word"), "docx", "legacy"],
    [
      "an Office file with a password",
      new Uint8Array([
        0xd0,
        0xcf,
        0x11,
        0xe0,
        ...Array.from("EncryptedPackage").flatMap((letter) => [letter.charCodeAt(0), 0]),
      ]),
      "docx",
      "encrypted",
    ],
    [
      "an OpenDocument file with a password",
      odfOf("x", '<manifest:manifest xmlns:manifest="m"><manifest:encryption-data/></manifest:manifest>'),
      "odt",
      "encrypted",
    ],
    ["a mail that is none", bytesOf("hello"), "eml", "damaged"],
  ])("%s is told", (_what, bytes, format, refusal) => {
    expect(refusalOf(bytes, format)).toBe(refusal);
  });
});
