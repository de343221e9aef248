import { describe, expect, test } from "vitest";
import { colourMarkdown } from "./markdown-colours.ts";

const looks = (text: string) =>
  colourMarkdown(text).map(({ text: part, look }) => (look === "" ? part : `${look}:${part}`));

describe("Markdown while it is typed", () => {
  test("keeps every letter in its place, whatever is written", () => {
    const alphabet = [
      "*",
      "_",
      "`",
      "~",
      "> ",
      "- ",
      "1. ",
      "```",
      "\n",
      "[",
      "](",
      ")",
      "@",
      "#",
      "é",
      " ",
      "mot",
      "👍",
      "https://a.fr",
    ];
    let seed = 7;
    const next = () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648);
    for (let round = 0; round < 2000; round += 1) {
      const text = Array.from({ length: next() % 24 }, () => alphabet[next() % alphabet.length]).join("");
      expect(
        colourMarkdown(text)
          .map((stretch) => stretch.text)
          .join(""),
      ).toBe(text);
    }
  });

  test("shows marks pale and what they mark as it will be", () => {
    expect(looks("un **mot** *là* ~~non~~ `x`")).toEqual([
      "un ",
      "mark:**",
      "bold:mot",
      "mark:**",
      " ",
      "mark:*",
      "italic:là",
      "mark:*",
      " ",
      "mark:~~",
      "strike:non",
      "mark:~~",
      " ",
      "mark:`",
      "code:x",
      "mark:`",
    ]);
  });

  test("shows quotes, items, names, links and code", () => {
    expect(looks("> dit\n")).toEqual(["mark:> ", "quote:dit\n"]);
    expect(looks("- un")).toEqual(["item:- ", "un"]);
    expect(looks("@Anne https://a.fr")).toEqual(["name:@Anne", " ", "link:https://a.fr"]);
    expect(looks("```\na*b*\n```\nc")).toEqual(["code mark:```\n", "code:a*b*\n", "code mark:```\n", "c"]);
  });

  test("takes neither sums nor names of files for marks", () => {
    expect(looks("2 * 3 * 4 et un_nom_de_fichier")).toEqual(["2 * 3 * 4 et un_nom_de_fichier"]);
  });

  test("does not hang on a text that is made to hurt", () => {
    for (const body of [
      "*".repeat(19_000),
      "_a".repeat(9000),
      "[".repeat(19_000),
      "**a ".repeat(4900),
      "`".repeat(19_001 - 2),
    ]) {
      expect(colourMarkdown(body).length).toBeGreaterThan(0);
    }
  }, 4000);
});
