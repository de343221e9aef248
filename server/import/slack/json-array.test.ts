import { describe, expect, it } from "vitest";
import { AppError } from "#contract/problem.ts";
import { readJsonArray } from "./json-array.ts";

async function* inPieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(text: string, size = 7, limit?: number): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const values of readJsonArray("day.json", inPieces(text, size), limit)) found.push(...values);
  return found;
}

async function refusal(text: string, limit?: number): Promise<string | undefined> {
  try {
    await read(text, 3, limit);
  } catch (error) {
    if (error instanceof AppError) return error.problem.detail;
    throw error;
  }
  return undefined;
}

describe("reading a JSON array piece by piece", () => {
  const values = [{ a: 'é \\ " ] } 🙂' }, { b: [{ c: "[" }] }, {}];

  it("gives the same as JSON.parse wherever the pieces are cut", async () => {
    for (const text of [
      JSON.stringify(values),
      JSON.stringify(values, undefined, 2),
      `\uFEFF ${JSON.stringify(values)}\n`,
    ]) {
      for (const size of [1, 2, 3, 5, 8, 1000]) expect(await read(text, size)).toEqual(values);
    }
    expect(await read("[]")).toEqual([]);
  });

  it("says in which file, at which byte and line, an array is broken", async () => {
    expect(await refusal('[\n{"a":1},\n{"a":}\n]')).toContain("day.json: byte 11, line 3");
    expect(await refusal('[{"a":1}')).toContain("the file ends too soon");
    expect(await refusal('{"a":1}')).toContain("a JSON array is expected");
    expect(await refusal('[{"a":1},]')).toContain("an object is expected");
    expect(await refusal('[{"a":1}] x')).toContain("byte 10");
    expect(await refusal("")).toContain("the file ends too soon");
  });

  it("refuses an element too large to hold", async () => {
    expect(await refusal(`[{"a":"${"x".repeat(500)}"}]`, 100)).toContain("longer than 100 bytes");
  });
});
