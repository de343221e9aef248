import process from "node:process";
import { IndexStore } from "../drives/index/index-store.ts";
import { mergeLayers } from "../drives/index/pack.ts";
import { encodeSegment } from "../drives/index/segment.ts";
import { writeSealed } from "../drives/index/sealed-file.ts";
import { join } from "node:path";

/** Fills the index in a folder until it is killed, and says after each step how far it came. */
const [folder = ""] = process.argv.slice(2);
const key = Buffer.alloc(32, 7);
const store = IndexStore.open(folder, key, { overlayEntries: 30, logBytes: 20_000 });

function merge(): void {
  const wanted = store.mergeable();
  if (wanted === undefined) return;
  const { names, isOldest } = wanted;
  const layers = store.layers.filter(({ name }) => names.includes(name));
  const segment = mergeLayers(layers, isOldest);
  const name = store.reserveName();
  const parts = encodeSegment(segment);
  writeSealed(join(folder, name), key, parts);
  store.replace(names, { name, bytes: parts.reduce((sum, part) => sum + part.length, 0) }, segment);
}

for (let step = store.state.pass; ; step += 1) {
  // Step by step one more folder with one more file, and the file of ten steps before goes.
  store.apply([
    { kind: "put", folder: "", entry: [`folder ${step}`, 1, null, 0] },
    { kind: "put", folder: `folder ${step}`, entry: [`file ${step}.txt`, 0, step, step] },
    ...(step < 10 ? [] : [{ kind: "removed" as const, path: `folder ${step - 10}/file ${step - 10}.txt` }]),
    { kind: "began", pass: step + 1, rules: "", isThorough: true },
  ]);
  process.stdout.write(`${step + 1}\n`);
  merge();
}
