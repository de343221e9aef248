import { describe, expect, it } from "vitest";
import type { Entry } from "./entry.ts";
import {
  BLOCK_LIMIT,
  coveringBlock,
  cut,
  decodeEntries,
  encodeEntries,
  mergeEntries,
  normalise,
} from "./leaf.ts";

const entry = (key: string, rev = 1): Entry => ({
  key,
  id: key,
  rev,
  isDeleted: false,
  data: { id: key, rev },
});
const keys = (entries: readonly Entry[]) => entries.map((each) => `${each.key}${each.rev}`);
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => entry(String(index).padStart(4, "0")));

describe("leaves", () => {
  it("keeps the higher revision and says which keys changed", () => {
    const changed: string[] = [];
    const merged = mergeEntries(
      [entry("a", 2), entry("c", 1)],
      [entry("a", 1), entry("b"), entry("c", 3)],
      (key) => changed.push(key),
    );
    expect(keys(merged)).toEqual(["a2", "b1", "c3"]);
    expect(changed).toEqual(["b", "c"]);
  });

  it("sorts what comes newest first, and keeps one of each key", () => {
    expect(keys(normalise([entry("c"), entry("b"), entry("a")]))).toEqual(["a1", "b1", "c1"]);
    expect(keys(normalise([entry("b", 2), entry("a"), entry("b", 3), entry("b", 1)]))).toEqual(["a1", "b3"]);
  });

  it("leaves the remainder on the side that grows", () => {
    expect(cut(many(BLOCK_LIMIT), true)).toHaveLength(1);
    expect(cut(many(230), true).map((part) => part.length)).toEqual([30, 100, 100]);
    expect(cut(many(230), false).map((part) => part.length)).toEqual([100, 100, 30]);
    expect(cut(many(230), true).flat()).toEqual(many(230));
  });

  it("finds the block that covers a key", () => {
    const froms = ["", "d", "m"];
    expect(["a", "d", "l", "m", "z"].map((key) => coveringBlock(froms, key))).toEqual([0, 1, 1, 2, 2]);
  });

  it("reads back what it wrote, the text as it came included", () => {
    const withText: Entry = { ...entry("a", 4), json: '{"id":"a","rev":4}' };
    const gone: Entry = { ...entry("b"), isDeleted: true };
    const read = decodeEntries("person", encodeEntries([withText, gone]));
    expect(read).toEqual([entry("a", 4), gone]);
    expect(withText.json).toBeUndefined();
    expect(() => decodeEntries("person", "[1]")).toThrow(SyntaxError);
  });
});
