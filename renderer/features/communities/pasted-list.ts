/** As many lines as the server takes people at once. */
const LINES_MAX = 2000;
const LINE_MAX = 1000;

/**
 * Lines of a pasted list or of a CSV file, each meant to name one person. Several addresses on one line (as mail programs
 * copy them: « A <a@x>, B <b@x> ») are one person each; a table's heading is left out.
 */
export function linesOf(text: string): string[] {
  const lines = text
    .replace(/^\uFEFF/u, "")
    .split(/\r\n|\r|\n/u)
    .flatMap(splitAddresses)
    .map((line) => line.trim().slice(0, LINE_MAX))
    .filter((line) => line !== "" && !isHeading(line));
  return [...new Set(lines)].slice(0, LINES_MAX);
}

function splitAddresses(line: string): string[] {
  const count = line.split("@").length - 1;
  if (count < 2) return [line];
  const parts = line.split(/[;,]/u);
  // A table may have two addresses in one row: it is split only where each part has its own.
  return parts.every((part) => part.trim() === "" || part.includes("@")) ? parts : [line];
}

const HEADINGS = /^"?(nom|name|prénom|prenom|first ?name|last ?name|e-?mail|courriel|mail|adresse)"?$/iu;

function isHeading(line: string): boolean {
  return line.split(/[;,\t]/u).every((cell) => HEADINGS.test(cell.trim()));
}
