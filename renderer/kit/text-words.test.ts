import { describe, expect, test } from "vitest";
import { byteLength, initials, matchesWords } from "./text-words.ts";

describe("words typed by hand", () => {
  test("find names without accents or case, each word by its beginning", () => {
    expect(matchesWords("Élodie Mérienne · Routes", "mer elo")).toBe(true);
    expect(matchesWords("Élodie Mérienne", "rienne")).toBe(false);
    expect(matchesWords("anything", "")).toBe(true);
  });

  test("count bytes as they travel", () => expect(byteLength("é👍")).toBe(6));

  test("make initials of any name, one word or none", () => {
    expect([initials("anne lambert"), initials("Zoé"), initials("𝒳 y"), initials(" ")]).toEqual([
      "AL",
      "Z",
      "𝒳Y",
      "",
    ]);
  });
});
