import { BlockWriter } from "./block-writer.ts";
import { ReadRefused, type ReadAnswer } from "./read-answer.ts";
import { readXml } from "./read-xml.ts";
import { readParts } from "./read-zip.ts";

const DOCUMENT = "word/document.xml";
const STYLES = "word/styles.xml";

/** A text of Word (ECMA-376 part 1, 17): headings, paragraphs, lists, tables. */
export function readDocx(bytes: Uint8Array): ReadAnswer {
  const parts = readParts(bytes, (name) => name === DOCUMENT || name === STYLES);
  const document = parts.get(DOCUMENT);
  if (document === undefined) throw new ReadRefused("damaged");
  const styles = parts.get(STYLES);
  const levels = styles === undefined ? new Map<string, number>() : headingStyles(styles);
  const writer = new BlockWriter();
  let heading: number | undefined;
  let item: number | undefined;
  let isText = false;
  let isDropped = 0;
  readXml(document, {
    open(name, attributes) {
      const value = attributes.get("val") ?? "";
      if (name === "p") [heading, item] = [undefined, undefined];
      else if (name === "pStyle") heading = levels.get(value) ?? levelOf(value);
      else if (name === "outlineLvl") heading ??= outline(value);
      else if (name === "numPr") item ??= 0;
      else if (name === "ilvl") item = Number(value) || 0;
      else if (name === "t") isText = true;
      else if (name === "tab") writer.say("\t");
      else if (name === "br" || name === "cr") writer.say("\n");
      else if (name === "noBreakHyphen") writer.say("\u2011");
      else if (name === "tbl") writer.openTable();
      // The same again for programs that do not know the first.
      else if (name === "Fallback" || name === "del" || name === "tabs") isDropped += 1;
    },
    text(text) {
      if (isText && isDropped === 0) writer.say(text);
    },
    close(name) {
      if (name === "t") isText = false;
      else if (name === "p") {
        writer.end({
          ...(heading === undefined ? {} : { heading }),
          ...(item === undefined ? {} : { item }),
        });
      } else if (name === "tc") writer.endCell();
      else if (name === "tr") writer.endRow();
      else if (name === "tbl") writer.closeTable();
      else if (name === "Fallback" || name === "del" || name === "tabs") isDropped -= 1;
    },
    isDone: () => writer.isFull,
  });
  return { kind: "text", blocks: writer.finish(), isCut: writer.isCut };
}

/** Styles are named in the language of the program: « Titre 1 » has the name « heading 1 » inside. */
function headingStyles(styles: Uint8Array): Map<string, number> {
  const levels = new Map<string, number>();
  let id = "";
  readXml(styles, {
    open(name, attributes) {
      if (name === "style") id = attributes.get("styleId") ?? "";
      const value = attributes.get("val") ?? "";
      const level = name === "name" ? levelOf(value) : name === "outlineLvl" ? outline(value) : undefined;
      if (level !== undefined && id !== "" && !levels.has(id)) levels.set(id, level);
    },
  });
  return levels;
}

function levelOf(style: string): number | undefined {
  if (/^title$/i.test(style)) return 1;
  const level = /^heading\s*([1-9])$/i.exec(style)?.[1];
  return level === undefined ? undefined : Number(level);
}

/** 0 to 8; 9 is running text. */
function outline(value: string): number | undefined {
  const level = Number(value);
  return Number.isInteger(level) && level >= 0 && level < 9 ? level + 1 : undefined;
}
