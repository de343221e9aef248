import { membershipSchema, type Membership } from "#contract/entities/membership.ts";
import { spaceSchema, type Space } from "#contract/entities/space.ts";
import { membershipId, type PersonId, type SpaceId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { DIRECTORY, spaceScope, type Scope } from "#contract/scope.ts";
import { forbidden, notFound, standing, type MutationContext } from "../mutations/context.ts";
import type { StoreTransaction } from "../store/store.ts";
import { isAdministrator } from "./people.ts";

/** Hidden spaces have their row in their own scope, all others in the directory. */
export function homeOfSpace(space: Pick<Space, "id" | "visibility">): Scope {
  return space.visibility === "hidden" ? spaceScope(space.id) : DIRECTORY;
}

export async function findSpace(tx: StoreTransaction, spaceId: SpaceId): Promise<Space | undefined> {
  const row =
    standing(await tx.get(DIRECTORY, "space", spaceId)) ??
    standing(await tx.get(spaceScope(spaceId), "space", spaceId));
  return row === undefined ? undefined : spaceSchema.parse(row.data);
}

/** A space that is still in use. @throws AppError notFound, forbidden */
export async function requireOpenSpace(tx: StoreTransaction, spaceId: SpaceId): Promise<Space> {
  const space = await findSpace(tx, spaceId);
  if (space === undefined) throw noSuchSpace();
  if (space.archivedAt !== undefined) throw forbidden(`The space ${space.name} is archived.`);
  return space;
}

/** Said also of a hidden space to those outside. */
export function noSuchSpace(): AppError {
  return notFound("There is no such space, or you cannot see it.");
}

export async function findMembership(
  tx: StoreTransaction,
  spaceId: SpaceId,
  personId: PersonId,
): Promise<Membership | undefined> {
  const id = membershipId(spaceId, personId);
  const row = standing(await tx.get(spaceScope(spaceId), "membership", id));
  return row === undefined ? undefined : membershipSchema.parse(row.data);
}

/** Animators run their space, administrators every one. @throws AppError forbidden, notFound */
export async function requireAnimator(context: MutationContext, spaceId: SpaceId): Promise<void> {
  if (await isAnimator(context, spaceId)) return;
  if (!(await context.tx.canRead(context.personId, spaceScope(spaceId)))) throw noSuchSpace();
  throw forbidden("Only the animators of the space and administrators may do this.");
}

export async function isAnimator(context: MutationContext, spaceId: SpaceId): Promise<boolean> {
  const membership = await findMembership(context.tx, spaceId, context.personId);
  return membership?.role === "animator" || (await isAdministrator(context.tx, context.personId));
}

/** A space is never left without anyone to run it. @throws AppError conflict */
export async function keepAnAnimator(tx: StoreTransaction, leaving: Membership): Promise<void> {
  if (leaving.role !== "animator") return;
  const members = await tx.list(spaceScope(leaving.spaceId), "membership");
  const others = members
    .map((row) => membershipSchema.parse(row.data))
    .filter((member) => member.role === "animator" && member.personId !== leaving.personId);
  if (others.length > 0) return;
  throw new AppError("conflict", {
    title: "The last animator cannot leave",
    detail: "Make someone else an animator of this space first.",
  });
}
