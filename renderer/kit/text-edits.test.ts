import { describe, expect, test } from "vitest";
import { applyMark, continueLine, indentItems, smallestChange, type MarkName } from "./text-edits.ts";

/** A text with its selection between brackets, or its caret as one bar. */
function at(drawn: string) {
  const start = drawn.search(/[⟦|]/);
  const isCaret = drawn.includes("|");
  const text = drawn.replaceAll(/[⟦⟧|]/g, "");
  return { text, start, end: isCaret ? start : drawn.indexOf("⟧") - 1 };
}

function draw(edited: { text: string; start: number; end: number } | null): string | null {
  if (edited === null) return null;
  const { text, start, end } = edited;
  if (start === end) return `${text.slice(0, start)}|${text.slice(start)}`;
  return `${text.slice(0, start)}⟦${text.slice(start, end)}⟧${text.slice(end)}`;
}

const marked = (drawn: string, name: MarkName) => draw(applyMark(at(drawn), name));

describe("marks", () => {
  test("go around the selection and away again", () => {
    expect(marked("un ⟦mot⟧ ici", "bold")).toBe("un **⟦mot⟧** ici");
    expect(marked("un **⟦mot⟧** ici", "bold")).toBe("un ⟦mot⟧ ici");
    expect(marked("un ⟦**mot**⟧ ici", "bold")).toBe("un ⟦mot⟧ ici");
  });

  test("leave the spaces at the ends outside, where Markdown needs them", () => {
    expect(marked("un⟦ mot ⟧ici", "italic")).toBe("un *⟦mot⟧* ici");
  });

  test("do not take bold for italic", () => {
    expect(marked("**⟦mot⟧**", "italic")).toBe("***⟦mot⟧***");
    expect(marked("***⟦mot⟧***", "italic")).toBe("**⟦mot⟧**");
  });

  test("begin at the caret when nothing is selected", () => {
    expect(marked("un |", "code")).toBe("un `|`");
  });

  test("stand before every line, one kind in the place of the other, and away again", () => {
    expect(marked("⟦un\ndeux⟧", "quote")).toBe("⟦> un\n> deux⟧");
    expect(marked("⟦un\ndeux⟧", "numbered")).toBe("⟦1. un\n2. deux⟧");
    expect(marked("⟦1. un\n2. deux⟧", "list")).toBe("⟦- un\n- deux⟧");
    expect(marked("⟦- un\n- deux⟧", "list")).toBe("⟦un\ndeux⟧");
  });

  test("put a block of code around whole lines and take it away", () => {
    const on = applyMark(at("a\n⟦b\nc⟧"), "codeBlock");
    expect(draw(on)).toBe("a\n```\n⟦b\nc⟧\n```");
    expect(marked("a\n⟦```\nb\nc\n```⟧", "codeBlock")).toBe("a\n⟦b\nc⟧");
  });

  test("make a link: the address is asked for words, the words for an address", () => {
    expect(marked("voir ⟦le plan⟧", "link")).toBe("voir [le plan](⟦https://⟧)");
    expect(marked("⟦https://exemple.fr/a⟧", "link")).toBe("[|](https://exemple.fr/a)");
  });
});

const next = (drawn: string) => draw(continueLine(at(drawn)));

describe("a new line", () => {
  test("goes on with a list, its number, its step and its box", () => {
    expect(next("- un|")).toBe("- un\n- |");
    expect(next("  9) neuf|")).toBe("  9) neuf\n  10) |");
    expect(next("- [x] fait|")).toBe("- [x] fait\n- [ ] |");
    expect(next("> > dit|")).toBe("> > dit\n> > |");
    expect(next("- un| deux")).toBe("- un\n- | deux");
  });

  test("ends the list on an empty item", () => {
    expect(next("- un\n- |")).toBe("- un\n|");
    expect(next("1. un\n2. |")).toBe("1. un\n|");
  });

  test("is only a new line elsewhere, and in code", () => {
    expect(next("un|")).toBeNull();
    expect(next("```\n- un|")).toBeNull();
    expect(next("2026 fut|")).toBeNull();
  });
});

describe("Tab", () => {
  test("moves items in and out, and is left to the window outside lists", () => {
    expect(draw(indentItems(at("- un\n- de|ux"), false))).toBe("- un\n  - de|ux");
    expect(draw(indentItems(at("- un\n  - de|ux"), true))).toBe("- un\n- de|ux");
    expect(draw(indentItems(at("- |"), false))).toBe("  - |");
    expect(indentItems(at("un mot|"), false)).toBeNull();
  });
});

test("the smallest change makes one text of another", () => {
  for (const [before, after] of [
    ["", "a"],
    ["aa", "a"],
    ["- un", "- un\n- "],
    ["abcabc", "abc"],
    ["même", "même"],
  ] as const) {
    const { start, end, insert } = smallestChange(before, after);
    expect(before.slice(0, start) + insert + before.slice(end)).toBe(after);
  }
});
