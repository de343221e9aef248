import type { Capabilities } from "#contract/capabilities.ts";
import type { Envelope } from "#contract/envelope.ts";
import type { PersonId } from "#contract/ids.ts";
import type { Mutation, MutationResult } from "#contract/mutations.ts";
import { AppError, type Problem, type ProblemKind } from "#contract/problem.ts";
import { isCollectionName } from "#contract/collections.ts";
import type { RowKey, Store, StoredOutcome, StoreTransaction } from "../store/store.ts";
import type { HandlerResult, MutationContext } from "./context.ts";
import { shareScope } from "#contract/scope.ts";
import { requireShared, shareOf } from "../rules/shares.ts";
import { mirrorShares } from "./library-share-rows.ts";
import { requirePermission } from "../rules/permission-check.ts";
import { runMutation } from "./registry.ts";
import { removeBlobs } from "./removed-blobs.ts";

export interface ExecutorOptions {
  store: Store;
  clock: () => number;
  limits: Capabilities["limits"];
}

/** Refusals that are final; every other failure is the server's, and the client sends the mutation again. */
const finalKinds: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  "badRequest",
  "tooLarge",
  "notFound",
  "conflict",
  "unsupported",
  "forbidden",
]);

/** Carries a mutation out once for ever: its effect and its outcome are one transaction. */
export async function executeMutation(
  options: ExecutorOptions,
  personId: PersonId,
  mutation: Mutation,
): Promise<MutationResult> {
  const { store } = options;
  const removedBlobs: MutationContext["removedBlobs"] = [];
  try {
    const result = await store.transaction(async (tx) => {
      // What is sent through a share is written where the library is.
      const share = await shareOf(tx, mutation.scope);
      const scope = share?.sourceScope ?? mutation.scope;
      await tx.lock(scope);
      const stored = await tx.outcome(personId, mutation.id);
      if (stored !== undefined) return repeat(tx, personId, mutation, stored);
      const { limits, clock } = options;
      // A transaction that is tried again starts over.
      removedBlobs.length = 0;
      const context = { tx, personId, scope, nowMs: clock(), limits, removedBlobs, share };
      await requirePermission(tx, personId, mutation);
      if (share !== undefined) await requireShared(context, share, mutation);
      const outcome = await mirrorOutcome(context, await runMutation(context, mutation));
      await tx.condemnBlobs(removedBlobs);
      return finish(tx, personId, mutation, outcome);
    });
    await removeBlobs(store, removedBlobs);
    return result;
  } catch (error) {
    if (!(error instanceof AppError) || !finalKinds.has(error.kind)) throw error;
    return reject(store, personId, mutation, error.problem);
  }
}

/** With what follows from it in the shares of a library; what stands in the way, as whoever asked may see it. */
async function mirrorOutcome(context: MutationContext, outcome: HandlerResult): Promise<HandlerResult> {
  if ("changes" in outcome) {
    const mirrored = await mirrorShares(context, outcome.changes);
    return { changes: [...outcome.changes, ...mirrored] };
  }
  const { tx, share } = context;
  const { collection, id } = outcome.current;
  if (share === undefined || !isCollectionName(collection)) return outcome;
  const current = await tx.get(shareScope(share.id), collection, id);
  if (current === undefined) throw AppError.from(outcome.error);
  return { ...outcome, current };
}

async function finish(
  tx: StoreTransaction,
  personId: PersonId,
  mutation: Mutation,
  outcome: HandlerResult,
): Promise<MutationResult> {
  if ("current" in outcome) {
    const { current, error } = outcome;
    await tx.saveOutcome(personId, mutation.id, { status: "conflict", current, error });
    return { id: mutation.id, status: "conflict", current, error };
  }
  const changes: Envelope[] = [];
  for (const change of outcome.changes) {
    if (await tx.canRead(personId, change.scope)) changes.push(change);
  }
  await tx.saveOutcome(personId, mutation.id, { status: "applied", rows: changes.flatMap(keyOf) });
  return { id: mutation.id, status: "applied", changes };
}

/** The outcome of before, with the rows as they stand now. */
async function repeat(
  tx: StoreTransaction,
  personId: PersonId,
  mutation: Mutation,
  stored: StoredOutcome,
): Promise<MutationResult> {
  const { id } = mutation;
  if (stored.status !== "applied") return { id, ...stored };
  const changes: Envelope[] = [];
  for (const { scope, collection, id: rowId } of stored.rows) {
    if (!(await tx.canRead(personId, scope))) continue;
    const row = await tx.get(scope, collection, rowId);
    if (row !== undefined) changes.push(row);
  }
  return { id, status: "applied", changes };
}

/** In a transaction of its own: the one that was refused is undone. */
async function reject(
  store: Store,
  personId: PersonId,
  mutation: Mutation,
  error: Problem,
): Promise<MutationResult> {
  return store.transaction(async (tx) => {
    const stored = await tx.outcome(personId, mutation.id);
    if (stored !== undefined) return repeat(tx, personId, mutation, stored);
    await tx.saveOutcome(personId, mutation.id, { status: "rejected", error });
    return { id: mutation.id, status: "rejected", error };
  });
}

function keyOf({ scope, collection, id }: Envelope): RowKey[] {
  return isCollectionName(collection) ? [{ scope, collection, id }] : [];
}
