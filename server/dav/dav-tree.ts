import { libraryItemSchema, type LibraryItem } from "#contract/entities/library.ts";
import { spaceSchema } from "#contract/entities/space.ts";
import { libraryNameKey, spaceIdSchema, type PersonId } from "#contract/ids.ts";
import { foldName, nameFault } from "#contract/file-names.ts";
import { parseScope, personScope, type Scope } from "#contract/scope.ts";
import type { Store, StoreTransaction } from "../store/store.ts";
import { DavError } from "./dav-error.ts";
import type { DavSteps } from "./dav-path.ts";

type Tx = Pick<StoreTransaction, "find" | "get" | "scopesOf">;

/** What a path of `/dav/` leads to. */
export type Resource =
  /** The door itself, the folder of all spaces: only to be looked into. */
  | { kind: "root" | "spaces" }
  /** The top of a library. */
  | { kind: "library"; scope: Scope }
  | { kind: "item"; scope: Scope; item: LibraryItem }
  /** Nothing; `parent`: the folder that it would lie in, undefined for none. */
  | { kind: "missing"; scope: Scope | null; name: string; parent: Parent | undefined };

export interface Parent {
  folderId: LibraryItem["folderId"];
}

/** A member of a collection, with its name in it. */
export interface Member {
  name: string;
  resource: Exclude<Resource, { kind: "missing" }>;
}

const MINE = "mine";
export const SPACES = "spaces";

/** Finds what is at a path, as this person may see it: what they may not read is not there. */
export class DavTree {
  readonly #store: Store;
  readonly #personId: PersonId;

  constructor(store: Store, personId: PersonId) {
    this.#store = store;
    this.#personId = personId;
  }

  async find(steps: DavSteps): Promise<Resource> {
    return await this.#store.transaction((tx) => this.#find(tx, steps));
  }

  /** What lies in a collection; nothing for a file. */
  async members(resource: Resource): Promise<Member[]> {
    return await this.#store.transaction((tx) => this.#members(tx, resource));
  }

  /** Of the spaces that the person reads, by the folded name of their folder and by id. */
  async spaceIds(): Promise<ReadonlyMap<string, string>> {
    const spaces = await this.#store.transaction((tx) => this.#spaces(tx));
    return new Map(spaces.flatMap(({ name, id }) => [[foldName(name), id] as const, [id, id] as const]));
  }

  async #find(tx: Tx, [first, ...rest]: DavSteps): Promise<Resource> {
    if (first === undefined) return { kind: "root" };
    if (first === MINE) return await this.#inLibrary(tx, personScope(this.#personId), rest);
    const [place, ...names] = rest;
    if (first !== SPACES) return { kind: "missing", scope: null, name: first, parent: undefined };
    if (place === undefined) return { kind: "spaces" };
    const space = (await this.#spaces(tx)).find(
      ({ name, id }) => foldName(name) === foldName(place) || id === place,
    );
    if (space === undefined) return { kind: "missing", scope: null, name: place, parent: undefined };
    return await this.#inLibrary(tx, space.scope, names);
  }

  async #inLibrary(tx: Tx, scope: Scope, names: DavSteps): Promise<Resource> {
    let found: LibraryItem | undefined;
    for (const [index, name] of names.entries()) {
      const isFile = found?.kind === "file";
      const child = isFile ? undefined : await childNamed(tx, scope, found?.id, name);
      if (child === undefined) {
        const isLast = index === names.length - 1;
        const parent = isLast && !isFile ? { folderId: found?.id } : undefined;
        return { kind: "missing", scope, name, parent };
      }
      found = child;
    }
    return found === undefined ? { kind: "library", scope } : { kind: "item", scope, item: found };
  }

  async #members(tx: Tx, resource: Resource): Promise<Member[]> {
    switch (resource.kind) {
      case "root":
        return [
          { name: MINE, resource: { kind: "library", scope: personScope(this.#personId) } },
          { name: SPACES, resource: { kind: "spaces" } },
        ];
      case "spaces":
        return (await this.#spaces(tx)).map(({ name, scope }) => ({
          name,
          resource: { kind: "library", scope },
        }));
      case "library":
        return await itemsIn(tx, resource.scope, "");
      case "item":
        if (resource.item.kind === "file") return [];
        return await itemsIn(tx, resource.scope, resource.item.id);
      case "missing":
        return [];
    }
  }

  /** Those that the person reads, each by a name that can be one of a folder and is nobody else's. */
  async #spaces(tx: Tx): Promise<{ id: string; name: string; scope: Scope }[]> {
    const found: { id: string; name: string; scope: Scope }[] = [];
    const taken = new Set<string>();
    for (const { scope } of await tx.scopesOf(this.#personId)) {
      const { kind, id } = parseScope(scope);
      if (kind !== "space") continue;
      const row = await tx.get(scope, "space", spaceIdSchema.parse(id));
      const space = row?.op === "put" ? spaceSchema.safeParse(row.data).data : undefined;
      if (space === undefined) continue;
      const wanted = folderName(space.name);
      const name = taken.has(foldName(wanted)) ? `${wanted} (${id.slice(0, 8)})` : wanted;
      taken.add(foldName(name));
      found.push({ id, name, scope });
    }
    return found;
  }
}

async function childNamed(
  tx: Tx,
  scope: Scope,
  folderId: LibraryItem["folderId"],
  name: string,
): Promise<LibraryItem | undefined> {
  const rows = await tx.find.ofEveryone("libraryItem", libraryNameKey(scope, folderId ?? "", name));
  return rows
    .filter(({ op }) => op === "put")
    .map(({ data }) => libraryItemSchema.parse(data))
    .find((item) => item.trashed === undefined && item.folderId === folderId);
}

async function itemsIn(tx: Tx, scope: Scope, folderId: string): Promise<Member[]> {
  const rows = await tx.find.children(scope, folderId);
  return rows
    .filter(({ op }) => op === "put")
    .map(({ data }) => libraryItemSchema.parse(data))
    .filter(({ trashed }) => trashed === undefined)
    .map((item) => ({ name: item.name, resource: { kind: "item", scope, item } }));
}

function folderName(name: string): string {
  if (nameFault(name) === undefined) return name;
  const clean = name
    .replaceAll(/[\\/:*?"<>|\p{C}]/gu, " ")
    .replaceAll(/\s+/g, " ")
    .trim()
    .replace(/\.+$/, "");
  return nameFault(clean) === undefined ? clean : "Espace";
}

/** @throws DavError 404 */
export function requireThere(resource: Resource): Exclude<Resource, { kind: "missing" }> {
  if (resource.kind === "missing") throw new DavError(404, "There is nothing of that name.");
  return resource;
}

export function isCollection(resource: Resource): boolean {
  return resource.kind !== "missing" && (resource.kind !== "item" || resource.item.kind === "folder");
}
