import { describe, expect, test } from "vitest";
import { mutations } from "#contract/mutations.ts";
import { problemKindSchema } from "#contract/problem.ts";
import { catalogue as english } from "./en.ts";
import { catalogue as french } from "./fr.ts";
import { loadWords, type WordyModule } from "./load-words.ts";

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  );
}

const sources = import.meta.glob<string>("../{app,features,kit,parts,ui}/**/*.{ts,tsx}", {
  query: "?raw",
  import: "default",
  eager: true,
});

const entries = { fr: flatten(french), en: flatten(english) };
const PLURAL = /_(one|many|other)$/;

const namesIn = (list: [string, string][]) =>
  [...new Set(list.map(([key]) => key.replace(PLURAL, "")))].sort();
const valuesIn = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? "").sort();

/** Loaded together with the words that they say, wherever they are shown. */
const bringing = new Set([
  "../app/away-card.tsx",
  "../features/inbox/inbox-decision.tsx",
  "../parts/refuse-button.tsx",
]);

/** The files of the page that a pattern names in this one; packages and other layers say nothing here. */
const named = (code: string, pattern: RegExp, path: string): string[] =>
  [...code.matchAll(pattern)]
    .map(([, name = ""]) => name.replace(/^#renderer\//, "/renderer/"))
    .filter((name) => /^[./]/.test(name))
    .map((name) =>
      new URL(name, `file:///renderer/locales/${path}`).pathname.replace(/^\/renderer\//, "../"),
    );

const withDesktop = /(?:withWords\(\[[^\]]*"desktop"[^\]]*\],|fetched\()\s*\(\) => import\("([^"]+)"\)/g;
const anyImport = /(?:\b(?:import|export)\s(?!type\b)[^;"]*?from\s|\bimport\()"([^"]+)"/g;

/** Files fetched together with the words of the desktop, and for every file who fetches it without. */
const fetched = new Set(Object.entries(sources).flatMap(([path, code]) => named(code, withDesktop, path)));
const fetchedBare = new Map<string, string[]>();
for (const [path, code] of Object.entries(sources))
  for (const name of named(code.replaceAll(withDesktop, ""), anyImport, path))
    fetchedBare.set(name, [...(fetchedBare.get(name) ?? []), path]);

/** Whether every way to this file leads through one that brings the words of the desktop. */
function isBrought(path: string, seen = new Set<string>()): boolean {
  if (seen.has(path)) return true;
  seen.add(path);
  const from = fetchedBare.get(path) ?? [];
  if (from.length === 0) return fetched.has(path);
  return from.every((importer) => isBrought(importer, seen));
}

describe("the message catalogue", () => {
  test("says everything in both languages", () => {
    expect(namesIn(entries.fr)).toEqual(namesIn(entries.en));
  });

  test.each(["fr", "en"] as const)("has every plural form that %s needs", (language) => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const keys = new Set(entries[language].map(([key]) => key));
    const bases = new Set([...keys].filter((key) => PLURAL.test(key)).map((key) => key.replace(PLURAL, "")));
    const missing = [...bases]
      .flatMap((base) => forms.map((form) => `${base}_${form}`))
      .filter((key) => !keys.has(key));
    expect(missing).toEqual([]);
  });

  test("puts the same values in both languages", () => {
    const inFrench = new Map(entries.fr);
    const different = entries.en.filter(
      ([key, text]) => valuesIn(text).join() !== valuesIn(inFrench.get(key) ?? "").join(),
    );
    expect(different).toEqual([]);
  });

  test("follows French typography: no breaking space before high punctuation, real quotes and apostrophes", () => {
    expect(entries.fr.filter(([, text]) => / [;:!?»]|« |['"]|\.\.\./.test(text))).toEqual([]);
  });

  test("has words for every kind of problem and every command", () => {
    const keys = entries.fr.map(([key]) => key);
    const wanted = [
      ...problemKindSchema.options.map((kind) => `problem.${kind}.advice`),
      ...Object.keys(mutations).map((name) => `mutation.${name}`),
    ];
    expect(keys).toEqual(expect.arrayContaining(wanted));
  });

  test.each(["fr", "en"] as const)("is whole in %s once every module was asked for", async (language) => {
    const whole = { fr: french, en: english }[language];
    expect(
      await loadWords(language, [
        "calendar",
        "communities",
        "desktop",
        "documents",
        "drives",
        "feed",
        "inbox",
        "tasks",
      ]),
    ).toEqual(whole);
  });

  // What comes later may be missing when something else is drawn.
  test.each<WordyModule>(["communities", "feed", "inbox"])(
    "words of %s are said in it alone",
    async (name) => {
      const always = new Set(Object.keys(await loadWords("fr", [])));
      const tops = Object.keys(await loadWords("fr", [name])).filter((top) => !always.has(top));
      const said = new RegExp(`\\bt\\(\\s*["'\`](?:${tops.join("|")})\\.`);
      const saying = Object.entries(sources).filter(([, code]) => said.test(code));
      const elsewhere = saying.filter(
        ([path]) => !path.startsWith(`../features/${name}/`) && !bringing.has(path),
      );
      expect(saying.length).toBeGreaterThan(0);
      expect(elsewhere.map(([path]) => path)).toEqual([]);
    },
  );

  test("words of desktop are said only where they were loaded", async () => {
    const always = new Set(Object.keys(await loadWords("fr", [])));
    const tops = Object.keys(await loadWords("fr", ["desktop"])).filter((top) => !always.has(top));
    const said = new RegExp(`\\bt\\(\\s*["'\`](?:${tops.join("|")})\\.`);
    const saying = Object.entries(sources).filter(([, code]) => said.test(code));
    expect(saying.length).toBeGreaterThan(20);
    expect(saying.map(([path]) => path).filter((path) => !isBrought(path))).toEqual([]);
  });
});
