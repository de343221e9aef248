import { groupSchema, type Group } from "#contract/entities/organisation.ts";
import { spaceIdSchema, type SpaceId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { DIRECTORY, parseScope } from "#contract/scope.ts";
import { isAdministrator } from "../rules/people.ts";
import { requireAnimator, requireOpenSpace } from "../rules/spaces.ts";
import {
  forbidden,
  notFound,
  requireFreshId,
  standing,
  type Handler,
  type MutationContext,
} from "./context.ts";

export const saveGroup: Handler<"group.save"> = async (context, args) => {
  const { tx, scope } = context;
  const spaceId = await requireGroupKeeper(context);
  const { id, name } = args;
  if (args.spaceId !== spaceId) throw wrongPlace();
  if (standing(await tx.get(scope, "group", id)) === undefined) requireFreshId(id);
  const memberIds = [...new Set(args.memberIds)];
  const people = await tx.find.many(
    memberIds.map((memberId) => ({ scope: DIRECTORY, collection: "person" as const, id: memberId })),
  );
  const unknown = memberIds.find((_memberId, index) => standing(people[index]) === undefined);
  if (unknown !== undefined) throw notFound(`There is no person ${unknown}.`);
  const data: Group = groupSchema.parse({
    id,
    ...(spaceId === undefined ? {} : { spaceId }),
    name,
    memberIds,
  });
  return { changes: await tx.write([{ scope, collection: "group", id, op: "put", data }]) };
};

export const removeGroup: Handler<"group.remove"> = async (context, { id }) => {
  const { tx, scope } = context;
  await requireGroupKeeper(context);
  if (standing(await tx.get(scope, "group", id)) === undefined) return { changes: [] };
  return { changes: await tx.write([{ scope, collection: "group", id, op: "delete", data: { id } }]) };
};

/** Administrators in the directory, animators in their space. */
async function requireGroupKeeper(context: MutationContext): Promise<SpaceId | undefined> {
  const { tx, scope, personId } = context;
  const { kind, id } = parseScope(scope);
  if (kind === "space") {
    const spaceId = spaceIdSchema.parse(id);
    await requireAnimator(context, spaceId);
    await requireOpenSpace(tx, spaceId);
    return spaceId;
  }
  if (kind !== "directory") throw wrongPlace();
  if (await isAdministrator(tx, personId)) return undefined;
  throw forbidden("Only administrators keep the groups of the directory.");
}

function wrongPlace(): AppError {
  return new AppError("badRequest", {
    title: "The command names the wrong scope",
    detail: "A group is kept in the directory or in the space that it names.",
    pointer: "scope",
  });
}
