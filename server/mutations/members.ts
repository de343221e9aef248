import type { Membership } from "#contract/entities/membership.ts";
import { joinRequestSchema } from "#contract/entities/requests.ts";
import type { Space } from "#contract/entities/space.ts";
import { joinRequestId, membershipId, type PersonId, type SpaceId } from "#contract/ids.ts";
import { deskScope, personScope, spaceScope } from "#contract/scope.ts";
import { toIsoTime, type IsoTime } from "#contract/time.ts";
import { findSpace, membersOf } from "../rules/spaces.ts";
import { spaceRows } from "../seed/space-rows.ts";
import type { RowWrite, StoreTransaction } from "../store/store.ts";
import { askOfJoinRequest, asksOfDesk } from "./desk-asks.ts";
import { forgottenRows, settledRows } from "./inbox-rows.ts";

/** Who comes and goes: readers at once, rows for the caller to write with the rest. The space is to be locked before. */
interface Membering {
  tx: StoreTransaction;
  nowMs: number;
  /** Whoever lets them in; nobody when time does. */
  personId?: PersonId;
}

export interface NewMember {
  personId: PersonId;
  role: Membership["role"];
  expiresAt?: IsoTime;
}

/** Makes people members who were none. Whoever had asked to join is thereby accepted. */
export async function admit(
  context: Membering,
  space: Space,
  members: readonly NewMember[],
): Promise<RowWrite[]> {
  const { tx, nowMs } = context;
  if (members.length === 0) return [];
  const { id: spaceId } = space;
  const rows = await countedRows(tx, space, members.length);
  rows.push(...(await acceptedRequests(context, space, members)));
  for (const { personId, role, expiresAt } of members) {
    const id = membershipId(spaceId, personId);
    const joinedAt = toIsoTime(nowMs);
    const expiry = expiresAt === undefined ? {} : { expiresAt };
    rows.push(memberRow({ id, spaceId, personId, role, joinedAt, ...expiry }));
    if (expiresAt !== undefined) await tx.setDue(dueKey(spaceId, personId), Date.parse(expiresAt));
    if (role === "animator") rows.push(...(await asksOfDesk(context, spaceId, personId)));
  }
  await tx.addReaders(
    spaceScope(spaceId),
    members.map((member) => member.personId),
  );
  const animators = members.filter((member) => member.role === "animator").map((member) => member.personId);
  if (animators.length > 0) await tx.addReaders(deskScope(spaceId), animators);
  return rows;
}

/** Changes what a member may do. */
export async function giveRole(
  context: Membering,
  membership: Membership,
  { role, expiresAt }: Omit<NewMember, "personId">,
): Promise<RowWrite[]> {
  const { tx } = context;
  const { spaceId, personId } = membership;
  const { expiresAt: _former, ...rest } = membership;
  const rows = [memberRow({ ...rest, role, ...(expiresAt === undefined ? {} : { expiresAt }) })];
  await tx.setDue(dueKey(spaceId, personId), expiresAt === undefined ? null : Date.parse(expiresAt));
  const desk = deskScope(spaceId);
  if (role === "animator" && membership.role !== "animator") {
    await tx.addReaders(desk, [personId]);
    rows.push(...(await asksOfDesk(context, spaceId, personId)));
  }
  if (role !== "animator" && membership.role === "animator") {
    await tx.removeReaders(desk, [personId]);
    rows.push(...(await forgottenRows(tx, personId, [desk])));
  }
  return rows;
}

/** Puts a member out: from then on the space and what was told of it are gone for them. */
export async function dismiss(context: Membering, membership: Membership): Promise<RowWrite[]> {
  const { tx } = context;
  const { id, spaceId, personId } = membership;
  const [scope, desk] = [spaceScope(spaceId), deskScope(spaceId)];
  const data = { id, spaceId, personId };
  const rows: RowWrite[] = [{ scope, collection: "membership", id, op: "delete", data }];
  await tx.removeReaders(scope, [personId]);
  await tx.removeReaders(desk, [personId]);
  rows.push(...(await forgottenRows(tx, personId, [scope, desk])));
  const space = await findSpace(tx, spaceId);
  if (space !== undefined) rows.push(...(await countedRows(tx, space, -1)));
  return rows;
}

async function countedRows(tx: StoreTransaction, space: Space, more: number): Promise<RowWrite[]> {
  const before = space.memberCount ?? (await membersOf(tx, space.id)).length;
  return spaceRows({ ...space, memberCount: Math.max(0, before + more) });
}

async function acceptedRequests(
  context: Membering,
  { id: spaceId }: Space,
  members: readonly NewMember[],
): Promise<RowWrite[]> {
  const { tx, nowMs, personId: decider } = context;
  const desk = deskScope(spaceId);
  const found = await tx.find.many(
    members.map(({ personId }) => {
      return { scope: desk, collection: "joinRequest" as const, id: joinRequestId(spaceId, personId) };
    }),
  );
  const rows: RowWrite[] = [];
  for (const row of found) {
    const request = row?.op === "put" ? joinRequestSchema.parse(row.data) : undefined;
    if (request?.state !== "waiting") continue;
    const { id, personId } = request;
    const decidedBy = decider === undefined ? {} : { decidedBy: decider };
    const data = { ...request, state: "accepted", decidedAt: toIsoTime(nowMs), ...decidedBy };
    rows.push({ scope: desk, collection: "joinRequest", id, op: "put", data });
    rows.push({ scope: personScope(personId), collection: "joinRequest", id, op: "put", data });
    rows.push(...(await settledRows(context, askOfJoinRequest(request, ""))));
  }
  return rows;
}

function dueKey(spaceId: SpaceId, personId: PersonId) {
  const id = membershipId(spaceId, personId);
  return { scope: spaceScope(spaceId), collection: "membership", id } as const;
}

function memberRow(membership: Membership): RowWrite {
  const { id, spaceId } = membership;
  return { scope: spaceScope(spaceId), collection: "membership", id, op: "put", data: membership };
}
