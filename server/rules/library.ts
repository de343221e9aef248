import { libraryItemSchema, type LibraryItem } from "#contract/entities/library.ts";
import { numberedName } from "#contract/file-names.ts";
import { libraryNameKey, spaceIdSchema, type LibraryItemId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { parseScope } from "#contract/scope.ts";
import { forbidden, notFound, standing, timeOf, type MutationContext } from "../mutations/context.ts";
import { findMembership, requireInsider } from "./spaces.ts";

/** Folders in folders; nobody reads paths longer than that. */
export const MOST_FOLDERS_DEEP = 50;
const MOST_NUMBERS = 1000;

/** Guests change and take away what they made. @throws AppError forbidden */
export async function requireOwnOfGuest(context: MutationContext, item: LibraryItem): Promise<void> {
  const { kind, id } = parseScope(context.scope);
  if (kind !== "space" || item.createdBy === context.personId) return;
  const membership = await findMembership(context.tx, spaceIdSchema.parse(id), context.personId);
  if (membership?.role === "guest") throw forbidden("Guests change and take away only what they made.");
}

/** Guests add files and no folders. @throws AppError forbidden */
export async function requireFolderMaker(context: MutationContext): Promise<void> {
  const { kind, id } = parseScope(context.scope);
  if (kind === "space") await requireInsider(context, spaceIdSchema.parse(id), "make folders");
}

export async function findItem(
  { tx, scope }: Pick<MutationContext, "tx" | "scope">,
  id: LibraryItemId,
): Promise<LibraryItem | undefined> {
  const row = standing(await tx.get(scope, "libraryItem", id));
  return row === undefined ? undefined : libraryItemSchema.parse(row.data);
}

/** @throws AppError notFound */
export async function requireItem(context: MutationContext, id: LibraryItemId): Promise<LibraryItem> {
  const item = await findItem(context, id);
  if (item === undefined) throw notFound("There is no such file or folder in this library.");
  return item;
}

/** One that is in the trash neither itself nor with a folder that it lies in. @throws AppError notFound */
export async function requireUsedItem(context: MutationContext, id: LibraryItemId): Promise<LibraryItem> {
  const item = await requireItem(context, id);
  if (item.trashed !== undefined) throw inTrash(item);
  await requireFolder(context, item.folderId);
  return item;
}

/** @throws AppError notFound, badRequest */
export async function requireUsedFile(context: MutationContext, id: LibraryItemId): Promise<LibraryItem> {
  const item = await requireUsedItem(context, id);
  if (item.kind === "file") return item;
  throw new AppError("badRequest", {
    title: "This is a folder",
    detail: `${item.name} is a folder: it has no content of its own.`,
    pointer: "args.id",
  });
}

/** The folders from this one up to the top; none for the top. @throws AppError notFound, badRequest */
export async function requireFolder(
  context: MutationContext,
  folderId: LibraryItemId | undefined,
): Promise<LibraryItem[]> {
  const above: LibraryItem[] = [];
  for (let id = folderId; id !== undefined;) {
    const folder = await requireItem(context, id);
    if (folder.kind !== "folder") throw notAFolder(folder);
    if (folder.trashed !== undefined) throw inTrash(folder);
    above.push(folder);
    if (above.length > MOST_FOLDERS_DEEP) throw tooDeep();
    id = folder.folderId;
  }
  return above;
}

/** Everything that lies in a folder, near before far; a file has nothing. */
export async function contentsOf(
  { tx, scope }: Pick<MutationContext, "tx" | "scope">,
  item: LibraryItem,
): Promise<LibraryItem[]> {
  const found: LibraryItem[] = [];
  const folders = item.kind === "folder" ? [item] : [];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const row of await tx.find.children(scope, folder.id)) {
      const child = libraryItemSchema.parse(row.data);
      found.push(child);
      if (child.kind === "folder") folders.push(child);
    }
  }
  return found;
}

/** The other item that has this name in this folder. */
export async function namesake(
  { tx, scope }: Pick<MutationContext, "tx" | "scope">,
  item: Pick<LibraryItem, "id" | "folderId" | "name">,
): Promise<LibraryItem | undefined> {
  const rows = await tx.find.ofEveryone("libraryItem", libraryNameKey(scope, item.folderId ?? "", item.name));
  const row = rows.find((each) => each.id !== item.id);
  return row === undefined ? undefined : libraryItemSchema.parse(row.data);
}

/** The name itself when it is free, else with the first number that is. @throws AppError conflict */
export async function freeName(
  context: MutationContext,
  item: Pick<LibraryItem, "id" | "folderId" | "name">,
): Promise<string> {
  let name = item.name;
  for (let count = 2; count <= MOST_NUMBERS; count += 1) {
    if ((await namesake(context, { ...item, name })) === undefined) return name;
    name = numberedName(item.name, count);
  }
  throw new AppError("conflict", {
    title: "Too many items have this name",
    detail: `${item.name} and ${MOST_NUMBERS} numbered ones are there. Choose another name.`,
    pointer: "args.name",
  });
}

/** Neither preserved nor checked out by somebody else. @throws AppError forbidden, conflict */
export function requireWritable(context: MutationContext, item: LibraryItem): void {
  requireUnpreserved(context, item);
  const { lock } = item;
  if (lock === undefined || lock.personId === context.personId || isOver(context, lock)) return;
  throw checkedOut(item);
}

/** @throws AppError forbidden */
export function requireUnpreserved(context: Pick<MutationContext, "nowMs">, item: LibraryItem): void {
  const { preservation } = item;
  if (preservation === undefined || preservation.until <= timeOf(context)) return;
  throw forbidden(
    `${item.name} is preserved until ${preservation.until}: nobody changes or deletes it before.`,
  );
}

export function isOver(
  context: Pick<MutationContext, "nowMs">,
  lock: NonNullable<LibraryItem["lock"]>,
): boolean {
  return lock.expiresAt !== undefined && lock.expiresAt <= timeOf(context);
}

export function checkedOut(item: LibraryItem): AppError {
  return new AppError("conflict", {
    title: "Somebody else has this file checked out",
    detail: `${item.name} is being worked on. Wait until it is given back, or ask whoever has it.`,
  });
}

function inTrash(item: LibraryItem): AppError {
  return notFound(`${item.name} is in the trash. Restore it first.`);
}

function notAFolder(item: LibraryItem): AppError {
  return new AppError("badRequest", {
    title: "This is not a folder",
    detail: `${item.name} is a file: nothing lies in it.`,
    pointer: "args.folderId",
  });
}

export function tooDeep(): AppError {
  return new AppError("badRequest", {
    title: "Too many folders in one another",
    detail: `There may be ${MOST_FOLDERS_DEEP} of them.`,
    pointer: "args.folderId",
  });
}
