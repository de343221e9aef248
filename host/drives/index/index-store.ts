import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { errorCode } from "../../files/atomic-file.ts";
import { openText, sealText } from "../../lock/key-guard.ts";
import { AppError } from "#contract/problem.ts";
import type { Best } from "./best.ts";
import { Layer } from "./layers.ts";
import { Overlay, pathOf, type OverlayEntry, type OverlayFolder } from "./overlay.ts";
import { packOverlay } from "./pack.ts";
import {
  FRESH,
  nextState,
  pathIn,
  recordSchema,
  stateSchema,
  type IndexRecord,
  type IndexState,
} from "./records.ts";
import { SealedLog, readSealed, writeSealed } from "./sealed-file.ts";
import {
  decodeSegment,
  encodeSegment,
  folderPathAt,
  IS_FOLDER,
  nameAt,
  sizeAt,
  WHOLE,
  type Segment,
} from "./segment.ts";
import { SegmentSearch, type Query } from "./segment-search.ts";

const manifestSchema = z.object({
  version: z.literal(1),
  state: stateSchema,
  /** Oldest first. `bytes`: of what was sealed. */
  segments: z.array(z.object({ name: z.string(), bytes: z.number() })),
  log: z.string(),
  /** Of the next file. */
  next: z.number(),
});
type Manifest = z.infer<typeof manifestSchema>;

export interface StoreLimits {
  /** Names that are kept as they came before they are packed. */
  overlayEntries: number;
  logBytes: number;
}

const STORE_LIMITS: StoreLimits = { overlayEntries: 10_000, logBytes: 8_000_000 };

export interface Hit {
  path: string;
  isFolder: boolean;
  sizeBytes: number | null;
  /** Seconds since 1970; zero: not known. */
  time: number;
  score: number;
}

/**
 * The names of one drive on disk and in memory: packed segments, and a log of what came after. Whoever is killed at any moment
 * finds everything that was written to the log before; a file that the manifest does not name is of no account.
 */
export class IndexStore {
  readonly #folder: string;
  readonly #key: Buffer;
  readonly #limits: StoreLimits;
  #manifest: Manifest;
  #log: SealedLog;
  #layers: Layer[];
  #overlay = new Overlay();
  #state: IndexState;

