import { Best } from "./best.ts";
import { queryWords } from "./fold-text.ts";
import type { CallArgs, CallResult, DueFolder, FoundName, StoreStatus } from "./index-calls.ts";
import { hitOf, IndexStore, type StoreLimits } from "./index-store.ts";
import type { MergeJob, Merged } from "./merge-thread.ts";
import { pathIn } from "./records.ts";
import { prepareQuery } from "./segment-search.ts";

interface OpenStore {
  store: IndexStore;
  folder: string;
  key: Buffer;
  /** Folders that this pass has still to see; undefined: not looked for yet. */
  due: string[] | undefined;
  merging: Promise<void> | undefined;
}

export type RunMerge = (job: MergeJob) => Promise<Merged | undefined>;

/** The names of several drives in one thread: what is asked of it over messages. */
export class IndexThread {
  readonly #stores = new Map<string, OpenStore>();
  readonly #merge: RunMerge;
  readonly #limits: StoreLimits | undefined;

  constructor(merge: RunMerge, limits?: StoreLimits) {
    this.#merge = merge;
    this.#limits = limits;
  }

  open({ driveId, folder, key }: CallArgs<"open">): CallResult<"open"> {
    const known = this.#stores.get(driveId);
    if (known !== undefined) return statusOf(known);
    const bytes = Buffer.from(key);
    const store = IndexStore.open(folder, bytes, this.#limits);
    const opened = { store, folder, key: bytes, due: undefined, merging: undefined };
    this.#stores.set(driveId, opened);
    this.#mergeIfDue(opened);
    return statusOf(opened);
  }

  apply({ driveId, records }: CallArgs<"apply">): CallResult<"apply"> {
    const opened = this.#opened(driveId);
    opened.store.apply(records);
    const { due } = opened;
    for (const record of records) {
      if (record.kind === "began") opened.due = undefined;
      if (due === undefined) continue;
      if (record.kind === "listing")
        for (const [name, isFolder] of record.entries)
          if (isFolder === 1) due.push(pathIn(record.path, name));
      if (record.kind === "put" && record.entry[1] === 1) due.push(pathIn(record.folder, record.entry[0]));
    }
    this.#mergeIfDue(opened);
    return statusOf(opened);
  }

  due({ driveId, count }: CallArgs<"due">): DueFolder[] {
    const opened = this.#opened(driveId);
    const { store } = opened;
    const { pass, isThorough } = store.state;
    // The last ones first: a folder is seen to its end before the next one, so that few wait at a time.
    opened.due ??= store.folders().toReversed();
    const wanted: DueFolder[] = [];
    while (wanted.length < count) {
      const path = opened.due.pop();
      if (path === undefined) break;
      const facts = store.factsOf(path);
      if (facts !== undefined && facts.pass >= pass) continue;
      wanted.push({ path, version: isThorough ? "" : (facts?.version ?? "") });
    }
    return wanted;
  }

  search({ driveIds, text, limit }: CallArgs<"search">): FoundName[] {
    const words = queryWords(text);
    if (words.length === 0) return [];
    const query = prepareQuery(words);
    const all = driveIds.flatMap((driveId) => {
      const best = new Best(limit);
      this.#stores.get(driveId)?.store.search(query, best);
      return best.list.map((offered) => ({ driveId, offered }));
    });
    return all
      .toSorted((a, b) => b.offered.score - a.offered.score || b.offered.time - a.offered.time)
      .slice(0, limit)
      .map(({ driveId, offered }) => Object.assign(hitOf(offered), { driveId }));
  }

  async settled({ driveId }: CallArgs<"settled">): Promise<null> {
    const opened = this.#opened(driveId);
    while (opened.merging !== undefined) await opened.merging;
    return null;
  }

  close({ driveId }: CallArgs<"close">): null {
    this.#stores.get(driveId)?.store.close();
    this.#stores.delete(driveId);
    return null;
  }

  #opened(driveId: string): OpenStore {
    const opened = this.#stores.get(driveId);
    if (opened === undefined) throw new Error(`the names of ${driveId} are not open`);
    return opened;
  }

  /** In another thread: searching goes on meanwhile. */
  #mergeIfDue(opened: OpenStore): void {
    const { store, folder, key, merging } = opened;
    const wanted = merging !== undefined ? undefined : store.mergeable();
    if (wanted === undefined) return;
    const layers = store.layers.filter(({ name }) => wanted.names.includes(name));
    const inputs = store.filesOf(wanted.names).map(({ name, bytes }, index) => ({
      name,
      bytes,
      dead: layers[index]?.search.dead ?? new Uint8Array(),
      deadFolders: layers[index]?.deadFolders ?? new Uint8Array(),
    }));
    const output = store.reserveName();
    const job: MergeJob = { kind: "merge", folder, key, inputs, isOldest: wanted.isOldest, output };
    opened.merging = this.#merge(job).then((merged) => {
      opened.merging = undefined;
      // Closed meanwhile: the file is of no account, and goes with the next opening.
      if (merged === undefined || ![...this.#stores.values()].includes(opened)) return;
      store.replace(wanted.names, { name: output, bytes: merged.bytes }, merged.segment);
      this.#mergeIfDue(opened);
    });
  }
}

function statusOf({ store }: OpenStore): StoreStatus {
  return { entries: store.entryCount, state: store.state };
}
