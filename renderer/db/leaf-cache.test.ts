import { expect, test } from "vitest";
import { LeafCache } from "./leaf-cache.ts";

const block = (stream: string) => ({ stream, from: "", entries: [], size: 100 });
const isClean = () => false;

test("a full cache lets go of the blocks that were read longest ago", () => {
  const cache = new LeafCache(300);
  for (const name of ["a", "b", "c", "d"]) cache.add(block(`space:1/message/${name}`));
  cache.get("space:1/message/a", "");
  cache.trim(isClean);
  const kept = ["a", "b", "c", "d"].filter((name) => cache.get(`space:1/message/${name}`, "") !== undefined);
  expect(kept).toEqual(["a", "d"]);
});

test("resident blocks and those not yet written stay, however old", () => {
  const cache = new LeafCache(100);
  cache.add(block("directory/presence"));
  const unwritten = block("space:1/message/a");
  cache.add(unwritten);
  cache.add(block("space:1/message/b"));
  cache.trim((leaf) => leaf === unwritten);
  expect(cache.get("directory/presence", "")).toBeDefined();
  expect(cache.get("space:1/message/a", "")).toBe(unwritten);
  expect(cache.get("space:1/message/b", "")).toBeUndefined();
});
