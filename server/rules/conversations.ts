import { channelSchema } from "#contract/entities/channel.ts";
import { conversationSchema } from "#contract/entities/conversation.ts";
import { messageSchema, type Message } from "#contract/entities/message.ts";
import { conversationIdSchema, spaceIdSchema, type ConversationId, type MessageId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { parseScope } from "#contract/scope.ts";
import { forbidden, notFound, standing, type MutationContext } from "../mutations/context.ts";
import { requireOpenSpace } from "./spaces.ts";

export type ConversationKind = "channel" | "direct" | "group";

/** The conversation, if the caller may write in it. @throws AppError notFound, forbidden, badRequest */
export async function requireConversation(
  context: MutationContext,
  conversationId: ConversationId,
): Promise<ConversationKind> {
  const { tx, scope, personId } = context;
  const { kind, id } = parseScope(scope);
  if (kind !== "space" && kind !== "conversation") {
    throw new AppError("badRequest", {
      title: "The command names the wrong scope",
      detail: "Messages live in the scope of a space or of a conversation.",
      pointer: "scope",
    });
  }
  if (!(await tx.canRead(personId, scope))) throw notAMember();
  if (kind === "space") {
    await requireOpenSpace(tx, spaceIdSchema.parse(id));
    return requireChannel(context, conversationId);
  }
  const row = standing(await tx.get(scope, "conversation", conversationId));
  if (row === undefined || conversationIdSchema.parse(id) !== conversationId) throw notAMember();
  return conversationSchema.parse(row.data).kind;
}

async function requireChannel(context: MutationContext, channelId: ConversationId): Promise<"channel"> {
  const row = standing(await context.tx.get(context.scope, "channel", channelId));
  if (row === undefined) throw notFound("There is no such channel in this space.");
  const channel = channelSchema.parse(row.data);
  if (channel.archivedAt !== undefined) throw forbidden(`The channel ${channel.name} is archived.`);
  return "channel";
}

/** The same whether it does not exist or is somebody else's. */
export function notAMember(): AppError {
  return forbidden("You are not a member of this conversation, or it does not exist.");
}

/** A message of this conversation, deleted ones included. @throws AppError notFound */
export async function requireMessage(
  context: MutationContext,
  conversationId: ConversationId,
  messageId: MessageId,
): Promise<Message> {
  const row = standing(await context.tx.get(context.scope, "message", messageId));
  const message = row === undefined ? undefined : messageSchema.parse(row.data);
  if (message?.conversationId !== conversationId) throw notFound("There is no such message here.");
  return message;
}
