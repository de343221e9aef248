import { mkdtempSync } from "node:fs";
import { readdir, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "../../testing/temp-folder.ts";
import { Best } from "./best.ts";
import { foldText, NOWHERE, placeIn, queryWords, soughtWord } from "./fold-text.ts";
import { hitOf, IndexStore, type Hit } from "./index-store.ts";
import { mergeLayers } from "./pack.ts";
import { encodeSegment } from "./segment.ts";
import { writeSealed } from "./sealed-file.ts";
import { isWithin, lastName, parentOf, pathIn, type EntryRecord, type IndexRecord } from "./records.ts";
import { prepareQuery } from "./segment-search.ts";

const KEY = Buffer.alloc(32, 7);
const LIMITS = { overlayEntries: 40, logBytes: 20_000 };

/** The same names in the simplest way: every path in a map. */
class NaiveIndex {
  entries = new Map<string, EntryRecord>();

  apply(record: IndexRecord): void {
    if (record.kind === "listing") this.#list(record.path, record.entries);
    if (record.kind === "put") this.#put(record.folder, record.entry);
    if (record.kind === "removed") this.#remove(record.path);
  }

  copy(): NaiveIndex {
    const made = new NaiveIndex();
    made.entries = new Map(this.entries);
    return made;
  }

  search(text: string): string[] {
    const words = queryWords(text).map(soughtWord);
    const found: { path: string; score: number; time: number }[] = [];
    for (const [path, [, , , time]] of this.entries) {
      const own = words.map((word) => placeIn(foldText(lastName(path)), word));
      if (words.length === 0 || own.every((place) => place === NOWHERE)) continue;
      const above = parentOf(path).split("/").map(foldText);
      const places = words.map((word, index) =>
        (own[index] ?? 0) > 0
          ? (own[index] ?? 0)
          : above.some((name) => name !== "" && placeIn(name, word) > 0)
            ? 1
            : -99,
      );
      const score = places.reduce((sum, place) => sum + place, 0);
      if (places.every((place) => place > 0)) found.push({ path, score, time });
    }
    return found.map(lineOf).toSorted();
  }

  #list(path: string, entries: readonly EntryRecord[]): void {
    const now = new Map(entries.map((entry) => [pathIn(path, entry[0]), entry]));
    for (const [one, [, isFolder]] of this.entries) {
      if (one === "" || parentOf(one) !== path) continue;
      if (isFolder === 1 && now.get(one)?.[1] !== 1) this.#remove(one);
      this.entries.delete(one);
    }
    for (const [one, entry] of now) this.entries.set(one, entry);
  }

  #put(folder: string, entry: EntryRecord): void {
    const path = pathIn(folder, entry[0]);
    if (entry[1] === 0) this.#remove(path);
    this.entries.set(path, entry);
  }

  #remove(path: string): void {
    for (const one of this.entries.keys()) if (isWithin(one, path)) this.entries.delete(one);
  }
}

function lineOf({ path, score, time }: { path: string; score: number; time: number }): string {
  return `${score} ${time} ${path}`;
}

function hitsOf(store: IndexStore, text: string, limit = 100_000): Hit[] {
  const words = queryWords(text);
  const best = new Best(limit);
  if (words.length > 0) store.search(prepareQuery(words), best);
  return best.list.map(hitOf);
}

function linesOf(store: IndexStore, text: string): string[] {
  return hitsOf(store, text).map(lineOf).toSorted();
}

/** The same numbers for the same seed. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const WORDS = [
  "Budget",
  "été",
  "Ete",
  "2026",
  "rapport",
  "IMG_0012",
  "a",
  "日本",
  "Straße",
  "œuvre",
  "cœur",
  "plan-B",
  "v1.2",
];
const ENDS = [".pdf", ".odt", "", " (2).txt", ".PDF"];
const QUERIES = [
  "budget",
  "BUD",
  "dget",
  "ete",
  "été",
  "2026",
  "rap 2026",
  "g",
  "a",
  "12",
  "0012",
  "本",
  "日本",
  "strasse",
  "oeuvre",
  "plan-b",
  "1.2",
  ".pdf",
  "(2)",
  "rapport.pdf",
  "pdf budget ete",
  "zzz",
  "img_",
  "-",
  "cœ",
];

function nameFrom(random: (below: number) => number): string {
  const words = Array.from({ length: 1 + random(3) }, () => WORDS[random(WORDS.length)] ?? "");
  return words.join([" ", "_", "", "-"][random(4)]) + (ENDS[random(ENDS.length)] ?? "");
}

function entryFrom(random: (below: number) => number): EntryRecord {
  const isFolder = random(4) === 0 ? 1 : 0;
  return [nameFrom(random), isFolder, isFolder === 1 ? null : random(5_000_000_000), random(1_800_000_000)];
}

function recordFrom(random: (below: number) => number, model: NaiveIndex): IndexRecord {
  const paths = [...model.entries];
  const folders = ["", ...paths.flatMap(([path, [, isFolder]]) => (isFolder === 1 ? [path] : []))];
  const folder = folders[random(folders.length)] ?? "";
  const what = random(10);
  if (what < 3) {
    const entries = Array.from({ length: random(12) }, () => entryFrom(random));
    // Some of what was there stays.
    for (const [path, entry] of paths) if (parentOf(path) === folder && random(2) === 0) entries.push(entry);
    const unique = [...new Map(entries.map((entry) => [entry[0], entry])).values()];
    return {
      kind: "listing",
      path: folder,
      pass: 1,
      version: random(2) === 0 ? "" : "00000000000000ab",
      entries: unique,
    };
  }
  if (what < 8) return { kind: "put", folder, entry: entryFrom(random) };
  if (what === 8) return { kind: "seen", path: folder, pass: 2 };
  return { kind: "removed", path: paths[random(paths.length)]?.[0] ?? "nothing" };
}

/** As the thread does it, at once. */
function mergeAll(store: IndexStore, folder: string): void {
  for (let wanted = store.mergeable(); wanted !== undefined; wanted = store.mergeable()) {
    const { names, isOldest } = wanted;
    const segment = mergeLayers(
      store.layers.filter(({ name }) => names.includes(name)),
      isOldest,
    );
    const name = store.reserveName();
    const parts = encodeSegment(segment);
    writeSealed(join(folder, name), KEY, parts);
    store.replace(names, { name, bytes: parts.reduce((sum, part) => sum + part.length, 0) }, segment);
  }
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  "random changes, restarts and kills leave what a plain list of all paths finds (seed %i)",
  async (seed) => {
    const folder = mkdtempSync(join(tmpdir(), "parvis-index-"));
    const random = randomOf(seed);
    let model = new NaiveIndex();
    let store = IndexStore.open(folder, KEY, LIMITS);
    for (let step = 0; step < 150; step += 1) {
      const before = model.copy();
      const records: IndexRecord[] = [];
      for (let count = 1 + random(3); count > 0; count -= 1) {
        const record = recordFrom(random, model);
        records.push(record);
        model.apply(record);
      }
      store.apply(records);
      // What is merged counts on the log, which is on disk by then: only what came later can be cut off.
      const isMerged = random(6) === 0;
      if (isMerged) mergeAll(store, folder);
      if (random(8) === 0) {
        store.close();
        if (!isMerged && random(2) === 0 && (await cutLog(folder, random))) model = before;
        store = IndexStore.open(folder, KEY, LIMITS);
      }
      if (step % 10 !== 9) continue;
      expect(store.entryCount).toBe(model.entries.size);
      for (const text of QUERIES) expect([text, linesOf(store, text)]).toEqual([text, model.search(text)]);
      const folders = [...model.entries].flatMap(([path, [, isFolder]]) => (isFolder === 1 ? [path] : []));
      expect(store.folders().toSorted()).toEqual(["", ...folders].toSorted());
    }
    store.close();
  },
);

