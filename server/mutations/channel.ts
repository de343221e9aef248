import type { Channel } from "#contract/entities/channel.ts";
import { AppError } from "#contract/problem.ts";
import { spaceScope } from "#contract/scope.ts";
import { isAdministrator } from "../rules/people.ts";
import { findMembership, noSuchSpace, requireOpenSpace } from "../rules/spaces.ts";
import { forbidden, requireFreshId, requireScope, standing, timeOf, type Handler } from "./context.ts";

/** Members open channels in their space; guests do not. */
export const createChannel: Handler<"channel.create"> = async (context, args) => {
  const { tx, personId } = context;
  const { id, spaceId, name, topic } = args;
  const scope = spaceScope(spaceId);
  requireScope(context, scope);
  requireFreshId(id);
  const membership = await findMembership(tx, spaceId, personId);
  if (membership === undefined && !(await isAdministrator(tx, personId))) throw noSuchSpace();
  if (membership?.role === "guest") throw forbidden("Guests may not create channels.");
  await requireOpenSpace(tx, spaceId);
  if (standing(await tx.get(scope, "channel", id)) !== undefined) throw idTaken();
  const data: Channel = {
    id,
    spaceId,
    name,
    ...(topic === undefined ? {} : { topic }),
    createdBy: personId,
    createdAt: timeOf(context),
  };
  return { changes: await tx.write([{ scope, collection: "channel", id, op: "put", data }]) };
};

function idTaken(): AppError {
  return new AppError("conflict", {
    title: "This channel exists already",
    detail: "Another channel of the space has this id.",
    pointer: "args.id",
  });
}
