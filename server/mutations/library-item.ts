import { libraryItemSettingsSchema, TRASH_DAYS, type LibraryItem } from "#contract/entities/library.ts";
import { AppError } from "#contract/problem.ts";
import {
  contentsOf,
  findItem,
  freeName,
  MOST_FOLDERS_DEEP,
  namesake,
  requireFolder,
  requireItem,
  requireOwnOfGuest,
  requireUnpreserved,
  requireUsedItem,
  requireWritable,
  tooDeep,
} from "../rules/library.ts";
import { requireUsedPlace, runsPlace } from "../rules/places.ts";
import type { RowWrite } from "../store/store.ts";
import {
  forbidden,
  notFound,
  requireFreshId,
  timeOf,
  type Handler,
  type HandlerResult,
  type MutationContext,
} from "./context.ts";
import { mergedSettings, settingsMoved, withSettings } from "./settings-change.ts";

const DAY_MS = 86_400_000;

export const createFolder: Handler<"folder.create"> = async (context, args) => {
  await requireUsedPlace(context);
  const { id, folderId, name, numbered } = args;
  return placed(context, await newItem(context, { kind: "folder", id, folderId, name }), numbered === true);
};

/** What every new item has. @throws AppError badRequest, conflict, notFound */
export async function newItem(
  context: MutationContext,
  { kind, id, folderId, name }: Pick<LibraryItem, "kind" | "id" | "folderId" | "name">,
): Promise<LibraryItem> {
  requireFreshId(id);
  if ((await requireFolder(context, folderId)).length >= MOST_FOLDERS_DEEP) throw tooDeep();
  if ((await findItem(context, id)) !== undefined) {
    throw new AppError("conflict", {
      title: "This item exists already",
      detail: "Another item of the library has this id.",
      pointer: "args.id",
    });
  }
  const [personId, at] = [context.personId, timeOf(context)];
  const where = folderId === undefined ? {} : { folderId };
  return {
    id,
    kind,
    ...where,
    name,
    createdBy: personId,
    createdAt: at,
    modifiedBy: personId,
    modifiedAt: at,
  };
}

/** Writes the item where it is to lie, with what goes with it; a name that is taken conflicts, or gets a number. */
export async function placed(
  context: MutationContext,
  wanted: LibraryItem,
  isNumbered: boolean,
  more: readonly RowWrite[] = [],
): Promise<HandlerResult> {
  const item = isNumbered ? { ...wanted, name: await freeName(context, wanted) } : wanted;
  const other = await namesake(context, item);
  if (other !== undefined) return conflictWith(context, other, nameTaken(other));
  return { changes: await context.tx.write([itemRow(context, item), ...more]) };
}

export const updateItem: Handler<"libraryItem.update"> = async (context, args) => {
  await requireUsedPlace(context);
  const item = await requireUsedItem(context, args.id);
  await requireOwnOfGuest(context, item);
  requireUnpreserved(context, item);
  const settings = mergedSettings(libraryItemSettingsSchema, item, args);
  if (settings === undefined) return conflictWith(context, item, settingsMoved(item.name));
  return placed(context, withSettings(libraryItemSettingsSchema, item, settings), false);
};

export const moveItem: Handler<"libraryItem.move"> = async (context, args) => {
  await requireUsedPlace(context);
  const item = await requireUsedItem(context, args.id);
  const target = args.folderId ?? undefined;
  if ((item.folderId ?? null) !== args.baseFolderId && item.folderId !== target)
    return conflictWith(context, item, movedAlready(item));
  await requireOwnOfGuest(context, item);
  requireWritable(context, item);
  const above = await requireFolder(context, target);
  if (above.some((folder) => folder.id === item.id)) throw intoItself(item);
  await requireDepth(context, item, above.length);
  const { folderId: _folderId, ...rest } = item;
  const where = target === undefined ? {} : { folderId: target };
  return placed(context, { ...rest, ...where, name: args.name ?? item.name }, args.numbered === true);
};

