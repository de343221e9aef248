import { describe, expect, it, vi } from "vitest";
import { runSeed } from "./fuzz.ts";

describe("two clients on a bad line while the policy changes", () => {
  // Dexie says so each time a process dies under it, which is what happens here.
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const seeds = Number.parseInt(process.env["SEEDS"] ?? "12", 10);
  for (let seed = 1; seed <= seeds; seed++) {
    it(
      `both converge with the server and end with all of it on disk: seed ${seed}`,
      { timeout: 60_000 },
      async () => {
        await expect(runSeed(seed, true)).resolves.toBeUndefined();
      },
    );
  }
});
