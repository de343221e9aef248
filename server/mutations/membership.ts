import { membershipSchema, type Membership } from "#contract/entities/membership.ts";
import { personSchema } from "#contract/entities/person.ts";
import type { Space } from "#contract/entities/space.ts";
import { membershipId, type PersonId, type SpaceId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { DIRECTORY, spaceScope } from "#contract/scope.ts";
import { isGuest, requireActivePerson } from "../rules/people.ts";
import {
  findMembership,
  findSpace,
  keepAnAnimator,
  membersOf,
  noSuchSpace,
  requireAnimator,
  requireInUse,
  requireRunSpace,
} from "../rules/spaces.ts";
import type { DueHandler } from "../due/due-context.ts";
import type { RowWrite } from "../store/store.ts";
import {
  forbidden,
  notFound,
  requireScope,
  standing,
  type Handler,
  type HandlerResult,
  type MutationContext,
} from "./context.ts";
import { inboxRows } from "./inbox-rows.ts";
import { admit, dismiss, giveRole } from "./members.ts";

export const joinSpace: Handler<"space.join"> = async (context, { spaceId }) => {
  const { tx, personId } = context;
  requireScope(context, spaceScope(spaceId));
  const existing = await tx.get(spaceScope(spaceId), "membership", membershipId(spaceId, personId));
  if (existing?.op === "put") return { changes: [existing] };
  return joinOpenSpace(context, spaceId, "An animator decides who joins this space: ask to join.");
};

/** @throws AppError notFound, forbidden with `advice` where not everyone may join */
async function joinOpenSpace(
  context: MutationContext,
  spaceId: SpaceId,
  advice: string,
): Promise<HandlerResult> {
  const { tx, personId } = context;
  const space = await findSpace(tx, spaceId);
  // Before anything is said of the space, its being archived included.
  if (space === undefined || space.visibility === "hidden") throw noSuchSpace();
  requireInUse(space);
  if (space.visibility !== "open") throw forbidden(advice);
  if (await isGuest(tx, personId)) throw forbidden("Guests may not join spaces by themselves.");
  return { changes: await tx.write(await admit(context, space, [{ personId, role: "member" }])) };
}

export const leaveSpace: Handler<"space.leave"> = (context, { spaceId }) =>
  removeMember(context, spaceId, context.personId);

export const setMembership: Handler<"membership.set"> = async (context, args) => {
  const { tx } = context;
  const { spaceId, personId, role } = args;
  requireScope(context, spaceScope(spaceId));
  const space = await requireRunSpace(context, spaceId);
  requireInUse(space);
  await requireActivePerson(tx, personId);
  if (role !== "guest" && (await isGuest(tx, personId))) throw forbidden("This person may only be a guest.");
  requireExpiry(context, args);
  const { expiresAt } = args;
  const existing = await findMembership(tx, spaceId, personId);
  const wanted = { personId, role, ...(expiresAt === undefined ? {} : { expiresAt }) };
  if (existing === undefined) {
    const rows = await admit(context, space, [wanted]);
    rows.push(...(await invitationRows(context, space, [personId])));
    return { changes: await tx.write(rows) };
  }
  if (role !== "animator") await keepAnAnimator(tx, existing);
  return { changes: await tx.write(await giveRole(context, existing, wanted)) };
};

function requireExpiry(
  context: MutationContext,
  { role, expiresAt }: Pick<Membership, "role" | "expiresAt">,
): void {
  if (expiresAt === undefined) return;
  if (role === "guest" && Date.parse(expiresAt) > context.nowMs) return;
  throw new AppError("badRequest", {
    title: role === "guest" ? "The access would already have ended" : "Only a guest's access ends by itself",
    detail: "Give a time to come, for a guest.",
    pointer: "args.expiresAt",
  });
}

/** Whoever cannot be added is passed over: a long list is not refused for one name. */
export const addMembers: Handler<"membership.addMany"> = async (context, { spaceId, personIds }) => {
  const { tx } = context;
  requireScope(context, spaceScope(spaceId));
  const space = await requireRunSpace(context, spaceId);
  requireInUse(space);
  const added = await thoseToAdd(context, spaceId, [...new Set(personIds)]);
  const rows = await admit(
    context,
    space,
    added.map((personId) => ({ personId, role: "member" })),
  );
  rows.push(...(await invitationRows(context, space, added)));
  return { changes: await tx.write(rows) };
};

/** Those who exist, are no guests and are no members yet. */
async function thoseToAdd(
  { tx }: MutationContext,
  spaceId: SpaceId,
  personIds: readonly PersonId[],
): Promise<PersonId[]> {
  const members = new Set((await membersOf(tx, spaceId)).map((member) => member.personId));
  const others = personIds.filter((personId) => !members.has(personId));
  const rows = await tx.find.many(
    others.map((id) => ({ scope: DIRECTORY, collection: "person" as const, id })),
  );
  return others.filter((_personId, index) => {
    const row = standing(rows[index]);
    if (row === undefined) return false;
    const { isGuest: isOutside, isDeactivated } = personSchema.parse(row.data);
    return isOutside !== true && isDeactivated !== true;
  });
}

function invitationRows(
  context: MutationContext,
  space: Space,
  personIds: readonly PersonId[],
): Promise<RowWrite[]> {
  return inboxRows(context, personIds, {
    kind: "invitation",
    object: { kind: "space", spaceId: space.id },
    scope: spaceScope(space.id),
    spaceId: space.id,
    actorId: context.personId,
    excerpt: space.name,
  });
}

export const removeMembership: Handler<"membership.remove"> = async (context, { spaceId, personId }) => {
  if (personId !== context.personId) await requireAnimator(context, spaceId);
  return removeMember(context, spaceId, personId);
};

async function removeMember(
  context: MutationContext,
  spaceId: SpaceId,
  personId: PersonId,
): Promise<HandlerResult> {
  const { tx } = context;
  requireScope(context, spaceScope(spaceId));
  const membership = await findMembership(tx, spaceId, personId);
  if (membership === undefined) throw notFound("This person is not a member of the space.");
  await keepAnAnimator(tx, membership);
  return { changes: await tx.write(await dismiss(context, membership)) };
}

/** Someone else becomes an animator, whoever hands it over a member. */
export const transferSpace: Handler<"space.transfer"> = async (context, { spaceId, personId }) => {
  const { tx } = context;
  const scope = spaceScope(spaceId);
  requireScope(context, scope);
  const space = await requireRunSpace(context, spaceId);
  requireInUse(space);
  const other = await findMembership(tx, spaceId, personId);
  if (other === undefined) throw notFound("This person is not a member of the space: add them first.");
  if (other.role === "guest" || (await isGuest(tx, personId))) throw forbidden("A guest cannot run a space.");
  await requireActivePerson(tx, personId);
  const rows = await giveRole(context, other, { role: "animator" });
  const own = await findMembership(tx, spaceId, context.personId);
  if (own !== undefined && own.role === "animator" && own.personId !== personId) {
    rows.push(...(await giveRole(context, own, { role: "member" })));
  }
  rows.push(...(await invitationRows(context, space, [personId])));
  return { changes: await tx.write(rows) };
};

/** A guest's access ends. */
export const endAccess: DueHandler = async ({ tx, nowMs, key, row }) => {
  if (row === undefined) return;
  const membership = membershipSchema.parse(row.data);
  if (membership.expiresAt === undefined) return;
  const expiresAtMs = Date.parse(membership.expiresAt);
  if (expiresAtMs > nowMs) await tx.setDue(key, expiresAtMs);
  else await tx.write(await dismiss({ tx, nowMs }, membership));
};
