import type { z } from "zod";
import { isMutationName, mutations, type Mutation, type MutationName } from "#contract/mutations.ts";
import { AppError, badRequest } from "#contract/problem.ts";
import { createChannel } from "./channel.ts";
import type { HandlerResult, MutationContext } from "./context.ts";
import { openConversation } from "./conversation.ts";
import { setDraft } from "./draft.ts";
import { deleteMessage, editMessage, sendMessage } from "./message.ts";
import { finishNotification } from "./notification.ts";
import { setPresence } from "./presence.ts";
import { addReaction, removeReaction } from "./reaction.ts";
import { setReadMarker } from "./read-marker.ts";
import { createSpace, joinSpace, leaveSpace, removeMembership, setMembership } from "./space.ts";

type BoundHandler = (context: MutationContext, args: unknown) => Promise<HandlerResult>;

const handlers: Record<MutationName, BoundHandler> = {
  "message.send": bind(mutations["message.send"], sendMessage),
  "message.edit": bind(mutations["message.edit"], editMessage),
  "message.delete": bind(mutations["message.delete"], deleteMessage),
  "reaction.add": bind(mutations["reaction.add"], addReaction),
  "reaction.remove": bind(mutations["reaction.remove"], removeReaction),
  "readMarker.set": bind(mutations["readMarker.set"], setReadMarker),
  "presence.set": bind(mutations["presence.set"], setPresence),
  "notification.done": bind(mutations["notification.done"], finishNotification),
  "draft.set": bind(mutations["draft.set"], setDraft),
  "conversation.open": bind(mutations["conversation.open"], openConversation),
  "space.create": bind(mutations["space.create"], createSpace),
  "space.join": bind(mutations["space.join"], joinSpace),
  "space.leave": bind(mutations["space.leave"], leaveSpace),
  "membership.set": bind(mutations["membership.set"], setMembership),
  "membership.remove": bind(mutations["membership.remove"], removeMembership),
  "channel.create": bind(mutations["channel.create"], createChannel),
};

/** Carries out one command. @throws AppError when it is refused for good */
export async function runMutation(context: MutationContext, mutation: Mutation): Promise<HandlerResult> {
  const { name } = mutation;
  if (!isMutationName(name)) {
    throw new AppError("unsupported", {
      title: "This server does not know this command",
      detail: `There is no command ${name} in its version of the contract.`,
      pointer: "name",
    });
  }
  return handlers[name](context, mutation.args);
}

function bind<S extends z.ZodType>(
  schema: S,
  handler: (context: MutationContext, args: z.output<S>) => Promise<HandlerResult>,
): BoundHandler {
  return async (context, args) => {
    const parsed = schema.safeParse(args);
    if (!parsed.success) throw badRequest(parsed.error, "args");
    return handler(context, parsed.data);
  };
}
