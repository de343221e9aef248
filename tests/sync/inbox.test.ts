import { describe, expect, it } from "vitest";
import { runSeed } from "./inbox-fuzz.ts";

const seeds = Number(process.env["SEEDS"] ?? "12");

describe("the inbox with waiting writes", () => {
  for (let seed = 1; seed <= seeds; seed++) {
    it(`is what the server's rows will be, and its counts never jump: seed ${seed}`, async () => {
      await expect(runSeed(seed)).resolves.toBeUndefined();
    }, 60_000);
  }
});
