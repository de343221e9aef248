import type { LibraryItem, LibraryVersion } from "#contract/entities/library.ts";
import { numberedName } from "#contract/file-names.ts";
import type { BlobId, PersonId } from "#contract/ids.ts";
import type { IsoTime } from "#contract/time.ts";
import type { RefusedWrite } from "#contract/views/message-view.ts";
import type { Upload } from "#contract/views/message-view.ts";
import type { DocumentBase } from "./document-base.ts";
import { factOfWaiting, nameKey, type DocumentFact } from "./document-facts.ts";
import { Library, type Laid, type LaidItem, type LocalBytes } from "./document-library.ts";

export interface OverlayReader {
  me: PersonId;
  now: IsoTime;
  /** Changes only what they made. */
  isGuest: boolean;
  /** Gives back what others have checked out, and empties the trash. */
  canRun: boolean;
  row: (id: string) => Promise<LibraryItem | undefined>;
  version: (itemId: LibraryItem["id"], version: number) => Promise<LibraryVersion | undefined>;
  upload: (blobId: string) => Upload | undefined;
}

const MOST_NUMBERS = 1000;

/** The items that waiting writes change, one write after another. */
export class DocumentOverlay implements Laid {
  readonly items = new Map<string, LaidItem | null>();
  readonly facts = new Map<string, DocumentFact>();
  readonly children = new Map<string, Set<string>>();
  readonly reader: OverlayReader;
  readonly library: Library;
  readonly #names = new Map<string, Map<string, Set<string>>>();

  constructor(base: DocumentBase, reader: OverlayReader) {
    this.reader = reader;
    this.library = new Library(base, this);
  }

  /** An item as it is by now, from the cache when no write was about it yet. */
  async find(id: string): Promise<LaidItem | undefined> {
    if (this.items.has(id)) return this.items.get(id) ?? undefined;
    const item = await this.reader.row(id);
    return item === undefined
      ? undefined
      : { item, local: null, pending: null, refused: [], isPhantom: false };
  }

  put(next: LaidItem): void {
    const { id } = next.item;
    this.#forget(id);
    this.items.set(id, next);
    const fact = factOfWaiting(next.item, next.local);
    this.facts.set(id, fact);
    addTo(this.children, fact.folderId, id);
    if (next.isPhantom || fact.isTrashed) return;
    const names = this.#names.get(fact.folderId);
    if (names !== undefined) addTo(names, nameKey(fact.name), id);
  }

  remove(id: string): void {
    this.#forget(id);
    this.items.set(id, null);
  }

  refuse(laid: LaidItem, refused: RefusedWrite): void {
    this.put({ ...laid, refused: [...laid.refused, refused] });
  }

  /** Puts an item where it is to lie, as the server will: false when the name is taken. */
  place(next: LaidItem, isNumbered: boolean): boolean {
    const name = isNumbered ? this.#freeName(next.item) : next.item.name;
    if (name === undefined || this.#isTaken(next.item, name)) return false;
    this.put({ ...next, item: { ...next.item, name } });
    return true;
  }

  /** A folder that things may be put in: the top, or one in use. */
  isOpenFolder(folderId: string | null | undefined): boolean {
    if (folderId === null || folderId === undefined) return true;
    const folder = this.library.get(folderId);
    return folder?.isFolder === true && !this.#isPhantom(folderId) && this.library.isUsed(folder);
  }

  isUsed({ item, isPhantom }: LaidItem): boolean {
    const fact = this.library.get(item.id);
    return fact !== undefined && !isPhantom && this.library.isUsed(fact);
  }

  isPreserved(id: string): boolean {
    return (this.library.get(id)?.preservedUntil ?? "") > this.reader.now;
  }

  isLockedByOther({ lock }: Pick<DocumentFact, "lock">): boolean {
    if (lock === null || lock.personId === this.reader.me) return false;
    return lock.expiresAt === "" || lock.expiresAt > this.reader.now;
  }

  /** Whether the item or something in it may neither be moved nor go. */
  isHeldInside(id: string): boolean {
    const own = this.library.get(id);
    if (own === undefined) return false;
    for (const fact of [own, ...this.library.contents(id)])
      if (fact.preservedUntil > this.reader.now || this.isLockedByOther(fact)) return true;
    return false;
  }

  /** Phantoms lie in phantoms. */
  #isPhantom(id: string): boolean {
    return this.items.get(id)?.isPhantom === true;
  }

  /** Bytes that were sent, or are about to be. */
  localBytes(blobId: BlobId): LocalBytes {
    const upload = this.reader.upload(blobId);
    // Forgotten once it was sent: what the name says has to do until the row comes.
    return { blobId, mediaType: upload?.mediaType ?? "", sizeBytes: upload?.sizeBytes ?? null };
  }

  #freeName(item: LibraryItem): string | undefined {
    let name: string = item.name;
    for (let count = 2; count <= MOST_NUMBERS; count += 1) {
      if (!this.#isTaken(item, name)) return name;
      name = numberedName(item.name, count);
    }
    return undefined;
  }

  #isTaken({ id, folderId }: LibraryItem, name: string): boolean {
    const holders = this.#namesIn(folderId ?? "").get(nameKey(name));
    return holders !== undefined && [...holders].some((each) => each !== id);
  }

  #namesIn(folderId: string): Map<string, Set<string>> {
    const known = this.#names.get(folderId);
    if (known !== undefined) return known;
    const names = new Map<string, Set<string>>();
    for (const fact of this.library.children(folderId))
      if (!fact.isTrashed && !this.#isPhantom(fact.id)) addTo(names, nameKey(fact.name), fact.id);
    this.#names.set(folderId, names);
    return names;
  }

  #forget(id: string): void {
    const before = this.library.get(id);
    if (before === undefined) return;
    this.#names.get(before.folderId)?.get(nameKey(before.name))?.delete(id);
    this.facts.delete(id);
    this.children.get(before.folderId)?.delete(id);
  }
}

function addTo(map: Map<string, Set<string>>, key: string, id: string): void {
  const present = map.get(key);
  if (present === undefined) map.set(key, new Set([id]));
  else present.add(id);
}
