import { channelSchema, type Channel } from "#contract/entities/channel.ts";
import { conversationSchema } from "#contract/entities/conversation.ts";
import { messageSchema, type Message } from "#contract/entities/message.ts";
import {
  conversationIdSchema,
  spaceIdSchema,
  type ConversationId,
  type MessageId,
  type PersonId,
  type SpaceId,
} from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { parseScope } from "#contract/scope.ts";
import { forbidden, notFound, standing, type MutationContext } from "../mutations/context.ts";
import { requireOpenSpace } from "./spaces.ts";

/** Where messages are: a channel, the wall, the discussed documents or tasks of a space, or a conversation outside spaces. */
export type Place = { conversationId: ConversationId } & (
  | { kind: "channel" | "wall" | "files" | "tasks"; spaceId: SpaceId }
  | { kind: "direct" | "group"; memberIds: readonly PersonId[] }
);

/** The conversation, if the caller may write in it. @throws AppError notFound, forbidden, badRequest */
export async function requireConversation(
  context: MutationContext,
  conversationId: ConversationId,
): Promise<Place> {
  const { tx, scope, personId } = context;
  const { kind, id } = parseScope(scope);
  if (kind !== "space" && kind !== "conversation") {
    throw new AppError("badRequest", {
      title: "The command names the wrong scope",
      detail: "Messages live in the scope of a space or of a conversation.",
      pointer: "scope",
    });
  }
  if (context.isDecided !== true && !(await tx.canRead(personId, scope))) throw notAMember();
  if (kind === "space") {
    const spaceId = spaceIdSchema.parse(id);
    await requireOpenSpace(tx, spaceId);
    return { conversationId, spaceId, kind: await requireChannel(context, conversationId) };
  }
  const row = standing(await tx.get(scope, "conversation", conversationId));
  if (row === undefined || conversationIdSchema.parse(id) !== conversationId) throw notAMember();
  const { kind: group, memberIds } = conversationSchema.parse(row.data);
  return { conversationId, kind: group, memberIds };
}

async function requireChannel(
  context: MutationContext,
  channelId: ConversationId,
): Promise<NonNullable<Channel["kind"]>> {
  const row = standing(await context.tx.get(context.scope, "channel", channelId));
  if (row === undefined) throw notFound("There is no such channel in this space.");
  const channel = channelSchema.parse(row.data);
  if (channel.archivedAt !== undefined) throw forbidden(`The channel ${channel.name} is archived.`);
  return channel.kind ?? "channel";
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

/** The message that stands for a document or task is nobody's own. @throws AppError forbidden */
export function requireOfNoObject(place: Place, message: Message): void {
  if (!isOfObjects(place) || message.threadId !== undefined) return;
  throw forbidden("The discussion of a document or task begins with it.");
}

/** Each object is discussed in a thread of its own: nothing is said beside them. */
export function isOfObjects({ kind }: Pick<Place, "kind">): boolean {
  return kind === "files" || kind === "tasks";
}

/** The same, if something can be hung on it. @throws AppError notFound, forbidden */
export async function requireLivingMessage(
  context: MutationContext,
  conversationId: ConversationId,
  messageId: MessageId,
): Promise<Message> {
  const message = await requireMessage(context, conversationId, messageId);
  if (message.deletedAt !== undefined) throw forbidden("This message was deleted.");
  return message;
}
