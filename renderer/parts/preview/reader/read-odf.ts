import { BlockWriter } from "./block-writer.ts";
import { LIMITS, ReadRefused, type Block, type ReadAnswer, type Sheet } from "./read-answer.ts";
import { readXml } from "./read-xml.ts";
import { readParts } from "./read-zip.ts";
import { SheetWriter } from "./sheet-writer.ts";

const CONTENT = "content.xml";
const MANIFEST = "META-INF/manifest.xml";
/** Words that are not of the text itself. */
const DROPPED: ReadonlySet<string> = new Set(["tracked-changes", "annotation", "notes", "desc", "forms"]);

/** Texts, sheets and slides of LibreOffice and others (OpenDocument 1.3, part 3). */
export function readOdf(bytes: Uint8Array, format: "odt" | "ods" | "odp"): ReadAnswer {
  const parts = readParts(bytes, (name) => name === CONTENT || name === MANIFEST);
  const manifest = parts.get(MANIFEST);
  if (manifest !== undefined) checkPassword(manifest);
  const content = parts.get(CONTENT);
  if (content === undefined) throw new ReadRefused("damaged");
  return format === "ods" ? readSheets(content) : readBlocks(content, format);
}

function checkPassword(manifest: Uint8Array): void {
  // LibreOffice writes a document type there: it is looked through, not read.
  if (new TextDecoder().decode(manifest).includes(":encryption-data")) throw new ReadRefused("encrypted");
}

function readBlocks(content: Uint8Array, format: "odt" | "odp"): ReadAnswer {
  const slides: Block[][] = [];
  let writer = new BlockWriter();
  let isCut = false;
  let level = 1;
  let lists = 0;
  let words = 0;
  let dropped = 0;
  let isTitle = false;
  readXml(content, {
    open(name, attributes) {
      if (DROPPED.has(name)) dropped += 1;
      else if (name === "page" && format === "odp") writer = new BlockWriter();
      else if (name === "frame") isTitle = attributes.get("class") === "title";
      else if (name === "list") lists += 1;
      else if (name === "table") writer.openTable();
      else if (name === "h") level = Number(attributes.get("outline-level") ?? 1) || 1;
      else if (name === "tab") writer.say("\t");
      else if (name === "line-break") writer.say("\n");
      else if (name === "s") writer.say(" ".repeat(Math.min(100, Number(attributes.get("c") ?? 1) || 1)));
      if (name === "p" || name === "h") words += 1;
    },
    text(text) {
      // Lines and indents of the file itself are no more than one space.
      if (words > 0 && dropped === 0) writer.say(text.replaceAll(/[\t\r\n ]+/g, " "));
    },
    close(name) {
      if (DROPPED.has(name)) dropped -= 1;
      else if (name === "p" || name === "h") {
        words -= 1;
        if (dropped > 0) return;
        const isHeading = name === "h" || isTitle;
        writer.end(isHeading ? { heading: level } : lists > 0 ? { item: lists - 1 } : {});
      } else if (name === "list") lists -= 1;
      else if (name === "frame") isTitle = false;
      else if (name === "table-cell") writer.endCell();
      else if (name === "table-row") writer.endRow();
      else if (name === "table") writer.closeTable();
      else if (name === "page" && format === "odp") {
        if (slides.length < LIMITS.slides) slides.push(writer.finish());
        else isCut = true;
        isCut ||= writer.isCut;
      }
    },
    isDone: () => format === "odt" && writer.isFull,
  });
  if (format === "odp") return { kind: "slides", slides, isCut };
  return { kind: "text", blocks: writer.finish(), isCut: writer.isCut };
}

/** Rows and cells say how often they are repeated: an empty one, a million times. */
function readSheets(content: Uint8Array): ReadAnswer {
  const sheets: Sheet[] = [];
  let isCut = false;
  let writer: SheetWriter | undefined;
  let [row, column, rowTimes, cellTimes] = [0, 0, 1, 1];
  let text = "";
  let isText = false;
  let dropped = 0;
  let cells: { column: number; text: string }[] = [];
  readXml(content, {
    open(name, attributes) {
      const times = (key: string) => Math.max(1, Math.floor(Number(attributes.get(key) ?? 1)) || 1);
      if (DROPPED.has(name)) dropped += 1;
      else if (name === "table") [writer, row] = [new SheetWriter(attributes.get("name") ?? ""), 0];
      else if (name === "table-row") [column, cells, rowTimes] = [0, [], times("number-rows-repeated")];
      else if (name === "table-cell" || name === "covered-table-cell") {
        [text, cellTimes] = ["", times("number-columns-repeated")];
      } else if (name === "p") {
        if (text !== "") text += "\n";
        isText = true;
      } else if (name === "s" && isText) text += " ";
    },
    text(piece) {
      if (isText && dropped === 0 && text.length < 2000) text += piece;
    },
    close(name) {
      if (DROPPED.has(name)) dropped -= 1;
      else if (name === "p") isText = false;
      else if (name === "table-cell" || name === "covered-table-cell") {
        const shown = text === "" ? 0 : Math.min(cellTimes, LIMITS.columns + 1);
        for (let at = 0; at < shown; at += 1) cells.push({ column: column + at, text });
        column += cellTimes;
      } else if (name === "table-row") {
        const shown = cells.length === 0 ? 0 : Math.min(rowTimes, LIMITS.rows + 1);
        for (let at = 0; at < shown; at += 1) {
          for (const cell of cells) writer?.put(row + at, cell.column, cell.text);
        }
        row += rowTimes;
      } else if (name === "table" && writer !== undefined) {
        if (sheets.length < LIMITS.sheets) sheets.push(writer.finish());
        else isCut = true;
      }
    },
  });
  return { kind: "sheets", sheets, isCut };
}
