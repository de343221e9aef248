import { strToU8, zipSync } from "fflate";

/** Files as programs write them, in little. */
export function zipOf(parts: Record<string, string | Uint8Array>): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(parts).map(([name, part]): [string, Uint8Array] => [
    name,
    typeof part === "string" ? strToU8(part) : part,
  ]);
  return new Uint8Array(zipSync(Object.fromEntries(entries)));
}

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

export function docxOf(body: string, more: Record<string, string> = {}): Uint8Array<ArrayBuffer> {
  return zipOf({
    "[Content_Types].xml": "<Types/>",
    "word/document.xml": `<?xml version="1.0"?><w:document ${W}><w:body>${body}</w:body></w:document>`,
    ...more,
  });
}

export function paragraph(text: string, properties = ""): string {
  return `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
}

interface Book {
  sheets: Record<string, string>;
  strings?: string[];
  styles?: string;
}

export function xlsxOf({ sheets, strings = [], styles = "" }: Book): Uint8Array<ArrayBuffer> {
  const names = Object.keys(sheets);
  return zipOf({
    "xl/workbook.xml": `<workbook xmlns:r="r"><sheets>${names
      .map((name, at) => `<sheet r:id="rId${at + 1}" name="${name}" sheetId="${at + 1}"/>`)
      .join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships>${names
      .map((_name, at) => `<Relationship Id="rId${at + 1}" Target="worksheets/sheet${at + 1}.xml"/>`)
      .join("")}</Relationships>`,
    "xl/sharedStrings.xml": `<sst>${strings.map((text) => `<si><t>${text}</t></si>`).join("")}</sst>`,
    "xl/styles.xml": `<styleSheet>${styles}</styleSheet>`,
    ...Object.fromEntries(
      names.map((name, at) => [
        `xl/worksheets/sheet${at + 1}.xml`,
        `<worksheet><sheetData>${sheets[name] ?? ""}</sheetData></worksheet>`,
      ]),
    ),
  });
}

export function pptxOf(slides: readonly string[]): Uint8Array<ArrayBuffer> {
  return zipOf({
    // Shown in the order of this list, whatever their files are called; the number stands before and after the link.
    "ppt/presentation.xml": `<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst>${slides
      .map((_slide, at) => `<p:sldId r:id="rId${slides.length - at}" id="${256 + at}"/>`)
      .join("")}</p:sldIdLst></p:presentation>`,
    "ppt/_rels/presentation.xml.rels": `<Relationships>${slides
      .map((_slide, at) => `<Relationship Id="rId${at + 1}" Target="slides/slide${at + 1}.xml"/>`)
      .join("")}</Relationships>`,
    ...Object.fromEntries(slides.map((slide, at) => [`ppt/slides/slide${at + 1}.xml`, slide])),
  });
}

export function odfOf(content: string, manifest = "<manifest/>"): Uint8Array<ArrayBuffer> {
  return zipOf({
    "META-INF/manifest.xml": manifest,
    "content.xml": `<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:draw="d" xmlns:presentation="p"><office:body>${content}</office:body></office:document-content>`,
  });
}
