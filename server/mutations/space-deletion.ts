import { articleSchema } from "#contract/entities/article.ts";
import { joinRequestSchema } from "#contract/entities/requests.ts";
import { spaceSchema } from "#contract/entities/space.ts";
import { spaceIdSchema, type PersonId, type SpaceId } from "#contract/ids.ts";
import { ADMINISTRATION, deskScope, personScope, shareScope, spaceScope } from "#contract/scope.ts";
import type { DueContext, DueHandler } from "../due/due-context.ts";
import { unlistedRow } from "../seed/space-rows.ts";
import type { RowWrite, StoreTransaction } from "../store/store.ts";
import { forgottenRows } from "./inbox-rows.ts";
import { dissolve, sharesOf } from "./library-share.ts";

const FILES_AT_ONCE = 100;
const FILES_OF_SHARE = 10_000;

/**
 * Deletes a space whose time has come: first everything that can be read, in one transaction; then, run by run, its files.
 * The mark stays until the last one is gone, so that a server that is killed goes on where it was.
 */
export const deleteSpace: DueHandler = async (context) => {
  const { tx, nowMs, key, row } = context;
  const spaceId = spaceIdSchema.parse(key.id);
  if (row === undefined) return removeFiles(context, spaceId);
  const { archivedAt, deleteAt } = spaceSchema.parse(row.data);
  if (archivedAt === undefined || deleteAt === undefined) return;
  if (Date.parse(deleteAt) > nowMs) {
    await tx.setDue(key, Date.parse(deleteAt));
    return;
  }
  const [scope, desk] = [spaceScope(spaceId), deskScope(spaceId)];
  await tx.lock(desk);
  await tx.load([...(await rowsElsewhere(tx, spaceId)), unlistedRow(spaceId)]);
  for (const share of await sharesOf(tx, scope)) {
    // What was sent through it belongs to a scope that nobody will ask for again.
    context.removedBlobs.push(...(await tx.filesOf(shareScope(share.id), FILES_OF_SHARE)));
    await dissolve(tx, share);
  }
  await tx.removeScope(scope);
  await tx.removeScope(desk);
  await tx.setDue(key, nowMs);
};

/** What people have of it in their own areas: items of the inbox, requests to join, articles. */
async function rowsElsewhere(tx: StoreTransaction, spaceId: SpaceId): Promise<RowWrite[]> {
  const [scope, desk] = [spaceScope(spaceId), deskScope(spaceId)];
  const people = new Set<PersonId>([
    ...(await tx.readers(scope)),
    ...(await tx.readers(desk)),
    ...(await tx.readers(ADMINISTRATION)),
  ]);
  const rows: RowWrite[] = [];
  for (const row of await tx.list(desk, "joinRequest")) {
    const { id, personId } = joinRequestSchema.parse(row.data);
    people.add(personId);
    rows.push(gone("joinRequest", personId, id));
  }
  for (const personId of people) {
    rows.push(...(await forgottenRows(tx, personId, [scope, desk])));
    for (const row of await tx.list(personScope(personId), "article")) {
      const article = articleSchema.parse(row.data);
      if (article.spaceId === spaceId) rows.push(gone("article", personId, article.id));
    }
  }
  return rows;
}

function gone(collection: "joinRequest" | "article", personId: PersonId, id: string): RowWrite {
  return { scope: personScope(personId), collection, id, op: "delete", data: { id } };
}

async function removeFiles(context: DueContext, spaceId: SpaceId): Promise<void> {
  const { tx, nowMs, key, removedBlobs } = context;
  for (const scope of [spaceScope(spaceId), deskScope(spaceId)]) {
    removedBlobs.push(...(await tx.filesOf(scope, FILES_AT_ONCE)));
  }
  if (removedBlobs.length > 0) await tx.setDue(key, nowMs);
}
