import { expect, test } from "vitest";
import { clockWords, fileKind } from "./file-kinds.ts";

test.each([
  ["photo.png", "image/png", "picture"],
  ["dessin.svg", "image/svg+xml", "text"],
  ["dessin.svg", undefined, "text"],
  ["page.html", "text/html", "text"],
  ["photo.png", "text/html", "text"],
  ["note.pdf", "application/pdf", "pdf"],
  ["note.pdf", undefined, "pdf"],
  ["note.pdf", "application/x-msdownload", "other"],
  ["liste.csv", "application/vnd.ms-excel", "table"],
  ["lisez.md", "", "markdown"],
  ["voix.webm", "audio/webm", "sound"],
  ["film.mp4", "video/mp4", "video"],
  ["film.avi", "video/x-msvideo", "other"],
  ["rapport.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "other"],
  ["sans-fin", undefined, "other"],
] as const)("%s of type %s is shown as %s", (name, mediaType, kind) => {
  expect(fileKind({ name, ...(mediaType === undefined ? {} : { mediaType }) })).toBe(kind);
});

test("a length is said in minutes and seconds", () => {
  expect([0, 5400, 65_000, 3_600_000].map(clockWords)).toEqual(["0:00", "0:05", "1:05", "60:00"]);
});
