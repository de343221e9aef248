import {
  foldText,
  IN_PATH,
  NAME_START,
  NOWHERE,
  placeIn,
  soughtWord,
  WITHIN,
  WORD_START,
  wordsOf,
  type SoughtWord,
} from "./fold-text.ts";
import {
  entryCount,
  folderCount,
  folderNameAt,
  gramOf,
  lowerBound,
  nameAt,
  NO_FOLDER,
  wordAt,
  type Segment,
} from "./segment.ts";
import type { Best } from "./best.ts";
import { GrowingNumbers } from "./grow.ts";

/** What was asked, made ready once for all segments. */
export interface Query {
  words: readonly QueryWord[];
}

export interface QueryWord extends SoughtWord {
  /** Of its runs of letters, the one that is looked up. */
  run: string;
  bytes: Buffer;
  /** Its run is its first one. */
  isFirst: boolean;
  /** It is one run and nothing else: what the words of an index tell is all. */
  isPlain: boolean;
}

export function prepareQuery(words: readonly string[]): Query {
  return { words: words.map(prepareWord) };
}

function prepareWord(text: string): QueryWord {
  const runs = wordsOf(text);
  const sought = soughtWord(text);
  // One that is short is only found where a word begins with it: that is its first run.
  const run = sought.isShort
    ? (runs[0] ?? "")
    : runs.reduce((a, b) => (Buffer.byteLength(b) > Buffer.byteLength(a) ? b : a));
  return { ...sought, run, bytes: Buffer.from(run), isFirst: run === runs[0], isPlain: run === text };
}

/** How one word fits everything that is there. */
interface Marks {
  /** By entry and then by folder. */
  place: Uint8Array;
  /** Entries that have it in their name. */
  hits: GrowingNumbers;
  /** How many entries have it in their path. */
  beneath: number;
}

/** One segment made ready for searching: room that is used again by each search. */
export class SegmentSearch {
  readonly segment: Segment;
  /** By entry: something newer says otherwise. */
  readonly dead: Uint8Array;
  /** By entry: the folder that it lies in. */
  readonly #folderOf: Uint32Array;
  /** By word of the query. */
  readonly #marks: Marks[] = [];
  readonly #entries: number;

