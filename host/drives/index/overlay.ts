import { foldText, IN_PATH, NOWHERE, placeIn, type SoughtWord } from "./fold-text.ts";
import type { Best } from "./best.ts";
import type { FolderFacts, NamedEntry } from "./segment-builder.ts";
import { isWithin, lastName, parentOf, pathIn, type EntryRecord, type IndexRecord } from "./records.ts";
import { KNOWN, WHOLE } from "./segment.ts";

export interface OverlayEntry extends NamedEntry {
  folded: string;
}

export interface OverlayFolder extends FolderFacts {
  path: string;
  /** By name; null: gone from what is older. */
  entries: Map<string, OverlayEntry | null>;
}

/** What is gone from older segments. */
export interface Removals {
  /** Folders with all that lay in them. */
  folders: string[];
  /** Folder and name. */
  names: [string, string][];
}

/** The newest changes, in memory as they are: few enough to be looked through one by one. */
export class Overlay {
  readonly folders = new Map<string, OverlayFolder>();
  readonly removed = new Set<string>();
  #count = 0;

  /** Names that it holds. */
  get size(): number {
    return this.#count;
  }

  apply(record: IndexRecord): void {
    if (record.kind === "listing") this.#list(record.path, record.pass, record.version, record.entries);
    else if (record.kind === "seen") this.#see(record.path, record.pass);
    else if (record.kind === "put") this.#put(record.folder, record.entry);
    else if (record.kind === "removed") this.#remove(record.path);
  }

  *entries(): Generator<{ folder: OverlayFolder; entry: OverlayEntry }> {
    for (const folder of this.folders.values())
      for (const entry of folder.entries.values()) if (entry !== null) yield { folder, entry };
  }

  /** What becomes of older segments when this is packed. */
  removals(): Removals {
    const names: [string, string][] = [];
    for (const { path, flags, entries } of this.folders.values()) {
      // A whole folder says by itself what is gone from it.
      if ((flags & WHOLE) !== 0) continue;
      for (const [name, entry] of entries) if (entry === null) names.push([path, name]);
    }
    return { folders: [...this.removed], names };
  }

  search(words: readonly SoughtWord[], best: Best): void {
    const paths = new Map<string, number[]>();
    for (const folder of this.folders.values())
      for (const entry of folder.entries.values()) {
        const isNamed = entry !== null && words.some(({ text }) => entry.folded.includes(text));
        if (isNamed) offer(words, { folder, entry, paths }, best);
      }
  }

  #list(path: string, pass: number, version: string, entries: readonly EntryRecord[]): void {
    this.#drop(path);
    const named = entries.map(([name, isFolder, sizeBytes, time]): [string, OverlayEntry] => [
      name,
      { name, isFolder: isFolder === 1, sizeBytes, time, folded: foldText(name) },
    ]);
    const folder = { path, flags: WHOLE | KNOWN, pass, version, entries: new Map(named) };
    this.folders.set(path, folder);
    this.#count += folder.entries.size;
  }

  #see(path: string, pass: number): void {
    const folder = this.#facts(path);
    folder.pass = pass;
    folder.flags |= KNOWN;
  }

  #put(path: string, [name, isFolder, sizeBytes, time]: EntryRecord): void {
    const { entries } = this.#facts(path);
    if (!entries.has(name)) this.#count += 1;
    entries.set(name, { name, isFolder: isFolder === 1, sizeBytes, time, folded: foldText(name) });
  }

  #remove(path: string): void {
    for (const one of this.folders.keys()) if (isWithin(one, path)) this.#drop(one);
    this.removed.add(path);
    if (path === "") return;
    const { entries } = this.#facts(parentOf(path));
    if (!entries.has(lastName(path))) this.#count += 1;
    entries.set(lastName(path), null);
  }

  #drop(path: string): void {
    this.#count -= this.folders.get(path)?.entries.size ?? 0;
    this.folders.delete(path);
  }

  #facts(path: string): OverlayFolder {
    const known = this.folders.get(path);
    if (known !== undefined) return known;
    // Nobody has listed it: only these names of it are known to be newer.
    const made: OverlayFolder = { path, flags: 0, pass: 0, version: "", entries: new Map() };
    this.folders.set(path, made);
    return made;
  }
}

interface Named {
  folder: OverlayFolder;
  entry: OverlayEntry;
  paths: Map<string, number[]>;
}

function offer(words: readonly SoughtWord[], { folder, entry, paths }: Named, best: Best): void {
  const places = words.map((word) => placeIn(entry.folded, word));
  if (places.every((place) => place === NOWHERE)) return;
  let score = 0;
  for (const [index, place] of places.entries()) {
    const own = place === NOWHERE ? (placesInPath(folder.path, words, paths)[index] ?? NOWHERE) : place;
    score = own === NOWHERE ? Number.NEGATIVE_INFINITY : score + own;
  }
  if (score > 0) best.offer(score, entry.time, { folder, entry }, 0);
}

function placesInPath(path: string, words: readonly SoughtWord[], known: Map<string, number[]>): number[] {
  const before = known.get(path);
  if (before !== undefined) return before;
  const name = foldText(lastName(path));
  const above = path.includes("/") ? placesInPath(parentOf(path), words, known) : words.map(() => NOWHERE);
  const places = words.map((word, index) =>
    path !== "" && placeIn(name, word) !== NOWHERE ? IN_PATH : (above[index] ?? NOWHERE),
  );
  known.set(path, places);
  return places;
}

export function pathOf({ folder, entry }: { folder: OverlayFolder; entry: OverlayEntry }): string {
  return pathIn(folder.path, entry.name);
}
