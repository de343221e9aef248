import { LIMITS, ReadRefused, type ReadAnswer, type Sheet } from "./read-answer.ts";
import { linkId, readXml } from "./read-xml.ts";
import { readParts, type Parts } from "./read-zip.ts";
import { SheetWriter } from "./sheet-writer.ts";

const BOOK = "xl/workbook.xml";
const LINKS = "xl/_rels/workbook.xml.rels";
const STRINGS = "xl/sharedStrings.xml";
const STYLES = "xl/styles.xml";
const SHEET = /^xl\/worksheets\/[^/]+\.xml$/;
const DAY_MS = 86_400_000;

/** Sheets of Excel (ECMA-376 part 1, 18): values as they were saved; no formula is computed. */
export function readXlsx(bytes: Uint8Array): ReadAnswer {
  const wanted = new Set([BOOK, LINKS, STRINGS, STYLES]);
  const parts = readParts(bytes, (name) => wanted.has(name) || SHEET.test(name));
  const strings = readStrings(parts.get(STRINGS));
  const dates = readDateStyles(parts.get(STYLES));
  const named = readNames(parts);
  const sheets = named.slice(0, LIMITS.sheets).map(({ name, part }) => readSheet(name, part, strings, dates));
  return { kind: "sheets", sheets, isCut: named.length > LIMITS.sheets };
}

function readNames(parts: Parts): { name: string; part: Uint8Array }[] {
  const book = parts.get(BOOK);
  if (book === undefined) throw new ReadRefused("damaged");
  const targets = new Map<string, string>();
  const links = parts.get(LINKS);
  if (links !== undefined) {
    readXml(links, {
      open(name, attributes) {
        if (name !== "Relationship") return;
        const target = (attributes.get("Target") ?? "").replace(/^\/?(?:xl\/)?/, "");
        targets.set(attributes.get("Id") ?? "", `xl/${target}`);
      },
    });
  }
  const named: { name: string; part: Uint8Array }[] = [];
  readXml(book, {
    open(name, attributes) {
      if (name !== "sheet") return;
      const part = parts.get(targets.get(linkId(attributes)) ?? "");
      if (part !== undefined) named.push({ name: attributes.get("name") ?? "", part });
    },
  });
  return named;
}

function readStrings(part: Uint8Array | undefined): string[] {
  const strings: string[] = [];
  if (part === undefined) return strings;
  let text = "";
  let isText = false;
  let phonetic = 0;
  readXml(part, {
    open(name) {
      if (name === "si") text = "";
      else if (name === "t") isText = true;
      else if (name === "rPh") phonetic += 1;
    },
    text(piece) {
      if (isText && phonetic === 0 && text.length < 2000) text += piece;
    },
    close(name) {
      if (name === "t") isText = false;
      else if (name === "rPh") phonetic -= 1;
      else if (name === "si") strings.push(text);
    },
    isDone: () => strings.length > 500_000,
  });
  return strings;
}

/** Which of the styles of cells show a number as a date. */
function readDateStyles(part: Uint8Array | undefined): Set<number> {
  const dates = new Set<number>();
  if (part === undefined) return dates;
  const formats = new Map<number, string>();
  let isCellStyles = false;
  let index = 0;
  readXml(part, {
    open(name, attributes) {
      const id = Number(attributes.get("numFmtId") ?? 0);
      if (name === "numFmt") formats.set(id, attributes.get("formatCode") ?? "");
      else if (name === "cellXfs") isCellStyles = true;
      else if (name === "xf" && isCellStyles) {
        const isBuiltIn = (id >= 14 && id <= 22) || (id >= 45 && id <= 47);
        const code = (formats.get(id) ?? "").replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, "");
        if (isBuiltIn || /[dmyhs]/i.test(code)) dates.add(index);
        index += 1;
      }
    },
    close(name) {
      if (name === "cellXfs") isCellStyles = false;
    },
  });
  return dates;
}

function readSheet(
  name: string,
  part: Uint8Array,
  strings: readonly string[],
  dates: ReadonlySet<number>,
): Sheet {
  const writer = new SheetWriter(name);
  let [row, column] = [-1, -1];
  let type = "n";
  let style = 0;
  let value = "";
  let isValue = false;
  readXml(part, {
    open(tag, attributes) {
      if (tag === "row") {
        row = Number(attributes.get("r") ?? row + 2) - 1;
        column = -1;
      } else if (tag === "c") {
        column = columnOf(attributes.get("r")) ?? column + 1;
        type = attributes.get("t") ?? "n";
        style = Number(attributes.get("s") ?? 0);
        value = "";
      } else if (tag === "v" || tag === "t") isValue = true;
    },
    text(text) {
      if (isValue && value.length < 4000) value += text;
    },
    close(tag) {
      if (tag === "v" || tag === "t") isValue = false;
      else if (tag === "c") writer.put(row, column, shown(value, type, dates.has(style), strings));
    },
    isDone: () => writer.isFull,
  });
  return writer.finish();
}

function shown(value: string, type: string, isDate: boolean, strings: readonly string[]): string {
  if (type === "s") return strings[Number(value)] ?? "";
  if (type === "b") return value === "1" ? "✓" : value === "0" ? "✗" : value;
  if (type !== "n" || value === "") return value;
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  return isDate && number > 0 && number < 2_958_466
    ? dateWords(number)
    : String(Number(number.toPrecision(15)));
}

/** Days since 1899-12-30, as Excel counts them. */
function dateWords(days: number): string {
  const iso = new Date(Date.UTC(1899, 11, 30) + Math.round(days * DAY_MS)).toISOString();
  if (days < 1) return iso.slice(11, 16);
  return days % 1 === 0 ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
}

/** `AB12` is column 27. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? "")?.[0];
  if (letters === undefined) return undefined;
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
