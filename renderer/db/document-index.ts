import { libraryVersionId, type PersonId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import type { BlockStore } from "./block-store.ts";
import { DocumentBase } from "./document-base.ts";
import type { Library } from "./document-library.ts";
import { DocumentOverlay, type OverlayReader } from "./document-overlay.ts";
import { layWrites } from "./document-writes.ts";
import type { ChangeFollower, Changes } from "./entry.ts";
import type { OutboxEntry } from "./outbox.ts";
import type { QueryContext } from "./query-context.ts";
import type { Reader } from "./reader.ts";
import { kindOf, scopeOf, smallStream } from "./streams.ts";

export interface LibraryAsk {
  scope: Scope;
  me: PersonId;
  isGuest: boolean;
  canRun: boolean;
  upload: OverlayReader["upload"];
}

interface Answer {
  version: number;
  entries: readonly OutboxEntry[];
  isGuest: boolean;
  canRun: boolean;
  library: Library;
}

const indexes = new WeakMap<BlockStore, DocumentIndex>();

/** The one index of a cache, made with the first question about documents. */
export function documentIndexOf({ store, follow }: Pick<QueryContext, "store" | "follow">): DocumentIndex {
  const known = indexes.get(store);
  if (known !== undefined) return known;
  const index = new DocumentIndex(store);
  indexes.set(store, index);
  follow(index);
  return index;
}

/** The libraries of every place, each taken in when it is first looked at; waiting writes are laid over once for all views. */
export class DocumentIndex implements ChangeFollower {
  readonly #store: BlockStore;
  readonly #bases = new Map<Scope, DocumentBase>();
  readonly #answers = new Map<Scope, Answer>();

  constructor(store: BlockStore) {
    this.#store = store;
  }

  note(changes: Changes): void {
    if (this.#bases.size === 0) return;
    for (const [stream, keys] of changes) {
      if (kindOf(stream) !== "libraryItem" || stream.startsWith("*")) continue;
      for (const [scope, base] of this.#bases) if (scope === scopeOf(stream)) base.note(keys);
    }
  }

  clear(): void {
    this.#bases.clear();
    this.#answers.clear();
  }

  /** The library as it is now; the query runs again with every change of it. */
  async library(reader: Reader, ask: LibraryAsk): Promise<Library> {
    const { scope, isGuest, canRun } = ask;
    reader.watch(smallStream(scope, "libraryItem"));
    const entries = reader.pending(scope);
    const base = this.#base(scope);
    await base.refresh();
    const before = this.#answers.get(scope);
    const isSameAsk = before?.isGuest === isGuest && before.canRun === canRun;
    if (isSameAsk && before.version === base.version && isEqual(before.entries, entries)) {
      return before.library;
    }
    const { version } = base;
    const overlay = new DocumentOverlay(base, overlayReader(reader, ask));
    await layWrites(overlay, entries);
    this.#answers.set(scope, { version, entries, isGuest, canRun, library: overlay.library });
    return overlay.library;
  }

  #base(scope: Scope): DocumentBase {
    const known = this.#bases.get(scope);
    if (known !== undefined) return known;
    const base = new DocumentBase(this.#store, scope);
    this.#bases.set(scope, base);
    return base;
  }
}

function overlayReader(reader: Reader, { scope, me, isGuest, canRun, upload }: LibraryAsk): OverlayReader {
  return {
    me,
    isGuest,
    canRun,
    now: reader.now(),
    row: (id) => reader.row(scope, "libraryItem", id),
    version: (itemId, version) => reader.row(scope, "libraryVersion", libraryVersionId(itemId, version)),
    upload,
  };
}

function isEqual(a: readonly OutboxEntry[], b: readonly OutboxEntry[]): boolean {
  return a.length === b.length && a.every((entry, index) => entry === b[index]);
}
