import { foldText, wordsOf } from "./fold-text.ts";
import { GrowingBytes, GrowingNumbers } from "./grow.ts";
import { folderKey, GRAM_BUCKETS, gramOf, IS_FOLDER, NO_FOLDER, NO_SIZE, type Segment } from "./segment.ts";

/** What is kept of one name. */
export interface NamedEntry {
  name: string;
  isFolder: boolean;
  sizeBytes: number | null;
  /** Seconds since 1970; zero: not known. */
  time: number;
}

export interface FolderFacts {
  flags: number;
  pass: number;
  /** 16 hexadecimal digits, or empty. */
  version: string;
}

const STUB: FolderFacts = { flags: 0, pass: 0, version: "" };

/** Packs folders that come in the order of `folderKey`, and their entries in the order of their names. */
export class SegmentBuilder {
  readonly #folderPathStarts = new GrowingNumbers();
  readonly #folderPaths = new GrowingBytes();
  readonly #folderStarts = new GrowingNumbers();
  readonly #folderParents = new GrowingNumbers();
  readonly #folderFlags = new GrowingBytes();
  readonly #folderPasses = new GrowingNumbers();
  readonly #folderVersions = new GrowingNumbers();
  readonly #nameStarts = new GrowingNumbers();
  readonly #names = new GrowingBytes();
  readonly #sizes: [low: GrowingNumbers, high: GrowingNumbers] = [new GrowingNumbers(), new GrowingNumbers()];
  readonly #times = new GrowingNumbers();
  readonly #entryFlags = new GrowingBytes();
  readonly #wordIds = new Map<string, number>();
  readonly #pairWords = new GrowingNumbers();
  readonly #pairPostings = new GrowingNumbers();
  /** The folders above the last one: path and number. */
  readonly #above: { path: string; folder: number }[] = [];
  readonly #folderNames: string[] = [];