  constructor(segment: Segment) {
    this.segment = segment;
    this.#entries = entryCount(segment);
    this.dead = new Uint8Array(this.#entries);
    this.#folderOf = new Uint32Array(this.#entries);
    for (let folder = 0; folder < folderCount(segment); folder += 1)
      this.#folderOf.fill(folder, segment.folderStarts[folder], segment.folderStarts[folder + 1]);
  }

  folderOf(entry: number): number {
    return this.#folderOf[entry] ?? 0;
  }

  run({ words }: Query, best: Best): void {
    const marks: Marks[] = [];
    for (const [index, word] of words.entries()) {
      const fresh = this.#room(index);
      this.#mark(word, fresh);
      if (words.length > 1) this.#inherit(fresh);
      marks.push(fresh);
    }
    // Whatever is found has each of the words: only what has the rarest of them is looked at.
    const rarest = marks.reduce((a, b) => (b.hits.length + b.beneath < a.hits.length + a.beneath ? b : a));
    const isSure = words.every(({ isPlain }) => isPlain);
    const places = marks.map(({ place }) => place);
    const look = (entry: number): void => {
      if (this.dead[entry] !== 0) return;
      const time = this.segment.times[entry] ?? 0;
      const score = this.#scoreOf(entry, places);
      if (score === 0 || !best.wouldTake(score, time)) return;
      const sure = isSure ? score : this.#scoreOf(entry, places, words);
      if (sure > 0) best.offer(sure, time, this, entry);
    };
    for (let index = 0; index < rarest.hits.length; index += 1) look(rarest.hits.at(index));
    if (words.length > 1) this.#forEachBeneath(rarest, look);
  }

  /** Entries that have the word in their path, and not in their name. */
  #forEachBeneath({ place }: Marks, visit: (entry: number) => void): void {
    const { folderStarts } = this.segment;
    for (let folder = 0; folder < folderStarts.length - 1; folder += 1) {
      if (place[this.#entries + folder] === NOWHERE) continue;
      const end = folderStarts[folder + 1] ?? 0;
      for (let entry = folderStarts[folder] ?? 0; entry < end; entry += 1)
        if (place[entry] === NOWHERE) visit(entry);
    }
  }

  /**
   * Zero: a word is missing. At least one is in the name, the others there or in the path. Without `words`, it is at most what
   * it is with them.
   */
  #scoreOf(entry: number, places: readonly Uint8Array[], words?: readonly QueryWord[]): number {
    const folder = this.#entries + (this.#folderOf[entry] ?? 0);
    let score = 0;
    let isNamed = false;
    for (let index = 0; index < places.length; index += 1) {
      const place = places[index];
      const word = words?.[index];
      const marked = place?.[entry] ?? NOWHERE;
      const own = word === undefined || word.isPlain || marked === NOWHERE ? marked : this.#look(entry, word);
      if (own !== NOWHERE) isNamed = true;
      else if (places.length === 1 || place?.[folder] === NOWHERE) return 0;
      score += own === NOWHERE ? IN_PATH : own;
    }
    return isNamed ? score : 0;
  }

  /** What is in the path of a folder is in the path of those within it; folders come after the one that they lie in. */
  #inherit(marks: Marks): void {
    const { folderParents, folderStarts } = this.segment;
    const { place } = marks;
    for (let folder = 0; folder < folderParents.length; folder += 1) {
      const parent = folderParents[folder] ?? NO_FOLDER;
      if (parent !== NO_FOLDER && place[this.#entries + parent] !== NOWHERE)
        place[this.#entries + folder] = IN_PATH;
      if (place[this.#entries + folder] !== NOWHERE)
        marks.beneath += (folderStarts[folder + 1] ?? 0) - (folderStarts[folder] ?? 0);
    }
  }

  #room(index: number): Marks {
    const place =
      this.#marks[index]?.place.fill(0) ?? new Uint8Array(this.#entries + folderCount(this.segment));
    const fresh = { place, hits: new GrowingNumbers(), beneath: 0 };
    this.#marks[index] = fresh;
    return fresh;
  }

  #mark(word: QueryWord, marks: Marks): void {
    const { segment } = this;
    const count = segment.wordStarts.length - 1;
    const from = lowerBound(count, (index) => wordAt(segment, index) < word.run);
    const to = from + lowerBound(count - from, (index) => wordAt(segment, from + index).startsWith(word.run));
    for (let index = from; index < to; index += 1) this.#markPostings(index, true, word, marks);
    if (word.isShort) return;
    this.#forEachWithin(word, (index) => {
      if (index < from || index >= to) this.#markPostings(index, false, word, marks);
    });
  }

  /** Words that have the bytes somewhere: those of the smallest of its buckets, each looked at. */
  #forEachWithin({ bytes }: QueryWord, visit: (word: number) => void): void {
    const { gramStarts, grams, words, wordStarts } = this.segment;
    const bucket = this.#smallestBucket(bytes);
    const end = gramStarts[bucket + 1] ?? 0;
    let at = gramStarts[bucket] ?? 0;
    let word = 0;
    while (at < end) {
      let difference = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = grams[at++] ?? 0;
        difference |= (byte & 127) << shift;
        if (byte < 128) break;
      }
      word += difference;
      if (holds(words, wordStarts[word] ?? 0, wordStarts[word + 1] ?? 0, bytes)) visit(word);
    }
  }

  #smallestBucket(bytes: Uint8Array): number {
    const { gramStarts } = this.segment;
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let at = 0; at + 2 < bytes.length; at += 1) {
      const bucket = gramOf(bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0);
      const size = (gramStarts[bucket + 1] ?? 0) - (gramStarts[bucket] ?? 0);
      if (size < least) {
        best = bucket;
        least = size;
      }
    }
    return best;
  }

  #markPostings(index: number, isStart: boolean, word: QueryWord, { place, hits }: Marks): void {
    const { postingStarts, postings } = this.segment;
    const end = postingStarts[index + 1] ?? 0;
    let at = postingStarts[index] ?? 0;
    let posting = 0;
    while (at < end) {
      let difference = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = postings[at++] ?? 0;
        difference |= (byte & 127) << shift;
        if (byte < 128) break;
      }
      posting += difference;
      const id = posting >>> 1;
      const found = this.#placeOf(id, posting, isStart, word);
      const before = place[id] ?? 0;
      if (found <= before) continue;
      place[id] = found;
      if (before === NOWHERE && id < this.#entries) hits.push(id);
    }
  }

  /** Of a word with signs in it: at most how well it fits an entry, which is looked at only once it may be one of the best. */
  #placeOf(id: number, posting: number, isStart: boolean, word: QueryWord): number {
    if (!word.isPlain && id >= this.#entries) return this.#look(id, word);
    if (!word.isFirst) return NAME_START;
    if (!isStart) return WITHIN;
    return (posting & 1) === 0 ? NAME_START : WORD_START;
  }

  /** A word with signs in it: the name itself has to be looked at. */
  #look(id: number, word: QueryWord): number {
    const { segment } = this;
    const name = id < this.#entries ? nameAt(segment, id) : folderNameAt(segment, id - this.#entries);
    return placeIn(foldText(name), word);
  }
}

function holds(bytes: Uint8Array, from: number, to: number, wanted: Uint8Array): boolean {
  const last = to - wanted.length;
  const first = wanted[0];
  for (let at = from; at <= last; at += 1) {
    if (bytes[at] !== first) continue;
    let index = 1;
    while (index < wanted.length && bytes[at + index] === wanted[index]) index += 1;
    if (index === wanted.length) return true;
  }
  return false;
}
