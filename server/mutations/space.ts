import type { Channel } from "#contract/entities/channel.ts";
import type { Membership } from "#contract/entities/membership.ts";
import type { Space } from "#contract/entities/space.ts";
import { conversationIdSchema, membershipId, naturalId, type PersonId, type SpaceId } from "#contract/ids.ts";
import type { MutationArgs } from "#contract/mutations.ts";
import { AppError } from "#contract/problem.ts";
import { DIRECTORY, spaceScope } from "#contract/scope.ts";
import { isGuest, refuseGuest, requireActivePerson } from "../rules/people.ts";
import {
  findMembership,
  findSpace,
  homeOfSpace,
  keepAnAnimator,
  noSuchSpace,
  requireAnimator,
  requireOpenSpace,
} from "../rules/spaces.ts";
import type { RowWrite } from "../store/store.ts";
import {
  forbidden,
  notFound,
  requireFreshId,
  requireScope,
  timeOf,
  type Handler,
  type HandlerResult,
  type MutationContext,
} from "./context.ts";
import { invitation } from "./notify.ts";

export const createSpace: Handler<"space.create"> = async (context, args) => {
  const { tx, personId } = context;
  const scope = spaceScope(args.id);
  requireScope(context, DIRECTORY, scope);
  requireFreshId(args.id);
  await refuseGuest(context, "create spaces");
  await tx.lock(scope);
  if ((await findSpace(tx, args.id)) !== undefined) throw idTaken();
  const space = newSpace(context, args);
  const channel: Channel = {
    id: conversationIdSchema.parse(naturalId("channel", args.id, "general")),
    spaceId: args.id,
    name: "Général",
    createdBy: personId,
    createdAt: timeOf(context),
  };
  await tx.addReaders(scope, [personId]);
  return {
    changes: await tx.write([
      { scope: homeOfSpace(space), collection: "space", id: space.id, op: "put", data: space },
      memberRow(newMember(context, args.id, personId, "animator")),
      { scope, collection: "channel", id: channel.id, op: "put", data: channel },
    ]),
  };
};

export const joinSpace: Handler<"space.join"> = async (context, { spaceId }) => {
  const { tx, personId } = context;
  const scope = spaceScope(spaceId);
  requireScope(context, scope);
  const existing = await tx.get(scope, "membership", membershipId(spaceId, personId));
  if (existing?.op === "put") return { changes: [existing] };
  // Before anything is said of the space, its being archived included.
  if ((await findSpace(tx, spaceId))?.visibility === "hidden") throw noSuchSpace();
  const space = await requireOpenSpace(tx, spaceId);
  if (space.visibility !== "open") throw forbidden("An animator of this space must add you.");
  await refuseGuest(context, "join spaces by themselves");
  await tx.addReaders(scope, [personId]);
  return { changes: await tx.write([memberRow(newMember(context, spaceId, personId, "member"))]) };
};

export const leaveSpace: Handler<"space.leave"> = (context, { spaceId }) =>
  removeMember(context, spaceId, context.personId);

export const setMembership: Handler<"membership.set"> = async (context, args) => {
  const { tx } = context;
  const { spaceId, personId, role } = args;
  const scope = spaceScope(spaceId);
  requireScope(context, scope);
  await requireOpenSpace(tx, spaceId).catch(hideFrom(context, spaceId));
  await requireAnimator(context, spaceId);
  await requireActivePerson(tx, personId);
  if (role !== "guest" && (await isGuest(tx, personId))) throw forbidden("This person may only be a guest.");
  const existing = await findMembership(tx, spaceId, personId);
  if (existing === undefined) {
    await tx.addReaders(scope, [personId]);
    const rows: RowWrite[] = [memberRow(newMember(context, spaceId, personId, role))];
    if (personId !== context.personId) rows.push(invitation(context, personId));
    return { changes: await tx.write(rows) };
  }
  if (role !== "animator") await keepAnAnimator(tx, existing);
  return { changes: await tx.write([memberRow({ ...existing, role })]) };
};

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
  const scope = spaceScope(spaceId);
  requireScope(context, scope);
  const membership = await findMembership(tx, spaceId, personId);
  if (membership === undefined) throw notFound("This person is not a member of the space.");
  await keepAnAnimator(tx, membership);
  const { id } = membership;
  const data = { id, spaceId, personId };
  const changes = await tx.write([{ scope, collection: "membership", id, op: "delete", data }]);
  await tx.removeReaders(scope, [personId]);
  return { changes };
}

function newSpace(context: MutationContext, args: MutationArgs<"space.create">): Space {
  const { id, name, summary, kind, visibility, emoji } = args;
  return {
    id,
    name,
    ...(summary === undefined ? {} : { summary }),
    kind,
    visibility,
    ...(emoji === undefined ? {} : { emoji }),
    createdBy: context.personId,
    createdAt: timeOf(context),
  };
}

function newMember(
  context: MutationContext,
  spaceId: SpaceId,
  personId: PersonId,
  role: Membership["role"],
): Membership {
  return { id: membershipId(spaceId, personId), spaceId, personId, role, joinedAt: timeOf(context) };
}

function memberRow(membership: Membership): RowWrite {
  return {
    scope: spaceScope(membership.spaceId),
    collection: "membership",
    id: membership.id,
    op: "put",
    data: membership,
  };
}

/** Whether a space is archived is said to those who may see it. */
function hideFrom(context: MutationContext, spaceId: SpaceId): (error: unknown) => Promise<never> {
  return async (error) => {
    await requireAnimator(context, spaceId);
    throw error;
  };
}

function idTaken(): AppError {
  return new AppError("conflict", {
    title: "This space exists already",
    detail: "Another space has this id.",
    pointer: "args.id",
  });
}
