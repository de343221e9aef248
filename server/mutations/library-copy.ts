import { libraryVersionSchema, type LibraryItem, type LibraryVersion } from "#contract/entities/library.ts";
import { libraryCopyId, libraryVersionId, type LibraryItemId, type PersonId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import {
  contentsOf,
  MOST_FOLDERS_DEEP,
  requireFolder,
  requireFolderMaker,
  requireUsedItem,
  tooDeep,
} from "../rules/library.ts";
import { requireUsedPlace } from "../rules/places.ts";
import type { RowWrite } from "../store/store.ts";
import { standing, timeOf, type Handler, type MutationContext } from "./context.ts";
import { intoItself, itemRow, newItem, placed } from "./library-item.ts";

/** In one write: more is copied folder by folder. */
const MOST_COPIED = 5000;

export const copyItem: Handler<"libraryItem.copy"> = async (context, args) => {
  await requireUsedPlace(context);
  const source = await requireUsedItem(context, args.sourceId);
  if (source.kind === "folder") await requireFolderMaker(context);
  const folderId = args.folderId ?? undefined;
  const above = await requireFolder(context, folderId);
  if (above.some((folder) => folder.id === source.id)) throw intoItself(source);
  const name = args.name ?? source.name;
  const fresh = await newItem(context, { kind: source.kind, id: args.id, folderId, name });
  const root = copyOf(source, fresh);
  const rows = await versionRows(context, source, root);
  for (const { from, to } of await copiesInside(context, source, root, above.length))
    rows.push(itemRow(context, to), ...(await versionRows(context, from, to)));
  return placed(context, root, args.numbered === true, rows);
};

interface Copied {
  from: LibraryItem;
  to: LibraryItem;
}

/** What lies in a folder, without what is in the trash. @throws AppError badRequest, tooLarge */
async function copiesInside(
  context: MutationContext,
  source: LibraryItem,
  root: LibraryItem,
  above: number,
): Promise<Copied[]> {
  const depths = new Map<LibraryItemId, number>([[source.id, above + 1]]);
  const copies: Copied[] = [];
  const at = { createdAt: root.createdAt, modifiedAt: root.modifiedAt };
  for (const from of await contentsOf(context, source)) {
    const depth = from.folderId === undefined ? undefined : depths.get(from.folderId);
    // In the trash, or in something that is.
    if (depth === undefined || from.trashed !== undefined) continue;
    if (from.kind === "folder") depths.set(from.id, depth + 1);
    if (depth > MOST_FOLDERS_DEEP) throw tooDeep();
    const inside = from.folderId === source.id ? root.id : libraryCopyId(root.id, from.folderId ?? source.id);
    const id = libraryCopyId(root.id, from.id);
    const by = { createdBy: context.personId, modifiedBy: context.personId };
    copies.push({
      from,
      to: copyOf(from, { id, kind: from.kind, folderId: inside, name: from.name, ...by, ...at }),
    });
    if (copies.length > MOST_COPIED) throw tooMany(source);
  }
  return copies;
}

/** What people said of it goes with it; what they did with it (locks, marks, former contents) does not. */
function copyOf(source: LibraryItem, fresh: LibraryItem): LibraryItem {
  const { description, labels, classification, content, properties } = source;
  return {
    ...fresh,
    ...(description === undefined ? {} : { description }),
    ...(labels === undefined ? {} : { labels }),
    ...(classification === undefined ? {} : { classification }),
    ...(properties === undefined ? {} : { properties }),
    ...(content === undefined ? {} : { content, version: 1 }),
  };
}

async function versionRows(
  context: MutationContext,
  from: LibraryItem,
  to: LibraryItem,
): Promise<RowWrite[]> {
  if (to.content === undefined) return [];
  const sentBy = await senderOf(context, from);
  const data: LibraryVersion = {
    id: libraryVersionId(to.id, 1),
    itemId: to.id,
    version: 1,
    content: to.content,
    writtenBy: context.personId,
    writtenAt: timeOf(context),
    ...(sentBy === context.personId ? {} : { sentBy }),
  };
  return [{ scope: context.scope, collection: "libraryVersion", id: data.id, op: "put", data }];
}

/** Whoever sent the present bytes: one that was brought back has those of a version before it. */
async function senderOf(
  { tx, scope }: MutationContext,
  { id, version = 1, modifiedBy }: LibraryItem,
): Promise<PersonId> {
  for (let number = version; ;) {
    const row = standing(await tx.get(scope, "libraryVersion", libraryVersionId(id, number)));
    const found = row === undefined ? undefined : libraryVersionSchema.parse(row.data);
    if (found === undefined) return modifiedBy;
    if (found.restoredFrom === undefined || found.restoredFrom >= number)
      return found.sentBy ?? found.writtenBy;
    number = found.restoredFrom;
  }
}

function tooMany({ name }: LibraryItem): AppError {
  return new AppError("tooLarge", {
    title: "Too much lies in this folder to be copied at once",
    detail: `${name} has more than ${MOST_COPIED} items. Copy the folders in it one by one.`,
    pointer: "args.sourceId",
  });
}
