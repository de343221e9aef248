import { describe, expect, test } from "vitest";
import { diffWords, type DiffPart } from "./word-diff.ts";

const without = (parts: DiffPart[], kind: DiffPart["kind"]) =>
  parts
    .filter((part) => part.kind !== kind)
    .map(({ text }) => text)
    .join("");

describe("what became of a text", () => {
  test("names the words that changed and keeps the others", () => {
    expect(diffWords("Réunion mardi à 14 h", "Réunion mercredi à 14 h")).toEqual([
      { kind: "same", text: "Réunion " },
      { kind: "removed", text: "mardi" },
      { kind: "added", text: "mercredi" },
      { kind: "same", text: " à 14 h" },
    ]);
  });

  test.each([
    ["", "a b"],
    ["a b", ""],
    ["a a b a", "a b a a"],
    ["ligne un\nligne deux", "ligne deux\nligne un\n"],
    ["x ".repeat(3000), "y ".repeat(3000)],
  ])("always holds both texts whole (%#)", (before, after) => {
    const parts = diffWords(before, after);
    expect(without(parts, "added")).toBe(before);
    expect(without(parts, "removed")).toBe(after);
  });
});
