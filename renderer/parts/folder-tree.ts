import { foldName } from "#contract/file-names.ts";
import { createId, libraryItemIdSchema, type LibraryItemId } from "#contract/ids.ts";
import { ok, type Result } from "#contract/result.ts";
import type { DocumentClient, Spot } from "./document-adding.ts";
import { libraryName } from "./document-names.ts";
import type { Write } from "./write.ts";

/** What becomes of a folder whose name is taken by a folder: what is in it goes there, or it gets a number. */
export type FolderChoice = "merge" | "number";

export interface FolderTreeOptions {
  client: DocumentClient;
  write: Write;
  spot: Spot;
  choice: FolderChoice;
}

/** Makes folders in folders, each once; those that are there already are used where that is wanted. */
export class FolderTreeMaker {
  readonly #options: FolderTreeOptions;
  readonly #made = new Map<string, Promise<Result<LibraryItemId | null>>>();
  /** Made here: nothing is in them that was not put there by this. */
  readonly #fresh = new Set<LibraryItemId>();
  readonly #present = new Map<string, Promise<Map<string, LibraryItemId>>>();

  constructor(options: FolderTreeOptions) {
    this.#options = options;
  }

  /** The folder at this path below the spot; the spot itself for the empty path. */
  folder(path: readonly string[]): Promise<Result<LibraryItemId | null>> {
    const last = path.at(-1);
    if (last === undefined) return Promise.resolve(ok(this.#options.spot.folderId));
    const key = path.join("/");
    const known = this.#made.get(key) ?? this.#find(path.slice(0, -1), last);
    this.#made.set(key, known);
    return known;
  }

  async #find(above: readonly string[], wanted: string): Promise<Result<LibraryItemId | null>> {
    const parent = await this.folder(above);
    if (!parent.ok) return parent;
    const name = libraryName(wanted, "folder");
    const isFresh = parent.value !== null && this.#fresh.has(parent.value);
    const present =
      isFresh || this.#options.choice === "number"
        ? undefined
        : (await this.#foldersIn(parent.value)).get(foldName(name));
    return present === undefined ? await this.#make(parent.value, name) : ok(present);
  }

  async #make(folderId: LibraryItemId | null, name: string): Promise<Result<LibraryItemId>> {
    const { write, spot } = this.#options;
    const id = libraryItemIdSchema.parse(createId());
    const where = folderId === null ? {} : { folderId };
    const made = await write("folder.create", spot.scope, { id, ...where, name, numbered: true });
    if (!made.ok) return made;
    this.#fresh.add(id);
    return ok(id);
  }

  #foldersIn(folderId: LibraryItemId | null): Promise<Map<string, LibraryItemId>> {
    const key = folderId ?? "";
    const known = this.#present.get(key) ?? this.#read(folderId);
    this.#present.set(key, known);
    return known;
  }

  async #read(folderId: LibraryItemId | null): Promise<Map<string, LibraryItemId>> {
    const { client, spot } = this.#options;
    const { items } = await client.once("folder", {
      scope: spot.scope,
      folderId,
      sort: { by: "name", isDescending: false },
      filter: { kinds: ["folder"] },
    });
    return new Map(items.map(({ item }) => [foldName(item.name), item.id]));
  }
}
