export interface Table {
  rows: string[][];
  /** There were more rows or columns than are shown. */
  isCut: boolean;
  /** The last cell begins with a quote that nothing closes. */
  isOpen?: true;
}

export interface TableOptions {
  /** Otherwise found by the first line: comma, semicolon or tab. */
  separator?: string;
  mostRows?: number;
  mostColumns?: number;
}

const SHOWN_ROWS = 500;
const SHOWN_COLUMNS = 50;

/** Rows of a CSV text (RFC 4180): as many as are shown, unless said otherwise. */
export function parseCsv(text: string, options: TableOptions = {}): Table {
  const { separator = separatorOf(text), mostRows = SHOWN_ROWS, mostColumns = SHOWN_COLUMNS } = options;
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let isQuoted = false;
  let isCut = false;
  const endCell = () => {
    if (row.length < mostColumns) row.push(cell);
    else isCut = true;
    cell = "";
  };
  for (let at = text.startsWith("\ufeff") ? 1 : 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (isQuoted) {
      if (letter !== '"') cell += letter;
      else if (text.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (letter === '"' && cell === "") isQuoted = true;
    else if (letter === separator) endCell();
    else if (letter === "\n") {
      endCell();
      rows.push(row);
      row = [];
      if (rows.length === mostRows) return { rows, isCut: isCut || at < text.length - 1 };
    } else if (letter !== "\r") cell += letter;
  }
  if (cell !== "" || row.length > 0) {
    endCell();
    rows.push(row);
  }
  return { rows, isCut, ...(isQuoted ? { isOpen: true } : {}) };
}

function separatorOf(text: string): string {
  const first = (text.split("\n", 1)[0] ?? "").replaceAll(/"[^"]*"/g, "");
  const counts = [";", ",", "\t"].map((each) => ({ each, count: first.split(each).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).each;
}
