import type { Overlay, Removals } from "./overlay.ts";
import { lastName, parentOf } from "./records.ts";
import {
  findEntry,
  findFolder,
  folderCount,
  folderPathAt,
  foldersWithin,
  folderVersionAt,
  IS_FOLDER,
  KNOWN,
  nameAt,
  WHOLE,
  type Segment,
} from "./segment.ts";
import { SegmentSearch } from "./segment-search.ts";

/** One segment of an index, and what of it still counts. */
export class Layer {
  readonly name: string;
  readonly search: SegmentSearch;
  /** By folder: nothing that is said of it here counts. */
  readonly deadFolders: Uint8Array;
  deadCount = 0;

  constructor(name: string, segment: Segment) {
    this.name = name;
    this.search = new SegmentSearch(segment);
    this.deadFolders = new Uint8Array(folderCount(segment));
  }

  get segment(): Segment {
    return this.search.segment;
  }

  get liveCount(): number {
    return this.search.dead.length - this.deadCount;
  }

  removals(): Removals {
    const parsed: unknown = JSON.parse(Buffer.from(this.segment.removals).toString());
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- sealed, and written by this very module
    return parsed as Removals;
  }

  /** Something newer lists this folder. */
  dropListing(path: string): void {
    const folder = findFolder(this.segment, path);
    if (folder >= 0) this.#dropFolder(folder);
  }

  dropTree(path: string): void {
    const [from, to] = foldersWithin(this.segment, path);
    for (let folder = from; folder < to; folder += 1) this.#dropFolder(folder);
    if (path !== "") this.dropName(parentOf(path), lastName(path));
  }

  dropName(path: string, name: string): void {
    const folder = findFolder(this.segment, path);
    const entry = folder < 0 ? -1 : findEntry(this.segment, folder, name);
    if (entry >= 0) this.#dropEntry(entry);
  }

  /** Everything that a newer layer takes from this one. */
  dropBy(newer: Layer): void {
    const { folders, names } = newer.removals();
    for (const path of folders) this.dropTree(path);
    for (const [path, name] of names) this.dropName(path, name);
    const { segment } = newer;
    for (let folder = 0; folder < folderCount(segment); folder += 1) {
      const flags = segment.folderFlags[folder] ?? 0;
      const from = segment.folderStarts[folder] ?? 0;
      const to = segment.folderStarts[folder + 1] ?? 0;
      if ((flags & WHOLE) !== 0) this.dropListing(folderPathAt(segment, folder));
      else if (from < to) {
        const path = folderPathAt(segment, folder);
        for (let entry = from; entry < to; entry += 1) this.dropName(path, nameAt(segment, entry));
      }
    }
  }

  dropByOverlay(overlay: Overlay): void {
    for (const path of overlay.removed) this.dropTree(path);
    for (const { path, flags, entries } of overlay.folders.values()) {
      if ((flags & WHOLE) !== 0) this.dropListing(path);
      else for (const name of entries.keys()) this.dropName(path, name);
    }
  }

  /** Live entries of a folder. */
  *entriesOf(folder: number): Generator<number> {
    const { folderStarts } = this.segment;
    const to = folderStarts[folder + 1] ?? 0;
    for (let entry = folderStarts[folder] ?? 0; entry < to; entry += 1)
      if (this.search.dead[entry] === 0) yield entry;
  }

  /** Names of folders that lie in this one, as far as this layer says. */
  childFoldersOf(path: string): string[] {
    const folder = findFolder(this.segment, path);
    if (folder < 0) return [];
    return [...this.entriesOf(folder)]
      .filter((entry) => ((this.segment.entryFlags[entry] ?? 0) & IS_FOLDER) !== 0)
      .map((entry) => nameAt(this.segment, entry));
  }

  isLiveFolder(path: string, name: string): boolean {
    const folder = findFolder(this.segment, path);
    const entry = folder < 0 ? -1 : findEntry(this.segment, folder, name);
    if (entry < 0 || this.search.dead[entry] !== 0) return false;
    return ((this.segment.entryFlags[entry] ?? 0) & IS_FOLDER) !== 0;
  }

  /** What is known of a folder here; undefined: nothing, or nothing that counts. */
  factsOf(path: string): { flags: number; pass: number; version: string } | undefined {
    const folder = findFolder(this.segment, path);
    if (folder < 0 || this.deadFolders[folder] !== 0) return undefined;
    const flags = this.segment.folderFlags[folder] ?? 0;
    if ((flags & KNOWN) === 0) return undefined;
    const pass = this.segment.folderPasses[folder] ?? 0;
    return { flags, pass, version: folderVersionAt(this.segment, folder) };
  }

  #dropFolder(folder: number): void {
    this.deadFolders[folder] = 1;
    const { folderStarts } = this.segment;
    const to = folderStarts[folder + 1] ?? 0;
    for (let entry = folderStarts[folder] ?? 0; entry < to; entry += 1) this.#dropEntry(entry);
  }

  #dropEntry(entry: number): void {
    if (this.search.dead[entry] !== 0) return;
    this.search.dead[entry] = 1;
    this.deadCount += 1;
  }
}
