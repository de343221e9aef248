import { join } from "node:path";
import { Layer } from "./layers.ts";
import { mergeLayers } from "./pack.ts";
import { readSealed, writeSealed } from "./sealed-file.ts";
import { decodeSegment, encodeSegment, type Segment } from "./segment.ts";

/** Segments to be made one, as they stood when it was asked for. */
export interface MergeJob {
  kind: "merge";
  folder: string;
  key: Uint8Array;
  /** Oldest first; what of each no longer counts. */
  inputs: { name: string; bytes: number; dead: Uint8Array; deadFolders: Uint8Array }[];
  isOldest: boolean;
  output: string;
}

export interface Merged {
  segment: Segment;
  bytes: number;
}

/** Undefined: one of them cannot be read any more. */
export function runMerge({ folder, key, inputs, isOldest, output }: MergeJob): Merged | undefined {
  const layers: Layer[] = [];
  for (const { name, bytes, dead, deadFolders } of inputs) {
    const plain = readSealed(join(folder, name), key, bytes);
    const segment = plain === undefined ? undefined : decodeSegment(plain);
    if (segment === undefined) return undefined;
    const layer = new Layer(name, segment);
    layer.search.dead.set(dead);
    layer.deadFolders.set(deadFolders);
    layers.push(layer);
  }
  const segment = mergeLayers(layers, isOldest);
  const parts = encodeSegment(segment);
  writeSealed(join(folder, output), key, parts);
  return { segment, bytes: parts.reduce((sum, part) => sum + part.length, 0) };
}
