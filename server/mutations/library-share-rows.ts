import { libraryItemSchema, libraryVersionSchema, type LibraryItem } from "#contract/entities/library.ts";
import { libraryShareSchema, type LibraryShare } from "#contract/entities/library-share.ts";
import type { Envelope } from "#contract/envelope.ts";
import { libraryItemIdSchema, libraryVersionId, type LibraryItemId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { shareScope, type Scope } from "#contract/scope.ts";
import { contentsOf, findItem } from "../rules/library.ts";
import type { RowWrite, StoreTransaction } from "../store/store.ts";
import { standing, type MutationContext } from "./context.ts";

/** What those who have a share read of the library, kept as the library is. */

const MOST_SHARED = 10_000;

/** The item and all that lies in it and is not in the trash. @throws AppError tooLarge */
export async function sharedRows(
  tx: StoreTransaction,
  share: LibraryShare,
  item: LibraryItem,
): Promise<RowWrite[]> {
  const rows: RowWrite[] = [];
  const rest = [item];
  for (let each = rest.pop(); each !== undefined; each = rest.pop()) {
    rows.push(...(await rowsOf(tx, share, each, undefined)));
    if (rows.length > 2 * MOST_SHARED) throw tooMuch(item);
    if (each.kind !== "folder") continue;
    const children = await tx.find.children(share.sourceScope, each.id);
    rest.push(...children.map(({ data }) => libraryItemSchema.parse(data)).filter(isUsed));
  }
  return rows;
}

/** After a change in a library: what is shared of it changes with it. */
export async function mirrorShares(
  { tx, scope }: Pick<MutationContext, "tx" | "scope">,
  changes: readonly Envelope[],
): Promise<Envelope[]> {
  const items = changes.filter((row) => row.scope === scope && row.collection === "libraryItem");
  if (items.length === 0) return [];
  const rows: RowWrite[] = [];
  for (const found of await tx.list(scope, "libraryShare")) {
    const share = libraryShareSchema.parse(found.data);
    // A folder above it may have come into the trash, or out of it.
    for (const id of new Set([share.itemId, ...items.map((row) => libraryItemIdSchema.parse(row.id))]))
      rows.push(...(await mirrored(tx, share, id)));
  }
  return rows.length === 0 ? [] : tx.write(rows);
}

async function mirrored(tx: StoreTransaction, share: LibraryShare, id: LibraryItemId): Promise<RowWrite[]> {
  const target = { tx, scope: shareScope(share.id) };
  const item = await findItem({ tx, scope: share.sourceScope }, id);
  const former = await findItem(target, id);
  if (item !== undefined && (await isShared(tx, share, item)))
    return former === undefined ? sharedRows(tx, share, item) : rowsOf(tx, share, item, former);
  if (former === undefined) return [];
  return [former, ...(await contentsOf(target, former))].flatMap((each) => [
    deletion(target.scope, "libraryItem", each.id),
    deletion(target.scope, "libraryVersion", libraryVersionId(each.id, each.version ?? 1)),
  ]);
}

/** Lies in what is shared, and nothing on the way up is in the trash. */
export async function isShared(
  tx: StoreTransaction,
  share: LibraryShare,
  item: LibraryItem,
): Promise<boolean> {
  const place = { tx, scope: share.sourceScope };
  let isWithin = false;
  for (let each: LibraryItem | undefined = item; each !== undefined;) {
    if (!isUsed(each)) return false;
    isWithin ||= each.id === share.itemId;
    each = each.folderId === undefined ? undefined : await findItem(place, each.folderId);
  }
  return isWithin;
}

/** The item as it is shown to them, with its present version alone: what it was before is the library's. */
async function rowsOf(
  tx: StoreTransaction,
  share: LibraryShare,
  item: LibraryItem,
  former: LibraryItem | undefined,
): Promise<RowWrite[]> {
  const scope = shareScope(share.id);
  const { folderId, discussion: _discussion, properties: _properties, ...shown } = item;
  const isTop = item.id === share.itemId;
  const data = { ...shown, ...(isTop || folderId === undefined ? {} : { folderId }) };
  const rows: RowWrite[] = [{ scope, collection: "libraryItem", id: item.id, op: "put", data }];
  if (item.kind === "folder") return rows;
  const id = libraryVersionId(item.id, item.version ?? 1);
  const version = standing(await tx.get(share.sourceScope, "libraryVersion", id));
  if (version !== undefined) {
    const { note: _note, ...present } = libraryVersionSchema.parse(version.data);
    rows.push({ scope, collection: "libraryVersion", id, op: "put", data: present });
  }
  if (former !== undefined && former.version !== item.version)
    rows.push(deletion(scope, "libraryVersion", libraryVersionId(item.id, former.version ?? 1)));
  return rows;
}

function isUsed(item: LibraryItem): boolean {
  return item.trashed === undefined;
}

function deletion(scope: Scope, collection: "libraryItem" | "libraryVersion", id: string): RowWrite {
  return { scope, collection, id, op: "delete", data: { id } };
}

function tooMuch(item: LibraryItem): AppError {
  return new AppError("tooLarge", {
    title: "Too much lies in this folder to be shared",
    detail: `More than ${MOST_SHARED} files and folders lie in ${item.name}. Share the folders in it one by one.`,
    pointer: "args.itemId",
  });
}
