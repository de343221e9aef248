import type { Scope } from "#contract/scope.ts";
import type { BlockStore } from "./block-store.ts";
import { factOf, type DocumentFact } from "./document-facts.ts";
import { Mutex } from "./mutex.ts";
import { smallStream } from "./streams.ts";

/** The items of one library as the server has them, by folder, in memory: a large folder costs no reading of the others. */
export class DocumentBase {
  readonly #store: BlockStore;
  readonly #stream: string;
  readonly #facts = new Map<string, DocumentFact>();
  readonly #children = new Map<string, Set<string>>();
  readonly #busy = new Mutex();
  #stale: Set<string> | "all" = "all";
  /** Grows with every change. */
  version = 0;

  constructor(store: BlockStore, scope: Scope) {
    this.#store = store;
    this.#stream = smallStream(scope, "libraryItem");
  }

  note(keys: ReadonlySet<string>): void {
    if (this.#stale === "all") return;
    if (keys.has("")) this.#stale = "all";
    else for (const key of keys) this.#stale.add(key);
  }

  /** Takes in what has changed. */
  async refresh(): Promise<void> {
    await this.#busy.run(async () => {
      while (this.#stale === "all" || this.#stale.size > 0) await this.#take();
    });
  }

  get(id: string): DocumentFact | undefined {
    return this.#facts.get(id);
  }

  all(): Iterable<DocumentFact> {
    return this.#facts.values();
  }

  /** Ids of what lies in a folder (empty: at the top), in the trash or not. */
  children(folderId: string): ReadonlySet<string> {
    return this.#children.get(folderId) ?? NOTHING;
  }

  async #take(): Promise<void> {
    const stale = this.#stale;
    this.#stale = new Set();
    this.version += 1;
    if (stale === "all") {
      this.#facts.clear();
      this.#children.clear();
      for (const entry of await this.#store.range(this.#stream)) this.#put(factOf(entry.id, entry.data));
      return;
    }
    for (const id of stale) {
      const entry = await this.#store.get(this.#stream, id);
      this.#drop(id);
      if (entry !== undefined) this.#put(factOf(entry.id, entry.data));
    }
  }

  #put(fact: DocumentFact): void {
    this.#drop(fact.id);
    this.#facts.set(fact.id, fact);
    const siblings = this.#children.get(fact.folderId);
    if (siblings === undefined) this.#children.set(fact.folderId, new Set([fact.id]));
    else siblings.add(fact.id);
  }

  #drop(id: string): void {
    const fact = this.#facts.get(id);
    if (fact === undefined) return;
    this.#facts.delete(id);
    this.#children.get(fact.folderId)?.delete(id);
  }
}

const NOTHING: ReadonlySet<string> = new Set();
