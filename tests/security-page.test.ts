import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repositoryRoot } from "./support/processes.ts";

const page = readFileSync(join(repositoryRoot, "docs", "security.md"), "utf8");

/** Files in back-quotes: those with a folder or a known ending. */
const files = [...page.matchAll(/`([\w./-]+\.(?:ts|tsx|yml|json|md))`/g)].map(([, path]) => path ?? "");

test("every file that the page on security names exists", () => {
  expect(files.length).toBeGreaterThan(30);
  const missing = files.filter((path) => path !== "contacts.json" && !existsSync(join(repositoryRoot, path)));
  expect(missing).toEqual([]);
});

test("every test that it names is in the file that it names", () => {
  const named = [...page.replaceAll("\n", " ").matchAll(/`([\w./-]+\.(?:test|e2e)\.ts)` “([^”]+)”/g)];
  expect(named.length).toBeGreaterThan(20);
  const wrong = named.filter(
    ([, path = "", title = ""]) => !readFileSync(join(repositoryRoot, path), "utf8").includes(`"${title}"`),
  );
  expect(wrong.map(([, path, title]) => `${path}: ${title}`)).toEqual([]);
});

test("all twenty points of the checklist have a line", () => {
  const points = [...page.matchAll(/^\| (\d+) \|/gm)].map(([, number]) => Number(number));
  expect(points).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
});