  addFolder(path: string, facts: FolderFacts): void {
    this.#goUnder(path);
    // The ways to it that nobody else said anything of.
    const names = path === "" ? [] : path.split("/");
    for (let depth = this.#above.length; depth < names.length; depth += 1)
      this.#put(names.slice(0, depth).join("/"), STUB);
    this.#put(path, facts);
  }

  addEntry({ name, isFolder, sizeBytes, time }: NamedEntry): void {
    const entry = this.#entryFlags.length;
    this.#nameStarts.push(this.#names.length);
    this.#names.text(name);
    const size = sizeBytes ?? NO_SIZE;
    this.#sizes[0].push(size >>> 0);
    this.#sizes[1].push(Math.floor(size / 2 ** 32));
    this.#times.push(time);
    this.#entryFlags.byte(isFolder ? IS_FOLDER : 0);
    this.#addWords(name, entry);
  }

  get entryCount(): number {
    return this.#entryFlags.length;
  }

  finish(removals: unknown): Segment {
    this.#folderPathStarts.push(this.#folderPaths.length);
    this.#folderStarts.push(this.entryCount);
    this.#nameStarts.push(this.#names.length);
    for (const [folder, name] of this.#folderNames.entries()) this.#addWords(name, this.entryCount + folder);
    const words = [...this.#wordIds.keys()].toSorted(byOrder);
    return {
      folderPathStarts: this.#folderPathStarts.done(),
      folderPaths: this.#folderPaths.done(),
      folderStarts: this.#folderStarts.done(),
      folderParents: this.#folderParents.done(),
      folderFlags: this.#folderFlags.done(),
      folderPasses: this.#folderPasses.done(),
      folderVersions: this.#folderVersions.done(),
      nameStarts: this.#nameStarts.done(),
      names: this.#names.done(),
      sizesLow: this.#sizes[0].done(),
      sizesHigh: Uint16Array.from(this.#sizes[1].done()),
      times: this.#times.done(),
      entryFlags: this.#entryFlags.done(),
      ...packWords(words),
      ...this.#packPostings(words),
      removals: new TextEncoder().encode(JSON.stringify(removals)),
    };
  }

  #goUnder(path: string): void {
    for (let last = this.#above.at(-1); last !== undefined; last = this.#above.at(-1)) {
      if (last.path === "" || path === last.path || path.startsWith(`${last.path}/`)) break;
      this.#above.pop();
    }
  }

  #put(path: string, { flags, pass, version }: FolderFacts): void {
    const folder = this.#folderFlags.length;
    this.#folderPathStarts.push(this.#folderPaths.length);
    this.#folderPaths.text(folderKey(path));
    this.#folderStarts.push(this.entryCount);
    this.#folderParents.push(this.#above.at(-1)?.folder ?? NO_FOLDER);
    this.#folderFlags.byte(flags);
    this.#folderPasses.push(pass);
    this.#folderVersions.push(Number.parseInt(version.slice(0, 8) || "0", 16));
    this.#folderVersions.push(Number.parseInt(version.slice(8, 16) || "0", 16));
    this.#folderNames.push(path.slice(path.lastIndexOf("/") + 1));
    this.#above.push({ path, folder });
  }

  #addWords(name: string, id: number): void {
    for (const [index, word] of wordsOf(foldText(name)).entries()) {
      let wordId = this.#wordIds.get(word);
      if (wordId === undefined) {
        wordId = this.#wordIds.size;
        this.#wordIds.set(word, wordId);
      }
      this.#pairWords.push(wordId);
      this.#pairPostings.push(id * 2 + (index === 0 ? 0 : 1));
    }
  }

  /** By word, in the order in which they came: those of a word are ascending. */
  #packPostings(words: readonly string[]): Pick<Segment, "postingStarts" | "postings"> {
    const pairs = this.#pairWords.length;
    const starts = new Uint32Array(words.length + 1);
    for (let pair = 0; pair < pairs; pair += 1) increment(starts, this.#pairWords.at(pair) + 1);
    for (let id = 0; id < words.length; id += 1) starts[id + 1] = (starts[id + 1] ?? 0) + (starts[id] ?? 0);
    const sorted = new Uint32Array(pairs);
    const next = starts.slice();
    for (let pair = 0; pair < pairs; pair += 1) {
      const id = this.#pairWords.at(pair);
      sorted[next[id] ?? 0] = this.#pairPostings.at(pair);
      increment(next, id);
    }
    const postingStarts = new GrowingNumbers();
    const postings = new GrowingBytes();
    for (const word of words) {
      const id = this.#wordIds.get(word) ?? 0;
      postingStarts.push(postings.length);
      let before = 0;
      for (const posting of sorted.subarray(starts[id], starts[id + 1])) {
        postings.varint(posting - before);
        before = posting;
      }
    }
    postingStarts.push(postings.length);
    return { postingStarts: postingStarts.done(), postings: postings.done() };
  }
}

function packWords(words: readonly string[]): Pick<Segment, "wordStarts" | "words" | "gramStarts" | "grams"> {
  const wordStarts = new GrowingNumbers();
  const bytes = new GrowingBytes();
  for (const word of words) {
    wordStarts.push(bytes.length);
    bytes.text(word);
  }
  wordStarts.push(bytes.length);
  const packed = { wordStarts: wordStarts.done(), words: bytes.done() };
  return { ...packed, ...packGrams(packed) };
}

/** Twice over the same words: first how much room each bucket takes, then what stands in it. */
function packGrams(packed: Pick<Segment, "wordStarts" | "words">): Pick<Segment, "gramStarts" | "grams"> {
  const gramStarts = new Uint32Array(GRAM_BUCKETS + 1);
  forEachGram(packed, (bucket, difference) => {
    gramStarts[bucket + 1] = (gramStarts[bucket + 1] ?? 0) + varintLength(difference);
  });
  for (let bucket = 0; bucket < GRAM_BUCKETS; bucket += 1)
    gramStarts[bucket + 1] = (gramStarts[bucket + 1] ?? 0) + (gramStarts[bucket] ?? 0);
  const grams = new Uint8Array(gramStarts[GRAM_BUCKETS] ?? 0);
  const next = gramStarts.slice();
  forEachGram(packed, (bucket, difference) => {
    let at = next[bucket] ?? 0;
    let rest = difference;
    for (; rest > 127; rest >>>= 7) grams[at++] = (rest & 127) | 128;
    grams[at++] = rest;
    next[bucket] = at;
  });
  return { gramStarts, grams };
}

/** Each bucket of each word once, with how far the word is from the last one of that bucket. */
function forEachGram(
  { wordStarts, words }: Pick<Segment, "wordStarts" | "words">,
  visit: (bucket: number, difference: number) => void,
): void {
  const last = new Int32Array(GRAM_BUCKETS).fill(-1);
  for (let word = 0; word < wordStarts.length - 1; word += 1) {
    const end = (wordStarts[word + 1] ?? 0) - 2;
    for (let at = wordStarts[word] ?? 0; at < end; at += 1) {
      const bucket = gramOf(words[at] ?? 0, words[at + 1] ?? 0, words[at + 2] ?? 0);
      const before = last[bucket] ?? -1;
      if (before === word) continue;
      visit(bucket, word - Math.max(before, 0));
      last[bucket] = word;
    }
  }
}

function varintLength(value: number): number {
  return value < 128 ? 1 : value < 16_384 ? 2 : value < 2_097_152 ? 3 : value < 268_435_456 ? 4 : 5;
}

function increment(numbers: Uint32Array, at: number): void {
  numbers[at] = (numbers[at] ?? 0) + 1;
}

/** As `<` has it, and not as a language would. */
export function byOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
