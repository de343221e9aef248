import type { LibraryItem } from "#contract/entities/library.ts";
import type { PersonId } from "#contract/ids.ts";
import { mutations } from "#contract/mutations.ts";
import { personScope } from "#contract/scope.ts";
import { isoTimeSchema } from "#contract/time.ts";
import type {
  DocumentObstacle,
  DocumentPeople,
  DocumentView,
  PlacedDocument,
} from "#contract/views/documents.ts";
import { Briefs } from "../briefs.ts";
import type { DocumentFact } from "../document-facts.ts";
import type { LaidItem, LocalBytes } from "../document-library.ts";
import { isFailed } from "../message-overlay.ts";
import type { QueryContext } from "../query-context.ts";
import type { Reader } from "../reader.ts";
import { UPLOAD_STREAM } from "../upload-states.ts";
import type { OpenLibrary } from "./document-place.ts";
import { kindOfFact } from "./document-sort.ts";

interface Remembered {
  item: LibraryItem;
  laid: LaidItem | undefined;
  stamp: string;
  view: DocumentView;
}

/** Views of a former run by id: what is unchanged is the same object, so that the page is told of nothing. */
export type ViewMemory = Map<string, Remembered>;

export interface ViewsOptions {
  context: QueryContext;
  reader: Reader;
  open: OpenLibrary;
  favourites: ReadonlySet<string>;
  memory: ViewMemory;
}

/** Makes the views of one library's items, for one run of a query. */
export class DocumentViews {
  readonly #options: ViewsOptions;
  readonly #isUsed: (fact: DocumentFact) => boolean;
  #held: ReadonlyMap<string, DocumentObstacle> | undefined;
  readonly people = new Set<PersonId>();

  constructor(options: ViewsOptions) {
    this.#options = options;
    this.#isUsed = options.open.library.usedFilter();
  }

