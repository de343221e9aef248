import { BlockWriter } from "./block-writer.ts";
import { LIMITS, ReadRefused, type Block, type ReadAnswer } from "./read-answer.ts";
import { linkId, readXml } from "./read-xml.ts";
import { readParts } from "./read-zip.ts";

const SLIDE = /^ppt\/slides\/slide(\d+)\.xml$/;
const ORDER = "ppt/presentation.xml";
const LINKS = "ppt/_rels/presentation.xml.rels";

/** Slides of PowerPoint (ECMA-376 part 1, 19), in the order in which they are shown. */
export function readPptx(bytes: Uint8Array): ReadAnswer {
  const parts = readParts(bytes, (name) => SLIDE.test(name) || name === ORDER || name === LINKS);
  if (!parts.has(ORDER)) throw new ReadRefused("damaged");
  const names = slideOrder(parts.get(ORDER), parts.get(LINKS));
  const slides: Block[][] = [];
  let isCut = names.length > LIMITS.slides;
  for (const name of names.slice(0, LIMITS.slides)) {
    const part = parts.get(name);
    if (part === undefined) continue;
    const slide = readSlide(part);
    slides.push(slide.blocks);
    isCut ||= slide.isCut;
  }
  return { kind: "slides", slides, isCut };
}

function slideOrder(order: Uint8Array | undefined, links: Uint8Array | undefined): string[] {
  const targets = new Map<string, string>();
  if (links !== undefined) {
    readXml(links, {
      open(name, attributes) {
        if (name !== "Relationship") return;
        const target = (attributes.get("Target") ?? "").replace(/^\/?(?:ppt\/)?/, "");
        targets.set(attributes.get("Id") ?? "", `ppt/${target}`);
      },
    });
  }
  const names: string[] = [];
  if (order !== undefined) {
    readXml(order, {
      open(name, attributes) {
        if (name === "sldId") names.push(targets.get(linkId(attributes)) ?? "");
      },
    });
  }
  return names.filter((name) => SLIDE.test(name));
}

function readSlide(part: Uint8Array): { blocks: Block[]; isCut: boolean } {
  const writer = new BlockWriter();
  let isTitle = false;
  let isText = false;
  let level = 0;
  readXml(part, {
    open(name, attributes) {
      if (name === "sp") isTitle = false;
      else if (name === "ph") isTitle = /^(?:title|ctrTitle)$/.test(attributes.get("type") ?? "");
      else if (name === "pPr") level = Number(attributes.get("lvl") ?? 0) || 0;
      else if (name === "p") level = 0;
      else if (name === "t") isText = true;
      else if (name === "br") writer.say("\n");
      else if (name === "tbl") writer.openTable();
    },
    text(text) {
      if (isText) writer.say(text);
    },
    close(name) {
      if (name === "t") isText = false;
      else if (name === "p") writer.end(isTitle ? { heading: 1 } : level > 0 ? { item: level } : {});
      else if (name === "tc") writer.endCell();
      else if (name === "tr") writer.endRow();
      else if (name === "tbl") writer.closeTable();
    },
    isDone: () => writer.isFull,
  });
  return { blocks: writer.finish(), isCut: writer.isCut };
}
