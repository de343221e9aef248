import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { sha256Of } from "#renderer/features/documents/verify-hash.ts";

const text = "Délibération du 23 novembre";

test("the hash is that of the bytes that came", async () => {
  const expected = createHash("sha256").update(text).digest("hex");
  expect(await sha256Of("/blob", () => Promise.resolve(new Response(text)))).toBe(expected);
  expect(await sha256Of("/blob", () => Promise.resolve(new Response(`${text}.`)))).not.toBe(expected);
});

test("what cannot be read has no hash", async () => {
  expect(await sha256Of("/blob", () => Promise.resolve(new Response("", { status: 502 })))).toBeNull();
  expect(await sha256Of("/blob", () => Promise.reject(new TypeError("offline")))).toBeNull();
});
