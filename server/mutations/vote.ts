import type { Poll } from "#contract/entities/message.ts";
import type { Vote } from "#contract/entities/message-parts.ts";
import { personalMarkId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { requireConversation, requireLivingMessage } from "../rules/conversations.ts";
import { forbidden, standing, timeOf, type Handler, type MutationContext } from "./context.ts";

/** One's own choice, changed as often as one likes until the poll closes; none takes it back. */
export const setVote: Handler<"vote.set"> = async (context, args) => {
  const { tx, scope, personId } = context;
  const { conversationId, messageId } = args;
  await requireConversation(context, conversationId);
  const { poll } = await requireLivingMessage(context, conversationId, messageId);
  const optionIds = [...new Set(args.optionIds)];
  requireChoice(context, poll, optionIds);
  const id = personalMarkId("vote", messageId, personId);
  if (optionIds.length > 0) {
    const data: Vote = { id, conversationId, messageId, personId, optionIds, votedAt: timeOf(context) };
    return { changes: await tx.write([{ scope, collection: "vote", id, op: "put", data }]) };
  }
  if (standing(await tx.get(scope, "vote", id)) === undefined) return { changes: [] };
  const data = { id, conversationId, messageId, personId };
  return { changes: await tx.write([{ scope, collection: "vote", id, op: "delete", data }]) };
};

function requireChoice(context: MutationContext, poll: Poll | undefined, optionIds: readonly string[]): void {
  if (poll === undefined) throw notAChoice("This message has no poll.");
  if (poll.closesAt !== undefined && poll.closesAt <= timeOf(context))
    throw forbidden("This poll is closed.");
  const known = new Set(poll.options.map((option) => option.id));
  if (optionIds.some((id) => !known.has(id))) throw notAChoice("The poll has no such answer.");
  if (optionIds.length > 1 && poll.isMultiple !== true) throw notAChoice("One answer only may be chosen.");
}

function notAChoice(detail: string): AppError {
  return new AppError("badRequest", {
    title: "This cannot be chosen",
    detail,
    pointer: "args.optionIds",
  });
}
