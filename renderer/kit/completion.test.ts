import { describe, expect, test } from "vitest";
import { applyCompletion, findCompletion } from "./completion.ts";

describe("completion", () => {
  test("finds the name being typed, with a space in it, and nothing in an address", () => {
    expect(findCompletion("Bonjour @mar", 12)).toEqual({ trigger: "@", text: "mar", start: 8, end: 12 });
    expect(findCompletion("@élo dup", 8)?.text).toBe("élo dup");
    expect(findCompletion("ecrire@exemple", 14)).toBeNull();
  });

  test("asks two letters of an emoji, so that a time or a colon is left alone", () => {
    expect(findCompletion("ok :so", 6)?.trigger).toBe(":");
    expect(findCompletion("à 10:30", 7)).toBeNull();
    expect(findCompletion("voici :", 7)).toBeNull();
  });

  test("finds a channel after a number sign, at the beginning of a word", () => {
    expect(findCompletion("voir #trav", 10)).toEqual({ trigger: "#", text: "trav", start: 5, end: 10 });
    expect(findCompletion("C#", 2)).toBeNull();
  });

  test("replaces the word only, and adds a space when there is none", () => {
    const query = findCompletion("a @mar b", 6);
    expect(query && applyCompletion("a @mar b", query, "@Marie")).toEqual({ text: "a @Marie b", caret: 8 });
  });
});
