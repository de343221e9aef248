import { libraryShareSchema, type LibraryShare } from "#contract/entities/library-share.ts";
import { libraryItemIdSchema } from "#contract/ids.ts";
import type { Mutation } from "#contract/mutations.ts";
import { parseScope, type Scope } from "#contract/scope.ts";
import { forbidden, notFound, standing, timeOf, type MutationContext } from "../mutations/context.ts";
import { isShared } from "../mutations/library-share-rows.ts";
import type { StoreTransaction } from "../store/store.ts";
import { findItem } from "./library.ts";

/** The share that a command is sent through, if its scope is one. */
export async function shareOf(tx: StoreTransaction, scope: Scope): Promise<LibraryShare | undefined> {
  const { kind, id } = parseScope(scope);
  if (kind !== "share") return undefined;
  const row = standing(await tx.get(scope, "libraryShare", id));
  return row === undefined ? undefined : libraryShareSchema.parse(row.data);
}

/** The share gives the right to do this to this file. @throws AppError notFound, forbidden */
export async function requireShared(
  context: MutationContext,
  share: LibraryShare,
  { name, args }: Pick<Mutation, "name" | "args">,
): Promise<void> {
  if (share.expiresAt !== undefined && share.expiresAt <= timeOf(context))
    throw notFound("This is not shared with you any more.");
  if (name === "libraryShare.leave") return;
  if (share.right !== "write") throw forbidden("This was shared with you to be read.");
  const id = libraryItemIdSchema.safeParse(args["id"]);
  // What is not well formed is refused as such.
  if (!id.success) return;
  const item = await findItem({ tx: context.tx, scope: share.sourceScope }, id.data);
  if (item === undefined || !(await isShared(context.tx, share, item)))
    throw notFound("There is no such file in what was shared with you.");
}