  private constructor(folder: string, key: Buffer, limits: StoreLimits, manifest: Manifest, layers: Layer[]) {
    this.#folder = folder;
    this.#key = key;
    this.#limits = limits;
    this.#manifest = manifest;
    this.#layers = layers;
    this.#state = manifest.state;
    this.#log = SealedLog.open(join(folder, manifest.log), key, (bytes) => {
      for (const record of z.array(recordSchema).parse(JSON.parse(bytes.toString()))) this.#take(record);
    });
  }

  /** What cannot be read is begun anew: everything in it can be had again. */
  static open(folder: string, key: Buffer, limits: StoreLimits = STORE_LIMITS): IndexStore {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const known = readManifest(folder, key);
    const layers = known?.segments.map(({ name, bytes }) => readLayer(folder, key, name, bytes));
    const isWhole = layers?.every((layer) => layer !== undefined) === true;
    const manifest = isWhole && known !== undefined ? known : freshManifest();
    const whole = isWhole ? layers.filter((layer) => layer !== undefined) : [];
    tidy(folder, manifest);
    for (const [index, older] of whole.entries())
      for (const newer of whole.slice(index + 1)) older.dropBy(newer);
    return new IndexStore(folder, key, limits, manifest, whole);
  }

  get state(): IndexState {
    return this.#state;
  }

  /** Names that can be found. */
  get entryCount(): number {
    const packed = this.#layers.reduce((sum, { liveCount }) => sum + liveCount, 0);
    return packed + [...this.#overlay.entries()].length;
  }

  get layers(): readonly Layer[] {
    return this.#layers;
  }

  /** What another thread needs in order to merge these. */
  filesOf(names: readonly string[]): { name: string; bytes: number }[] {
    return this.#manifest.segments.filter(({ name }) => names.includes(name));
  }

  /** What is not in the log when somebody is killed is found again by looking. */
  apply(records: readonly IndexRecord[]): void {
    if (records.length === 0) return;
    const all: IndexRecord[] = [];
    for (const record of records) {
      // Written down with what follows from it: later, from a merged segment, it could not be told any more.
      const every = [...this.#consequencesOf(record), record];
      for (const one of every) this.#take(one);
      all.push(...every);
    }
    this.#log.append(Buffer.from(JSON.stringify(all)));
    const { overlayEntries, logBytes } = this.#limits;
    const isFull = this.#overlay.size >= overlayEntries || this.#log.bytes >= logBytes;
    // Nothing much follows a look at everything, and what is packed is found the fastest.
    if (isFull || records.some(({ kind }) => kind === "completed")) this.pack();
  }

  search(query: Query, best: Best): void {
    for (const layer of this.#layers) layer.search.run(query, best);
    this.#overlay.search(query.words, best);
  }

  /** What the newest that is known says of a folder; undefined: it was never looked at. */
  factsOf(path: string): { pass: number; version: string } | undefined {
    const fresh = this.#overlay.folders.get(path);
    let pass = fresh?.pass ?? 0;
    if (fresh !== undefined && (fresh.flags & WHOLE) !== 0) return { pass, version: fresh.version };
    for (const layer of this.#layers.toReversed()) {
      const facts = layer.factsOf(path);
      if (facts === undefined) continue;
      pass = Math.max(pass, facts.pass);
      if ((facts.flags & WHOLE) !== 0) return { pass, version: facts.version };
    }
    return undefined;
  }

  /** Every folder that is known by its name, the top first. */
  folders(): string[] {
    const paths = new Set<string>([""]);
    for (const layer of this.#layers) {
      const { segment, search } = layer;
      for (let entry = 0; entry < search.dead.length; entry += 1) {
        if (search.dead[entry] !== 0 || ((segment.entryFlags[entry] ?? 0) & IS_FOLDER) === 0) continue;
        paths.add(pathIn(folderPathAt(segment, search.folderOf(entry)), nameAt(segment, entry)));
      }
    }
    for (const { folder, entry } of this.#overlay.entries())
      if (entry.isFolder) paths.add(pathIn(folder.path, entry.name));
    return [...paths];
  }

  /** Makes a segment of what came last. */
  pack(): void {
    if (this.#overlay.folders.size === 0 && this.#overlay.removed.size === 0) {
      this.#begin({ ...this.#manifest, state: this.#state });
      return;
    }
    const packed = packOverlay(this.#overlay);
    const { name, bytes } = this.#writeSegment(packed);
    this.#begin({
      ...this.#manifest,
      state: this.#state,
      segments: [...this.#manifest.segments, { name, bytes }],
    });
    this.#layers.push(new Layer(name, packed));
    this.#overlay = new Overlay();
  }

  /** Segments that should become one, so that there are never many; undefined: none. */
  mergeable(): { names: string[]; isOldest: boolean } | undefined {
    const layers = this.#layers;
    for (let at = layers.length - 1; at > 0; at -= 1) {
      const newer = layers.slice(at).reduce((sum, { search }) => sum + search.dead.length, 0);
      const older = layers[at - 1];
      if (older === undefined || newer * 2 < older.search.dead.length) continue;
      let from = at - 1;
      let size = newer + older.search.dead.length;
      for (
        let next = layers[from - 1];
        next !== undefined && size * 2 >= next.search.dead.length;
        next = layers[from - 1]
      ) {
        size += next.search.dead.length;
        from -= 1;
      }
      return { names: layers.slice(from).map(({ name }) => name), isOldest: from === 0 };
    }
    const [only] = layers;
    const isStale = layers.length === 1 && only !== undefined && only.deadCount * 2 > only.search.dead.length;
    return isStale ? { names: [only.name], isOldest: true } : undefined;
  }

  /** A name for a segment that somebody else writes. */
  reserveName(): string {
    const name = `${this.#manifest.next}.segment`;
    this.#manifest = { ...this.#manifest, next: this.#manifest.next + 1 };
    return name;
  }

  /** A merged segment, which is on disk already, takes the place of those that it was made of. */
  replace(names: readonly string[], made: { name: string; bytes: number }, packed: Segment): void {
    const from = this.#layers.findIndex(({ name }) => name === names[0]);
    const isSame = names.every((name, index) => this.#layers[from + index]?.name === name);
    if (from < 0 || !isSame) return;
    const { segments } = this.#manifest;
    this.#begin(
      { ...this.#manifest, segments: segments.toSpliced(from, names.length, made) },
      this.#manifest.log,
    );
    const layer = new Layer(made.name, packed);
    this.#layers.splice(from, names.length, layer);
    for (const newer of this.#layers.slice(from + 1)) layer.dropBy(newer);
    layer.dropByOverlay(this.#overlay);
    for (const name of names) rmSync(join(this.#folder, name), { force: true });
  }

  close(): void {
    this.#log.close();
  }

  #take(record: IndexRecord): void {
    this.#state = nextState(this.#state, record);
    for (const layer of this.#layers) {
      if (record.kind === "listing") layer.dropListing(record.path);
      else if (record.kind === "put") layer.dropName(record.folder, record.entry[0]);
      else if (record.kind === "removed") layer.dropTree(record.path);
    }
    this.#overlay.apply(record);
  }

  /** What is gone with it: folders that a listing no longer has, a folder whose name is now that of a file. */
  #consequencesOf(record: IndexRecord): IndexRecord[] {
    if (record.kind === "listing") {
      const now = new Set(record.entries.flatMap(([name, isFolder]) => (isFolder === 1 ? [name] : [])));
      return this.#vanished(record.path, now).map((path) => ({ kind: "removed", path }));
    }
    if (record.kind !== "put" || record.entry[1] === 1) return [];
    const [name] = record.entry;
    return this.#isFolder(record.folder, name)
      ? [{ kind: "removed", path: pathIn(record.folder, name) }]
      : [];
  }

  #isFolder(folder: string, name: string): boolean {
    const fresh = this.#overlay.folders.get(folder);
    const entry = fresh?.entries.get(name);
    if (entry !== undefined || (fresh !== undefined && (fresh.flags & WHOLE) !== 0))
      return entry?.isFolder === true;
    return this.#layers.some((layer) => layer.isLiveFolder(folder, name));
  }

  /** Folders that were in this one and no longer are. */
  #vanished(path: string, now: ReadonlySet<string>): string[] {
    const before = new Set(this.#layers.flatMap((layer) => layer.childFoldersOf(path)));
    for (const [name, entry] of this.#overlay.folders.get(path)?.entries ?? [])
      if (entry?.isFolder === true) before.add(name);
    return [...before].filter((name) => !now.has(name)).map((name) => pathIn(path, name));
  }

  #writeSegment(segment: Segment): { name: string; bytes: number } {
    const parts = encodeSegment(segment);
    const name = this.reserveName();
    writeSealed(join(this.#folder, name), this.#key, parts);
    return { name, bytes: parts.reduce((sum, part) => sum + part.length, 0) };
  }

  /** The manifest in force, with a log that begins anew unless one is kept. */
  #begin(manifest: Manifest, keptLog?: string): void {
    const log = keptLog ?? `${manifest.next}.log`;
    const next = { ...manifest, log, next: Math.max(manifest.next, this.#manifest.next) + 1 };
    const before = this.#manifest.log;
    // What a merged segment leaves out, it leaves out because of what stands in the log.
    if (keptLog !== undefined) this.#log.sync();
    writeManifest(this.#folder, this.#key, next);
    this.#manifest = next;
    if (keptLog !== undefined) return;
    this.#log.close();
    rmSync(join(this.#folder, before), { force: true });
    this.#log = SealedLog.open(join(this.#folder, log), this.#key, () => undefined);
  }
}

/** What was offered to the best, as it is shown. */
export function hitOf({ source, id, score, time }: Best["list"][number]): Hit {
  if (source instanceof SegmentSearch) {
    const { segment } = source;
    return {
      path: pathIn(folderPathAt(segment, source.folderOf(id)), nameAt(segment, id)),
      isFolder: ((segment.entryFlags[id] ?? 0) & IS_FOLDER) !== 0,
      sizeBytes: sizeAt(segment, id),
      time,
      score,
    };
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only the two offer anything
  const found = source as { folder: OverlayFolder; entry: OverlayEntry };
  const { isFolder, sizeBytes } = found.entry;
  return { path: pathOf(found), isFolder, sizeBytes, time, score };
}

function readLayer(folder: string, key: Buffer, name: string, bytes: number): Layer | undefined {
  const plain = readSealed(join(folder, name), key, bytes);
  const segment = plain === undefined ? undefined : decodeSegment(plain);
  return segment === undefined ? undefined : new Layer(name, segment);
}

function freshManifest(): Manifest {
  return { version: 1, state: FRESH, segments: [], log: "0.log", next: 1 };
}

function readManifest(folder: string, key: Buffer): Manifest | undefined {
  try {
    const text = openText(readFileSync(join(folder, "manifest"), "utf8"), key);
    return manifestSchema.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (errorCode(error) === "ENOENT" || error instanceof AppError || error instanceof SyntaxError)
      return undefined;
    throw error;
  }
}

function writeManifest(folder: string, key: Buffer, manifest: Manifest): void {
  const path = join(folder, "manifest");
  const file = openSync(`${path}.tmp`, "w", 0o600);
  try {
    writeSync(file, sealText(JSON.stringify(manifest), key));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.tmp`, path);
}

/** Whatever the manifest does not name was begun and never finished, or is over. */
function tidy(folder: string, { segments, log }: Manifest): void {
  const named = new Set(["manifest", log, ...segments.map(({ name }) => name)]);
  for (const name of readdirSync(folder)) if (!named.has(name)) rmSync(join(folder, name), { force: true });
}
