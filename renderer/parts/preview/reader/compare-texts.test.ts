import { expect, test } from "vitest";
import { compareTexts } from "./compare-texts.ts";

test("lines that differ stand beside one another, with the words that changed", () => {
  const result = compareTexts("un\ndeux trois\nquatre\n", "un\ndeux cinq\nquatre\nsix\n");
  expect(result).toMatchObject({ changes: 2, added: 2, removed: 1, isCut: false });
  expect(result?.lines[1]).toEqual({
    before: 2,
    after: 2,
    beforePieces: [
      { text: "deux ", isChanged: false },
      { text: "trois", isChanged: true },
    ],
    afterPieces: [
      { text: "deux ", isChanged: false },
      { text: "cinq", isChanged: true },
    ],
    change: 0,
  });
  expect(result?.lines[3]).toMatchObject({ before: null, after: 4, change: 1 });
});

test("ends of lines of another system and a last line without its end are no change", () => {
  expect(compareTexts("a\r\nb\r\n", "a\nb")?.changes).toBe(0);
});

test("an empty text against a full one is one change", () => {
  expect(compareTexts("", "a\nb")).toMatchObject({ changes: 1, added: 2, removed: 0 });
});

test("what is far from every change is left out", () => {
  const same = Array.from({ length: 5000 }, (_, at) => `ligne ${at}`).join("\n");
  const result = compareTexts(`${same}\nfin`, `${same}\nautre`);
  expect(result?.changes).toBe(1);
  expect(result?.lines.length).toBeLessThan(1000);
});

test("a text without end is compared up to a bound", () => {
  const long = "x\n".repeat(50_000);
  expect(compareTexts(long, `${long}y`)?.isCut).toBe(true);
});
