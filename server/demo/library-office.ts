import { zip } from "./library-zip.ts";

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const ODF = "urn:oasis:names:tc:opendocument:xmlns";
const ODT = "application/vnd.oasis.opendocument.text";
const OOXML = "http://schemas.openxmlformats.org";
const OFFICE = "application/vnd.openxmlformats-officedocument";

/** A text document (OpenDocument 1.3): a title and paragraphs. */
export function odt(title: string, paragraphs: readonly string[]): Buffer {
  const body = paragraphs.map((text) => `<text:p>${escaped(text)}</text:p>`).join("");
  const content = `${HEAD}<office:document-content xmlns:office="${ODF}:office:1.0" xmlns:text="${ODF}:text:1.0" office:version="1.3"><office:body><office:text><text:h text:outline-level="1">${escaped(title)}</text:h>${body}</office:text></office:body></office:document-content>`;
  const manifest = `${HEAD}<manifest:manifest xmlns:manifest="${ODF}:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="${ODT}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`;
  return zip([
    { name: "mimetype", data: ODT },
    { name: "content.xml", data: content },
    { name: "META-INF/manifest.xml", data: manifest },
  ]);
}

/** A text document (ISO/IEC 29500 WordprocessingML). */
export function docx(title: string, paragraphs: readonly string[]): Buffer {
  const heading = paragraph(title, '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>');
  const document = `${HEAD}<w:document xmlns:w="${OOXML}/wordprocessingml/2006/main"><w:body>${heading}${paragraphs.map((text) => paragraph(text)).join("")}</w:body></w:document>`;
  return zip([
    contentTypes("/word/document.xml", "wordprocessingml.document.main"),
    relationship("_rels/.rels", "officeDocument", "word/document.xml"),
    { name: "word/document.xml", data: document },
  ]);
}

function paragraph(text: string, style = ""): string {
  return `<w:p>${style}<w:r><w:t>${escaped(text)}</w:t></w:r></w:p>`;
}

/** A sheet (ISO/IEC 29500 SpreadsheetML): numbers as numbers, the rest as text. */
export function xlsx(name: string, rows: readonly (readonly (string | number)[])[]): Buffer {
  const cell = (value: string | number) =>
    typeof value === "number"
      ? `<c><v>${value}</v></c>`
      : `<c t="inlineStr"><is><t>${escaped(value)}</t></is></c>`;
  const data = rows.map((row) => `<row>${row.map(cell).join("")}</row>`).join("");
  const main = `xmlns="${OOXML}/spreadsheetml/2006/main"`;
  const workbook = `${HEAD}<workbook ${main} xmlns:r="${OOXML}/officeDocument/2006/relationships"><sheets><sheet name="${escaped(name.slice(0, 31))}" sheetId="1" r:id="rId1"/></sheets></workbook>`;
  const types = contentTypes("/xl/workbook.xml", "spreadsheetml.sheet.main");
  const sheetType = `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${OFFICE}.spreadsheetml.worksheet+xml"/>`;
  return zip([
    { ...types, data: types.data.replace("</Types>", `${sheetType}</Types>`) },
    relationship("_rels/.rels", "officeDocument", "xl/workbook.xml"),
    { name: "xl/workbook.xml", data: workbook },
    relationship("xl/_rels/workbook.xml.rels", "worksheet", "worksheets/sheet1.xml"),
    {
      name: "xl/worksheets/sheet1.xml",
      data: `${HEAD}<worksheet ${main}><sheetData>${data}</sheetData></worksheet>`,
    },
  ]);
}

function contentTypes(part: string, type: string): { name: string; data: string } {
  const rels = "application/vnd.openxmlformats-package.relationships+xml";
  const data = `${HEAD}<Types xmlns="${OOXML}/package/2006/content-types"><Default Extension="rels" ContentType="${rels}"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="${part}" ContentType="${OFFICE}.${type}+xml"/></Types>`;
  return { name: "[Content_Types].xml", data };
}

function relationship(name: string, type: string, target: string): { name: string; data: string } {
  const id = `${OOXML}/officeDocument/2006/relationships/${type}`;
  const data = `${HEAD}<Relationships xmlns="${OOXML}/package/2006/relationships"><Relationship Id="rId1" Type="${id}" Target="${target}"/></Relationships>`;
  return { name, data };
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
