import {
  libraryItemSchema,
  libraryVersionSchema,
  TRASH_DAYS,
  type LibraryItem,
  type LibraryVersion,
} from "#contract/entities/library.ts";
import { libraryVersionId, type BlobId, type PersonId } from "#contract/ids.ts";
import { parseScope, type Scope } from "#contract/scope.ts";
import type { DueHandler } from "../due/due-context.ts";
import { contentsOf, requireItem, requireUnpreserved } from "../rules/library.ts";
import { requireUsedPlace, runsPlace } from "../rules/places.ts";
import type { RowWrite, StoreTransaction } from "../store/store.ts";
import { dissolve, sharesOf } from "./library-share.ts";
import { forbidden, standing, type Handler, type MutationContext } from "./context.ts";

const DAY_MS = 86_400_000;

export const removeItem: Handler<"libraryItem.remove"> = async (context, { id }) => {
  await requireUsedPlace(context);
  const item = await requireItem(context, id);
  if (item.trashed === undefined) throw forbidden(`${item.name} is not in the trash: put it there first.`);
  const isOwn = item.createdBy === context.personId || item.trashed.personId === context.personId;
  if (!isOwn && !(await runsPlace(context)))
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
  const versions: LibraryVersion[] = [];
  for (const each of [item, ...(await contentsOf(context, item))]) {
    requireUnpreserved(context, each);
    versions.push(...(await versionsOf(context.tx, context.scope, each)));
    rows.push(deletion(context.scope, "libraryItem", each.id));
  }
  for (const { id } of versions) rows.push(deletion(context.scope, "libraryVersion", id));
  const changes = await context.tx.write(rows);
  await letGo(context, versions);
  const gone = new Set(changes.map(({ id }) => id));
  for (const share of await sharesOf(context.tx, context.scope))
    if (gone.has(share.itemId)) changes.push(...(await dissolve(context.tx, share)));
  return changes;
}

/** Bytes go with the last version that has them: a copy has those of its source. */
async function letGo({ tx, removedBlobs }: Removal, gone: readonly LibraryVersion[]): Promise<void> {
  const owners = new Map<BlobId, PersonId>();
  for (const { content, writtenBy, sentBy, restoredFrom } of gone)
    // Brought back, the bytes are still those of the version that was sent.
    if (restoredFrom === undefined) owners.set(content.blobId, sentBy ?? writtenBy);
  for (const [id, ownerId] of owners) {
    const others = await tx.find.ofEveryone("libraryVersion", id);
    const isUsed = others.some(({ scope }) => parseScope(scope).kind !== "share");
    if (!isUsed) removedBlobs.push({ id, ownerId });
  }
}

async function versionsOf(
  tx: StoreTransaction,
  scope: Scope,
  { id: itemId, version = 0 }: LibraryItem,
): Promise<LibraryVersion[]> {
  const keys = Array.from({ length: version }, (_, index) => ({
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
