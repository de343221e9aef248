import { expect, test } from "vitest";
import { searchText } from "./text-search.ts";

test("a word is found whatever its accents and capitals, unless capitals are to count", () => {
  const text = ["Été à l’École, été"];
  expect(searchText(text, "ete", false)).toEqual([
    { start: { piece: 0, offset: 0 }, end: { piece: 0, offset: 3 } },
    { start: { piece: 0, offset: 15 }, end: { piece: 0, offset: 18 } },
  ]);
  expect(searchText(text, "été", true)).toHaveLength(1);
});

test("a sentence is found over a bold word, and ends in the piece in which it ends", () => {
  expect(searchText(["Bonjour ", "tout", " le monde"], "jour tout", false)).toEqual([
    { start: { piece: 0, offset: 3 }, end: { piece: 1, offset: 4 } },
  ]);
});

test("a space that does not break is a space", () => {
  expect(searchText(["Prêt\u00A0?"], "prêt ?", false)).toHaveLength(1);
});

test("what overlaps itself is counted once, and nothing is found for nothing", () => {
  expect(searchText(["aaaa"], "aa", false)).toHaveLength(2);
  expect(searchText(["a b"], " ", false)).toEqual([]);
  expect(searchText([], "a", false)).toEqual([]);
});

test("letters that become longer when made small keep their places", () => {
  expect(searchText(["İİ fin"], "fin", false)).toEqual([
    { start: { piece: 0, offset: 3 }, end: { piece: 0, offset: 6 } },
  ]);
});
