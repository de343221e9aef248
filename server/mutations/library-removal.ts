import {
  libraryItemSchema,
  libraryVersionSchema,
  TRASH_DAYS,
  type LibraryItem,
} from "#contract/entities/library.ts";
import { libraryVersionId, type LibraryItemId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import type { DueHandler } from "../due/due-context.ts";
import {
  contentsOf,
  requireItem,
  requireLibrary,
  requireUnpreserved,
  runsLibrary,
} from "../rules/library.ts";
import type { RowWrite, StoreTransaction } from "../store/store.ts";
import { forbidden, standing, type Handler, type MutationContext } from "./context.ts";

const DAY_MS = 86_400_000;

export const removeItem: Handler<"libraryItem.remove"> = async (context, { id }) => {
  await requireLibrary(context);
  const item = await requireItem(context, id);
  if (item.trashed === undefined) throw forbidden(`${item.name} is not in the trash: put it there first.`);
  const isOwn = item.createdBy === context.personId || item.trashed.personId === context.personId;
  if (!isOwn && !(await runsLibrary(context)))
    throw forbidden("Only whoever put it there, and the animators of the space, empty the trash of it.");
  return { changes: await removeForGood(context, item) };
};

/** What has lain in the trash long enough. */
export const emptyTrash: DueHandler = async (context) => {
  const { tx, key, nowMs, row } = context;
  if (row === undefined) return;
  const item = libraryItemSchema.parse(row.data);
  if (item.trashed === undefined) return;
  const endMs = Date.parse(item.trashed.at) + TRASH_DAYS * DAY_MS;
  if (endMs > nowMs) await tx.setDue(key, endMs);
  else await removeForGood({ ...context, scope: key.scope }, item);
};

type Removal = Pick<MutationContext, "tx" | "scope" | "nowMs" | "removedBlobs">;

/** The item, what lies in it, every version and its bytes. @throws AppError forbidden for what is preserved */
async function removeForGood(context: Removal, item: LibraryItem) {
  const rows: RowWrite[] = [];
  const gone = [item, ...(await contentsOf(context, item))];
  for (const each of gone) {
    requireUnpreserved(context, each);
    rows.push(...(await versionRows(context, each)), deletion(context.scope, "libraryItem", each.id));
  }
  return context.tx.write(rows);
}

async function versionRows(context: Removal, { id, version = 0 }: LibraryItem): Promise<RowWrite[]> {
  const rows: RowWrite[] = [];
  for (const found of await versionsOf(context.tx, context.scope, id, version)) {
    rows.push(deletion(context.scope, "libraryVersion", found.id));
    // Brought back, the bytes are still those of the version that was sent.
    if (found.restoredFrom === undefined)
      context.removedBlobs.push({ id: found.content.blobId, ownerId: found.writtenBy });
  }
  return rows;
}

async function versionsOf(tx: StoreTransaction, scope: Scope, itemId: LibraryItemId, count: number) {
  const keys = Array.from({ length: count }, (_, index) => ({
    scope,
    collection: "libraryVersion" as const,
    id: libraryVersionId(itemId, index + 1),
  }));
  return (await tx.find.many(keys)).flatMap((row) => {
    const found = standing(row);
    return found === undefined ? [] : [libraryVersionSchema.parse(found.data)];
  });
}

function deletion(scope: Scope, collection: "libraryItem" | "libraryVersion", id: string): RowWrite {
  return { scope, collection, id, op: "delete", data: { id } };
}
