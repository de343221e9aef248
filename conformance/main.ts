import { writeFile } from "node:fs/promises";
import { allChecks } from "./all-checks.ts";
import { parseOptions, usage } from "./options.ts";
import { describeResult, summary, toJson } from "./report.ts";
import { runChecks, type CheckResult } from "./runner.ts";
import { World } from "./world.ts";

const options = parseOptions(process.argv.slice(2));

if (typeof options === "string") {
  const isHelp = options === usage;
  (isHelp ? process.stdout : process.stderr).write(options);
  process.exitCode = isHelp ? 0 : 2;
} else {
  const world = new World(options);
  let group: string | undefined;
  const onResult = (result: CheckResult): void => {
    process.stdout.write(describeResult(result, group));
    group = result.check.group;
  };
  process.stdout.write(`Parvis conformance of ${options.url}\n`);
  const { only } = options;
  const results = await runChecks({ checks: allChecks, world, only, now: () => performance.now(), onResult });
  const left = await world.cleanUp().catch((error: unknown) => [String(error)]);
  if (left.length > 0)
    process.stdout.write(`\nLeft behind:\n${left.map((line) => `  space ${line}\n`).join("")}`);
  if (options.json !== undefined) await writeFile(options.json, toJson(options.url, results));
  process.stdout.write(summary(results));
  const isGood = results.length > 0 && results.every(({ outcome }) => outcome.status !== "failed");
  process.exitCode = isGood ? 0 : 1;
}
