import { expect, test } from "vitest";
import { circleIn } from "./no-circles.ts";

test("a circle of files is found and named, wherever it hangs", () => {
  const imports = { page: ["a", "b"], a: ["c"], b: ["d"], c: [], d: ["e", "c"], e: ["b"] };
  expect(circleIn(new Map(Object.entries(imports)))).toEqual(["b", "d", "e", "b"]);
});

test("a file that several need is no circle", () => {
  const imports = { page: ["a", "b"], a: ["c"], b: ["c"], c: [] };
  expect(circleIn(new Map(Object.entries(imports)))).toBeUndefined();
});
