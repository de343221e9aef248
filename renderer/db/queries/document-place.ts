import type { LibraryShare } from "#contract/entities/library-share.ts";
import { UNMARKED } from "#contract/classification.ts";
import type { PersonId } from "#contract/ids.ts";
import { parseScope, type Scope } from "#contract/scope.ts";
import { documentIndexOf } from "../document-index.ts";
import type { Library } from "../document-library.ts";
import type { QueryContext } from "../query-context.ts";
import type { Reader } from "../reader.ts";
import { placeRights, type PlaceRights } from "./place-rights.ts";

/** A library and what its reader may do there. */
export interface OpenLibrary extends PlaceRights {
  /** Guests add files and no folders. */
  readonly canAddFolders: boolean;
  /** Through which it is read; null where it is the reader's place. */
  readonly share: LibraryShare | null;
  readonly library: Library;
}

/** Undefined for the library of somebody else. */
export async function openLibrary(
  context: QueryContext,
  reader: Reader,
  { scope, me }: { scope: Scope; me: PersonId },
): Promise<OpenLibrary | undefined> {
  const rights = await rightsIn(reader, scope, me);
  if (rights === undefined) return undefined;
  const library = await documentIndexOf(context).library(reader, {
    scope,
    me,
    isGuest: rights.isGuest,
    canRun: rights.canRun,
    upload: (blobId) => context.uploads.get(blobId),
  });
  return { ...rights, library };
}

async function rightsIn(
  reader: Reader,
  scope: Scope,
  me: PersonId,
): Promise<Omit<OpenLibrary, "library"> | undefined> {
  if (parseScope(scope).kind === "share") return shareRights(reader, scope, me);
  const rights = await placeRights(reader, scope, me);
  if (rights === undefined) return undefined;
  return { ...rights, canAddFolders: rights.canWrite && !rights.isGuest, share: null };
}

async function shareRights(
  reader: Reader,
  scope: Scope,
  me: PersonId,
): Promise<Omit<OpenLibrary, "library"> | undefined> {
  const share = await reader.row(scope, "libraryShare", parseScope(scope).id);
  if (share === undefined) return undefined;
  const may = { canWrite: false, canAddFolders: false, canRun: false };
  const plain = { space: null, role: null, isArchived: false, isGuest: false };
  return { scope, me, ...plain, ...may, share, classification: share.classification ?? UNMARKED };
}
