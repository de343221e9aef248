import { joinRequestSchema, type JoinRequest } from "#contract/entities/requests.ts";
import { joinRequestId, type PersonId, type SpaceId } from "#contract/ids.ts";
import { ADMINISTRATION, deskScope, personScope, spaceScope } from "#contract/scope.ts";
import { isGuest, refuseGuest, requireActivePerson } from "../rules/people.ts";
import {
  findMembership,
  findSpace,
  noSuchSpace,
  requireAnimator,
  requireInUse,
  requireOpenSpace,
} from "../rules/spaces.ts";
import type { RowWrite } from "../store/store.ts";
import {
  forbidden,
  notFound,
  requireOwnScope,
  requireScope,
  standing,
  timeOf,
  type Handler,
  type MutationContext,
} from "./context.ts";
import { decided, decidedBefore } from "./decision.ts";
import { animatorsOf, askOfJoinRequest } from "./desk-asks.ts";
import { inboxRows, settledRows, withdrawnRows, type InboxItem } from "./inbox-rows.ts";
import { admit } from "./members.ts";

/** Asks to join. Where everyone may, which may be so only since it was asked offline, the person simply joins. */
export const makeJoinRequest: Handler<"joinRequest.make"> = async (context, { spaceId, note }) => {
  const { tx, personId } = context;
  requireOwnScope(context);
  await tx.lock(spaceScope(spaceId));
  const membership = await findMembership(tx, spaceId, personId);
  if (membership !== undefined) {
    const row = await tx.get(spaceScope(spaceId), "membership", membership.id);
    return { changes: row === undefined ? [] : [row] };
  }
  const space = await findSpace(tx, spaceId);
  if (space === undefined || space.visibility === "hidden") throw noSuchSpace();
  requireInUse(space);
  await refuseGuest(context, "ask to join spaces");
  if (space.visibility === "open") {
    return { changes: await tx.write(await admit(context, space, [{ personId, role: "member" }])) };
  }
  const id = joinRequestId(spaceId, personId);
  const existing = await findRequest(context, spaceId, personId);
  if (existing?.state === "waiting" && existing.note === note) return { changes: [] };
  const request: JoinRequest = {
    id,
    spaceId,
    personId,
    ...(note === undefined ? {} : { note }),
    createdAt: existing?.state === "waiting" ? existing.createdAt : timeOf(context),
    state: "waiting",
  };
  const animators = await animatorsOf(tx, spaceId);
  // A space may have come without any, by an import: then an administrator gives it one.
  const asked = animators.length > 0 ? animators : await tx.readers(ADMINISTRATION);
  const rows = requestRows(request);
  rows.push(...(await inboxRows(context, asked, askOfJoinRequest(request, note ?? space.name))));
  return { changes: await tx.write(rows) };
};

export const withdrawJoinRequest: Handler<"joinRequest.withdraw"> = async (context, { spaceId }) => {
  const { tx, personId } = context;
  const scope = requireOwnScope(context);
  await tx.lock(spaceScope(spaceId));
  const row = standing(await tx.get(scope, "joinRequest", joinRequestId(spaceId, personId)));
  if (row === undefined) throw notFound("You have not asked to join this space.");
  const request = joinRequestSchema.parse(row.data);
  const before = decidedBefore(row, request.state === "waiting", request.state === "withdrawn");
  if (before !== undefined) return before;
  const rows = requestRows({ ...request, state: "withdrawn", decidedAt: timeOf(context) });
  rows.push(...(await withdrawnRows(context, askOfJoinRequest(request, ""))));
  return { changes: await tx.write(rows) };
};

export const decideJoinRequest: Handler<"joinRequest.decide"> = async (context, args) => {
  const { tx } = context;
  const { spaceId, personId, decision } = args;
  const desk = deskScope(spaceId);
  requireScope(context, desk);
  await tx.lock(spaceScope(spaceId));
  await requireAnimator(context, spaceId);
  const row = standing(await tx.get(desk, "joinRequest", joinRequestId(spaceId, personId)));
  if (row === undefined) throw notFound("This person has not asked to join.");
  const request = joinRequestSchema.parse(row.data);
  const before = decidedBefore(row, request.state === "waiting", request.state === decision);
  if (before !== undefined) return before;
  const space = await requireOpenSpace(tx, spaceId);
  const settled: JoinRequest = { ...request, ...decided(context, args) };
  const rows: RowWrite[] = [];
  if (decision === "accepted" && (await findMembership(tx, spaceId, personId)) === undefined) {
    await requireActivePerson(tx, personId);
    if (await isGuest(tx, personId)) throw forbidden("Guests come by invitation.");
    rows.push(...(await admit(context, space, [{ personId, role: "member" }])));
  }
  // After what `admit` says of the request: this has the reason.
  rows.push(...requestRows(settled), ...(await settledRows(context, askOfJoinRequest(request, ""))));
  const own = personScope(personId);
  const told: InboxItem = {
    kind: "decision",
    object: { kind: "row", scope: own, collection: "joinRequest", id: request.id },
    scope: own,
    spaceId,
    actorId: context.personId,
    excerpt: settled.reason ?? space.name,
  };
  rows.push(...(await inboxRows(context, [personId], told)));
  return { changes: await tx.write(rows) };
};

async function findRequest(
  { tx }: MutationContext,
  spaceId: SpaceId,
  personId: PersonId,
): Promise<JoinRequest | undefined> {
  const row = standing(await tx.get(deskScope(spaceId), "joinRequest", joinRequestId(spaceId, personId)));
  return row === undefined ? undefined : joinRequestSchema.parse(row.data);
}

function requestRows(data: JoinRequest): RowWrite[] {
  const row = { collection: "joinRequest", id: data.id, op: "put", data } as const;
  return [
    { scope: personScope(data.personId), ...row },
    { scope: deskScope(data.spaceId), ...row },
  ];
}
