import type { LibraryItem } from "#contract/entities/library.ts";
import { libraryCopyId } from "#contract/ids.ts";
import type { Mutation } from "#contract/mutations.ts";
import type { DocumentOverlay } from "./document-overlay.ts";
import { argsOf, isInside, make, newItem } from "./document-write-parts.ts";
import { pendingOf } from "./message-overlay.ts";
import type { OutboxEntry } from "./outbox.ts";

/** Of a folder, what is in use in it is copied too; the ids follow from both, as on the server. */
export async function copyItem(overlay: DocumentOverlay, entry: OutboxEntry): Promise<void> {
  const args = argsOf(entry.mutation, "libraryItem.copy");
  const source = args === undefined ? undefined : await overlay.find(args.sourceId);
  if (args === undefined || source === undefined || overlay.library.get(args.id) !== undefined) return;
  const target = args.folderId ?? undefined;
  const isWithin = target !== undefined && isInside(overlay, target, args.sourceId);
  const isFolderOfGuest = source.item.kind === "folder" && overlay.reader.isGuest;
  if (!overlay.isUsed(source) || isWithin || isFolderOfGuest) return;
  const inside = [...overlay.library.contents(args.sourceId)];
  const where = target === undefined ? {} : { folderId: target };
  const fresh = { id: args.id, ...where, name: args.name ?? source.item.name };
  const root = { ...source, item: copyOf(overlay, entry.mutation, source.item, fresh) };
  make(overlay, entry, root);
  if (overlay.items.get(args.id)?.isPhantom !== false) return;
  const folders = new Set<string>([args.sourceId]);
  for (const fact of inside) {
    const laid = fact.isTrashed || !folders.has(fact.folderId) ? undefined : await overlay.find(fact.id);
    if (laid === undefined || laid.isPhantom) continue;
    if (fact.isFolder) folders.add(fact.id);
    const { id, folderId = args.sourceId, name } = laid.item;
    const inner = folderId === args.sourceId ? args.id : libraryCopyId(args.id, folderId);
    const copy = { id: libraryCopyId(args.id, id), folderId: inner, name };
    const item = copyOf(overlay, entry.mutation, laid.item, copy);
    overlay.put({ ...laid, item, pending: pendingOf(entry), refused: [] });
  }
}

/** What people said of it goes with it; what they did with it does not. */
function copyOf(
  overlay: DocumentOverlay,
  mutation: Mutation,
  source: LibraryItem,
  fresh: Pick<LibraryItem, "id" | "folderId" | "name">,
): LibraryItem {
  const { description, labels, classification, content, kind } = source;
  return {
    ...newItem(overlay, mutation, fresh, kind),
    ...(description === undefined ? {} : { description }),
    ...(labels === undefined ? {} : { labels }),
    ...(classification === undefined ? {} : { classification }),
    ...(kind === "folder" ? {} : { version: 1 }),
    ...(content === undefined ? {} : { content }),
  };
}
