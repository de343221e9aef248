import type { LibraryItem } from "#contract/entities/library.ts";
import { libraryItemIdSchema, type BlobId } from "#contract/ids.ts";
import type { FolderStep } from "#contract/views/documents.ts";
import type { RefusedWrite } from "#contract/views/message-view.ts";
import type { Pending } from "#contract/views/message-view.ts";
import type { DocumentBase } from "./document-base.ts";
import type { DocumentFact } from "./document-facts.ts";

/** Bytes that the server may not have yet. */
export interface LocalBytes {
  readonly blobId: BlobId;
  readonly mediaType: string;
  readonly sizeBytes: number | null;
}

/** An item that waiting or refused writes are about. */
export interface LaidItem {
  readonly item: LibraryItem;
  readonly local: LocalBytes | null;
  readonly pending: Pending | null;
  readonly refused: readonly RefusedWrite[];
  /** Nothing of it will be on the server: its making was refused, or will be. It has no name that could be taken. */
  readonly isPhantom: boolean;
}

/** Folders in one another at most, as the server has it; a circle in bad data ends here too. */
const MOST_DEEP = 60;

/** Some items by id: null for those that are gone. */
export interface Laid {
  readonly items: ReadonlyMap<string, LaidItem | null>;
  readonly facts: ReadonlyMap<string, DocumentFact>;
  readonly children: ReadonlyMap<string, ReadonlySet<string>>;
}

/** One library as its reader sees it: the server's items with waiting writes laid over. */
export class Library {
  readonly #base: DocumentBase;
  readonly #laid: Laid;

  constructor(base: DocumentBase, laid: Laid) {
    this.#base = base;
    this.#laid = laid;
  }

  get(id: string): DocumentFact | undefined {
    if (this.#laid.items.has(id)) return this.#laid.facts.get(id);
    return this.#base.get(id);
  }

  laid(id: string): LaidItem | undefined {
    return this.#laid.items.get(id) ?? undefined;
  }

  *all(): Generator<DocumentFact> {
    for (const fact of this.#base.all()) if (!this.#laid.items.has(fact.id)) yield fact;
    yield* this.#laid.facts.values();
  }

  /** What lies in a folder (empty: at the top), in the trash or not. */
  *children(folderId: string): Generator<DocumentFact> {
    for (const id of this.#base.children(folderId)) {
      const fact = this.#laid.items.has(id) ? undefined : this.#base.get(id);
      if (fact !== undefined) yield fact;
    }
    for (const id of this.#laid.children.get(folderId) ?? []) {
      const fact = this.#laid.facts.get(id);
      if (fact !== undefined) yield fact;
    }
  }

  /** Everything in a folder and in its folders, near before far; a file has nothing. */
  *contents(id: string): Generator<DocumentFact> {
    const folders = [id];
    const seen = new Set(folders);
    for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
      for (const fact of this.children(folder)) {
        yield fact;
        if (!fact.isFolder || seen.has(fact.id)) continue;
        seen.add(fact.id);
        folders.push(fact.id);
      }
    }
  }

  /** The folders that an item lies in, from the top down. Undefined when one of them is not here. */
  above(fact: Pick<DocumentFact, "folderId">): DocumentFact[] | undefined {
    const folders: DocumentFact[] = [];
    for (let id = fact.folderId; id !== "";) {
      const folder = this.get(id);
      if (folder === undefined || folders.length > MOST_DEEP) return undefined;
      folders.push(folder);
      id = folder.folderId;
    }
    return folders.toReversed();
  }

  path(fact: Pick<DocumentFact, "folderId">): FolderStep[] {
    return (this.above(fact) ?? []).map(({ id, name }) => ({ id: libraryItemIdSchema.parse(id), name }));
  }

  /** Neither in the trash nor in a folder that is, and where it lies is known. */
  isUsed(fact: DocumentFact): boolean {
    if (fact.isTrashed) return false;
    const above = this.above(fact);
    return above !== undefined && !above.some((folder) => folder.isTrashed);
  }

  /** Many questions whether something is in use, each folder looked at once. */
  usedFilter(): (fact: DocumentFact) => boolean {
    const known = new Map<string, boolean>([["", true]]);
    const isOpen = (id: string, depth: number): boolean => {
      const before = known.get(id);
      if (before !== undefined) return before;
      const folder = this.get(id);
      const answer =
        folder !== undefined && !folder.isTrashed && depth < MOST_DEEP && isOpen(folder.folderId, depth + 1);
      known.set(id, answer);
      return answer;
    };
    return (fact) => !fact.isTrashed && isOpen(fact.folderId, 0);
  }
}
