import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DOMParser, type Element } from "@xmldom/xmldom";
import { expect, test } from "vitest";
import { policyNames } from "#contract/policies.ts";
import { jsonPolicies } from "#host/policy/json-policies.ts";
import { MachinePolicies } from "#host/policy/policies.ts";
import { tempFolder } from "#host/testing/temp-folder.ts";
import { policyFacts } from "../build/policies/policy-facts.ts";
import { policyFiles } from "../build/policies/policy-files.ts";
import { projectRoot } from "../build/project-root.ts";

const files = policyFiles();
const inOrder = (a: string, b: string) => (a < b ? -1 : 1);

/** Throws at the first thing that is not well-formed. */
function parseXml(path: string): Element[] {
  const onError = (level: string, message: string): never => {
    throw new Error(`${path}: ${level} ${message}`);
  };
  const parsed = new DOMParser({ onError }).parseFromString(files[path] ?? "", "text/xml");
  return [...parsed.getElementsByTagName("*")];
}

const attributes = (elements: readonly Element[], tag: string, name: string) =>
  elements.filter((one) => one.tagName === tag).map((one) => one.getAttribute(name) ?? "");

test("the templates and docs/policies.md are those of the contract: npm run policies", () => {
  const stale = Object.entries(files).filter(
    ([path, text]) => readFileSync(join(projectRoot, path), "utf8") !== text,
  );
  expect(stale.map(([path]) => path)).toEqual([]);
});

test.each(["en-US", "fr-FR"])("everything that the template refers to is said in %s, once", (language) => {
  const admx = parseXml("build/policies/windows/parvis.admx");
  const adml = parseXml(`build/policies/windows/${language}/parvis.adml`);
  const text = files["build/policies/windows/parvis.admx"] ?? "";
  const wanted = (kind: string) =>
    [...text.matchAll(new RegExp(`\\$\\(${kind}\\.([^)]+)\\)`, "g"))].map(([, id]) => id ?? "");
  const strings = attributes(adml, "string", "id");
  expect(new Set(strings).size).toBe(strings.length);
  expect(strings).toEqual(expect.arrayContaining(wanted("string")));
  expect(attributes(adml, "presentation", "id").toSorted(inOrder)).toEqual(
    wanted("presentation").toSorted(inOrder),
  );
  // Each control of the dialog belongs to an element of the same policy.
  const controls = adml
    .map((one) => one.getAttribute("refId"))
    .filter((id): id is string => id !== null && id !== "");
  const elements = ["list", "decimal", "text", "enum"].flatMap((tag) => attributes(admx, tag, "id"));
  expect(controls.toSorted(inOrder)).toEqual(elements.filter((id) => id !== "").toSorted(inOrder));
});

test("every policy is there, mandatory and recommended, in categories that exist", () => {
  const admx = parseXml("build/policies/windows/parvis.admx");
  const ids = attributes(admx, "policy", "name");
  expect(ids.toSorted(inOrder)).toEqual(
    policyNames.flatMap((name) => [name, `${name}_recommended`]).toSorted(inOrder),
  );
  const known = attributes(admx, "category", "name");
  expect(known).toEqual(expect.arrayContaining(attributes(admx, "parentCategory", "ref")));
});

test("the examples of every template are policies that apply", async () => {
  const path = join(await tempFolder(), "policies.json");
  const examples = Object.fromEntries(policyFacts.map(({ name, example }) => [name, example]));
  writeFileSync(path, JSON.stringify({ mandatory: examples }), { mode: 0o644 });
  const all = await MachinePolicies.open(jsonPolicies(path));
  expect(all.status().problems).toEqual([]);
  expect(all.status().entries).toHaveLength(policyNames.length);
  writeFileSync(path, files["build/policies/linux/policies.json"] ?? "");
  const shipped = await MachinePolicies.open(jsonPolicies(path));
  expect(shipped.status()).toMatchObject({ problems: [] });
  expect(attributes(parseXml("build/policies/macos/parvis.mobileconfig"), "plist", "version")).toEqual([
    "1.0",
  ]);
});
