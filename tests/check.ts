/** `npm run check`: every gate but the tests. Runs them all, names those that refuse, ends with `N passed, N failed`. */
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

const root = join(import.meta.dirname, "..");

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function npmRun(script: string): string | undefined {
  const done = spawnSync("npm", ["run", "--silent", script], {
    cwd: root,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  return done.status === 0 ? undefined : `${done.stdout}${done.stderr}`.trim();
}

function tracked(pattern: RegExp): string[] {
  const list = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  return list.split("\0").filter((file) => file !== "" && pattern.test(file));
}

/** The lock file must not tie the project to one registry. */
function lockIsNeutral(): string | undefined {
  const lock = readFileSync(join(root, "package-lock.json"), "utf8");
  return lock.includes('"resolved"') ? "package-lock.json names download addresses (see .npmrc)" : undefined;
}

const allowedLicences =
  /^(MIT|MIT-0|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|0BSD|ISC|MPL-2\.0|CC0-1\.0|Unlicense|BlueOak-1\.0\.0|Python-2\.0|CC-BY-4\.0|CC-BY-3\.0|WTFPL)$/;

/** What ships or builds must be under a licence that lets public bodies pass it on. */
function licencesAreAllowed(): string | undefined {
  const lock: unknown = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  if (typeof lock !== "object" || lock === null || !("packages" in lock))
    return "package-lock.json has no packages";
  const refused = Object.entries(lock.packages ?? {}).flatMap(([path, entry]: [string, unknown]) => {
    if (path === "" || typeof entry !== "object" || entry === null) return [];
    const licence = "license" in entry && typeof entry.license === "string" ? entry.license : undefined;
    if (licence === undefined) return [];
    const choices = licence.replaceAll(/[()]/g, "").split(/ OR /);
    const isAllowed = choices.some((choice) =>
      choice.split(" AND ").every((part) => allowedLicences.test(part.trim())),
    );
    return isAllowed ? [] : [`${path}: ${licence}`];
  });
  return refused.length === 0 ? undefined : refused.join("\n");
}

/** Nothing of the machine it was written on may be in the tree. */
function namesNoMachine(): string | undefined {
  const hits = tracked(/\.(ts|tsx|css|json|md|yml|html)$/).filter((file) =>
    /["'` (](\/work\/|\/root\/|\/home\/[a-z]{2,}\/)/.test(readFileSync(join(root, file), "utf8")),
  );
  return hits.length === 0 ? undefined : `machine paths in ${hits.join(", ")}`;
}

const gates: [name: string, run: () => string | undefined][] = [
  ["format", () => npmRun("format:check")],
  ["lint", () => npmRun("lint")],
  ["types", () => npmRun("typecheck")],
  ["dead code", () => npmRun("deadcode")],
  ["lock file", lockIsNeutral],
  ["licences", licencesAreAllowed],
  ["no machine paths", namesNoMachine],
];

const refused = gates.filter(([name, run]) => {
  const complaint = run();
  print(complaint === undefined ? `ok      ${name}` : `refused ${name}\n${complaint}`);
  return complaint !== undefined;
});
print(`${gates.length - refused.length} passed, ${refused.length} failed`);
process.exitCode = refused.length === 0 ? 0 : 1;
