import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { runSeed } from "./fuzz.ts";

/** `SEEDS=400` runs that many; `SEEDS=17,23` runs these. */
const wanted = process.env["SEEDS"] ?? "50";
const kept = z
  .array(z.int())
  .parse(JSON.parse(readFileSync(new URL("./failing-seeds.json", import.meta.url), "utf8")));
const seeds = wanted.includes(",")
  ? wanted.split(",").map(Number)
  : [...new Set([...kept, ...Array.from({ length: Number(wanted) }, (_, index) => index + 1)])];

const TOGETHER = 4;

// Dexie says so each time a process dies under it, which is what happens here.
vi.spyOn(console, "warn").mockImplementation(() => undefined);

describe("two clients on a bad line, with sudden deaths", () => {
  for (let start = 0; start < seeds.length; start += TOGETHER) {
    const group = seeds.slice(start, start + TOGETHER);
    it(
      `both converge with the server, nothing lost or doubled: seeds ${group.join(", ")}`,
      { timeout: 60_000 },
      async () => {
        const results = await Promise.allSettled(group.map((seed) => runSeed(seed)));
        const failures = results.flatMap((result) =>
          result.status === "rejected" ? [String(result.reason)] : [],
        );
        expect(failures).toEqual([]);
      },
    );
  }
});
