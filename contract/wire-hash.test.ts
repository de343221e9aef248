import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { z } from "zod";
import { collections } from "./collections.ts";
import { canonicalJson, computeWireHash, judgeWire, wireHashSchema } from "./openapi/wire-hash.ts";
import { wireSchemas } from "./openapi/wire.ts";

const committed = wireHashSchema.parse(
  JSON.parse(await readFile(new URL("wire-hash.json", import.meta.url), "utf8")),
);

test("the wire is the one that this contract version promised", () => {
  const verdict = judgeWire(committed, computeWireHash());
  const message = verdict.kind === "bumped" ? "CONTRACT_VERSION was raised: run `npm run openapi`." : verdict;
  expect(message).toEqual({ kind: "same" });
});

test("a changed field without a new version is refused by name", () => {
  const schemas = new Map(wireSchemas());
  schemas.set("collection:space", collections.space.extend({ colour: z.string() }));
  const verdict = judgeWire(committed, computeWireHash(schemas));
  expect(verdict.kind).toBe("forgotten");
  expect(JSON.stringify(verdict)).toContain("collection:space");
  expect(JSON.stringify(verdict)).toContain("CONTRACT_VERSION");
});

test("the same change under a higher version is accepted", () => {
  const schemas = new Map(wireSchemas());
  schemas.delete("event:signedOut");
  const next = { ...computeWireHash(schemas), version: committed.version + 1 };
  expect(judgeWire(committed, next)).toEqual({ kind: "bumped" });
});

test("the order in which keys are written does not matter", () => {
  expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: 0 })).toBe(canonicalJson({ a: 0, b: [{ c: 2, d: 1 }] }));
});
