import { ReadRefused, type ReadAnswer, type ReadFormat } from "./read-answer.ts";
import { readDocx } from "./read-docx.ts";
import { readMail } from "./read-mail.ts";
import { readOdf } from "./read-odf.ts";
import { readPptx } from "./read-pptx.ts";
import { readXlsx } from "./read-xlsx.ts";
import { listArchive } from "./read-zip.ts";

/** @throws ReadRefused */
export function readFile(bytes: Uint8Array, format: ReadFormat): ReadAnswer {
  if (bytes.length === 0) throw new ReadRefused("empty");
  switch (format) {
    case "docx":
      return readDocx(bytes);
    case "xlsx":
      return readXlsx(bytes);
    case "pptx":
      return readPptx(bytes);
    case "odt":
    case "ods":
    case "odp":
      return readOdf(bytes, format);
    case "zip":
      return listArchive(bytes);
    case "eml":
      return readMail(bytes);
  }
}

/** Its words, a line each, for comparing two versions. */
export function toLines(answer: ReadAnswer): string {
  switch (answer.kind) {
    case "text":
      return answer.blocks.flatMap(linesOf).join("\n");
    case "slides":
      return answer.slides
        .flatMap((slide, index) => [`[${index + 1}]`, ...slide.flatMap(linesOf)])
        .join("\n");
    case "sheets":
      return answer.sheets
        .flatMap(({ name, rows }) => [`[${name}]`, ...rows.map((row) => row.join("\t"))])
        .join("\n");
    case "archive":
      return answer.entries.map(({ name, sizeBytes }) => `${name}\t${sizeBytes}`).join("\n");
    case "mail":
      return [...answer.head.map(({ name, value }) => `${name}: ${value}`), "", answer.text].join("\n");
  }
}

type OneBlock = Extract<ReadAnswer, { kind: "text" }>["blocks"][number];

function linesOf(block: OneBlock): string[] {
  if (block.type === "table") return block.rows.map((row) => row.join("\t"));
  return [block.type === "item" ? `${"  ".repeat(block.level)}• ${block.text}` : block.text];
}
