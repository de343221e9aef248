const WIDTH = 595;
const HEIGHT = 842;
const MARGIN = 64;
const LEADING = 17;
const LINE_LETTERS = 82;
const LINES_PER_PAGE = 40;

/** Windows-1252, which a PDF's WinAnsiEncoding is: the letters of French that Latin-1 lacks. */
const beyondLatin: Readonly<Record<string, number>> = {
  "€": 0x80,
  "…": 0x85,
  Œ: 0x8c,
  "‘": 0x91,
  "’": 0x92,
  "“": 0x93,
  "”": 0x94,
  "–": 0x96,
  "—": 0x97,
  œ: 0x9c,
};

/** A PDF (ISO 32000-1) of paragraphs under a title, as many pages as they need. */
export function pdf(title: string, paragraphs: readonly string[]): Buffer {
  const lines = paragraphs.flatMap((text) => [...wrapped(text), ""]);
  const pages: string[][] = [];
  for (let start = 0; start < Math.max(1, lines.length); start += LINES_PER_PAGE)
    pages.push(lines.slice(start, start + LINES_PER_PAGE));
  const objects: Buffer[] = [];
  const kids = pages.map((_, index) => `${5 + index * 2} 0 R`).join(" ");
  objects.push(latin("<< /Type /Catalog /Pages 2 0 R >>"));
  objects.push(latin(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`));
  for (const name of ["Helvetica", "Helvetica-Bold"])
    objects.push(latin(`<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`));
  for (const [index, page] of pages.entries()) {
    const fonts = "<< /Font << /F1 3 0 R /F2 4 0 R >> >>";
    const box = `/MediaBox [0 0 ${WIDTH} ${HEIGHT}]`;
    objects.push(
      latin(`<< /Type /Page /Parent 2 0 R ${box} /Resources ${fonts} /Contents ${6 + index * 2} 0 R >>`),
    );
    const stream = drawn(index === 0 ? title : "", page, `${index + 1} / ${pages.length}`);
    objects.push(
      Buffer.concat([latin(`<< /Length ${stream.length} >>\nstream\n`), stream, latin("\nendstream")]),
    );
  }
  return file(objects);
}

function drawn(title: string, lines: readonly string[], foot: string): Buffer {
  const top = HEIGHT - MARGIN;
  const parts = [latin(`BT /F2 18 Tf ${MARGIN} ${top} Td (`), winAnsi(title), latin(") Tj ET\n")];
  parts.push(latin(`BT /F1 11 Tf ${LEADING} TL ${MARGIN} ${top - 2 * LEADING} Td\n`));
  for (const line of lines) parts.push(latin("("), winAnsi(line), latin(") Tj T*\n"));
  parts.push(latin(`ET\nBT /F1 9 Tf ${WIDTH / 2} 30 Td (${foot}) Tj ET`));
  return Buffer.concat(parts);
}

function file(objects: readonly Buffer[]): Buffer {
  const parts = [latin("%PDF-1.4\n")];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  for (const [index, body] of objects.entries()) {
    offsets.push(length);
    const object = Buffer.concat([latin(`${index + 1} 0 obj\n`), body, latin("\nendobj\n")]);
    parts.push(object);
    length += object.length;
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  parts.push(latin(`xref\n0 ${size}\n0000000000 65535 f \n${table}`));
  parts.push(latin(`trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`));
  return Buffer.concat(parts);
}

function wrapped(paragraph: string): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of paragraph.split(" ")) {
    if (line !== "" && line.length + word.length >= LINE_LETTERS) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function latin(content: string): Buffer {
  return Buffer.from(content, "latin1");
}

/** The letters of a literal string, its three special ones escaped. */
function winAnsi(content: string): Buffer {
  const bytes: number[] = [];
  for (const letter of content) {
    if ("()\\".includes(letter)) bytes.push(0x5c);
    const code = letter.codePointAt(0) ?? 0x3f;
    bytes.push(beyondLatin[letter] ?? (letter === "\u202f" ? 0xa0 : code < 0x100 ? code : 0x3f));
  }
  return Buffer.from(bytes);
}