  /** Undefined for a row that does not fit the contract. */
  async view(fact: DocumentFact, sort: string): Promise<DocumentView | undefined> {
    const { reader, open, memory } = this.#options;
    const laid = open.library.laid(fact.id);
    const item = laid?.item ?? (await this.#row(fact.id));
    if (item === undefined) return undefined;
    this.#note(item);
    const isLocked =
      fact.lock !== null && (fact.lock.expiresAt === "" || !isOver(reader, fact.lock.expiresAt));
    const contentObstacle = this.#contentObstacle(fact, isLocked);
    const obstacle = contentObstacle ?? (open.share === null ? null : "shared");
    const trashObstacle = obstacle ?? (fact.isFolder ? (this.#heldFolders().get(fact.id) ?? null) : null);
    const isFavourite = this.#options.favourites.has(fact.id);
    const childCount = fact.isFolder ? this.#childCount(fact.id) : null;
    const stamp = [sort, isLocked, obstacle, contentObstacle, trashObstacle, isFavourite, childCount].join(
      " ",
    );
    const before = memory.get(fact.id);
    const isQuiet = laid?.local === undefined || laid.local === null;
    if (isQuiet && before?.item === item && before.laid === laid && before.stamp === stamp)
      return before.view;
    const view: DocumentView = {
      key: fact.id,
      sort,
      scope: open.scope,
      item: isLocked || item.lock === undefined ? item : withoutLock(item),
      kind: kindOfFact(fact),
      ...this.#bytes(item, laid?.local ?? null),
      pending: laid?.pending ?? null,
      refused: [...(laid?.refused ?? [])],
      classification: item.classification ?? open.classification,
      isFavourite,
      isPreserved: fact.preservedUntil !== "" && !isOver(reader, fact.preservedUntil),
      childCount,
      obstacle,
      contentObstacle,
      trashObstacle,
    };
    memory.set(fact.id, { item, laid, stamp, view });
    return view;
  }

  /** With where it lies, for lists over several libraries. */
  async placed(fact: DocumentFact, sort: string): Promise<PlacedDocument | undefined> {
    const { open } = this.#options;
    const view = await this.view(fact, sort);
    if (view === undefined) return undefined;
    const { space } = open;
    if (open.share !== null) this.people.add(open.share.sharedBy);
    const place = {
      name: space?.name ?? "",
      emoji: space?.emoji ?? "",
      spaceId: space?.id ?? null,
      sharedBy: open.share?.sharedBy ?? null,
      path: open.library.path(fact),
    };
    return { ...view, place };
  }

  isUsed(fact: DocumentFact): boolean {
    return this.#isUsed(fact);
  }

  async #row(id: string): Promise<LibraryItem | undefined> {
    const { context, reader, open } = this.#options;
    // The library as a whole is watched already.
    const entry = await context.store.get(`${open.scope}/libraryItem`, id);
    return entry === undefined ? undefined : reader.parse("libraryItem", entry);
  }

  #note({ createdBy, modifiedBy, lock, preservation, trashed }: LibraryItem): void {
    this.people.add(createdBy).add(modifiedBy);
    for (const each of [lock, preservation, trashed]) if (each !== undefined) this.people.add(each.personId);
  }

  #contentObstacle(fact: DocumentFact, isLocked: boolean): DocumentObstacle | null {
    const { open, reader } = this.#options;
    if (open.space !== null && open.role === null) return "notMember";
    if (open.isArchived) return "archived";
    if (!this.#isUsed(fact)) return "inTrash";
    if (fact.preservedUntil !== "" && !isOver(reader, fact.preservedUntil)) return "preserved";
    if (isLocked && fact.lock?.personId !== open.me) return "lockedByOther";
    if (open.share?.right === "read") return "shared";
    return open.isGuest && fact.createdBy !== open.me ? "notYours" : null;
  }

  /** Folders in which something is that may not go, with the reason. */
  #heldFolders(): ReadonlyMap<string, DocumentObstacle> {
    if (this.#held !== undefined) return this.#held;
    const { open, reader } = this.#options;
    const held = new Map<string, DocumentObstacle>();
    for (const fact of open.library.all()) {
      const { preservedUntil, lock } = fact;
      const isPreserved = preservedUntil !== "" && !isOver(reader, preservedUntil);
      const isLocked =
        lock !== null &&
        lock.personId !== open.me &&
        (lock.expiresAt === "" || !isOver(reader, lock.expiresAt));
      if (!isPreserved && !isLocked) continue;
      for (const folder of open.library.above(fact) ?? [])
        if (isPreserved || !held.has(folder.id))
          held.set(folder.id, isPreserved ? "preserved" : "lockedByOther");
    }
    this.#held = held;
    return held;
  }

  #childCount(folderId: string): number {
    let count = 0;
    for (const fact of this.#options.open.library.children(folderId)) if (!fact.isTrashed) count += 1;
    return count;
  }

  #bytes(item: LibraryItem, local: LocalBytes | null): Pick<DocumentView, "bytes" | "upload"> {
    const { context, reader } = this.#options;
    if (local === null) {
      const { content } = item;
      if (content === undefined) return { bytes: null, upload: null };
      const { blobId, mediaType, sizeBytes, sha256 } = content;
      return { bytes: { blobId, mediaType, sizeBytes, sha256, isSent: true }, upload: null };
    }
    reader.watchKey(UPLOAD_STREAM, local.blobId);
    const upload = context.uploads.get(local.blobId) ?? null;
    const isSent = upload === null || upload.state === "done";
    return { bytes: { ...local, sha256: null, isSent }, upload: isSent ? null : upload };
  }
}

/** People of a list, by id. */
export async function peopleOf(reader: Reader, ids: Iterable<PersonId>): Promise<DocumentPeople> {
  const briefs = new Briefs(reader);
  const found: DocumentPeople = {};
  for (const id of ids) found[id] = await briefs.get(id);
  return found;
}

/** What the reader saved of libraries, by the item's id. */
export async function favouritesOf(reader: Reader, me: PersonId): Promise<Map<string, SavedDocument>> {
  const found = new Map<string, SavedDocument>();
  for (const { object, doneAt } of await reader.rows(personScope(me), "savedItem"))
    if (object.kind === "row" && object.collection === "libraryItem" && doneAt === undefined)
      found.set(object.id, { scope: object.scope, itemId: object.id });
  for (const entry of reader.pending("")) {
    const { name, args } = entry.mutation;
    if (isFailed(entry) || (name !== "item.save" && name !== "item.remove")) continue;
    const object = mutations[name].safeParse(args).data?.object;
    if (object?.kind !== "row" || object.collection !== "libraryItem") continue;
    const { id } = object;
    if (name === "item.save" && args["isDone"] !== true)
      found.set(id, { scope: object.scope, itemId: object.id });
    else found.delete(id);
  }
  return found;
}

export interface SavedDocument {
  scope: OpenLibrary["scope"];
  itemId: string;
}

function isOver(reader: Reader, at: string): boolean {
  const time = isoTimeSchema.safeParse(at);
  return !time.success || reader.isPast(time.data);
}

function withoutLock({ lock: _lock, ...item }: LibraryItem): LibraryItem {
  return item;
}
