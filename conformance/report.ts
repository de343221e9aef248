import type { CheckResult } from "./runner.ts";

/** The lines of one check, under a heading when its group begins. */
export function describeResult({ check, outcome }: CheckResult, previousGroup: string | undefined): string {
  const heading = check.group === previousGroup ? "" : `\n${check.group}\n`;
  if (outcome.status === "passed") return `${heading}  ok    ${check.name}\n`;
  if (outcome.status === "skipped") return `${heading}  skip  ${check.name}: ${outcome.reason}\n`;
  const { expected, got, todo } = outcome.failure;
  return [
    `${heading}  FAIL  ${check.name}`,
    `          contract  ${check.contract}`,
    `          expected  ${expected}`,
    `          got       ${got}`,
    `          to do     ${todo}\n`,
  ].join("\n");
}

export function summary(results: readonly CheckResult[]): string {
  const count = (status: CheckResult["outcome"]["status"]): number =>
    results.filter(({ outcome }) => outcome.status === status).length;
  const skipped = count("skipped");
  const about = skipped === 0 ? "" : `${skipped} skipped, with the reasons above\n`;
  return `\n${about}${count("passed")} passed, ${count("failed")} failed\n`;
}

export function toJson(url: string, results: readonly CheckResult[]): string {
  const rows = results.map(({ check, outcome, durationMs }) => ({
    group: check.group,
    name: check.name,
    contract: check.contract,
    durationMs: Math.round(durationMs),
    ...outcome,
  }));
  return `${JSON.stringify({ url, results: rows }, null, 2)}\n`;
}
