import type { Reaction } from "#contract/entities/reaction.ts";
import { reactionId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { personScope } from "#contract/scope.ts";
import { requireConversation, requireLivingMessage } from "../rules/conversations.ts";
import { standing, timeOf, type Handler } from "./context.ts";
import { settledItems } from "./settle.ts";

export const addReaction: Handler<"reaction.add"> = async (context, args) => {
  const { tx, scope, personId } = context;
  const { conversationId, messageId, emoji } = args;
  requireWellFormed(emoji);
  await requireConversation(context, conversationId);
  const message = await requireLivingMessage(context, conversationId, messageId);
  const id = reactionId(messageId, personId, emoji);
  const existing = standing(await tx.get(scope, "reaction", id));
  if (existing !== undefined) return { changes: [existing] };
  const data: Reaction = { id, conversationId, messageId, personId, emoji, createdAt: timeOf(context) };
  await tx.lockRows([scope, personScope(personId)]);
  const place = { conversationId, threadId: message.threadId };
  const settled = await settledItems(context, { place, isAnswer: true });
  return { changes: await tx.write([{ scope, collection: "reaction", id, op: "put", data }, ...settled]) };
};

export const removeReaction: Handler<"reaction.remove"> = async (context, args) => {
  const { tx, scope, personId } = context;
  const { conversationId, messageId, emoji } = args;
  requireWellFormed(emoji);
  await requireConversation(context, conversationId);
  const id = reactionId(messageId, personId, emoji);
  if (standing(await tx.get(scope, "reaction", id)) === undefined) return { changes: [] };
  const data = { id, conversationId, messageId, personId, emoji };
  return { changes: await tx.write([{ scope, collection: "reaction", id, op: "delete", data }]) };
};

/** Half a character has no place in an id that is made from it. */
function requireWellFormed(emoji: string): void {
  if (emoji.isWellFormed()) return;
  throw new AppError("badRequest", {
    title: "The emoji is cut in the middle",
    detail: "It ends or begins with half a character.",
    pointer: "args.emoji",
  });
}
