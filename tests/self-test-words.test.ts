import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { selfTestSchema } from "#contract/desktop/diagnostics.ts";
import { outcomeKeyOf } from "#renderer/parts/self-test-words.ts";
import { repositoryRoot } from "./support/processes.ts";

const CHECKS = selfTestSchema.shape.check.options;

test("every outcome that a check of the self-test gives has words", () => {
  const sources = ["network-checks.ts", "machine-checks.ts", "self-test.ts"].map((name) =>
    readFileSync(join(repositoryRoot, "host", "diagnostics", name), "utf8"),
  );
  const given = sources
    .flatMap((source) =>
      [...source.replaceAll(/=== "\w+"/g, "").matchAll(/outcome: ([^\n]+)/g)].map(
        ([, rest = ""]) => rest.split("facts")[0] ?? "",
      ),
    )
    .flatMap((rest) => [...rest.matchAll(/"(\w+)"/g)].map(([, outcome = ""]) => outcome));
  expect(given.length).toBeGreaterThan(30);
  // These two are told in the words of the problem, and as a fault.
  const named = new Set(["problem", "fault"]);
  const wordless = given.filter(
    (outcome) => !named.has(outcome) && CHECKS.every((check) => outcomeKeyOf(check, outcome) === "fault"),
  );
  expect(wordless).toEqual([]);
});
