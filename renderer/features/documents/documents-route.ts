import {
  libraryItemIdSchema,
  libraryShareIdSchema,
  spaceIdSchema,
  type LibraryItemId,
  type PersonId,
} from "#contract/ids.ts";
import { parseScope, personScope, shareScope, spaceScope, type Scope } from "#contract/scope.ts";

/** Where one is in the module. The address says `mine` and `space/ID`, not scopes: those name people. */
export type DocumentsPlace =
  | { kind: "folder"; scope: Scope; folderId: LibraryItemId | null; itemId: LibraryItemId | null }
  | { kind: "trash"; scope: Scope }
  | { kind: "search"; text: string }
  | { kind: "recent" }
  | { kind: "favourites" }
  | { kind: "shared" };

const TOP = "top";
const TRASH = "trash";

/** `mine/FOLDER/ITEM`, `space/ID/FOLDER/ITEM`, `shared/ID/FOLDER/ITEM`, `mine/trash`, `shared`, `recent`, `favourites`, `search/TEXT`; one's own library for all else. */
export function parseDocumentsPath(path: readonly string[], me: PersonId): DocumentsPlace {
  const [first, ...rest] = path;
  if (first === "search") return { kind: "search", text: rest[0] ?? "" };
  if (first === "recent" || first === "favourites") return { kind: first };
  if (first === "shared" && rest.length === 0) return { kind: "shared" };
  const [folder, item] = first === "space" || first === "shared" ? rest.slice(1) : rest;
  const scope = scopeOfPath(first, rest[0]) ?? personScope(me);
  if (folder === TRASH) return { kind: "trash", scope };
  return {
    kind: "folder",
    scope,
    folderId: libraryItemIdSchema.safeParse(folder).data ?? null,
    itemId: libraryItemIdSchema.safeParse(item).data ?? null,
  };
}

function scopeOfPath(kind: string | undefined, id: string | undefined): Scope | null {
  const spaceId = kind === "space" ? spaceIdSchema.safeParse(id).data : undefined;
  const shareId = kind === "shared" ? libraryShareIdSchema.safeParse(id).data : undefined;
  if (spaceId !== undefined) return spaceScope(spaceId);
  return shareId === undefined ? null : shareScope(shareId);
}

/** The address of a folder (null: the top) in this library, and of something in it. */
export function folderPath(scope: Scope, folderId: string | null, itemId?: string): string[] {
  const library = libraryPath(scope);
  if (folderId === null && itemId === undefined) return library;
  return [...library, folderId ?? TOP, ...(itemId === undefined ? [] : [itemId])];
}

export function trashPath(scope: Scope): string[] {
  return [...libraryPath(scope), TRASH];
}

function libraryPath(scope: Scope): string[] {
  const { kind, id } = parseScope(scope);
  if (kind === "share") return ["shared", id];
  return kind === "space" ? ["space", id] : ["mine"];
}
