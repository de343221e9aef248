import type { Layer } from "./layers.ts";
import type { Overlay, Removals } from "./overlay.ts";
import { byOrder, SegmentBuilder, type FolderFacts, type NamedEntry } from "./segment-builder.ts";
import {
  folderCount,
  folderKey,
  folderPathAt,
  folderVersionAt,
  IS_FOLDER,
  nameAt,
  sizeAt,
  WHOLE,
  type Segment,
} from "./segment.ts";

/** The newest changes as a segment. */
export function packOverlay(overlay: Overlay): Segment {
  const builder = new SegmentBuilder();
  const folders = [...overlay.folders.values()].toSorted((a, b) =>
    byOrder(folderKey(a.path), folderKey(b.path)),
  );
  for (const { path, entries, ...facts } of folders) {
    builder.addFolder(path, facts);
    const there = [...entries.values()].filter((entry) => entry !== null);
    for (const entry of there.toSorted((a, b) => byOrder(a.name, b.name))) builder.addEntry(entry);
  }
  return builder.finish(overlay.removals());
}

/** Several segments that follow each other as one: what no longer counts is left out. Oldest first. */
export function mergeLayers(layers: readonly Layer[], isOldest: boolean): Segment {
  const builder = new SegmentBuilder();
  const cursors = layers.map(() => 0);
  for (;;) {
    const paths = layers.map((layer, index) => keyAt(layer, cursors[index] ?? 0));
    const next = paths.reduce<string | undefined>(
      (least, one) => (one !== undefined && (least === undefined || one < least) ? one : least),
      undefined,
    );
    if (next === undefined) break;
    const here = layers.flatMap((layer, index) => {
      const folder = cursors[index] ?? 0;
      if (paths[index] !== next) return [];
      cursors[index] = folder + 1;
      return layer.deadFolders[folder] === 0 ? [{ layer, folder }] : [];
    });
    addMerged(builder, next.replaceAll("\0", "/"), here);
  }
  return builder.finish(isOldest ? { folders: [], names: [] } : removalsOf(layers));
}

interface Place {
  layer: Layer;
  folder: number;
}

function addMerged(builder: SegmentBuilder, path: string, here: readonly Place[]): void {
  const facts = here.map(factsAt).reduce<FolderFacts>(
    (before, next) => ({
      flags: before.flags | next.flags,
      pass: Math.max(before.pass, next.pass),
      version: (next.flags & WHOLE) !== 0 ? next.version : before.version,
    }),
    { flags: 0, pass: 0, version: "" },
  );
  const entries = here.flatMap(({ layer, folder }) =>
    [...layer.entriesOf(folder)].map((entry) => namedEntry(layer.segment, entry)),
  );
  // Only a way to something that is gone.
  if (facts.flags === 0 && entries.length === 0) return;
  builder.addFolder(path, facts);
  const isSorted = here.length === 1;
  for (const entry of isSorted ? entries : entries.toSorted((a, b) => byOrder(a.name, b.name)))
    builder.addEntry(entry);
}

function factsAt({ layer: { segment }, folder }: Place): FolderFacts {
  return {
    flags: segment.folderFlags[folder] ?? 0,
    pass: segment.folderPasses[folder] ?? 0,
    version: folderVersionAt(segment, folder),
  };
}

function namedEntry(segment: Segment, entry: number): NamedEntry {
  return {
    name: nameAt(segment, entry),
    isFolder: ((segment.entryFlags[entry] ?? 0) & IS_FOLDER) !== 0,
    sizeBytes: sizeAt(segment, entry),
    time: segment.times[entry] ?? 0,
  };
}

function removalsOf(layers: readonly Layer[]): Removals {
  const all = layers.map((layer) => layer.removals());
  return { folders: all.flatMap(({ folders }) => folders), names: all.flatMap(({ names }) => names) };
}

function keyAt({ segment }: Layer, folder: number): string | undefined {
  return folder < folderCount(segment) ? folderKey(folderPathAt(segment, folder)) : undefined;
}