/** The last piece of the log was not written to its end. False: there was none. */
async function cutLog(folder: string, random: (below: number) => number): Promise<boolean> {
  const name = (await readdir(folder)).find((one) => one.endsWith(".log")) ?? "";
  const bytes = await readFile(join(folder, name));
  let last = 0;
  for (let at = 0; at < bytes.length; at += 4 + bytes.readUInt32LE(at)) last = at;
  if (bytes.length === 0) return false;
  await truncate(join(folder, name), last + random(bytes.length - last));
  return true;
}

test("nothing of a name is readable on the disk, and another key reads nothing", async () => {
  const folder = await tempFolder();
  const store = IndexStore.open(folder, KEY, LIMITS);
  const entries = Array.from({ length: 100 }, (_, at): EntryRecord => [`Confidentiel ${at}.odt`, 0, 1, 1]);
  store.apply([{ kind: "listing", path: "", pass: 1, version: "", entries }]);
  store.apply([{ kind: "put", folder: "", entry: ["Confidentiel aussi.odt", 0, 1, 1] }]);
  store.close();
  const names = await readdir(folder);
  expect(names.length).toBeGreaterThan(2);
  for (const name of names)
    expect((await readFile(join(folder, name), "latin1")).toLowerCase()).not.toContain("confidentiel");
  const other = IndexStore.open(folder, Buffer.alloc(32, 8), LIMITS);
  expect(other.entryCount).toBe(0);
  other.close();
});

test("a damaged segment costs the index, never the start; a file that nobody knows goes", async () => {
  const folder = await tempFolder();
  const store = IndexStore.open(folder, KEY, LIMITS);
  const entries = Array.from({ length: 100 }, (_, at): EntryRecord => [`${at}.odt`, 0, 1, 1]);
  store.apply([{ kind: "listing", path: "", pass: 1, version: "", entries }]);
  store.close();
  await writeFile(join(folder, "999.segment"), "left behind");
  const again = IndexStore.open(folder, KEY, LIMITS);
  expect(again.entryCount).toBe(100);
  again.close();
  expect(await readdir(folder)).not.toContain("999.segment");
  const name = (await readdir(folder)).find((one) => one.endsWith(".segment")) ?? "";
  await truncate(join(folder, name), Math.floor((await stat(join(folder, name))).size / 2));
  const anew = IndexStore.open(folder, KEY, LIMITS);
  expect([anew.entryCount, anew.state.pass]).toEqual([0, 0]);
  anew.close();
});

test("the best come first: beginnings of names, of words, within, by the path; then the newest", async () => {
  const store = IndexStore.open(await tempFolder(), KEY, LIMITS);
  const names = ["Budget.odt", "Le budget.odt", "Lebudget.odt", "budget.pdf"];
  const entries = names.map((name, at): EntryRecord => [name, 0, 1, at]);
  store.apply([
    { kind: "listing", path: "", pass: 1, version: "", entries: [...entries, ["Budget", 1, null, 9]] },
    { kind: "listing", path: "Budget", pass: 1, version: "", entries: [["Notes 2026.odt", 0, 1, 1]] },
  ]);
  for (const isPacked of [false, true]) {
    if (isPacked) store.pack();
    expect(hitsOf(store, "budget").map(({ path }) => path)).toEqual([
      "Budget",
      "budget.pdf",
      "Budget.odt",
      "Le budget.odt",
      "Lebudget.odt",
    ]);
    expect(hitsOf(store, "2026 budget").map(({ path }) => path)).toEqual(["Budget/Notes 2026.odt"]);
    expect(hitsOf(store, "budget", 2)).toHaveLength(2);
  }
  store.close();
});
