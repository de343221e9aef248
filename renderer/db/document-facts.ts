import type { LibraryItem } from "#contract/entities/library.ts";
import { foldName } from "#contract/file-names.ts";
import { isFields, text, type Fields } from "./entry.ts";

/** What choosing, ordering and counting need of an item; its row is read for those that are shown. */
export interface DocumentFact {
  readonly id: string;
  /** Empty at the top. */
  readonly folderId: string;
  readonly isFolder: boolean;
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly modifiedAt: string;
  readonly modifiedBy: string;
  readonly createdBy: string;
  readonly isTrashed: boolean;
  /** Empty: not in the trash. */
  readonly trashedAt: string;
  readonly isTemplate: boolean;
  /** Empty for none. */
  readonly preservedUntil: string;
  readonly lock: { readonly personId: string; readonly expiresAt: string } | null;
  readonly labels: readonly string[];
  readonly description: string;
}

const NONE: readonly never[] = [];

export function factOf(id: string, data: Fields): DocumentFact {
  const { content, lock, preservation, trashed, labels } = data;
  const bytes = isFields(content) ? content : undefined;
  const size = bytes?.["sizeBytes"];
  return {
    id,
    folderId: text(data, "folderId"),
    isFolder: data["kind"] === "folder",
    name: text(data, "name"),
    mediaType: bytes === undefined ? "" : text(bytes, "mediaType"),
    sizeBytes: typeof size === "number" ? size : 0,
    modifiedAt: text(data, "modifiedAt"),
    modifiedBy: text(data, "modifiedBy"),
    createdBy: text(data, "createdBy"),
    isTrashed: isFields(trashed),
    trashedAt: isFields(trashed) ? text(trashed, "at") : "",
    isTemplate: data["isTemplate"] === true,
    preservedUntil: isFields(preservation) ? text(preservation, "until") : "",
    lock: isFields(lock) ? { personId: text(lock, "personId"), expiresAt: text(lock, "expiresAt") } : null,
    labels: Array.isArray(labels) ? labels.filter((each) => typeof each === "string") : NONE,
    description: text(data, "description"),
  };
}

/** Of what is not on the server yet: its bytes are those that are on their way. */
export function factOfWaiting(
  item: LibraryItem,
  local: { mediaType: string; sizeBytes: number | null } | null,
): DocumentFact {
  const fact = factOf(item.id, item);
  return local === null
    ? fact
    : { ...fact, mediaType: local.mediaType, sizeBytes: local.sizeBytes ?? fact.sizeBytes };
}

/** What names of one folder are compared by. */
export function nameKey(name: string): string {
  return foldName(name);
}
