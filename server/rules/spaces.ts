import { membershipSchema, type Membership } from "#contract/entities/membership.ts";
import { spaceSchema, type Space } from "#contract/entities/space.ts";
import { membershipId, type PersonId, type SpaceId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { DIRECTORY, spaceScope } from "#contract/scope.ts";
import { forbidden, notFound, standing, type MutationContext } from "../mutations/context.ts";
import type { StoreTransaction } from "../store/store.ts";
import { isAdministrator } from "./people.ts";

export async function findSpace(tx: StoreTransaction, spaceId: SpaceId): Promise<Space | undefined> {
  const row =
    standing(await tx.get(spaceScope(spaceId), "space", spaceId)) ??
    // Written by a server that kept it there alone.
    standing(await tx.get(DIRECTORY, "space", spaceId));
  return row === undefined ? undefined : spaceSchema.parse(row.data);
}

/** @throws AppError notFound */
async function requireSpace(tx: StoreTransaction, spaceId: SpaceId): Promise<Space> {
  const space = await findSpace(tx, spaceId);
  if (space === undefined) throw noSuchSpace();
  return space;
}

/** A space that is still in use. @throws AppError notFound, forbidden */
export async function requireOpenSpace(tx: StoreTransaction, spaceId: SpaceId): Promise<Space> {
  const space = await requireSpace(tx, spaceId);
  requireInUse(space);
  return space;
}

/** @throws AppError forbidden */
export function requireInUse(space: Space): void {
  if (space.archivedAt !== undefined) throw forbidden(`The space ${space.name} is archived.`);
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

export async function membersOf(tx: StoreTransaction, spaceId: SpaceId): Promise<Membership[]> {
  const rows = await tx.list(spaceScope(spaceId), "membership");
  return rows.map((row) => membershipSchema.parse(row.data));
}

/** Animators run their space, administrators every one. @throws AppError forbidden, notFound */
export async function requireAnimator(context: MutationContext, spaceId: SpaceId): Promise<void> {
  if (await isAnimator(context, spaceId)) return;
  if (!(await context.tx.canRead(context.personId, spaceScope(spaceId)))) throw noSuchSpace();
  throw forbidden("Only the animators of the space and administrators may do this.");
}

export async function isAnimator(context: MutationContext, spaceId: SpaceId): Promise<boolean> {
  if (context.isDecided === true) return true;
  const membership = await findMembership(context.tx, spaceId, context.personId);
  return membership?.role === "animator" || (await isAdministrator(context.tx, context.personId));
}

/** The space, to someone who may run it; it may be archived. @throws AppError notFound, forbidden */
export async function requireRunSpace(context: MutationContext, spaceId: SpaceId): Promise<Space> {
  const space = await requireSpace(context.tx, spaceId);
  await requireAnimator(context, spaceId);
  return space;
}

/** A member who is not a guest, for what guests may not do. @throws AppError notFound, forbidden */
export async function requireInsider(
  context: MutationContext,
  spaceId: SpaceId,
  what: string,
): Promise<Membership> {
  const membership = await findMembership(context.tx, spaceId, context.personId);
  if (membership === undefined) throw noSuchSpace();
  if (membership.role === "guest") throw forbidden(`Guests may not ${what}.`);
  return membership;
}

/** A space is never left without anyone to run it. @throws AppError conflict */
export async function keepAnAnimator(tx: StoreTransaction, leaving: Membership): Promise<void> {
  if (leaving.role !== "animator") return;
  const members = await membersOf(tx, leaving.spaceId);
  if (members.some(({ role, personId }) => role === "animator" && personId !== leaving.personId)) return;
  throw new AppError("conflict", {
    title: "The last animator cannot leave",
    detail: "Make someone else an animator of this space first.",
  });
}
