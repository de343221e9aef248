import { spaceRequestSchema, type SpaceRequest } from "#contract/entities/requests.ts";
import { spaceSettingsSchema } from "#contract/entities/space.ts";
import { AppError } from "#contract/problem.ts";
import { ADMINISTRATION, personScope } from "#contract/scope.ts";
import { isAdministrator, refuseGuest, requireActivePerson } from "../rules/people.ts";
import type { RowWrite } from "../store/store.ts";
import {
  forbidden,
  notFound,
  requireFreshId,
  requireModestExtras,
  requireOwnScope,
  requireScope,
  standing,
  timeOf,
  type Handler,
  type MutationContext,
} from "./context.ts";
import { decided, decidedBefore } from "./decision.ts";
import { inboxRows, settledRows, withdrawnRows, type InboxItem } from "./inbox-rows.ts";
import { knownFields } from "./settings-change.ts";
import { makeSpace, requireOrganisations, requireTemplate } from "./space-making.ts";

/** Asked for by its requester, decided by administrators: it stands in the scope of each. */
export const makeSpaceRequest: Handler<"spaceRequest.make"> = async (context, args) => {
  const { tx, personId } = context;
  const scope = requireOwnScope(context);
  await refuseGuest(context, "ask for spaces");
  requireFreshId(args.id);
  requireModestExtras(context, args);
  await tx.lock(ADMINISTRATION);
  const existing = standing(await tx.get(ADMINISTRATION, "spaceRequest", args.id));
  if (existing !== undefined) {
    if (existing.data["requesterId"] !== personId) throw idTaken();
    return { changes: [existing, ...(await copies(context, args.id, scope))] };
  }
  if (args.space.cover !== undefined) throw noCoverYet();
  await requireTemplate(tx, args.templateId);
  await requireOrganisations(tx, args.space.organisationIds ?? []);
  const request: SpaceRequest = {
    id: args.id,
    requesterId: personId,
    space: spaceSettingsSchema.parse(knownFields(spaceSettingsSchema, args.space)),
    purpose: args.purpose,
    ...(args.audience === undefined ? {} : { audience: args.audience }),
    ...(args.templateId === undefined ? {} : { templateId: args.templateId }),
    createdAt: timeOf(context),
    state: "waiting",
  };
  const rows = requestRows(request);
  rows.push(...(await inboxRows(context, await tx.readers(ADMINISTRATION), askOf(request))));
  return { changes: await tx.write(rows) };
};

export const withdrawSpaceRequest: Handler<"spaceRequest.withdraw"> = async (context, { id }) => {
  const { tx } = context;
  const scope = requireOwnScope(context);
  await tx.lock(ADMINISTRATION);
  const row = standing(await tx.get(scope, "spaceRequest", id));
  if (row === undefined) throw notFound("You have not asked for this.");
  const request = spaceRequestSchema.parse(row.data);
  const before = decidedBefore(row, request.state === "waiting", request.state === "withdrawn");
  if (before !== undefined) return before;
  const rows = requestRows({ ...request, state: "withdrawn", decidedAt: timeOf(context) });
  rows.push(...(await withdrawnRows(context, askOf(request))));
  return { changes: await tx.write(rows) };
};

export const decideSpaceRequest: Handler<"spaceRequest.decide"> = async (context, args) => {
  const { tx } = context;
  requireScope(context, ADMINISTRATION);
  if (!(await isAdministrator(tx, context.personId))) throw forbidden("Only administrators may do this.");
  const row = standing(await tx.get(ADMINISTRATION, "spaceRequest", args.id));
  if (row === undefined) throw notFound("There is no such request.");
  const request = spaceRequestSchema.parse(row.data);
  const before = decidedBefore(row, request.state === "waiting", request.state === args.decision);
  if (before !== undefined) return before;
  const made = args.decision === "accepted" ? await spaceOf(context, request, args.spaceId) : undefined;
  const spaceId = made === undefined ? {} : { spaceId: made.spaceId };
  const settled: SpaceRequest = { ...request, ...decided(context, args), ...spaceId };
  const rows = [...requestRows(settled), ...(made?.rows ?? [])];
  rows.push(...(await settledRows(context, askOf(request))));
  const own = personScope(request.requesterId);
  const told: InboxItem = {
    kind: "decision",
    object: { kind: "row", scope: own, collection: "spaceRequest", id: request.id },
    scope: own,
    ...spaceId,
    actorId: context.personId,
    excerpt: settled.reason ?? request.space.name,
  };
  rows.push(...(await inboxRows(context, [request.requesterId], told)));
  return { changes: await tx.write(rows) };
};

async function spaceOf(
  context: MutationContext,
  request: SpaceRequest,
  spaceId: SpaceRequest["spaceId"],
): Promise<{ spaceId: NonNullable<SpaceRequest["spaceId"]>; rows: RowWrite[] }> {
  if (spaceId === undefined) {
    throw new AppError("badRequest", {
      title: "The new space needs an id",
      detail: "Make one (UUID version 7) and name it with the decision.",
      pointer: "args.spaceId",
    });
  }
  await requireActivePerson(context.tx, request.requesterId);
  const { space: settings, templateId, requesterId: animatorId } = request;
  return { spaceId, rows: await makeSpace(context, { id: spaceId, settings, templateId, animatorId }) };
}

function askOf(request: SpaceRequest): InboxItem {
  return {
    kind: "spaceRequest",
    object: { kind: "row", scope: ADMINISTRATION, collection: "spaceRequest", id: request.id },
    scope: ADMINISTRATION,
    actorId: request.requesterId,
    excerpt: request.space.name,
  };
}

function requestRows(data: SpaceRequest): RowWrite[] {
  const row = { collection: "spaceRequest", id: data.id, op: "put", data } as const;
  return [
    { scope: personScope(data.requesterId), ...row },
    { scope: ADMINISTRATION, ...row },
  ];
}

async function copies({ tx }: MutationContext, id: string, scope: RowWrite["scope"]) {
  const row = await tx.get(scope, "spaceRequest", id);
  return row === undefined ? [] : [row];
}

function idTaken(): AppError {
  return new AppError("conflict", {
    title: "This request exists already",
    detail: "Another request has this id.",
    pointer: "args.id",
  });
}

function noCoverYet(): AppError {
  return new AppError("badRequest", {
    title: "A space that is asked for has no cover yet",
    detail: "Its picture is a file of the space: add it once the space is there.",
    pointer: "args.space.cover",
  });
}