/** @throws AppError badRequest */
async function requireDepth(context: MutationContext, item: LibraryItem, above: number): Promise<void> {
  const depthOf = new Map([[item.id, above + 1]]);
  for (const each of await contentsOf(context, item)) {
    const depth = (each.folderId === undefined ? 0 : (depthOf.get(each.folderId) ?? 0)) + 1;
    depthOf.set(each.id, depth);
    if (depth > MOST_FOLDERS_DEEP + 1) throw tooDeep();
  }
}

export const trashItem: Handler<"libraryItem.trash"> = async (context, { id }) => {
  await requireUsedPlace(context);
  const item = await requireItem(context, id);
  if (item.trashed !== undefined) return { changes: await context.tx.write([itemRow(context, item)]) };
  await requireOwnOfGuest(context, item);
  for (const each of [item, ...(await contentsOf(context, item))]) requireWritable(context, each);
  const { lock: _lock, ...rest } = item;
  const trashed = { ...rest, trashed: { at: timeOf(context), personId: context.personId } };
  const changes = await context.tx.write([itemRow(context, trashed)]);
  await context.tx.setDue(keyOf(context, item), context.nowMs + TRASH_DAYS * DAY_MS);
  return { changes };
};

export const restoreItem: Handler<"libraryItem.restore"> = async (context, { id }) => {
  await requireUsedPlace(context);
  const { trashed, ...item } = await requireItem(context, id);
  if (trashed === undefined) return { changes: await context.tx.write([itemRow(context, item)]) };
  await requireOwnOfGuest(context, item);
  const isThere = await requireFolder(context, item.folderId).then(
    () => true,
    () => false,
  );
  const { folderId, ...rest } = item;
  const back = isThere && folderId !== undefined ? { ...rest, folderId } : rest;
  await context.tx.setDue(keyOf(context, item), null);
  return placed(context, back, true);
};

export const preserveItem: Handler<"libraryItem.preserve"> = async (context, { id, until, reason }) => {
  await requireUsedPlace(context);
  const item = await requireUsedItem(context, id);
  if (!(await runsPlace(context))) throw forbidden("Only the animators of the space preserve what is in it.");
  const standing = item.preservation?.until;
  if (until <= timeOf(context) || (standing !== undefined && until < standing)) {
    throw new AppError("badRequest", {
      title: "This would end the preservation earlier",
      detail:
        standing === undefined
          ? "Choose a time to come."
          : `It lasts until ${standing} and can only be made longer.`,
      pointer: "args.until",
    });
  }
  const preservation = {
    until,
    ...(reason === undefined ? {} : { reason }),
    personId: context.personId,
    preservedAt: timeOf(context),
  };
  return { changes: await context.tx.write([itemRow(context, { ...item, preservation })]) };
};

export function itemRow({ scope }: Pick<MutationContext, "scope">, data: LibraryItem): RowWrite {
  return { scope, collection: "libraryItem", id: data.id, op: "put", data };
}

function keyOf({ scope }: Pick<MutationContext, "scope">, { id }: LibraryItem) {
  return { scope, collection: "libraryItem" as const, id };
}

export async function conflictWith(
  { tx, scope }: MutationContext,
  { id }: LibraryItem,
  error: AppError,
): Promise<HandlerResult> {
  const current = await tx.get(scope, "libraryItem", id);
  if (current === undefined) throw notFound("There is no such file or folder in this library.");
  return { current, error: error.problem };
}

function nameTaken(other: LibraryItem): AppError {
  return new AppError("conflict", {
    title: "This name is taken",
    detail: `${other.name} lies in this folder already. Choose another name, or let it be numbered.`,
    pointer: "args.name",
  });
}

function movedAlready(item: LibraryItem): AppError {
  return new AppError("conflict", {
    title: "Someone else moved this",
    detail: `${item.name} no longer lies where you saw it. Look at it and decide again.`,
  });
}

export function intoItself(item: LibraryItem): AppError {
  return new AppError("badRequest", {
    title: "A folder cannot lie in itself",
    detail: `${item.name} would be moved into itself or into a folder of its own.`,
    pointer: "args.folderId",
  });
}
