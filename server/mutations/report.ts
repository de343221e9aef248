import { messageSchema, type Message } from "#contract/entities/message.ts";
import type { ObjectRef } from "#contract/entities/object-ref.ts";
import { reportSchema, type Report } from "#contract/entities/requests.ts";
import { spaceIdSchema, type SpaceId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { ADMINISTRATION, deskScope, DIRECTORY, parseScope, spaceScope, type Scope } from "#contract/scope.ts";
import { findPerson, isAdministrator } from "../rules/people.ts";
import { findSpace, noSuchSpace, requireAnimator } from "../rules/spaces.ts";
import type { RowWrite } from "../store/store.ts";
import {
  forbidden,
  notFound,
  requireFreshId,
  requireModestExtras,
  requireScope,
  standing,
  timeOf,
  type Handler,
  type MutationContext,
} from "./context.ts";
import { decided, decidedBefore } from "./decision.ts";
import { animatorsOf, askOfReport } from "./desk-asks.ts";
import { excerptOf, inboxRows, settledRows } from "./inbox-rows.ts";
import { removeMessage } from "./delete-message.ts";

/** Where a report goes: to those who run the space, and outside spaces to administrators. */
interface Desk {
  scope: Scope;
  spaceId: SpaceId | undefined;
}

/** Whoever sees something may report it. */
export const makeReport: Handler<"report.make"> = async (context, args) => {
  const { tx, personId } = context;
  requireFreshId(args.id);
  requireModestExtras(context, args);
  const excerpt = await requireReadable(context, args.object);
  const desk = deskOf(args.object);
  await tx.lock(desk.scope);
  const existing = standing(await tx.get(desk.scope, "report", args.id));
  if (existing !== undefined) {
    if (existing.data["reporterId"] !== personId) throw idTaken();
    return { changes: [existing] };
  }
  const report: Report = {
    id: args.id,
    object: args.object,
    reporterId: personId,
    complaint: args.complaint,
    ...(excerpt === "" ? {} : { excerpt: excerptOf(excerpt) }),
    createdAt: timeOf(context),
    state: "waiting",
  };
  const rows: RowWrite[] = [reportRow(desk.scope, report)];
  const asked = await deciders(context, desk);
  rows.push(...(await inboxRows(context, asked, askOfReport(report, desk.scope, desk.spaceId))));
  return { changes: await tx.write(rows) };
};

async function deciders({ tx }: MutationContext, { spaceId }: Desk) {
  const animators = spaceId === undefined ? [] : await animatorsOf(tx, spaceId);
  return animators.length > 0 ? animators : tx.readers(ADMINISTRATION);
}

function deskOf(object: ObjectRef): Desk {
  if (object.kind === "message" || object.kind === "conversation") {
    const { kind, id } = parseScope(object.scope);
    const spaceId = kind === "space" ? spaceIdSchema.parse(id) : undefined;
    if (spaceId !== undefined) return { scope: deskScope(spaceId), spaceId };
  }
  return { scope: ADMINISTRATION, spaceId: undefined };
}

/** Its text or name, if the caller can see it. @throws AppError notFound, badRequest */
async function requireReadable(context: MutationContext, object: ObjectRef): Promise<string> {
  switch (object.kind) {
    case "message":
    case "conversation":
      return requirePlace(context, object);
    case "space":
      return requireVisibleSpace(context, object.spaceId);
    case "person": {
      requireScope(context, DIRECTORY);
      const person = await findPerson(context.tx, object.personId);
      if (person === undefined) throw nothingThere();
      return person.displayName;
    }
    case "row":
      throw new AppError("badRequest", {
        title: "This cannot be reported",
        detail: "Messages, posts, conversations, spaces and people can.",
        pointer: "args.object",
      });
  }
}

async function requirePlace(
  context: MutationContext,
  object: ObjectRef & { kind: "message" | "conversation" },
): Promise<string> {
  const { tx, personId, scope } = context;
  requireScope(context, object.scope);
  if (!/^(space|conversation):/.test(scope) || !(await tx.canRead(personId, scope))) throw nothingThere();
  const message = object.kind === "message" ? await findMessage(context, object) : undefined;
  if (object.kind === "message") {
    if (message === undefined || message.deletedAt !== undefined) throw nothingThere();
    return message.post?.title ?? message.body;
  }
  const collection = parseScope(scope).kind === "space" ? "channel" : "conversation";
  const place = standing(await tx.get(scope, collection, object.conversationId));
  if (place === undefined) throw nothingThere();
  const name = place.data["name"];
  return typeof name === "string" ? name : "";
}

async function findMessage(
  { tx }: MutationContext,
  object: ObjectRef & { kind: "message" },
): Promise<Message | undefined> {
  const row = standing(await tx.get(object.scope, "message", object.messageId));
  const message = row === undefined ? undefined : messageSchema.parse(row.data);
  return message?.conversationId === object.conversationId ? message : undefined;
}

async function requireVisibleSpace(context: MutationContext, spaceId: SpaceId): Promise<string> {
  const { tx, personId } = context;
  const scope = spaceScope(spaceId);
  requireScope(context, DIRECTORY, scope);
  const space = await findSpace(tx, spaceId);
  const isVisible =
    space !== undefined && space.visibility !== "hidden" && (await tx.canRead(personId, DIRECTORY));
  if (space === undefined || !(isVisible || (await tx.canRead(personId, scope)))) throw noSuchSpace();
  return space.name;
}

/** Upheld, what was reported is taken away as by a moderator; otherwise it stays. */
export const decideReport: Handler<"report.decide"> = async (context, args) => {
  const { tx, scope } = context;
  const spaceId = await requireDesk(context);
  const row = standing(await tx.get(scope, "report", args.id));
  if (row === undefined) throw notFound("There is no such report here.");
  const report = reportSchema.parse(row.data);
  const before = decidedBefore(row, report.state === "waiting", report.state === args.decision);
  if (before !== undefined) return before;
  const settled: Report = { ...report, ...decided(context, args) };
  const removed = args.decision === "accepted" ? await takeAway(context, report.object) : [];
  const rows: RowWrite[] = [reportRow(scope, settled)];
  rows.push(...(await settledRows(context, askOfReport(report, scope, spaceId))));
  return { changes: [...(await tx.write(rows)), ...removed] };
};

async function requireDesk(context: MutationContext): Promise<SpaceId | undefined> {
  const { kind, id } = parseScope(context.scope);
  if (kind === "desk") {
    const spaceId = spaceIdSchema.parse(id);
    await context.tx.lock(spaceScope(spaceId));
    await requireAnimator(context, spaceId);
    return spaceId;
  }
  requireScope(context, ADMINISTRATION);
  if (!(await isAdministrator(context.tx, context.personId)))
    throw forbidden("Only administrators may do this.");
  return undefined;
}

/** A message leaves its trace. Spaces and people are not taken away by a report: whoever decides acts on them themselves. */
async function takeAway(context: MutationContext, object: ObjectRef) {
  if (object.kind !== "message") return [];
  await context.tx.lock(object.scope);
  const message = await findMessage(context, object);
  return message === undefined ? [] : removeMessage({ ...context, scope: object.scope }, message);
}

function reportRow(scope: Scope, data: Report): RowWrite {
  return { scope, collection: "report", id: data.id, op: "put", data };
}

function nothingThere(): AppError {
  return notFound("What you report is not there, or you cannot see it.");
}

function idTaken(): AppError {
  return new AppError("conflict", {
    title: "This report exists already",
    detail: "Another report has this id.",
    pointer: "args.id",
  });
}
