import { libraryShareSchema, type LibraryShare } from "#contract/entities/library-share.ts";
import { personSchema } from "#contract/entities/person.ts";
import { spaceSchema } from "#contract/entities/space.ts";
import { isAbove, UNMARKED, type Classification } from "#contract/classification.ts";
import type { PersonId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { DIRECTORY, parseScope, shareScope, type Scope } from "#contract/scope.ts";
import type { DueHandler } from "../due/due-context.ts";
import { requireUsedItem } from "../rules/library.ts";
import { requireUsedPlace, runsPlace } from "../rules/places.ts";
import type { RowWrite, StoreTransaction } from "../store/store.ts";
import {
  forbidden,
  notFound,
  requireFreshId,
  standing,
  timeOf,
  type Handler,
  type MutationContext,
} from "./context.ts";
import { forgottenRows, inboxRows } from "./inbox-rows.ts";
import { sharedRows } from "./library-share-rows.ts";

export const setShare: Handler<"libraryShare.set"> = async (context, args) => {
  await requireUsedPlace(context);
  const { tx, scope } = context;
  const item = await requireUsedItem(context, args.itemId);
  const before = await findShare(tx, scope, args.id);
  if (before === undefined) requireFreshId(args.id);
  else await requireOwnShare(context, before);
  if (before !== undefined && before.itemId !== item.id) throw otherItem();
  const level = await levelOf(tx, scope);
  await requireShareable(context, item.classification ?? level);
  const personIds = [...new Set(args.personIds)];
  for (const personId of personIds) await requireRecipient(context, personId);
  if (args.expiresAt !== undefined && args.expiresAt <= timeOf(context)) throw overAlready();
  const share: LibraryShare = {
    id: args.id,
    itemId: item.id,
    sourceScope: scope,
    personIds,
    right: args.right,
    ...(args.expiresAt === undefined ? {} : { expiresAt: args.expiresAt }),
    ...(args.note === undefined ? {} : { note: args.note }),
    ...(level === undefined ? {} : { classification: level }),
    sharedBy: before?.sharedBy ?? context.personId,
    sharedAt: before?.sharedAt ?? timeOf(context),
  };
  const rows = shareRows(share);
  if (before === undefined) rows.push(...(await sharedRows(tx, share, item)));
  const added = personIds.filter((personId) => before?.personIds.includes(personId) !== true);
  const removed = before?.personIds.filter((personId) => !personIds.includes(personId)) ?? [];
  rows.push(...(await newsRows(context, share, item.name, added)));
  for (const personId of removed) rows.push(...(await forgottenRows(tx, personId, [shareScope(share.id)])));
  const changes = await tx.write(rows);
  await tx.addReaders(shareScope(share.id), added);
  await tx.removeReaders(shareScope(share.id), removed);
  await tx.setDue(keyOf(share), share.expiresAt === undefined ? null : Date.parse(share.expiresAt));
  return { changes };
};

export const endShare: Handler<"libraryShare.end"> = async (context, { id }) => {
  const { tx, scope } = context;
  const share = await findShare(tx, scope, id);
  if (share === undefined) throw notFound("This is not shared any more.");
  await requireOwnShare(context, share);
  return { changes: await dissolve(tx, share) };
};

export const leaveShare: Handler<"libraryShare.leave"> = async ({ tx, personId, share }) => {
  if (share === undefined) throw notFound("This is not shared any more.");
  const personIds = share.personIds.filter((each) => each !== personId);
  if (personIds.length === 0) return { changes: await dissolve(tx, share) };
  const scope = shareScope(share.id);
  const changes = await tx.write([
    ...shareRows({ ...share, personIds }),
    ...(await forgottenRows(tx, personId, [scope])),
  ]);
  await tx.removeReaders(scope, [personId]);
  return { changes };
};

/** A share whose time is over. */
export const expireShare: DueHandler = async ({ tx, nowMs, key, row }) => {
  if (row === undefined) return;
  const share = libraryShareSchema.parse(row.data);
  if (share.expiresAt === undefined) return;
  const expiresAtMs = Date.parse(share.expiresAt);
  if (expiresAtMs > nowMs) await tx.setDue(key, expiresAtMs);
  else await dissolve(tx, share);
};

/** Nobody has it any more, and nothing of it is left in their inboxes. Files stay: they are the library's. */
export async function dissolve(tx: StoreTransaction, share: LibraryShare) {
  const scope = shareScope(share.id);
  const rows: RowWrite[] = [
    {
      scope: share.sourceScope,
      collection: "libraryShare",
      id: share.id,
      op: "delete",
      data: { id: share.id },
    },
  ];
  for (const personId of share.personIds) rows.push(...(await forgottenRows(tx, personId, [scope])));
  const changes = await tx.write(rows);
  await tx.removeScope(scope);
  return changes;
}

export async function sharesOf(tx: StoreTransaction, scope: Scope): Promise<LibraryShare[]> {
  const rows = await tx.list(scope, "libraryShare");
  return rows.map((row) => libraryShareSchema.parse(row.data));
}

async function findShare(tx: StoreTransaction, scope: Scope, id: string): Promise<LibraryShare | undefined> {
  const row = standing(await tx.get(scope, "libraryShare", id));
  return row === undefined ? undefined : libraryShareSchema.parse(row.data);
}

/** The library is marked otherwise: those who have something of it keep it accordingly. */
export async function markedShares(
  tx: StoreTransaction,
  scope: Scope,
  classification: Classification = UNMARKED,
): Promise<RowWrite[]> {
  return (await sharesOf(tx, scope)).flatMap((share) => shareRows({ ...share, classification }));
}

/** In the library, and for those whom it is shared with. */
function shareRows(share: LibraryShare): RowWrite[] {
  return [share.sourceScope, shareScope(share.id)].map((scope) => ({
    scope,
    collection: "libraryShare",
    id: share.id,
    op: "put",
    data: share,
  }));
}

/** As the library itself is marked; absent for one's own. */
async function levelOf(tx: StoreTransaction, scope: Scope): Promise<Classification | undefined> {
  const { kind, id } = parseScope(scope);
  const row = kind === "space" ? standing(await tx.get(scope, "space", id)) : undefined;
  return row === undefined ? undefined : (spaceSchema.parse(row.data).classification ?? UNMARKED);
}

async function newsRows(
  context: MutationContext,
  share: LibraryShare,
  name: string,
  personIds: readonly PersonId[],
): Promise<RowWrite[]> {
  const scope = shareScope(share.id);
  return inboxRows(context, personIds, {
    kind: "share",
    object: { kind: "row", scope, collection: "libraryItem", id: share.itemId },
    scope,
    actorId: context.personId,
    excerpt: name,
  });
}

/** @throws AppError forbidden */
async function requireOwnShare(context: MutationContext, share: LibraryShare): Promise<void> {
  if (share.sharedBy === context.personId || (await runsPlace(context))) return;
  throw forbidden("Only whoever shared it, and the animators of the space, change or end this.");
}

/** What is marked for a few leaves its space by a decision of those who run it. @throws AppError forbidden */
async function requireShareable(context: MutationContext, level: Classification | undefined): Promise<void> {
  if (!isAbove(level, UNMARKED) || (await runsPlace(context))) return;
  throw forbidden("What is restricted or confidential is shared by the animators of the space alone.");
}

/** @throws AppError badRequest */
async function requireRecipient({ tx, personId }: MutationContext, recipient: PersonId): Promise<void> {
  const row = standing(await tx.get(DIRECTORY, "person", recipient));
  const person = row === undefined ? undefined : personSchema.parse(row.data);
  const isOpen = person !== undefined && person.isGuest !== true && person.isDeactivated !== true;
  if (isOpen && recipient !== personId) return;
  throw new AppError("badRequest", {
    title: "It cannot be shared with this person",
    detail:
      "Choose other people of this workplace: neither guests, nor accounts that are closed, nor yourself.",
    pointer: "args.personIds",
  });
}

function otherItem(): AppError {
  return new AppError("badRequest", {
    title: "This share is of something else",
    detail: "A share stays with its file or folder. Make another one.",
    pointer: "args.itemId",
  });
}

function overAlready(): AppError {
  return new AppError("badRequest", {
    title: "The share would be over already",
    detail: "Choose a time to come.",
    pointer: "args.expiresAt",
  });
}

function keyOf({ id, sourceScope }: LibraryShare) {
  return { scope: sourceScope, collection: "libraryShare" as const, id };
}
