import type { Presence } from "#contract/entities/presence.ts";
import { DIRECTORY } from "#contract/scope.ts";
import { requireScope, timeOf, type Handler } from "./context.ts";

export const setPresence: Handler<"presence.set"> = async (context, args) => {
  requireScope(context, DIRECTORY);
  const { tx, personId } = context;
  const data: Presence = { id: personId, state: args.state, lastActiveAt: timeOf(context) };
  const row = { scope: DIRECTORY, collection: "presence", id: personId, op: "put", data } as const;
  return { changes: await tx.write([row]) };
};
