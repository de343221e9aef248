import { expect, test } from "vitest";
import { isRiskyFile, numberedName, safeFileName } from "./safe-file-name.ts";

test.each([
  ["Compte rendu – été 2026.pdf", "Compte rendu – été 2026.pdf"],
  ["../../etc/passwd", "passwd"],
  ["..\\..\\Windows\\system32\\evil.dll", "evil.dll"],
  ["C:\\autoexec.bat", "autoexec.bat"],
  ["con.txt", "_con.txt"],
  ["AUX", "_AUX"],
  ["lpt1.tar.gz", "_lpt1.tar.gz"],
  ["nul.a.b", "_nul.a.b"],
  ["facture\u202Efdp.exe", "facturefdp.exe"],
  ["a\u200Bb.pdf", "ab.pdf"],
  ['a<b>:"c|d?*.txt', "a_b___c_d__.txt"],
  ["fin.   ", "fin"],
  [".bashrc", "bashrc"],
  ["", "file"],
  ["...", "file"],
  ["a\nb\u0000.txt", "a_b_.txt"],
  ["name.pdf:stream", "name.pdf_stream"],
])("%j is saved as %j", (name, safe) => {
  expect(safeFileName(name)).toBe(safe);
});

test("a name that is too long keeps its ending, and no letter is cut in two", () => {
  const name = safeFileName(`${"é👩‍👩‍👧".repeat(200)}.docx`);
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(180);
  expect(name).toMatch(/(?:é|👧)\.docx$/u);
});

test("accents written in two pieces become one, as the file system would compare them", () => {
  expect(safeFileName("e\u0301te\u0301.txt")).toBe("été.txt");
});

test("the second of a name is numbered before its ending", () => {
  expect(numberedName("notes.pdf", 1)).toBe("notes.pdf");
  expect(numberedName("notes.pdf", 2)).toBe("notes (2).pdf");
  expect(numberedName("archive.tar.gz", 3)).toBe("archive (3).tar.gz");
  expect(numberedName("README", 2)).toBe("README (2)");
});

test.each([
  "a.exe",
  "a.EXE",
  "a.pdf.js",
  "a.lnk",
  "a.exe. ",
  "rapport.docm",
  "a.desktop",
  "a.html",
  "sans-extension",
])("%j is never opened from here", (name) => {
  expect(isRiskyFile(name)).toBe(true);
});

test.each(["a.pdf", "a.docx", "a.png", "a.txt", "a.odt", "a.zip"])("%j may be opened", (name) => {
  expect(isRiskyFile(name)).toBe(false);
});
