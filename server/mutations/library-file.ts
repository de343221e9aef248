import {
  libraryVersionSchema,
  type FileContent,
  type LibraryItem,
  type LibraryVersion,
} from "#contract/entities/library.ts";
import { libraryVersionId, type BlobId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { shareScope } from "#contract/scope.ts";
import { checkedOut, isOver, requireUnpreserved, requireUsedFile } from "../rules/library.ts";
import { requireUsedPlace, runsPlace } from "../rules/places.ts";
import type { RowWrite } from "../store/store.ts";
import {
  forbidden,
  notFound,
  standing,
  timeOf,
  type Handler,
  type HandlerResult,
  type MutationContext,
} from "./context.ts";
import { conflictWith, itemRow, newItem, placed } from "./library-item.ts";

export const addFile: Handler<"file.add"> = async (context, args) => {
  await requireUsedPlace(context);
  const { id, folderId, name, blobId, note, numbered } = args;
  const content = await contentOf(context, blobId);
  const empty = await newItem(context, { kind: "file", id, folderId, name });
  const item: LibraryItem = { ...empty, content, version: 1 };
  return placed(context, item, numbered === true, [versionRow(context, versionOf(context, item, { note }))]);
};

export const writeFile: Handler<"file.write"> = async (context, { id, blobId, baseVersion, note }) => {
  await requireUsedPlace(context);
  const item = await requireUsedFile(context, id);
  return written(context, item, { baseVersion, content: await contentOf(context, blobId), note });
};

export const restoreVersion: Handler<"file.restoreVersion"> = async (
  context,
  { id, version, baseVersion },
) => {
  await requireUsedPlace(context);
  const item = await requireUsedFile(context, id);
  const row = standing(await context.tx.get(context.scope, "libraryVersion", libraryVersionId(id, version)));
  if (row === undefined) throw notFound(`There is no version ${version} of ${item.name}.`);
  const { content } = libraryVersionSchema.parse(row.data);
  return written(context, item, { baseVersion, content, restoredFrom: version });
};

interface Writing {
  baseVersion: number;
  content: FileContent;
  note?: string | undefined;
  restoredFrom?: number;
}

async function written(
  context: MutationContext,
  item: LibraryItem,
  writing: Writing,
): Promise<HandlerResult> {
  const { baseVersion, content, ...more } = writing;
  requireUnpreserved(context, item);
  if (isCheckedOut(context, item)) return conflictWith(context, item, checkedOut(item));
  const version = item.version ?? 0;
  if (version !== baseVersion) return conflictWith(context, item, writtenSince(item));
  const after: LibraryItem = {
    ...item,
    content,
    version: version + 1,
    modifiedBy: context.personId,
    modifiedAt: timeOf(context),
  };
  const rows = [itemRow(context, after), versionRow(context, versionOf(context, after, more))];
  return { changes: await context.tx.write(rows) };
}

/** By somebody else, and still. */
function isCheckedOut(context: MutationContext, { lock }: LibraryItem): boolean {
  return lock !== undefined && lock.personId !== context.personId && !isOver(context, lock);
}

export const lockFile: Handler<"file.lock"> = async (context, { id, expiresAt, note }) => {
  await requireUsedPlace(context);
  const item = await requireUsedFile(context, id);
  requireUnpreserved(context, item);
  if (isCheckedOut(context, item)) return conflictWith(context, item, checkedOut(item));
  if (expiresAt !== undefined && expiresAt <= timeOf(context)) {
    throw new AppError("badRequest", {
      title: "The lock would be over already",
      detail: "Choose a time to come.",
      pointer: "args.expiresAt",
    });
  }
  const lock = {
    personId: context.personId,
    lockedAt: item.lock?.personId === context.personId ? item.lock.lockedAt : timeOf(context),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(note === undefined ? {} : { note }),
  };
  return { changes: await context.tx.write([itemRow(context, { ...item, lock })]) };
};

export const unlockFile: Handler<"file.unlock"> = async (context, { id }) => {
  await requireUsedPlace(context);
  const { lock, ...item } = await requireUsedFile(context, id);
  const mayUnlock = lock === undefined || lock.personId === context.personId || isOver(context, lock);
  if (!mayUnlock && !(await runsPlace(context)))
    throw forbidden("Only whoever has the file checked out, and the animators of the space, give it back.");
  return { changes: await context.tx.write([itemRow(context, item)]) };
};

/** @throws AppError notFound */
async function contentOf({ tx, scope, share }: MutationContext, blobId: BlobId): Promise<FileContent> {
  const blob = await tx.blob(blobId);
  const sentTo = share === undefined ? scope : shareScope(share.id);
  if (blob?.isComplete === true && blob.scope === sentTo && blob.sha256 !== undefined)
    return { blobId, mediaType: blob.mediaType, sizeBytes: blob.sizeBytes, sha256: blob.sha256 };
  throw new AppError("notFound", {
    title: "The file is not there",
    detail: "It was not wholly sent to this library. Send it again.",
    pointer: "args.blobId",
  });
}

function versionOf(
  context: MutationContext,
  { id, version = 1, content }: LibraryItem,
  { note, restoredFrom }: Pick<Writing, "note" | "restoredFrom">,
): LibraryVersion {
  if (content === undefined) throw new Error("a file has a content");
  return {
    id: libraryVersionId(id, version),
    itemId: id,
    version,
    content,
    writtenBy: context.personId,
    writtenAt: timeOf(context),
    ...(note === undefined ? {} : { note }),
    ...(restoredFrom === undefined ? {} : { restoredFrom }),
  };
}

function versionRow({ scope }: MutationContext, data: LibraryVersion): RowWrite {
  return { scope, collection: "libraryVersion", id: data.id, op: "put", data };
}

function writtenSince(item: LibraryItem): AppError {
  return new AppError("conflict", {
    title: "Someone else wrote this file since",
    detail: `${item.name} is at version ${item.version ?? 1}. Keep yours beside it, or compare the two.`,
  });
}
